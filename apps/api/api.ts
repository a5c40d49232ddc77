import type { FastifyInstance, RouteOptions } from "fastify";
import { GraphQLSchemaHost } from "@nestjs/graphql";
import type { NestFastifyApplication } from "@nestjs/platform-fastify";
import { Alarms } from "#api/history/alarms.js";
import { Damage } from "#api/history/damage.js";
import { DocumentCare } from "#cases/documents/document-care.api.js";
import { DraftCare } from "#api/drafts/draft-care.js";
import { takeForms } from "#api/files/file-routes.js";
import { permitBeforeBody } from "#api/operations/routes.js";
import { takeQueriesByPost } from "#api/graphql/graphql.js";
import { readOperations, type GraphqlOperations } from "#api/graphql/graphql-operations.js";
import { serveGraphqlSocket } from "#api/live/graphql-socket.js";
import { ApiServices } from "#api/operations/services.js";
import { originsOf } from "#platform/http/origins.js";
import { letPagesAsk } from "./cors.js";
import { serveOpenApi } from "#api/operations/openapi.js";
import { answerProblem, logged } from "#api/operations/problems.js";
import { addressesOf, clientOf, networkOf } from "#platform/http/network.js";
import { createLogger } from "#platform/logging/logging.js";
import { Slots } from "#platform/http/slots.js";
import { tokenVerifier, type Caller } from "#platform/sign-in/token.js";
import { admissionBy } from "./admission.js";
import type { Built } from "./api.module.js";
import { application } from "./application.js";
import type { Configuration } from "./configuration.js";
import type { Arrivals } from "./sign-in/arrivals.js";
import { tellNotice } from "#platform/process/shutdown.js";
import { closeUnusedConnections, endSlowBodies, limitConnections } from "./connections.js";
import { openFoundations } from "./foundations.js";
import { registerDemoPeople } from "./demo-people.js";
import { serveDocuments } from "./documents.js";
import { serveFrontPage } from "./front-page.js";
import { serveGraphqlPage } from "./graphql-page.js";
import { healthOf, serveHealth } from "./health.js";
import { Changes } from "#store/changes.js";
import { Accounts } from "#platform/sign-in/accounts.js";
import { issuerRoutes } from "./sign-in/demo-issuer.js";
import { serveSignIn, signInLinksOf } from "./sign-in/sign-in.js";
import { baseOf, issuersOf, type Issuers } from "./issuers.js";
import { countRefusals, requestLimits, type RequestLimits } from "./limits.js";
import { answerKnownRevisions } from "./known-revisions.js";
import { readTemplates } from "./templates.js";
import { tellAllowedMethods } from "./other-methods.js";
import { protectAnswers } from "./protective-headers.js";
import { nameRequests } from "./request-ids.js";
import { watchersBy } from "./watchers.js";
import { callersBy, openPages, requireSignIn, serveTickets, verifiedBy, wishIn, type CallerOf } from "./callers.js";
import { traceRequests } from "./tracing.js";

/** One start of the api, before it listens. */
interface Starting {
  readonly configuration: Configuration;
  readonly app: NestFastifyApplication;
  readonly server: FastifyInstance;
  readonly built: Built;
  readonly issuers: Issuers;
  readonly requests: RequestLimits;
  readonly operations: GraphqlOperations | undefined;
  readonly callerOf: CallerOf;
  readonly isProxy: (address: string) => boolean;
}

/** Opens everything the api is built on, and listens. `onRoute` is told every route that the server answers. */
export async function startApi(
  configuration: Configuration,
  onRoute: (route: RouteOptions) => void = () => undefined,
): Promise<NestFastifyApplication> {
  const operations = configuration.GRAPHQL_OPERATIONS ? await readOperations(configuration.GRAPHQL_OPERATIONS) : undefined;
  const templates = readTemplates(configuration.TEMPLATES);
  const issuers = await issuersOf(configuration);
  const requests = requestLimits(configuration);
  const isProxy = addressesOf(configuration.TRUST_PROXY);
  const logger = createLogger("api", configuration.LOG_LEVEL);
  const refused = (code: string) => logger.warn({ code }, "An access token was refused");
  const foundations = await openFoundations(configuration);
  const rolesFrom = configuration.DEMO_SIGN_IN ? "token" : configuration.ROLES_FROM;
  const accounts = await new Accounts(foundations.signIn, issuers.builtIn?.derived("tables")).open();
  const admit = admissionBy(foundations.directory, accounts, {
    own: issuers.demo || issuers.builtIn ? issuers.source.issuer : undefined,
    signsOut: issuers.builtIn !== null,
    rolesFrom,
  });
  const verified = verifiedBy(tokenVerifier(issuers.source), requests.attempts, refused);
  const callerOf = callersBy(verified, admit, refused);
  const care = new DocumentCare((fields, message) => logger.warn(fields, message));
  const draftCare = new DraftCare((fields, message) => logger.warn(fields, message));
  const built: Built = {
    ...foundations,
    documents: { ...foundations.documents, news: (record, document) => care.news(record, document) },
    damage: new Damage((found) => logger.error(found, "a record was damaged in the event store")),
    alarms: new Alarms((fields, message) => logger.error(fields, message)),
    operations,
    count: (caller: Caller, cost: number) => requests.requests.charge(caller.actor.id, cost),
    signInLinks: issuers.demo ? null : signInLinksOf(accounts, baseOf(configuration)),
    zone: configuration.TIME_ZONE,
    lateEntryDays: configuration.LATE_ENTRY_DAYS,
    templates,
  };
  const app = await application(configuration, built, logger, isProxy);
  const server = app.getHttpAdapter().getInstance();
  server.addHook("onRoute", onRoute);
  const starting: Starting = { configuration, app, server, built, issuers, requests, operations, callerOf, isProxy };
  await guardRequests(starting, accounts);
  await servePages(starting);
  serveTickets(server, accounts);
  const arrivals = issuers.demo
    ? null
    : await serveSignIn(server, {
        ...{ configuration, accounts, verified, refused, directory: foundations.directory, attempts: requests.attempts },
        ...{ key: issuers.builtIn, issuer: issuers.source.issuer, changes: () => app.get(Changes) },
      });
  serveLiveUpdates(starting);
  server.addHook("preClose", async () => foundations.live.close());
  server.addHook("preClose", async () => void (await Promise.all([care.stop(), draftCare.stop()])));
  closeUnusedConnections(server);
  server.addHook("onClose", () => foundations.close());
  await app.listen(configuration.PORT, configuration.HOST);
  care.start(app.get(ApiServices));
  draftCare.start(app.get(ApiServices));
  if (configuration.DEMO_PEOPLE) await registerDemoPeople(app.get(Changes));
  if (arrivals) void tellFounding(arrivals, baseOf(configuration), issuers.builtIn !== null);
  void foundations.log.assertWritable().catch(({ code, message }: { code: string; message: string }) => logger.warn({ code }, message));
  void issuers
    .reach()
    .catch(() => logger.warn({ code: "IssuerAway" }, "The issuer of access tokens does not answer: nobody can sign in anew"));
  return app;
}

