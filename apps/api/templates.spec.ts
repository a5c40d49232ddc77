import { createHash } from "node:crypto";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import canonicalize from "canonicalize";
import { readTemplates, TemplateWrong } from "./templates.js";

const template = `template: OWN-1
version: 1
en: Our own form
sw: Fomu yetu
fr: Notre formulaire
questions:
  - id: mood
    class: psychosocial
    purpose: Planning
    kind: OneCode
    en: How is she?
    sw: Yukoje?
    fr: Comment va-t-elle ?
    codes:
      - { code: Well, en: Well, sw: Vizuri, fr: Bien }
`;
const folder = (...files: readonly (readonly [name: string, text: string])[]): string => {
  const made = mkdtempSync(join(tmpdir(), "hifadhi-templates-"));
  for (const [name, text] of files) writeFileSync(join(made, name), text);
  return made;
};
const wrong = (own: string): readonly string[] => {
  try {
    readTemplates(own);
  } catch (error) {
    if (error instanceof TemplateWrong) return error.lines.map((line) => line.replace(`${own}/`, ""));
    throw error;
  }
  return [];
};

test("the templates that come with the program can be used, and ask of disability and pregnancy", () => {
  const templates = readTemplates();
  expect(templates.newest().map(({ id }) => id)).toEqual(["CLS-1", "ILO-1", "NDS-1", "RSK-1", "SCR-1"]);
  const asked = templates.find("NDS-1")!.questions.filter(({ class: each }) => each === "health");
  expect(asked.map(({ id, when }) => [id, when?.question])).toEqual([
    ["disability", undefined],
    ["disabilityHelp", "disability"],
    ["pregnancy", undefined],
    ["pregnancyWeeks", "pregnancy"],
  ]);
});

test("the indicators of the ILO are 67 in six dimensions, as it weighs them", () => {
  const { questions } = readTemplates().find("ILO-1")!;
  const counted = questions.map(({ codes }) => [3, 2, 1].map((weight) => codes.filter(({ points }) => points === weight).length));
  // Strong, medium, weak: deceptive and coercive recruitment, by vulnerability, exploitation, coercion, vulnerability at destination.
  expect(counted).toEqual([
    [1, 8, 1],
    [1, 9, 0],
    [0, 12, 4],
    [1, 7, 1],
    [4, 10, 1],
    [0, 5, 2],
  ]);
  expect(counted.flat().reduce((one, other) => one + other)).toBe(67);
});

test("a version that has come with the program stays as it was: what changes is a new version", () => {
  const templates = readTemplates();
  const released = templates
    .newest()
    .flatMap(({ id }) => templates.versionsOf(id).map((version) => templates.find(id, version)!))
    .map((each) => {
      // Labels may be corrected, and code lists grow: what was asked, in which class it is sealed and what it counts does not change.
      const counting = (codes: (typeof each.questions)[number]["codes"]) =>
        codes.flatMap(({ code, points }) => (points === undefined ? [] : [[code, points]]));
      const asked = each.questions.map(({ labels: _, codes, ...question }) => ({ ...question, codes: counting(codes) }));
      const scores = each.scores.map(({ labels: _, ...score }) => score);
      return [`${each.id} ${each.version}`, createHash("sha256").update(canonicalize({ asked, scores })!).digest("hex").slice(0, 16)];
    });
  expect(Object.fromEntries(released)).toEqual({
    "CLS-1 1": "cee8c7c158226604",
    "ILO-1 1": "9224558d4c848f96",
    "NDS-1 1": "88e7bc0d130764de",
    "RSK-1 1": "f0812045d58652f9",
    "SCR-1 1": "6427a6fa73d052e6",
  });
});

test("a deployment adds its own, and a new version beside the old one", () => {
  const second = template.replace("version: 1", "version: 2").replace("Our own form", "Our own form, anew");
  const templates = readTemplates(folder(["own.yaml", template], ["own.v2.yaml", second]));
  expect([templates.versionsOf("OWN-1"), templates.find("OWN-1")!.labels[0], templates.find("OWN-1", 1)!.labels[0]]).toEqual([
    [1, 2],
    "Our own form, anew",
    "Our own form",
  ]);
});

test("a template may be written as JSON, and the same one twice is one", () => {
  const json = { template: "OWN-2", version: 1, en: "A", sw: "B", fr: "C" };
  const question = { id: "wish", class: "narrative", purpose: "Planning", kind: "Text", en: "A", sw: "B", fr: "C" };
  const text = JSON.stringify({ ...json, questions: [question] });
  expect(readTemplates(folder(["a.json", text], ["b.json", text])).versionsOf("OWN-2")).toEqual([1]);
});

test.each([
  ["a class that there is not", "class: psychosocial", "class: secrets", /^own.yaml, line 8: there is no class "secrets"/],
  ["a purpose that there is not", "purpose: Planning", "purpose: Curiosity", /^own.yaml, line 9: there is no purpose "Curiosity"/],
  ["a label that is missing", "    sw: Yukoje?\n", "", /^own.yaml, line 7: sw is missing$/],
  [
    "a field that is misspelt",
    "kind: OneCode",
    "kind: OneCode\n    requird: true",
    /^own.yaml, line 11: there is no field "requird" here$/,
  ],
  ["what is no YAML", "kind: OneCode", "kind: [", /^own.yaml, line \d+: /],
])("%s is named, with its file and its line", (_, right, instead, line) => {
  expect(wrong(folder(["own.yaml", template.replace(right, instead)]))).toEqual(expect.arrayContaining([expect.stringMatching(line)]));
});

test("a version that says something else than before is named", () => {
  const changed = template.replace("purpose: Planning", "purpose: Safety");
  expect(wrong(folder(["a.yaml", template], ["b.yaml", changed]))).toEqual([
    expect.stringMatching(/^b.yaml, line 2: OWN-1 version 1 says something else in .*a.yaml: a change is a new version$/),
  ]);
});

test("a folder that is not there is named", () =>
  expect(wrong("/nowhere/at/all")).toEqual([expect.stringContaining("there is no such folder")]));
