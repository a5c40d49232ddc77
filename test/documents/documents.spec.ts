import { execFile } from "node:child_process";
import { existsSync, globSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { promisify } from "node:util";
import { System } from "../support/system.js";
import { reference } from "./reference.js";

// What the documents tell people to type is typed; where they lead to, something is.

const documents = ["README.md", "CONTRIBUTING.md", ...globSync("docs/**/*.md")];
const textOf = (file: string): string => readFileSync(file, "utf8");
const blocksOf = (file: string, language: string): string[] =>
  [...textOf(file).matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, "gms"))].map(([, block]) => block!);

describe("what is typed beside a running system", () => {
  const system = new System();
  beforeAll(() => system.start(), 120_000);
  afterAll(() => system.stop(), 60_000);

  /** Runs the blocks one after the other in one shell. What goes on until it is ended is ended after a second. */
  const typed = async (blocks: readonly string[]): Promise<string> => {
    const text = blocks
      .join("\n")
      .replace(/^BASE=.*$/m, `BASE=${system.base}`)
      .replaceAll("curl -N", "curl -N --max-time 1");
    const { stdout } = await promisify(execFile)("bash", ["-uc", text]);
    return stdout;
  };

  test("the tour of the README opens a case, is refused an interview without consent, and shows what happened", async () => {
    const told = await typed(blocksOf("README.md", "sh").filter((block) => block.includes("BASE=")));
    expect(told.match(/"code":"\w+"/g)).toEqual(['"code":"InterviewNotPermitted"']);
    for (const part of [
      '"immediateNeeds":"An invented need"',
      '"type":"ConsentGiven"',
      '"type":"CaseOpened"',
      '"stage"',
      '"shelters"',
      "data:",
    ])
      expect(told).toContain(part);
  }, 60_000);

  test("the first day of the tutorial goes as it says", async () => {
    const told = await typed(blocksOf("docs/tutorial/first-day.md", "sh"));
    expect(told.match(/"code":"\w+"/g)).toEqual(['"code":"InterviewNotPermitted"', '"code":"NotFound"', '"code":"InterviewNotPermitted"']);
    for (const part of ['"type":"CaseOpened"', '"type":"PersonalDataDisclosed"']) expect(told).toContain(part);
  }, 60_000);
});

test.each(documents)("%s leads to files that are there", (file) => {
  const links = [...textOf(file).matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, target]) => target!);
  expect(links.filter((target) => !existsSync(join(dirname(file), target)))).toEqual([]);
  const named = [...textOf(file).matchAll(/`((?:libs|apps|test|docs)\/[\w./-]+)`/g)].map(([, path]) => path!);
  expect(named.filter((path) => !existsSync(path) && !/consent-copy|ConsentCopy/i.test(path))).toEqual([]);
});

test.each(documents.flatMap((file) => blocksOf(file, "ts").map((block) => [file, block] as const)))(
  "%s shows code as it is",
  (_, block) => {
    const plain = (text: string) => text.replaceAll(/\s+/g, " ").trim();
    const sources = globSync("libs/**/*.ts").map((path) => plain(readFileSync(path, "utf8")));
    expect(sources.some((source) => source.includes(plain(block)))).toBe(true);
  },
);

/** The lines of a page, whatever the width of its tables. */
const linesOf = (text: string): string[] =>
  text
    .split("\n")
    .map((line) =>
      line
        .replaceAll(/ {2,}|-{3,}/g, " ")
        .replaceAll(/\s+/g, " ")
        .trim(),
    )
    .filter((line) => line !== "");

test.each(Object.entries(reference()))("%s says nothing but what the code says", (file, text) => {
  const said = new Set(linesOf(text));
  // Where something is left: npm run documents
  expect(linesOf(textOf(file)).filter((line) => !said.has(line))).toEqual([]);
});

test("every decision has its date, and is in the index", () => {
  const files = globSync("docs/decisions/*.md").filter((file) => !file.endsWith("README.md"));
  const index = textOf("docs/decisions/README.md");
  for (const file of files) {
    const name = basename(file);
    expect([name, index.includes(`(${name})`), textOf(file).includes(`_${name.slice(0, 10)}_`)]).toEqual([name, true, true]);
  }
  expect(index.match(/^- /gm)).toHaveLength(files.length);
});
