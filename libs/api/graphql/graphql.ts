import { MercuriusDriver, type MercuriusDriverConfig } from "@nestjs/mercurius";
import { GraphQLModule } from "@nestjs/graphql";
import type { DynamicModule } from "@nestjs/common";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { Location, validate, type DocumentNode, type ExecutionResult, GraphQLError, type GraphQLSchema } from "graphql";
import { malformed, notAllowedOrUnknown } from "#platform/http/problem.js";
import type { Language } from "#platform/http/language.js";
import type { Caller } from "#platform/sign-in/token.js";
import { bounds, isText } from "#platform/values/values.js";
import type { SignedIn } from "../operations/routes.js";
import { readPlainly } from "./graphql-fields.js";
import { answeredOnce, mostCharacters, mostTokens, valuesOf, withinLimits, writtenPlainly } from "./graphql-limits.js";
import { providerOf, type GraphqlOperations } from "./graphql-operations.js";
import { problemOf } from "../operations/problems.js";
import { spoken, spokenBy } from "../operations/spoken.js";

/** Errors carry the same problem by GraphQL as by REST, in `extensions`. */
export const asProblem = (error: GraphQLError, language: Language = "en") => {
  const { message, locations, path } = error;
  // A variable that is not what the schema says is told by an error of GraphQL beneath another.
  const originalError = error.originalError instanceof GraphQLError ? undefined : error.originalError;
  // Without an error of ours beneath it, it is the query itself that GraphQL could not take.
  const found = originalError ? problemOf(originalError) : malformed("query", "a query that the schema allows");
  const problem = spoken(found.problem, language);
  return { message: originalError ? problem.title : withoutValues(message), locations, path, extensions: problem };
};

const longestMessage = 500;
/** `Variable "$input" got invalid value "Example Person" at "input.sex"; ...`: what was sent may be personal, and stays out of the answer. */
const withoutValues = (message: string): string =>
  message
    .replace(
      / got invalid value [^]*?(?: at "([^"\n]{1,200})")?; [^]*$/,
      (_, at?: string) => ` holds a value that the schema does not allow${at ? ` at ${at}` : ""}.`,
    )
    .replace(/(cannot represent [^:]*|Expected value of type "[^"]*", found|does not exist in "[^"]*" enum)[:]? [^]*$/, "$1 another value.")
    .slice(0, longestMessage);

/** A query that was refused as a whole says in itself what is wrong with it. */
const each = (error: GraphQLError | Error): readonly GraphQLError[] => {
  const { originalError } = error as GraphQLError & { originalError?: { errors?: readonly GraphQLError[] } };
  return originalError?.errors?.length ? originalError.errors : [error as GraphQLError];
};

/** What a query costs, in requests, is told to whoever counts. */
export type Count = (caller: Caller, cost: number) => void;
const valuesOfARequest = 200;

type GraphqlContext = { readonly reply?: { readonly request: SignedIn } };

/** Cheap questions first: how long it is, whether it is a text of GraphQL, how much it asks. Only then the schema is asked about each part. */
const hooks = (count: Count) => ({
  preParsing: async (_schema: GraphQLSchema, source: string) => {
    if (source.length > mostCharacters || !isText(source)) throw malformed("query", `a text of at most ${mostCharacters} characters`);
  },
  preValidation: async (schema: GraphQLSchema, document: DocumentNode | null) => {
    // Mercurius takes a syntax tree in JSON for a query, which nobody has parsed and nothing has bounded.
    if (!(document?.loc instanceof Location)) throw malformed("query", "a text of GraphQL");
    const errors = validate(schema, document, [writtenPlainly, withinLimits]);
    if (errors.length > 0) throw Object.assign(malformed("query", "a query within the limits"), { errors });
  },
  preExecution: async (_schema: GraphQLSchema, document: DocumentNode, { reply }: GraphqlContext) => {
    if (reply) count(reply.request, valuesOf(document) / valuesOfARequest);
  },
});

/**
 * Queries are asked by POST alone, in a JSON object of the form that GraphQL over HTTP names: an address is written into the logs of every
 * proxy on its way, with all that it holds. `byHash`: whether operations are listed, so that one may be named instead of told.
 */
