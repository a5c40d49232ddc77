import { MercuriusDriver, type MercuriusDriverConfig } from "@nestjs/mercurius";
import { GraphQLModule } from "@nestjs/graphql";
import type { DynamicModule } from "@nestjs/common";
import type { ExecutionResult, GraphQLError } from "graphql";
import { malformed } from "#platform/problem.js";
import { readPlainly } from "./graphql-fields.js";
import { answeredOnce, mostTokens, withinLimits } from "./graphql-limits.js";
import { providerOf, type GraphqlOperations } from "./graphql-operations.js";
import { problemOf } from "./problems.js";

/** Errors carry the same problem by GraphQL as by REST, in `extensions`. */
export const asProblem = (error: GraphQLError) => {
  const { message, locations, path, originalError } = error;
  // Without an error of ours beneath it, it is the query itself that GraphQL could not take.
  const { problem } = originalError ? problemOf(originalError) : malformed("query", "a query that the schema allows");
  return { message: originalError ? problem.title : message, locations, path, extensions: problem };
};

/** A query that was refused as a whole says in itself what is wrong with it. */
const each = (error: GraphQLError | Error): readonly GraphQLError[] => {
  const { originalError } = error as GraphQLError & { originalError?: { errors?: readonly GraphQLError[] } };
  return originalError?.errors?.length ? originalError.errors : [error as GraphQLError];
};

/** The GraphQL door: schema from the code, the page to try it at `/graphiql` unless only listed operations are answered. */
export const graphql = (operations: GraphqlOperations | undefined): DynamicModule =>
  GraphQLModule.forRoot<MercuriusDriverConfig>({
    driver: MercuriusDriver,
    autoSchemaFile: true,
    sortSchema: true,
    path: "/graphql",
    graphiql: operations === undefined,
    jit: 1,
    transformSchema: readPlainly,
    // Rows come from Postgres in the types that the schema names.
    compilerOptions: { disableLeafSerialization: true },
    graphql: { parseOptions: { maxTokens: mostTokens } },
    ...(operations && { persistedQueryProvider: providerOf(operations) }),
    validationRules: [withinLimits, answeredOnce],
    context: (_request: unknown, reply: unknown) => ({ reply }),
    errorFormatter: ({ data, errors }: ExecutionResult) => {
      const problems = (errors ?? []).flatMap(each).map(asProblem);
      const status = data ? 200 : (problems[0]?.extensions.status ?? 200);
      return { statusCode: status >= 500 ? status : 200, response: { data: data ?? null, errors: problems as never } };
    },
  } as never);
