import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from "@nestjs/swagger";
import { GraphQLSchemaHost } from "@nestjs/graphql";
import type { NestFastifyApplication } from "@nestjs/platform-fastify";
import { isInputObjectType, isObjectType, type GraphQLSchema } from "graphql";
import { codesName } from "#projection/declare/code-types.js";

/** Serves the OpenAPI 3.1 document at `/v1/openapi.json`, and the page to try it at `/v1/docs`. */
export function serveOpenApi(app: NestFastifyApplication): void {
  const description =
    "Case management for the shelters and agencies that protect victims of trafficking. " +
    "Every change is `POST /v1/<records>/{id}/<what to do>`; its answer tells the record's revision and a position for `Consistent-After`.";
  const options = new DocumentBuilder()
    .setOpenAPIVersion("3.1.0")
    .setTitle("Hifadhi")
    .setVersion("1")
    .setDescription(description)
    .setLicense("Apache-2.0", "https://www.apache.org/licenses/LICENSE-2.0")
    .addServer("/", "Where this document is served")
    .addBearerAuth()
    .build();
  // Made when it is asked for first: by then the schema of GraphQL is there.
  const document = () => {
    const made = nullsOf31(SwaggerModule.createDocument(app, options)) as OpenAPIObject;
    return withNamedTypes(withProblems(withDescriptions(made, app.get(GraphQLSchemaHost).schema)));
  };
  SwaggerModule.setup("v1/docs", app, document, { jsonDocumentUrl: "v1/openapi.json", raw: ["json"], customSiteTitle: "Hifadhi" });
}

/** OpenAPI 3.1 knows no `nullable`: null is a type. */
function nullsOf31(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(nullsOf31);
  if (typeof value !== "object" || value === null) return value;
  const { nullable, ...rest } = Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, nullsOf31(inner)]));
  if (nullable !== true) return rest;
  const { allOf, enum: codes, ...more } = rest as { allOf?: unknown[]; enum?: unknown[]; type?: unknown };
  if (allOf) return { ...more, anyOf: [...allOf, { type: "null" }] };
  if (typeof more.type !== "string") return rest;
  return { ...more, type: [more.type, "null"], ...(codes && { enum: [...codes, null] }) };
}

/** What a field says is written once, for GraphQL; a type has the same name here. */
function withDescriptions(document: OpenAPIObject, graphql: GraphQLSchema): OpenAPIObject {
  for (const [name, schema] of Object.entries((document.components?.schemas ?? {}) as Record<string, Described>)) {
    const type = graphql.getType(name) ?? graphql.getType(`${name}Input`);
    if (!isObjectType(type) && !isInputObjectType(type)) continue;
    const fields = type.getFields();
    for (const [property, told] of Object.entries(schema.properties ?? {})) {
      const description = fields[property]?.description;
      if (told.description || !description) continue;
      schema.properties![property] = { ...told, description };
    }
  }
  return document;
}

interface Described {
  readonly properties?: Record<string, { readonly description?: string }>;
}

const refTo = (schema: string) => ({ $ref: `#/components/schemas/${schema}` });

const scalars = ["string", "number", "boolean", "null"].map((type) => ({ type }));
const jsonObject = refTo("JsonObject");
/** Any JSON value. It is told by an object, because the types that tools make of a value that may hold itself do not compile. */
const jsonValue = { anyOf: [...scalars, jsonObject, { type: "array", items: { anyOf: [...scalars, jsonObject] } }] };

/** Each code list is told once, by its name, as GraphQL names it, and so is what an object of any JSON is: fields refer to them. */
function withNamedTypes(document: OpenAPIObject): OpenAPIObject {
  const description = "An object of JSON: what differs from fact to fact";
  const types: Record<string, object> = { JsonObject: { description, type: "object", additionalProperties: jsonValue } };
  const named = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(named);
    if (typeof value !== "object" || value === null) return value;
    const { enum: codes, type, additionalProperties, ...rest } = value as Untold;
    if (additionalProperties === true) {
      if ("properties" in rest) return { ...(named({ ...rest, type }) as object), additionalProperties: jsonValue };
      return orNull(rest, jsonObject, [type].flat().includes("null"));
    }
    const list = Array.isArray(codes) ? codes.filter((code) => code !== null) : [];
    const name = codesName(list);
    if (!codes || name === undefined) return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, named(inner)]));
    types[name] = { type: "string", enum: list };
    return orNull(rest, refTo(name), codes.length > list.length);
  };
  const whole = named(document) as OpenAPIObject;
  return { ...whole, components: { ...whole.components, schemas: { ...whole.components?.schemas, ...(types as object) } } };
}

interface Untold {
  readonly enum?: (string | null)[];
  readonly type?: string | string[];
  readonly additionalProperties?: unknown;
}

const orNull = (rest: object, reference: object, nullable: boolean): object =>
  nullable ? { ...rest, anyOf: [reference, { type: "null" }] } : { ...rest, ...reference };

const problem = {
  type: "object",
  description: "Problem details (RFC 9457). Whatever else it holds are codes, dates and ids that say more.",
  additionalProperties: true,
  required: ["type", "title", "status", "code", "detail"],
  properties: {
    type: { type: "string", format: "uri-reference", description: "`/problems/<code>`" },
    title: { type: "string", description: "In short" },
    status: { type: "integer", description: "The same as the answer's" },
    code: { type: "string", description: "Stable" },
    detail: { type: "string", description: "What to do next" },
    requestId: { type: "string", description: "By which the operators find the request; the header `Request-Id` says it too" },
    errors: {
      type: "array",
      description: "The fields that are wrong",
      items: { type: "object", properties: { field: { type: "string" }, code: { type: "string" }, message: { type: "string" } } },
    },
  },
};

/** Every operation can be answered with problem details (RFC 9457). */
function withProblems(document: OpenAPIObject): OpenAPIObject {
  document.components = { ...document.components, schemas: { ...document.components?.schemas, Problem: problem as never } };
  const content = { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } };
  for (const path of Object.values(document.paths))
    for (const operation of Object.values(path as Record<string, { responses?: Record<string, unknown> }>))
      if (operation.responses) operation.responses["default"] = { description: "A problem; whatever was to be changed was not", content };
  return document;
}