export function takeQueriesByPost(server: FastifyInstance, byHash: boolean): void {
  server.addHook("onRoute", (route) => {
    if (route.url !== path) return;
    if (route.method === "POST") {
      // Before Fastify's own look at the body, which takes a number for a text.
      route.preValidation = async ({ body }: FastifyRequest) => requireGraphqlRequest(body, byHash);
      return;
    }
    route.handler = async () => {
      throw notAllowedOrUnknown();
    };
  });
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null && !Array.isArray(value);

/** @throws ProblemError 400 that names the part of the body that is not as GraphQL over HTTP wants it */
function requireGraphqlRequest(body: unknown, byHash: boolean): void {
  if (!isObject(body)) throw malformed("body", "a JSON object with `query`");
  const { query, operationName, variables, extensions } = body;
  const names = byHash && isObject(extensions) && isObject(extensions["persistedQuery"]);
  if (typeof query !== "string" && !(names && (query === undefined || query === null))) throw malformed("query", "a text of GraphQL");
  if (operationName !== undefined && operationName !== null && typeof operationName !== "string")
    throw malformed("operationName", "a text");
  for (const [name, value] of Object.entries({ variables, extensions }))
    if (value !== undefined && value !== null && !isObject(value)) throw malformed(name, "a JSON object");
}

/** What is no fault of the query is told to the operators, as by REST. */
function logFault(error: Error | undefined, reply: GraphqlContext["reply"]): void {
  if (!error || !reply || error instanceof GraphQLError) return;
  const { status, code } = problemOf(error).problem;
  if (status >= 500) reply.request.log.error({ code, error }, "request failed");
}

/**
 * By HTTP a query that was understood is answered 200, whatever became of its parts; one that could not be asked at all, or not be answered,
 * has the status of what stood in its way.
 */
function statusOf(errors: readonly GraphQLError[]): number {
  const [first] = errors;
  const error = first?.originalError;
  if (!error || error instanceof GraphQLError) return 200;
  const { status } = problemOf(error).problem;
  return first.path && status < 500 ? 200 : status;
}

const path = "/graphql";

/** How many texts are remembered, and how often one has been asked before it is compiled: what is asked once is never compiled. */
const remembered = { texts: 100, compiledAfter: 5 };

/** GraphQL: schema from the code. */
export const graphql = (operations: GraphqlOperations | undefined, count: Count): DynamicModule =>
  GraphQLModule.forRoot<MercuriusDriverConfig>({
    driver: MercuriusDriver,
    autoSchemaFile: true,
    // That the schema is one is seen by tests, and need not be asked at every start.
    buildSchemaOptions: { skipCheck: true },
    sortSchema: true,
    path,
    graphiql: false,
    cache: remembered.texts,
    jit: remembered.compiledAfter,
    hooks: hooks(count),
    transformSchema: readPlainly,
    // Rows come from Postgres in the types that the schema names.
    compilerOptions: { disableLeafSerialization: true },
    graphql: { parseOptions: { maxTokens: mostTokens }, validateOptions: { maxErrors: bounds.errors } },
    ...(operations && { persistedQueryProvider: providerOf(operations) }),
    validationRules: [answeredOnce],
    context: (_request: unknown, reply: unknown) => ({ reply }),
    errorFormatter: ({ data, errors }: ExecutionResult, { reply }: GraphqlContext) => {
      const language = reply && spokenBy(reply.request.headers);
      const problems = (errors ?? [])
        .flatMap(each)
        .slice(0, bounds.errors)
        .map((error) => asProblem(error, language));
      const answered = problems.map((problem) => ({ ...problem, extensions: { ...problem.extensions, requestId: reply?.request.id } }));
      if (reply && problems.some(({ extensions }) => extensions.status === 400 || extensions.status === 404)) reply.request.refused = true;
      for (const error of (errors ?? []).flatMap(each)) logFault(error.originalError, reply);
      const status = data ? 200 : statusOf((errors ?? []).flatMap(each));
      return { statusCode: status, response: { data: data ?? null, errors: answered as never } };
    },
  } as never);
