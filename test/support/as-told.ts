import { Ajv, type ValidateFunction } from "ajv";

type Json = Record<string, any>;

/** Holds what is answered against the OpenAPI document that the api itself serves: every status, every property, and no other. */
export class AsTold {
  readonly #ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });
  readonly #validators = new Map<string, ValidateFunction>();
  readonly #routes: readonly { readonly pattern: RegExp; readonly operations: Json }[];

  private constructor(document: Json) {
    this.#ajv.addSchema({ $id: "told", components: closed(document["components"]) });
    this.#routes = Object.entries(document["paths"] as Json).map(([path, operations]) => ({
      pattern: new RegExp(`^${path.replaceAll(/\{\w+\}/g, "[^/]+")}$`),
      operations: operations as Json,
    }));
  }

  static async from(base: string): Promise<AsTold> {
    return new AsTold((await (await fetch(`${base}/v1/openapi.json`)).json()) as Json);
  }

  /** @throws Error that says what is not as the document tells */
  check(method: string, address: string, status: number, body: unknown): void {
    const path = address.split("?")[0]!;
    const asked = method.toLowerCase();
    const operation = this.#routes.find(({ pattern, operations }) => pattern.test(path) && asked in operations)?.operations[asked] as
      Json | undefined;
    if (!operation) return;
    const answer = (operation["responses"][status] ?? operation["responses"]["default"]) as Json | undefined;
    const schema = Object.values((answer?.["content"] ?? {}) as Record<string, { schema?: Json }>)[0]?.schema;
    if (!schema) throw new Error(`${method} ${path}: nothing is told of an answer with ${status}`);
    const validate = this.#validatorOf(`${operation["operationId"]} ${status}`, schema);
    if (!validate(body)) throw new Error(`${method} ${path} ${status} is not as told: ${this.#ajv.errorsText(validate.errors)}`);
  }

  #validatorOf(name: string, schema: Json): ValidateFunction {
    const known = this.#validators.get(name) ?? this.#ajv.compile(JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"told#/')) as Json);
    this.#validators.set(name, known);
    return known;
  }
}

/** The schemas, with no property that they do not name. */
function closed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(closed);
  if (typeof value !== "object" || value === null) return value;
  const inner = Object.fromEntries(Object.entries(value).map(([name, each]) => [name, closed(each)]));
  return "properties" in inner && !("additionalProperties" in inner) && inner["type"] === "object"
    ? { ...inner, additionalProperties: false }
    : inner;
}
