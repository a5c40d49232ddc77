import { buildClientSchema, getIntrospectionQuery, getNamedType, isObjectType, type GraphQLField, type GraphQLSchema } from "graphql";
import { links } from "#domain/domain.js";
import type { People } from "./people.js";

type Schema = Readonly<Record<string, any>>;

/** One operation as OpenAPI tells it. */
export interface Route {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly body: Schema | undefined;
  /** It is sent as a form, with a file. */
  readonly isForm: boolean;
  readonly parameters: readonly Schema[];
  /** The name of the answer's schema; none where bytes are answered. */
  readonly answer: string | undefined;
}

/** What the api says of itself: every route, every schema, every GraphQL field. */
export interface Documents {
  readonly routes: readonly Route[];
  readonly schemas: Readonly<Record<string, Schema>>;
  readonly graphql: GraphQLSchema;
}

export async function documentsOf(people: People): Promise<Documents> {
  const { body: document } = await people.ask(undefined, "GET", "/v1/openapi.json");
  const { data } = await people.graphql({ role: "auditor" }, getIntrospectionQuery());
  const routes = Object.entries(document.paths as Record<string, Schema>).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]: [string, Schema]): Route => {
      const { operationId: name, requestBody, parameters = [], responses } = operation;
      const content: Schema[] = Object.values((responses[200] ?? responses[201]).content);
      const answer: Schema = content[0]!["schema"];
      const [[type, sent] = ["", undefined]] = Object.entries<Schema>(requestBody?.content ?? {});
      const body = sent && resolved(document.components.schemas, sent["schema"]);
      const told = answer["items"] ?? answer;
      return {
        ...{ name, method: method.toUpperCase(), path, body, parameters, isForm: type.startsWith("multipart/") },
        answer: told.format === "binary" ? undefined : nameOf(told),
      };
    }),
  );
  return { routes, schemas: document.components.schemas, graphql: buildClientSchema(data) };
}

const nameOf = ({ $ref }: Schema): string => String($ref).split("/").at(-1)!;
const resolved = (schemas: Readonly<Record<string, Schema>>, schema: Schema): Schema =>
  schema["$ref"] ? schemas[nameOf(schema)]! : schema["allOf"] ? resolved(schemas, schema["allOf"][0]) : schema;

/** The schemas with properties that an answer is made of, itself among them. */
export function within(schemas: Documents["schemas"], name: string): string[] {
  if (!schemas[name]!["properties"]) return [];
  const inner = JSON.stringify(schemas[name]).matchAll(/"#\/components\/schemas\/(\w+)"/g);
  return [name, ...[...inner].flatMap(([, each]) => within(schemas, each!))];
}

/** Texts that fit the patterns of requests. A pattern that is not here has no example, and the test that needs it fails. */
const examples: readonly string[] = [
  "2020-01-01T08:00:00Z",
  "2020-01-01",
  "+255700000001",
  "KIG-7",
  "W-1",
  "f".repeat(64),
  "TZ",
  "none",
  "7",
];
const aStream = "case-4c5a1f60-0000-4000-8000-0000000000aa";
export const anId = "4c5a1f60-0000-4000-8000-0000000000aa";

/** A value that such a field takes. */
export function exampleOf(schemas: Documents["schemas"], given: Schema): unknown {
  const schema = resolved(schemas, given);
  const type = Array.isArray(schema["type"]) ? schema["type"][0] : schema["type"];
  if (schema["enum"]) return schema["enum"][0];
  if (type === "array") return schema["minItems"] ? [exampleOf(schemas, schema["items"])] : [];
  if (type === "object") return exampleBody(schemas, schema);
  if (type === "boolean") return true;
  if (type === "integer" || type === "number") return schema["minimum"] ?? 1;
  if (schema["format"] === "uuid") return anId;
  if (schema["format"] === "email") return "nobody@example.org";
  if (schema["format"] === "phone") return "0712 345 678";
  const fits = [...examples, aStream].find((text) => new RegExp(schema["pattern"] ?? ".").test(text));
  if (fits === undefined) throw new Error(`no example fits ${schema["pattern"]}`);
  return fits;
}

/** The least that such a request says. */
export const exampleBody = (schemas: Documents["schemas"], { properties = {}, required = [] }: Schema): Record<string, unknown> =>
  Object.fromEntries((required as string[]).map((name) => [name, exampleOf(schemas, properties[name])]));

/** Every root field of GraphQL, with what kind it is. */
export const rootFields = (schema: GraphQLSchema): readonly (readonly ["query" | "mutation" | "subscription", GraphQLField<any, any>])[] =>
  (["query", "mutation", "subscription"] as const).flatMap((kind) => {
    const type = { query: schema.getQueryType(), mutation: schema.getMutationType(), subscription: schema.getSubscriptionType() }[kind];
    return Object.values(type?.getFields() ?? {}).map((field) => [kind, field] as const);
  });

/** What hangs below a row is a list of its own, and what a row names a record of its own. */
export const isElsewhere = ({ name, type }: Pick<GraphQLField<any, any>, "name" | "type">): boolean => {
  const named = getNamedType(type).name;
  return named.endsWith("Page") || links.some((each) => each.name === name && named === each.to.row.name.replace(/View$/, ""));
};

/** `{ id stage ... }`: everything that a type has. */
export function selectionOf(field: Pick<GraphQLField<any, any>, "type">): string {
  const type = getNamedType(field.type);
  if (!isObjectType(type)) return "";
  const own = Object.values(type.getFields()).filter((each) => !isElsewhere(each));
  const fields = own.map((each) => `${each.name} ${selectionOf(each)}`);
  return `{ ${fields.join(" ")} }`;
}

/** A query, mutation or subscription of this field that passes these arguments on. */
export function documentOf(kind: string, field: GraphQLField<any, any>, given: Readonly<Record<string, unknown>>): string {
  const used = field.args.filter(({ name }) => name in given);
  const declared = used.map(({ name, type }) => `$${name}: ${type.toString()}`);
  const passed = used.map(({ name }) => `${name}: $${name}`);
  const inBrackets = (parts: string[]) => (parts.length > 0 ? `(${parts.join(", ")})` : "");
  return `${kind} ${inBrackets(declared)} { answer: ${field.name}${inBrackets(passed)} ${selectionOf(field)} }`;
}
