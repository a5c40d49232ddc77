import {
  getNamedType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLOutputType,
  type GraphQLSchema,
} from "graphql";
import type { Random } from "../random.js";
import type { Sent } from "./rest.js";
import { broken, junkOf } from "./values.js";

const leftOut = new Set(["pauseViews"]);
const texts = [
  "Invented",
  "W-1",
  "KIG-1",
  "Interview",
  "self",
  "Signature",
  "Police",
  "Immediate",
  "Kigoma",
  "Female",
  "21-29",
  "2026-01-10",
  "TZ",
  "sw",
];

/** Queries and mutations as the schema describes them, and such as it does not. */
export function graphqlRequests(schema: GraphQLSchema): (random: Random, ids: readonly string[]) => Sent {
  const fields = [
    ...Object.values(schema.getQueryType()!.getFields()).map((field) => ["query", field] as const),
    ...Object.values(schema.getMutationType()!.getFields()).map((field) => ["mutation", field] as const),
  ].filter(([, { name }]) => !leftOut.has(name));
  return (random, ids) => {
    const [kind, field] = random.one(fields);
    const given = field.args.filter(({ type }) => isNonNullType(type) || random.chance(0.5));
    const wrong = random.chance(0.5);
    const variables = Object.fromEntries(given.map(({ name, type }) => [name, argumentOf(random, name, type, ids)]));
    const sent = wrong && random.chance(0.6) ? broken(random, variables) : variables;
    const query = wrong && random.chance(0.4) ? damaged(random, textOf(random, kind, field, given)) : textOf(random, kind, field, given);
    const body = JSON.stringify({
      query,
      variables: sent,
      ...(random.chance(0.05) && { operationName: random.one(["other", "", "a\0", null]) }),
    });
    return { name: field.name, method: "POST", path: "/graphql", headers: { "content-type": "application/json" }, body };
  };
}

function textOf(
  random: Random,
  kind: string,
  field: GraphQLField<unknown, unknown>,
  given: GraphQLField<unknown, unknown>["args"],
): string {
  const declared = given.map(({ name, type }) => `$${name}: ${String(type)}`).join(", ");
  const passed = given.map(({ name }) => `${name}: $${name}`).join(", ");
  return `${kind}${declared && `(${declared})`} { ${field.name}${passed && `(${passed})`} ${selectionOf(random, field.type, 4)} }`;
}

/** What a type holds, and of what belongs to it some: all of it would be more than a query may ask. */
function selectionOf(random: Random, type: GraphQLOutputType, depth: number): string {
  const named = getNamedType(type);
  if (!isObjectType(named)) return "";
  const inner = Object.values(named.getFields()).map((field) => {
    if (!isObjectType(getNamedType(field.type))) return field.name;
    const isAsked = depth > 0 && (field.name === "items" || random.chance(0.2));
    return isAsked ? `${field.name} ${selectionOf(random, field.type, depth - 1)}` : "";
  });
  return `{ __typename ${inner.join(" ")} }`;
}

function argumentOf(random: Random, name: string, type: GraphQLInputType, ids: readonly string[]): unknown {
  if (name === "consistentAfter") return "0";
  if (name === "key") return random.uuid();
  if (name === "revision") return String(random.below(5));
  if (name === "occurredAt") return new Date(Date.now() - random.below(48) * 3_600_000).toISOString();
  return valueOf(random, type, ids);
}

function valueOf(random: Random, type: GraphQLInputType, ids: readonly string[]): unknown {
  if (isNonNullType(type)) return valueOf(random, type.ofType as GraphQLInputType, ids);
  if (random.chance(0.1)) return null;
  if (isListType(type)) return Array.from({ length: random.below(3) }, () => valueOf(random, type.ofType as GraphQLInputType, ids));
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields()).filter((field) => isNonNullType(field.type) || random.chance(0.5));
    return Object.fromEntries(fields.map((field) => [field.name, valueOf(random, field.type, ids)]));
  }
  switch (type.name) {
    case "Boolean":
      return random.chance(0.7);
    case "Int":
      return random.one([0, 1, 50, 200, 2 ** 31 - 1, -1]);
    case "Float":
      return random.one([0, -4.9, 29.6, 1e300]);
    case "ID":
      return ids.length > 0 ? random.one(ids) : random.uuid();
    default:
      return random.chance(0.2) ? random.uuid() : random.one(texts);
  }
}

function damaged(random: Random, text: string): string {
  const at = random.below(text.length);
  const inserted = random.one([
    "{",
    "}",
    "\0",
    "\ud800",
    "...",
    "@skip(if: $x)",
    '"\\u0000"',
    " a: __schema { types { fields { name } } } ",
    "#",
    "$",
    "(first: 9999999999)",
  ]);
  return random.one([
    text.slice(0, at),
    text.slice(0, at) + inserted + text.slice(at),
    text.replace("{", `{ ${"a: __typename ".repeat(40)}`),
    `${text} query other { __typename }`,
    '{"kind":"Document","definitions":[{"kind":"OperationDefinition"}]}',
    `{ ${"{ a ".repeat(3_000)}`,
    `query ${"x".repeat(60_000)} { __typename }`,
    String(junkOf(random)),
  ]);
}
