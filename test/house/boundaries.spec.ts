import { execFile } from "node:child_process";
import { cpSync, globSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { temporaryFolder } from "../support/temporary-folder.js";

const root = join(import.meta.dirname, "../..");

/** Runs one of the installed programs, and answers its output whether it found something or not. */
const output = async (cwd: string, program: string, ...given: string[]): Promise<string> => {
  const run = promisify(execFile)(process.execPath, [join(root, "node_modules", program), ...given], { cwd, maxBuffer: 2 ** 26 });
  return (await run.catch((error: { stdout: string }) => error)).stdout;
};

/** A house of the same plan, with these files in it. */
const house = (files: Readonly<Record<string, string>>): string => {
  const folder = temporaryFolder();
  for (const plan of [".dependency-cruiser.cjs", ".dependency-cruiser.resolve.cjs", ".oxlintrc.json", "tsconfig.json", "package.json"])
    cpSync(join(root, plan), join(folder, plan));
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  for (const [path, content] of Object.entries({ "apps/none.ts": "export {};", "test/none.ts": "export {};", ...files })) {
    mkdirSync(join(folder, dirname(path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
};

interface Violation {
  readonly from: string;
  readonly rule: { readonly name: string };
}

const cruise = async (cwd: string): Promise<string[]> => {
  const config = ["--config", ".dependency-cruiser.cjs", "--output-type", "json"];
  const text = await output(cwd, "dependency-cruiser/bin/dependency-cruise.mjs", "apps", "libs", "test", ...config);
  const { summary } = JSON.parse(text) as { summary: { violations: Violation[] } };
  return [...new Set(summary.violations.map(({ from, rule }) => `${from}: ${rule.name}`))].sort();
};

const imports = (...modules: string[]) => modules.map((module, index) => `export * as a${index} from "${module}";`).join("\n");

/** File -> what it imports, and the one rule it breaks. */
const planted: Readonly<Record<string, readonly [string, string]>> = {
  "libs/store/circle-back.ts": ["./circle.js", "no-circle"],
  "libs/store/type-circle-back.ts": ["./type-circle.js", "no-circle"],
  "libs/kernel/clock.ts": ["node:timers", "kernel-imports-nothing"],
  "libs/kernel/uses.ts": ["uuid", "kernel-imports-nothing"],
  "libs/cases/files.ts": ["node:fs", "pure-files-stay-pure"],
  "libs/cases/consent/framework.ts": ["@nestjs/common", "pure-files-stay-pure"],
  "libs/cases/consent/store.ts": ["#store/log.js", "pure-files-stay-pure"],
  "libs/cases/consent/own-view.ts": ["./consent.view.js", "pure-files-stay-pure"],
  "libs/cases/review.ts": ["node:path", "pure-files-stay-pure"],
  "libs/shelters/neighbour.ts": ["#cases/consent/consent.js", "aggregates-do-not-know-each-other"],
  "libs/shelters/neighbour.api.ts": ["#cases/consent/consent.view.js", "aggregates-do-not-know-each-other"],
  "libs/shelters/neighbour.topic.ts": ["#cases/consent/consent.view.js", "aggregates-do-not-know-each-other"],
  "libs/vocabulary/case.ts": ["#cases/consent/consent.js", "vocabulary-is-pure"],
  "libs/projection/case.ts": ["#cases/consent/consent.js", "infrastructure-knows-no-case"],
  "libs/access/case.view.ts": ["#cases/consent/consent.view.js", "infrastructure-knows-no-case"],
  "libs/store/app.ts": ["../../apps/api/main.js", "libs-know-no-app"],
  "apps/projector/other.ts": ["../api/main.js", "apps-know-no-other-app"],
  "libs/store/tested.ts": ["../../test/none.js", "nothing-depends-on-tests"],
  "apps/api/tested.ts": ["../../test/none.js", "nothing-depends-on-tests"],
  "libs/projection/client.ts": ["@eventstore/db-client", "only-the-store-knows-eventstoredb"],
  "apps/api/client.ts": ["@eventstore/db-client", "only-the-store-knows-eventstoredb"],
  "libs/access/random.ts": ["node:crypto", "only-seal-knows-cryptography"],
  "apps/api/random.ts": ["crypto", "only-seal-knows-cryptography"],
  "libs/store/database.ts": ["pg", "only-these-know-postgres"],
  "libs/access/database.ts": ["typeorm", "only-these-know-postgres"],
  "libs/store/uses-service.ts": ["./case.service.js", "house-names"],
  "libs/store/uses-index.ts": ["../seal/index.js", "house-names"],
  "libs/store/gone.ts": ["./nowhere.js", "not-resolvable"],
};

/** What each may import. */
const allowed: Readonly<Record<string, string>> = {
  "libs/kernel/kernel.ts": "export {};",
  "libs/kernel/kernel.spec.ts": imports("./kernel.js", "fast-check"),
  "libs/store/log.ts": imports("@eventstore/db-client", "node:crypto", "#kernel/kernel.js"),
  "libs/store/circle.ts": imports("./circle-back.js"),
  "libs/store/type-circle.ts": 'import type * as back from "./type-circle-back.js";\nexport type A = keyof typeof back;',
  "libs/store/case.service.ts": "export {};",
  "libs/seal/index.ts": "export {};",
  "libs/seal/box.ts": imports("node:crypto", "pg"),
  "libs/cases/consent/review.ts": "export {};",
  "libs/access/areas.ts": imports("#kernel/kernel.js"),
  "libs/cases/consent/consent.ts": imports(
    ...["#kernel/kernel.js", "#access/areas.js", "class-validator", "class-transformer", "./review.js"],
  ),
  "libs/cases/consent/consent.view.ts": imports("typeorm", "@nestjs/graphql", "./consent.js", "#projection/view.js"),
  "libs/domain/consent.policy.ts": imports("#shelters/shelters.js", "#cases/consent/consent.js"),
  "libs/projection/view.ts": imports("pg", "typeorm"),
  "libs/shelters/shelters.ts": imports("#kernel/kernel.js"),
  "apps/api/main.ts": imports("#cases/consent/consent.view.js", "#store/log.js"),
  "apps/event-store/main.ts": imports("@eventstore/db-client", "node:crypto"),
  "test/journey.ts": imports("../apps/api/main.js", "#cases/consent/consent.js"),
};

describe("the walls of the house", () => {
  test.each([
    ["before a build", {}],
    ["after a build", Object.fromEntries(Object.keys({ ...allowed, ...planted }).map((file) => [`dist/${file.replace(/ts$/, "js")}`, ""]))],
  ])("each stops what is planted against it, and nothing that is allowed, %s", async (_when, built) => {
    const files = Object.fromEntries(Object.entries(planted).map(([file, [module]]) => [file, imports(module)]));
    const found = await cruise(house({ ...allowed, ...files, ...built }));
    const expected = Object.entries(planted).map(([file, [, rule]]) => `${file}: ${rule}`);
    expect(found).toEqual(expected.sort());
  });

  test("each has been seen to stop something", async () => {
    const { default: config } = (await import(join(root, ".dependency-cruiser.cjs"))) as { default: { forbidden: { name: string }[] } };
    expect(config.forbidden.map(({ name }) => name).sort()).toEqual([...new Set(Object.values(planted).map(([, rule]) => rule))].sort());
  });

  test("stand in the house as it is", async () => {
    expect(await cruise(root)).toEqual([]);
  });

  test("know no file that is named after a kind of code instead of its topic", () => {
    const files = globSync("{apps,libs,test}/**/*.ts", { cwd: root });
    expect(files.length).toBeGreaterThan(10);
    expect(
      files.filter((file) => /(\.(service|handler|dto|entity|mapper|repository|utils|types)|\/(index|helpers?|utils?))\.ts$/.test(file)),
    ).toEqual([]);
  });
});

describe("the linter", () => {
  test.each([
    ["a promise that nobody waits for", "work.ts", "export const work = async () => {};\nwork();\n", "no-floating-promises"],
    [
      "an event bus that loses events",
      "bus.ts",
      'import { EventBus } from "@nestjs/cqrs";\nexport const bus = EventBus;\n',
      "no-restricted-imports",
    ],
    ["a test that is left out", "left-out.spec.ts", 'test.skip("later", () => {});\n', "no-disabled-tests"],
    ["a file that is too long", "long.ts", `export const long = [\n${"  1,\n".repeat(300)}];\n`, "max-lines"],
    ["a line for the console", "console.ts", 'console.log("here");\n', "no-console"],
  ])("stops %s", async (_name, file, content, rule) => {
    const found = await output(house({ [`libs/${file}`]: content }), "oxlint/bin/oxlint", "--format", "json", `libs/${file}`);
    const { diagnostics } = JSON.parse(found) as { diagnostics: { code: string }[] };
    expect(diagnostics.map(({ code }) => code)).toEqual([expect.stringContaining(rule)]);
  });
});
