import { globSync, readFileSync } from "node:fs";
import { createGenerator } from "ts-json-schema-generator";

/** The JSON Schema of a fact: `type`, `data`, and `personal` as it is before it is sealed. */
export type Form = Readonly<Record<string, any>>;

const topics = "libs/!(kernel|store|seal|projection|platform|api|topics|vocabulary|domain)/**/*.ts";

/** Every fact that may be written today, by its type, as its type literal describes it. */
export function formsOfToday(): ReadonlyMap<string, Form> {
  const files = globSync(topics, { exclude: (name) => name.endsWith(".spec.ts") });
  const unions = files.flatMap((file) => [...readFileSync(file, "utf8").matchAll(/^export type (\w+Fact)\b/gm)].map(([, name]) => name!));
  const generator = createGenerator({
    path: topics,
    tsconfig: "tsconfig.json",
    type: "*",
    expose: "none",
    topRef: false,
    jsDoc: "none",
    skipTypeCheck: true,
  });
  const forms = unions.flatMap((union) => {
    const { $schema: _, definitions: __, ...schema } = generator.createSchema(union) as Form;
    return (schema["anyOf"] ?? [schema]) as Form[];
  });
  return new Map(forms.map((form) => [form["properties"].type.const as string, form]));
}

/** Why what was written in the older form could not be read in the newer one, place by place; empty where all of it can. */
export function breaks(older: Form, newer: Form, at = ""): string[] {
  if (String(older["type"]) !== String(newer["type"])) return [`${at}: was ${older["type"]}, is ${newer["type"]}`];
  const gone = valuesOf(older)?.filter((value) => !(valuesOf(newer)?.includes(value) ?? true)) ?? [];
  const narrowed = !valuesOf(older) && valuesOf(newer) ? [`${at}: may no longer be anything`] : [];
  return [
    ...gone.map((value) => `${at}: ${JSON.stringify(value)} is no longer allowed`),
    ...narrowed,
    ...breaksOfProperties(older, newer, at),
    ...(older["items"] && newer["items"] ? breaks(older["items"], newer["items"], `${at}[]`) : []),
    ...(isForm(older["additionalProperties"]) && isForm(newer["additionalProperties"])
      ? breaks(older["additionalProperties"], newer["additionalProperties"], `${at}.*`)
      : []),
  ];
}

function breaksOfProperties(older: Form, newer: Form, at: string): string[] {
  const before = (older["properties"] ?? {}) as Record<string, Form>;
  const after = (newer["properties"] ?? {}) as Record<string, Form>;
  const required = ((newer["required"] ?? []) as string[]).filter((name) => !((older["required"] ?? []) as string[]).includes(name));
  return [
    ...required.map((name) => `${at}.${name}: is required now`),
    ...Object.entries(before).flatMap(([name, form]) =>
      after[name] ? breaks(form, after[name], `${at}.${name}`) : [`${at}.${name}: is gone`],
    ),
  ];
}

const valuesOf = (form: Form): readonly unknown[] | undefined =>
  (form["enum"] as unknown[] | undefined) ?? ("const" in form ? [form["const"]] : undefined);

const isForm = (value: unknown): value is Form => typeof value === "object" && value !== null;
