import helmet from "@fastify/helmet";
import type { RouteOptions } from "fastify";
import { openPool } from "#platform/postgres/postgres.js";
import { NestFactory } from "@nestjs/core";
import { GraphQLSchemaHost } from "@nestjs/graphql";
import { FastifyAdapter, type NestFastifyApplication } from "@nestjs/platform-fastify";
import type { Caller } from "#platform/sign-in/token.js";
import { Alarms } from "#api/history/alarms.js";
import { Damage } from "#api/history/damage.js";
import { permitBeforeBody } from "#api/operations/routes.js";
import { refuseQueriesInAddresses } from "#api/graphql/graphql.js";
import { readOperations } from "#api/graphql/graphql-operations.js";
import { serveGraphqlSocket } from "#api/live/graphql-socket.js";
import { LiveStreams } from "#api/live/live-streams.js";
import { ApiServices } from "#api/operations/services.js";
import { serveOpenApi } from "#api/operations/openapi.js";
import { answerProblem } from "#api/operations/problems.js";
import { denialView } from "#access/denials.view.js";
import { casePolicies } from "#cases/cases.policy.js";
import { caseViews } from "#cases/cases.view.js";
import { addressesOf, clientOf, networkOf } from "#platform/http/network.js";
import { createLogger } from "#platform/logging/logging.js";
import { nestLogger } from "#platform/logging/nest-logger.js";
import { Slots } from "#platform/http/slots.js";
import { assertNotProduction, createIssuer } from "#platform/sign-in/sign-in.js";
import { reachIssuer, tokenVerifier, type TokenSource } from "#platform/sign-in/token.js";
import { LiveRows } from "#projection/read/live-rows.js";
import type { View } from "#projection/declare/view.js";
import { Progress } from "#projection/read/progress.js";
import { openReading } from "#projection/read/reading.js";
import { keyFromFile } from "#seal/key-encryption-key.js";
import { openSeal } from "#seal/seal.js";
import { shelterPolicies } from "#shelters/shelters.policy.js";
import { shelterViews } from "#shelters/shelters.view.js";
import { EventLog } from "#store/event-log.js";
import { ApiModule } from "./api.module.js";
import type { Configuration } from "./configuration.js";
import { takeEmptyBodies } from "./empty-bodies.js";
import { answerClientError, closeUnusedConnections, limitConnections, shouldUpgradeCallback } from "./connections.js";
import { serveFrontPage } from "./front-page.js";
import { serveGraphqlPage } from "./graphql-page.js";
import { healthOf, serveHealth } from "./health.js";
import { issuerRoutes } from "./issuer.js";
import { countRefusals, requestLimits } from "./limits.js";
import { answerKnownRevisions } from "./known-revisions.js";
import { tellAllowedMethods } from "./other-methods.js";
import { nameRequests, requestIdOf } from "./request-ids.js";
import { watchersBy } from "./watchers.js";
import { callersBy, openPages, requireSignIn } from "./sign-in.js";
import { traceRequests } from "./tracing.js";

