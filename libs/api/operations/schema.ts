import { Field, Float, ID, InputType, Int } from "@nestjs/graphql";
import { personalFields } from "#access/personal.js";
import { descriptionOf } from "#kernel/described.js";
import { ApiProperty, type ApiPropertyOptions } from "@nestjs/swagger";
import { defaultMetadataStorage } from "class-transformer/cjs/storage.js";
import { getMetadataStorage } from "class-validator";
import type { ValidationMetadata } from "class-validator/types/metadata/ValidationMetadata.js";

import { graphqlCodes, toldCodes } from "#projection/declare/code-types.js";
import { GraphQLDay, GraphQLJSONObject, GraphQLMoment } from "#projection/declare/scalars.js";

type Class = new () => object;

interface FieldShape {
  readonly graphql: () => any;
  readonly schema: Record<string, unknown>;
  readonly description?: string | undefined;
}

const described = new Set<Class>();

/**
 * Makes a request class, as its validators describe it, known to GraphQL and OpenAPI. The validators are the one definition.
 * @throws where a property's validators tell no type, or do not bound what it holds
 */
export function describeRequest(request: Class, name = request.name): void {
  if (described.has(request)) return;
  described.add(request);
  for (const [property, rules] of rulesOf(request)) {
    const { graphql, schema, description } = shapeOf(request, property, rules);
    const array = rules.some(({ name }) => name === "isArray" || name === "arrayNotEmpty");
    const unbounded = unboundedIn(rules, array);
    if (unbounded) throw new Error(`${name}.${property}: ${unbounded}`);
    const optional = rules.some(({ type }) => type === "conditionalValidation");
    // Swagger finds a class by its type alone, not among items.
    const list = typeof schema["type"] === "function" ? { ...schema, isArray: true } : { type: "array", items: schema };
    const whole = array ? { ...arrayLimits(rules), ...list } : schema;
    const told = [descriptionOf(request, property), description].filter(Boolean).join(". ");
    const said = { ...(told && { description: told }), ...personalOf(request, property) };
    Field(() => (array ? [graphql()] : graphql()), { nullable: optional, ...said })(request.prototype as object, property);
    ApiProperty({ ...whole, required: !optional, ...said } as ApiPropertyOptions)(request.prototype as object, property);
  }
  InputType(name)(request);
}

/** Whoever reads the document sees which right a field needs, and where null says something else than nothing. */
const personalOf = (request: Class, property: string): object | undefined => {
  const field = personalFields(request).get(property);
  if (!field) return undefined;
  const description = `Personal data (${field.dataClass})`;
  return field.removable
    ? { nullable: true, description: `${description}: left out, what was there stays; null removes it` }
    : { description };
};

/** Property -> its validators. Empty where a request has no properties at all. */
export function rulesOf(request: Class): Map<string, ValidationMetadata[]> {
  const rules = new Map<string, ValidationMetadata[]>();
  for (const rule of getMetadataStorage().getTargetValidationMetadatas(request, "", false, false))
    rules.set(rule.propertyName, [...(rules.get(rule.propertyName) ?? []), rule]);
  return rules;
}

/** The fields of a request that hold codes, by their path, with the codes that each may hold. */
export function codesIn(request: Class, path: string): { field: string; codes: readonly string[] }[] {
  return [...rulesOf(request)].flatMap(([property, rules]) => {
    const field = `${path}.${property}`;
    const codes = rules.find(({ name }) => name === "isIn")?.constraints?.[0] as readonly string[] | undefined;
    if (codes) return [{ field, codes }];
    const inner = innerOf(request, property, rules);
    return inner ? codesIn(inner, field) : [];
  });
}

/** The class of what stands in a field, where that has fields of its own. */
export const innerOf = (request: Class, property: string, rules: readonly ValidationMetadata[]): Class | undefined =>
  rules.some(({ type }) => type === "nestedValidation")
    ? (defaultMetadataStorage.findTypeMetadata(request, property)?.typeFunction() as Class | undefined)
    : undefined;

/** May nothing at all be said? */
export const asksNothing = (request: Class): boolean =>
  [...rulesOf(request).values()].every((rules) => rules.some(({ type }) => type === "conditionalValidation"));