/** What every request passes before anything answers it. The order is that of the hooks. */
async function guardRequests({ configuration, app, server, requests, callerOf, isProxy }: Starting, tickets: Accounts): Promise<void> {
  nameRequests(server);
  tellAllowedMethods(server);
  answerKnownRevisions(server);
  protectAnswers(server);
  if (configuration.CORS_ORIGINS) await letPagesAsk(server, originsOf(configuration.CORS_ORIGINS));
  server.removeContentTypeParser("text/plain");
  server.setErrorHandler((error, _request, reply) => answerProblem(logged(error, reply), error));
  if (configuration.OTEL_EXPORTER_OTLP_ENDPOINT) traceRequests(server);
  limitConnections(server, { total: configuration.CONNECTIONS, perAddress: configuration.CONNECTIONS_PER_ADDRESS, isProxy });
  endSlowBodies(server, configuration.REQUEST_WITHIN_SECONDS * 1_000);
  requireSignIn(server, callerOf, requests, tickets);
  countRefusals(server, requests);
  permitBeforeBody(server, () => app.get(ApiServices));
  takeForms(server);
}

/** What is answered beside the operations: sign-in, health, figures, the documents and the pages to try them. */
async function servePages({ configuration, app, server, built, issuers, requests, operations }: Starting): Promise<void> {
  const { log, reading, live, damage, alarms } = built;
  const { demo, reach, source } = issuers;
  if (demo) await server.register(issuerRoutes(demo, requests.attempts));
  serveHealth(server, { log, reading, reach, live, damage, alarms, mayWatch: watchersBy(configuration.METRICS_TOKEN) });
  serveFrontPage(server, {
    isWell: async () => (await healthOf({ log, reading, reach })).ready,
    issuer: source.issuer,
    hasPage: operations === undefined,
  });
  serveDocuments(server);
  openPages(server);
  takeQueriesByPost(server, operations !== undefined);
  if (operations === undefined) await serveGraphqlPage(server, "/graphql");
  serveOpenApi(app);
}

function serveLiveUpdates({ configuration, app, server, built, requests, operations, callerOf, isProxy }: Starting): void {
  serveGraphqlSocket(server, {
    path: "/graphql",
    schema: () => app.get(GraphQLSchemaHost).schema,
    limits: { each: configuration.LIVE_STREAMS_PER_PERSON, total: configuration.LIVE_STREAMS },
    operations,
    callerOf: (authorization, address, header) => callerOf(authorization, address, wishIn(header)),
    people: built.directory,
    unsigned: new Slots({ each: configuration.UNSIGNED_SOCKETS, total: configuration.LIVE_STREAMS }),
    addressOf: ({ socket, headers }) => networkOf(clientOf(socket.remoteAddress ?? "", headers["x-forwarded-for"]?.toString(), isProxy)),
    count: (caller: Caller) => requests.requests.take(caller.actor.id),
  });
}

/** Before anybody is here, whoever runs the machine is told how the first organisation is founded: on the console, and in no log. */
async function tellFounding(arrivals: Arrivals, base: string, here: boolean): Promise<void> {
  const secret = await arrivals.foundingLink().catch(() => null);
  if (secret === null) return;
  const how = here
    ? `Nobody works here yet. Open this link once to found your organisation and become its first administrator:\n  ${base}/sign-in/link/${secret}`
    : `Nobody works here yet. Sign in at your provider, and send the token with this to ${base}/sign-in/join: {"link":"${secret}","organisation":"...","name":"..."}`;
  tellNotice(how);
  if (!process.connected) process.stderr.write(`${how}\n`);
}
