import { existsSync } from "node:fs";
import { Stryker } from "@stryker-mutator/core";

const folders = {
  kernel: "libs/kernel",
  access: "libs/access",
  consent: "libs/cases/consent",
  closure: "libs/cases/closure",
  stays: "libs/shelters/stays",
  services: "libs/cases/services",
  plan: "libs/cases/plan",
  safety: "libs/cases/safety",
  notes: "libs/cases/notes",
  assessment: "libs/cases/assessment",
  contact: "libs/cases/safe-contact",
  corrections: "libs/cases/corrections",
  documents: "libs/cases/documents",
  hotline: "libs/hotline",
  intake: "libs/cases/intake",
  reflection: "libs/cases/reflection",
  related: "libs/cases/related",
  screening: "libs/cases/screening",
  events: "libs/trafficking-events",
  work: "libs/cases/work",
};
/** Of a hundred changes to the code, so many have to make an example fail. */
const threshold = 90;

const named = process.argv[2] ?? "";
const folder = folders[named] ?? named.replace(/\/+$/, "");
if (!folder || !existsSync(folder)) {
  process.stderr.write(`Name a folder of pure code, such as libs/kernel, or one of: ${Object.keys(folders).join(", ")}\n`);
  process.exit(1);
}
process.env["MUTATION_FOLDER"] = folder;
const report = `mutation-results/${folder.replaceAll("/", "-")}`;

await new Stryker({
  // Labels are translations, and what a topic declares is held by the tests of access.
  mutate: [
    `${folder}/**/*.ts`,
    `!${folder}/**/*.{view,topic,api,policy,relation,module,expected,spec}.ts`,
    `!${folder}/**/{labels,words,areas,vocabulary,examples}.ts`,
  ],
  ignorePatterns: ["/apps", "/bench-results", "/data", "/deploy", "/dist", "/mutation-results"],
  testRunner: "jest",
  testRunnerNodeArgs: ["--experimental-vm-modules", "--disable-warning=ExperimentalWarning"],
  jest: { projectType: "custom", configFile: "test/mutation/jest.config.js", enableFindRelatedTests: false },
  coverageAnalysis: "perTest",
  concurrency: Number(process.env["MUTATION_CONCURRENCY"] ?? 2),
  thresholds: { high: threshold, low: threshold, break: threshold },
  reporters: ["clear-text", "html", "json"],
  clearTextReporter: { logTests: false, allowColor: false },
  htmlReporter: { fileName: `${report}.html` },
  jsonReporter: { fileName: `${report}.json` },
  tempDirName: "mutation-results/sandbox",
  allowConsoleColors: false,
}).runMutationTest();
