import type { Random } from "../random.js";
import { broken, junkOf, valueOf, type Schema, type Schemas } from "./values.js";

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema?: Schema;
}
interface Described {
  readonly operationId?: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
}
export interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>>;
  readonly components: { readonly schemas: Schemas };
}

/** What is sent, by whichever protocol. */
export interface Sent {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Paused views stand still because they were told to: that is no fault to be found. */
const leftOut = new Set(["pauseViews"]);

/** Requests as the document describes them, and such as it does not. */
export function restRequests({ paths, components: { schemas } }: OpenApi): (random: Random, ids: readonly string[]) => Sent {
  const all = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, described]) => ({ path, method: method.toUpperCase(), described })),
  );
  const asked = all.filter(({ described }) => !leftOut.has(described.operationId ?? ""));
  return (random, ids) => {
    const { path, method, described } = random.one(asked);
    const wrong = random.chance(0.5);
    const schema = described.requestBody?.content["application/json"]?.schema;
    const value = schema ? valueOf(random, schemas, schema, ids) : {};
    const body = method === "POST" ? textOf(random, wrong && random.chance(0.7) ? broken(random, value) : value, wrong) : undefined;
    const parameters = (described.parameters ?? []).flatMap((parameter) => said(random, schemas, parameter, ids, wrong));
    const query = parameters.filter(([where]) => where === "query").map(([, name, text]) => `${name}=${text}`);
    const id = parameters.find(([where]) => where === "path")?.[2] ?? "";
    const headers = Object.fromEntries(
      parameters.flatMap(([where, name, text]) => (where === "header" ? [[name.toLowerCase(), text]] : [])),
    );
    return {
      name: described.operationId ?? path,
      method,
      path: `${path.replace("{id}", id)}${query.length > 0 ? `?${query.join("&")}` : ""}`,
      headers: { ...headers, ...(body !== undefined && { "content-type": "application/json" }) },
      ...(body !== undefined && { body }),
    };
  };
}

type Said = readonly [where: string, name: string, text: string];

function said(
  random: Random,
  schemas: Schemas,
  { name, in: where, required, schema }: Parameter,
  ids: readonly string[],
  wrong: boolean,
): Said[] {
  if (where !== "path" && !required && random.chance(0.6)) return [];
  const useJunk = wrong && random.chance(0.3);
  if (where === "header") return [[where, name, headerOf(random, name, useJunk)]];
  const value = useJunk ? junkOf(random) : valueOf(random, schemas, where === "path" ? { format: "uuid" } : (schema ?? {}), ids);
  // An address of 60,000 characters is refused before it is read.
  const text = (typeof value === "string" ? value : JSON.stringify(value)).slice(0, 2_000);
  return [[where, name, random.chance(0.05) ? "%zz" : encodeURIComponent(text.toWellFormed())]];
}

function headerOf(random: Random, name: string, useJunk: boolean): string {
  if (useJunk)
    return random.one([
      "0x10",
      "-1",
      "99999999999999999999",
      '"',
      "\xff\xfe",
      "0000-01-01T00:00:00Z",
      "9999-99-99",
      "x".repeat(2_000),
      "null",
    ]);
  switch (name) {
    case "Idempotency-Key":
      return random.uuid();
    case "If-Match":
      return `"${random.below(5)}"`;
    case "Occurred-At":
      return new Date(Date.now() - random.below(48) * 3_600_000).toISOString();
    // Only what is in the log can be waited for.
    default:
      return "0";
  }
}

function textOf(random: Random, value: unknown, wrong: boolean): string {
  const text = JSON.stringify(value) ?? "null";
  if (!wrong || random.chance(0.8)) return text;
  const at = random.below(text.length + 1);
  return random.one([
    text.slice(0, at),
    `${text.slice(0, at)}\0${text.slice(at)}`,
    "[".repeat(50_000),
    '{"__proto__":{"a":1}}',
    "",
    "null",
    '"text"',
    "[]",
  ]);
}
