import { readFile } from "node:fs/promises";
import { digestOf } from "#platform/sign-in/digest.js";
import { unlistedOperation } from "#platform/http/problem.js";

/** The texts of GraphQL operations by their hash: where they are listed, no other is answered. */
export type GraphqlOperations = ReadonlyMap<string, string>;

/** A request may name its operation as Apollo's and urql's clients do. */
export interface NamedOperation {
  readonly query?: unknown;
  readonly extensions?: { readonly persistedQuery?: { readonly sha256Hash?: unknown } } | null;
}

/**
 * Reads `{ "<SHA-256 of the text, hex>": "<text>", ... }`, which Relay's and graphql-codegen's compilers write.
 * @throws Error that names the variable, where it is no such file
 */
export async function readOperations(path: string): Promise<GraphqlOperations> {
  const wrong = (why: string) => new Error(`GRAPHQL_OPERATIONS: ${path} ${why}.`);
  const text = await readFile(path, "utf8").catch(() => {
    throw wrong("cannot be read");
  });
  const operations = new Map(Object.entries(parsed(text) ?? {}));
  if (operations.size === 0) throw wrong('is no JSON object of the form { "<SHA-256 of the text, hex>": "<text>" }');
  for (const [hash, each] of operations)
    if (typeof each !== "string" || hashOf(each) !== hash)
      throw wrong(`holds a text whose SHA-256 is not the one it stands under, ${hash.slice(0, 64)}`);
  return operations as GraphqlOperations;
}

const hashOf = (text: string): string => digestOf(text).toString("hex");

function parsed(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The text that a request names. @throws ProblemError 403 where it is none of the listed */
export function operationNamed(operations: GraphqlOperations, { extensions, query }: NamedOperation): string {
  const hash = extensions?.persistedQuery?.sha256Hash;
  const listed = typeof hash === "string" ? operations.get(hash) : undefined;
  const text = typeof query === "string" && query !== "" ? query : undefined;
  if (listed !== undefined && (text === undefined || text === listed)) return listed;
  // Whoever sends the text of a listed operation asks for nothing else.
  if (hash === undefined && text !== undefined && operations.get(hashOf(text)) === text) return text;
  throw unlistedOperation();
}

/** For Mercurius: every request goes through the list. */
export const providerOf = (operations: GraphqlOperations) => ({
  isPersistedQuery: () => true,
  getHash: (request: NamedOperation) => operationNamed(operations, request),
  getQueryFromHash: async (text: string) => text,
});
