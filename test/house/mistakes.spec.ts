import { join } from "node:path";
import ts from "typescript";

const root = join(import.meta.dirname, "../..");
const file = join(root, "test/house/mistakes.ts");

/** What the compiler says of the file; `text`: instead of what it holds. */
function said(text: string): string[] {
  const config: unknown = ts.readConfigFile(join(root, "tsconfig.json"), (name) => ts.sys.readFile(name)).config;
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  const host = ts.createCompilerHost(options);
  const program = ts.createProgram([file], options, {
    ...host,
    getSourceFile: (name, version) =>
      name.endsWith("test/house/mistakes.ts") ? ts.createSourceFile(name, text, version) : host.getSourceFile(name, version),
  });
  const source = program.getSourceFiles().find(({ fileName }) => fileName.endsWith("test/house/mistakes.ts"));
  return program.getSemanticDiagnostics(source).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, " "));
}

test("no mistake in registering a change, a list, a policy or a topic compiles", () => {
  const text = ts.sys.readFile(file)!;
  expect(text.match(/@ts-expect-error/g)!.length).toBeGreaterThan(30);
  expect(said(text)).toEqual([]);
  // What is right is no mistake: the directive before it is told to be of no use.
  const right = [
    "change(stays.admitResident, stays.AdmitResident, stay, { resident });",
    "topicsOf(imports, { grant: topic(imports, grant, granted) }, whole);",
  ].map((line) => `// @ts-expect-error\n${line}\n`);
  expect(said(`${text}\n${right.join("")}`)).toEqual(right.map(() => "Unused '@ts-expect-error' directive."));
}, 120_000);