/** Opens everything the api is built on, and listens. `onRoute` is told every route that the server answers. */
export async function startApi(
  configuration: Configuration,
  onRoute: (route: RouteOptions) => void = () => undefined,
): Promise<NestFastifyApplication> {
  const operations = configuration.GRAPHQL_OPERATIONS ? await readOperations(configuration.GRAPHQL_OPERATIONS) : undefined;
  const issuer = await builtInIssuer(configuration);
  const requests = requestLimits(configuration);
  const source = tokenSourceOf(configuration, issuer);
  const refused = (code: string) => server.log.warn({ code }, "An access token was refused");
  const callerOf = callersBy(tokenVerifier(source), requests.attempts, refused);
  const reach = seldom(() => reachIssuer(source));
  const isProxy = addressesOf(configuration.TRUST_PROXY);
  const seal = await openSeal({ keyringUrl: configuration.KEYRING_URL, key: await keyFromFile(configuration.KEY_FILE) });
  const log = new EventLog(configuration.EVENTSTORE_URL, { marker: seal });
  const views: View<any, any>[] = [...caseViews, ...shelterViews, denialView];
  const policies = [...casePolicies, ...shelterPolicies];
  const reading = openReading(configuration.DATABASE_URL);
  const operators = openPool(configuration.DATABASE_URL, { max: 3 });
  const progress = new Progress(configuration.DATABASE_URL, {
    milliseconds: configuration.CONSISTENT_WITHIN_SECONDS * 1_000,
    waiting: configuration.CONSISTENT_WAITING,
  });
  const rows = new LiveRows(async (text, values) => (await reading.query(text, values)).rows);
  const limits = { each: configuration.LIVE_STREAMS_PER_PERSON, total: configuration.LIVE_STREAMS };
  const live = new LiveStreams(rows, limits);
  // All together are bounded by whoever lets them wait.
  const waiting = new Slots({ each: configuration.CONSISTENT_WAITING_PER_PERSON, total: Number.POSITIVE_INFINITY });
  progress.onNews(() => rows.news());
  await progress.start();
  const damage = new Damage((found) => server.log.error(found, "a record was damaged in the event store"));
  const alarms = new Alarms((fields, message) => app.getHttpAdapter().getInstance().log.error(fields, message));
  const app = await application(configuration);
  const server = app.getHttpAdapter().getInstance();
  server.addHook("onRoute", onRoute);
  nameRequests(server);
  tellAllowedMethods(server);
  answerKnownRevisions(server);
  await server.register(helmet, { contentSecurityPolicy: false });
  server.removeContentTypeParser("text/plain");
  server.setErrorHandler((error, _request, reply) => answerProblem(reply, error));
  if (configuration.OTEL_EXPORTER_OTLP_ENDPOINT) traceRequests(server);
  limitConnections(server, { total: configuration.CONNECTIONS, perAddress: configuration.CONNECTIONS_PER_ADDRESS, isProxy });
  requireSignIn(server, callerOf, requests);
  countRefusals(server, requests);
  permitBeforeBody(server, () => app.get(ApiServices));
  if (issuer) await server.register(issuerRoutes(issuer, requests.attempts));
  serveHealth(server, { log, reading, reach, live, damage, alarms, mayWatch: watchersBy(configuration.METRICS_TOKEN) });
  serveFrontPage(server, {
    isWell: async () => (await healthOf({ log, reading, reach })).ready,
    issuer: issuer?.issuer ?? configuration.OIDC_ISSUER ?? "",
    hasPage: operations === undefined,
  });
  openPages(server);
  refuseQueriesInAddresses(server);
  if (operations === undefined) await serveGraphqlPage(server, "/graphql");
  serveOpenApi(app);
  serveGraphqlSocket(server, {
    path: "/graphql",
    schema: () => app.get(GraphQLSchemaHost).schema,
    limits,
    operations,
    callerOf,
    unsigned: new Slots({ each: configuration.UNSIGNED_SOCKETS, total: configuration.LIVE_STREAMS }),
    addressOf: ({ socket, headers }) => networkOf(clientOf(socket.remoteAddress ?? "", headers["x-forwarded-for"]?.toString(), isProxy)),
    count: (caller: Caller) => requests.requests.take(caller.actor.id),
  });
  server.addHook("preClose", async () => live.close());
  closeUnusedConnections(server);
  server.addHook("onClose", async () => {
    await Promise.allSettled([progress.close(), seal.close(), reading.end(), operators.end()]);
  });
  await app.listen(configuration.PORT, configuration.HOST);
  void log.assertWritable().catch(({ code, message }: { code: string; message: string }) => server.log.warn({ code }, message));
  void reach().catch(() => server.log.warn({ code: "IssuerAway" }, "The issuer of access tokens does not answer: nobody can sign in anew"));
  return app;

  async function application({ BODY_LIMIT, LOG_LEVEL, REQUEST_WITHIN_SECONDS }: Configuration): Promise<NestFastifyApplication> {
    const within = REQUEST_WITHIN_SECONDS * 1_000;
    const logger = createLogger("api", LOG_LEVEL);
    const adapter = new FastifyAdapter({
      bodyLimit: BODY_LIMIT,
      loggerInstance: logger as never,
      genReqId: requestIdOf,
      forceCloseConnections: "idle",
      trustProxy: isProxy,
      requestTimeout: within,
      connectionTimeout: silence,
      clientErrorHandler: answerClientError as never,
      http: { headersTimeout: within, connectionsCheckingInterval: Math.min(within, 2_000), shouldUpgradeCallback },
    });
    takeEmptyBodies(adapter, BODY_LIMIT);
    // The server has one handler of errors, and one of what is not there, ours: Nest would set its own over them.
    adapter.setErrorHandler = () => adapter.getInstance() as never;
    adapter.setNotFoundHandler = () => adapter.getInstance() as never;
    const count = (caller: Caller, cost: number) => requests.requests.charge(caller.actor.id, cost);
    const workshop = { log, pool: operators, url: configuration.DATABASE_URL, views, policies };
    return NestFactory.create<NestFastifyApplication>(
      ApiModule.with({
        log,
        seal,
        reading,
        progress,
        live,
        workshop,
        damage,
        waiting,
        alarms,
        operations,
        count,
        zone: configuration.TIME_ZONE,
        lateEntryDays: configuration.LATE_ENTRY_DAYS,
      }),
      adapter,
      {
        logger: nestLogger(logger),
        bodyParser: false,
        abortOnError: false,
      },
    );
  }
}

/** A connection on which nothing moves for so long is closed, milliseconds: its client is gone, or reads no answers. */
const silence = 120_000;

async function builtInIssuer({ DEMO_SIGN_IN, PORT, SIGN_IN_KEY_FILE, OIDC_AUDIENCE }: Configuration) {
  if (!DEMO_SIGN_IN) return null;
  assertNotProduction(process.env);
  return createIssuer({
    issuer: `http://127.0.0.1:${PORT}/sign-in`,
    keyFile: SIGN_IN_KEY_FILE ?? "./data/sign-in.key",
    audience: OIDC_AUDIENCE,
  });
}

function tokenSourceOf({ OIDC_ISSUER, OIDC_AUDIENCE }: Configuration, issuer: Awaited<ReturnType<typeof builtInIssuer>>): TokenSource {
  if (issuer) return { issuer: issuer.issuer, audience: OIDC_AUDIENCE, jwks: issuer.jwks() };
  if (!OIDC_ISSUER) throw new Error("OIDC_ISSUER is not set: name the issuer of access tokens, or set DEMO_SIGN_IN=yes on a laptop.");
  return { issuer: OIDC_ISSUER, audience: OIDC_AUDIENCE };
}

/** How long an answer of the issuer counts, milliseconds: health is asked every few seconds. */
const counts = 30_000;

/** The same answer for a while, however often it is asked. */
function seldom(ask: () => Promise<void>): () => Promise<void> {
  let [answer, until]: [Promise<void> | undefined, number] = [undefined, 0];
  return () => {
    if (!answer || performance.now() > until) [answer, until] = [ask(), performance.now() + counts];
    return answer;
  };
}
