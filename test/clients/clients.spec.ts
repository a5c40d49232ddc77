import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { codegen } from "@graphql-codegen/core";
import * as typedDocumentNode from "@graphql-codegen/typed-document-node";
import * as typescript from "@graphql-codegen/typescript";
import * as operationTypes from "@graphql-codegen/typescript-operations";
import { buildClientSchema, getIntrospectionQuery, parse, printSchema, type IntrospectionQuery } from "graphql";
import openapiTypes, { astToString } from "openapi-typescript";
import ts from "typescript";
import { woman } from "../journeys/journey.js";
import { System } from "../support/system.js";

// Frontends let tools make types of what the api says of itself. Here these tools are run on what is served, and a frontend's code is compiled
// and carried out with nothing but what they make.

const system = new System();
const journeys = join(process.cwd(), "test/clients/journeys");
let folder: string;
beforeAll(async () => {
  await system.start();
  mkdirSync("dist", { recursive: true });
  // Below the project, where its packages are found.
  folder = mkdtempSync(join(process.cwd(), "dist/clients-"));
  cpSync(journeys, folder, { recursive: true });
}, 120_000);
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await system.stop();
}, 60_000);

/** Compiles a file and all that it imports, as strictly as may be. Answers what the compiler has against it. */
function compiled(file: string): string[] {
  const options: ts.CompilerOptions = {
    ...{ strict: true, noUncheckedIndexedAccess: true, exactOptionalPropertyTypes: true, noImplicitOverride: true, skipLibCheck: true },
    ...{ target: ts.ScriptTarget.ES2023, module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext },
    ...{ types: ["node"], outDir: folder, rootDir: folder },
  };
  const program = ts.createProgram([join(folder, file)], options);
  const { diagnostics } = program.emit();
  return [...ts.getPreEmitDiagnostics(program), ...diagnostics].map(({ messageText, file: source, start }) => {
    const at = source && start !== undefined ? source.getLineAndCharacterOfPosition(start).line + 1 : "";
    return `${source?.fileName.split("/").at(-1)}:${at} ${ts.flattenDiagnosticMessageText(messageText, " ")}`;
  });
}

/** Types that say nothing, by the lines in which they stand. */
const silent = (text: string): string[] =>
  text
    .replaceAll(/\/\*[^]*?\*\//g, "")
    .split("\n")
    .filter((line) => /\b(any|unknown)\b(?!["'])/.test(line));

const journeyOf = async (file: string) => {
  const { journey } = (await import(pathToFileURL(join(folder, file)).href)) as { journey: (...given: unknown[]) => Promise<any> };
  return journey(system.base, await system.token("amina"), woman);
};

test("openapi-typescript makes types of the served document that compile, say everything, and carry a frontend through", async () => {
  const document = (await (await fetch(`${system.base}/v1/openapi.json`)).json()) as object;
  const types = astToString(await openapiTypes(document as never));
  writeFileSync(join(folder, "openapi.ts"), types);
  // Whatever other headers an answer may have, the tool says of every answer.
  expect(silent(types.replaceAll("[name: string]: unknown;", ""))).toEqual([]);
  expect(compiled("rest.ts")).toEqual([]);
  const file = await journeyOf("rest.js");
  expect(file).toMatchObject({
    stage: "Draft",
    person: { languages: ["sw"], identity: { givenName: "Examplina" } },
    consents: { items: [{ purpose: "Interview", status: "Given" }] },
    teamMembers: { items: [{ role: "CaseLead" }] },
  });
}, 120_000);

test("graphql-codegen makes types of the served schema that compile, say everything, and carry a frontend through", async () => {
  const { body } = await system.graphql<{ data: IntrospectionQuery }>("amina", getIntrospectionQuery());
  const schema = parse(printSchema(buildClientSchema(body.data)));
  const document = parse(readFileSync(join(journeys, "journey.graphql"), "utf8"));
  const json = "string | number | boolean | null | { readonly [key: string]: Json } | readonly Json[]";
  const config = {
    scalars: { JSON: "Json", DateTime: "string", Date: "string" },
    strictScalars: true,
    useTypeImports: true,
    enumsAsTypes: true,
  };
  const documents = [{ location: "journey.graphql", document }];
  const made = (filename: string, pluginMap: Record<string, any>) =>
    codegen({ filename, schema, documents, config, pluginMap, plugins: Object.keys(pluginMap).map((name) => ({ [name]: {} })) });
  const whole = await made("schema.ts", { typescript });
  const types = await made("operations.ts", { operationTypes, typedDocumentNode });
  writeFileSync(join(folder, "schema.ts"), `export type Json = ${json};\n${whole}`);
  writeFileSync(join(folder, "operations.ts"), types);
  // Two lines of the tool's own, the same whatever it is given.
  const own = [/^(export )?type Exact<.*$/gm, / as unknown as DocumentNode<[^>]*>/g];
  for (const text of [whole, types]) expect(silent(own.reduce((left, each) => left.replaceAll(each, ""), text))).toEqual([]);
  for (const file of ["schema.ts", "graphql.ts"]) expect(compiled(file)).toEqual([]);
  expect(await journeyOf("graphql.js")).toMatchObject({
    stage: "Draft",
    person: { languages: ["sw"], identity: { givenName: "Examplina" } },
    consents: { items: [{ purpose: "Interview", status: "Given" }], next: null },
  });
}, 120_000);