function shapeOf(request: Class, property: string, rules: readonly ValidationMetadata[]): FieldShape {
  const rule = (name: string) => rules.find((each) => each.name === name);
  const constraint = (name: string) => rule(name)?.constraints?.[0] as unknown;
  if (rules.some(({ type }) => type === "nestedValidation")) return nested(request, property);
  const limits = defined({
    maxLength: constraint("maxLength"),
    minLength: constraint("minLength"),
    pattern: (constraint("matches") as RegExp | undefined)?.source,
    minimum: constraint("min"),
    maximum: constraint("max"),
  });
  if (rule("isIn")) {
    const codes = constraint("isIn") as string[];
    return { graphql: () => graphqlCodes(codes), schema: { type: "string", enum: [...codes] }, description: toldCodes(codes) };
  }
  if (rule("equals"))
    return { graphql: () => typeOf(constraint("equals")), schema: { type: typeof constraint("equals"), enum: [constraint("equals")] } };
  if (rule("isObject")) return { graphql: () => GraphQLJSONObject, schema: { type: "object", additionalProperties: true } };
  if (rule("isBoolean")) return { graphql: () => Boolean, schema: { type: "boolean" } };
  if (rule("isInt")) return { graphql: () => Int, schema: { type: "integer", ...limits } };
  if (rule("isNumber") || rule("isLatitude") || rule("isLongitude")) return { graphql: () => Float, schema: { type: "number", ...limits } };
  if (rule("isISO31661Alpha2")) return { graphql: () => String, schema: { type: "string", pattern: "^[A-Za-z]{2}$" } };
  if (rule("isDayOrLess")) return { graphql: () => String, schema: { type: "string", pattern: "^\\d{4}(-\\d{2}){0,2}$" } };
  const format = Object.keys(formats).find((name) => rule(name));
  const text = format ?? ["isString", "matches", "isPhoneNumber", "maxLength"].find((name) => rule(name));
  if (!text) throw new Error(`${request.name}.${property}: its validators tell no type`);
  const [name, graphql] = format ? formats[format]! : [undefined, String];
  return { graphql: () => graphql, schema: { type: "string", ...(name && { format: name }), ...limits } };
}

/** Texts of a form: what OpenAPI calls it, and its type in GraphQL. */
const formats: Readonly<Record<string, readonly [string, object]>> = {
  isUuid: ["uuid", ID],
  isInstant: ["date-time", GraphQLMoment],
  isDay: ["date", GraphQLDay],
  isEmail: ["email", String],
  isPhone: ["phone", String],
};

/** Validators that leave only so much. */
const bounding = [
  "isIn",
  "equals",
  "isUuid",
  "isInstant",
  "isDay",
  "isDayOrLess",
  "isBoolean",
  "isObject",
  "isISO31661Alpha2",
  "isPhone",
  "isLatitude",
  "isLongitude",
  "maxLength",
];
/** Begins and ends, and repeats nothing without end. */
const boundedPattern = /^\^(?!.*([+*]|\{\d+,\})(?<!\\[+*])).*\$$/s;

/** Whatever is stored has to fit where it is kept, and whatever is sent is walked: a bound that was forgotten is told at start. */
function unboundedIn(rules: readonly ValidationMetadata[], array: boolean): string | undefined {
  const rule = (name: string) => rules.find((each) => each.name === name);
  if (array && !rule("arrayMaxSize")) return "@ArrayMaxSize is missing";
  if (rules.some(({ type }) => type === "nestedValidation")) return undefined;
  if (rule("isInt") || (rule("isNumber") && !rule("isLatitude") && !rule("isLongitude")))
    return rule("min") && rule("max") ? undefined : "@Min and @Max are missing";
  const pattern = rule("matches")?.constraints?.[0] as RegExp | undefined;
  if ((pattern && boundedPattern.test(pattern.source)) || bounding.some(rule)) return undefined;
  return "nothing bounds it: give it @MaxLength";
}

function nested(request: Class, property: string): FieldShape {
  const inner = defaultMetadataStorage.findTypeMetadata(request, property)?.typeFunction() as Class | undefined;
  if (!inner) throw new Error(`${request.name}.${property}: @ValidateNested needs @Type`);
  describeRequest(inner, `${inner.name}Input`);
  return { graphql: () => inner, schema: { type: inner } };
}

const arrayLimits = (rules: readonly ValidationMetadata[]): object =>
  defined({
    minItems: rules.some(({ name }) => name === "arrayNotEmpty") ? 1 : undefined,
    maxItems: rules.find(({ name }) => name === "arrayMaxSize")?.constraints?.[0] as unknown,
  });

const typeOf = (value: unknown): unknown => (typeof value === "boolean" ? Boolean : String);

const defined = (values: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
