import type { Random } from "../random.js";

/** Part of an OpenAPI schema. */
export interface Schema {
  readonly $ref?: string;
  readonly allOf?: readonly Schema[];
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxItems?: number;
}
export type Schemas = Readonly<Record<string, Schema>>;

const nested = (depth: number): unknown => {
  let value: unknown = 1;
  for (let each = 0; each < depth; each++) value = each % 2 ? [value] : { a: value };
  return value;
};
const manyFields = Object.fromEntries(Array.from({ length: 5_000 }, (_, each) => [`f${each}`, each]));

/** What no schema asks for: each has broken some system. */
const junk: readonly (() => unknown)[] = [
  () => "a\0b",
  () => "\ud800",
  () => "\udc00 tail",
  () => "x".repeat(60_000),
  () => "",
  () => " ",
  () => "0000-01-01T00:00:00Z",
  () => "0000-01-01",
  () => "9999-12-31T23:59:59.999Z",
  () => "-000001-01-01T00:00:00Z",
  () => "2026-02-30",
  () => "2026-W02-1T08:00Z",
  () => "0x10",
  () => "1e400",
  () => "NaN",
  () => "__proto__",
  () => "' or 1=1; --",
  () => "../../etc/passwd",
  () => "%00%ff",
  () => 2 ** 31,
  () => -(2 ** 31) - 1,
  () => 2 ** 53,
  () => 1e308,
  () => -0.5,
  () => null,
  () => true,
  () => [],
  () => ({}),
  () => nested(3_000),
  () => Array.from({ length: 20_000 }, () => "x"),
  () => Array.from({ length: 600 }, () => ({ bed: "W-1" })),
  () => manyFields,
  () => JSON.parse('{"__proto__": {"admin": true}, "constructor": 1}'),
];
export const junkOf = (random: Random): unknown => random.one(junk)();

const days = ["1900-01-01", "1985-06-30", "2024-02-29", "2026-01-10", "2199-12-31"];
const instantOf = (random: Random): string =>
  random.chance(0.2)
    ? `${random.one(days)}T${random.one(["00:00:00Z", "23:59:59.999Z", "08:00+03:00"])}`
    : new Date(Date.now() + random.below(90) * 3_600_000).toISOString();
const texts = ["Invented", "Mtu wa mfano", "ይህ ምሳሌ ነው", "🏠", "W-1", "KIG-1", "+255700000001", "a".repeat(64), "TZ"];

/** A value as the schema wants it, as far as it tells. `ids`: of records that there are. */
export function valueOf(random: Random, schemas: Schemas, schema: Schema, ids: readonly string[]): unknown {
  const referred = schema.$ref ?? schema.allOf?.[0]?.$ref;
  if (referred) return valueOf(random, schemas, schemas[referred.split("/").at(-1)!] ?? {}, ids);
  if (schema.enum) return random.one(schema.enum);
  const type = [schema.type].flat()[0];
  if (type === "array") {
    const length = random.below(Math.min(schema.maxItems ?? 3, 3) + 1);
    return Array.from({ length }, () => valueOf(random, schemas, schema.items ?? {}, ids));
  }
  if (type === "object" || schema.properties) {
    const given = Object.entries(schema.properties ?? {}).filter(([name]) => schema.required?.includes(name) || random.chance(0.6));
    return Object.fromEntries(given.map(([name, inner]) => [name, valueOf(random, schemas, inner, ids)]));
  }
  if (type === "boolean") return random.chance(0.7);
  if (type === "integer" || type === "number") {
    const { minimum = 0, maximum = 100 } = schema;
    return random.one([minimum, maximum, minimum + random.below(Math.max(1, Math.min(maximum - minimum, 1_000)))]);
  }
  return textOf(random, schema, ids);
}

function textOf(random: Random, { format, pattern }: Schema, ids: readonly string[]): string {
  if (format === "uuid") return random.chance(0.7) && ids.length > 0 ? random.one(ids) : random.uuid();
  if (format === "date-time") return instantOf(random);
  if (format === "date") return random.one(days);
  if (format === "email") return "example@example.org";
  const matching = pattern ? texts.filter((text) => new RegExp(pattern).test(text)) : texts;
  return matching.length > 0 ? random.one(matching) : random.one(texts);
}

/** The same value with something in it broken. */
export function broken(random: Random, value: unknown): unknown {
  if (typeof value !== "object" || value === null || random.chance(0.15)) return junkOf(random);
  if (Array.isArray(value)) {
    const at = random.below(value.length + 1);
    return [...value.slice(0, at), broken(random, value[at]), ...value.slice(at + 1)];
  }
  const names = Object.keys(value);
  const name = names.length > 0 && random.chance(0.85) ? random.one(names) : random.one(["unknown", "a\0", "\ud800", "constructor"]);
  const { [name]: before, ...rest } = value as Record<string, unknown>;
  return random.chance(0.15) ? rest : { ...rest, [name]: broken(random, before) };
}
