import type { Fact } from "#kernel/kernel.js";
import type { Located } from "#store/stored.js";
import { assessmentView, type AssessmentView } from "./assessment.view.js";

type Handler = (row: AssessmentView | null, fact: Located<Fact>) => AssessmentView | null;
const project = assessmentView.project as unknown as Record<string, Handler>;
type Told = readonly [type: string, day: number, data: object];

/** The row after these facts, told in this order, of whatever days they are. */
const rowAfter = (...facts: readonly Told[]) =>
  facts.reduce<AssessmentView | null>((row, [type, day, data]) => {
    const at = `2026-01-${String(day).padStart(2, "0")}T08:00:00.000Z`;
    const stored = { type, data, at, streamId: "case-1", metadata: { by: { id: "amina" } } };
    return project[type]!(row, stored as unknown as Located<Fact>);
  }, null)!;

const score = (value: number) => ({ score: "risk", rule: "Sum", ruleVersion: 1, complete: true, value });
const open = (value?: number) => ({ score: "risk", rule: "Sum", ruleVersion: 1, complete: value !== undefined, value, class: "safety" });
const completed: Told = [
  "AssessmentCompleted",
  10,
  {
    assessment: "a-1",
    template: "EX-1",
    version: 1,
    classes: ["safety"],
    incomplete: ["safety"],
    awaited: ["health"],
    scores: [open()],
  },
];
const more = (day: number, classes: string[], incomplete: string[] = [], scores: object[] = []): Told => [
  "AssessmentSupplemented",
  day,
  { assessment: "a-1", classes, incomplete, scores },
];

test("a form is complete once every class that waited was told in full", () => {
  const shown = ({ complete, missing, classes }: AssessmentView) => ({ complete, missing, classes });
  expect(shown(rowAfter(completed))).toEqual({ complete: false, missing: ["health", "safety"], classes: ["safety"] });
  expect(shown(rowAfter(completed, more(11, ["health"])))).toEqual({ complete: false, missing: ["safety"], classes: ["health", "safety"] });
  expect(shown(rowAfter(completed, more(11, ["health"]), more(12, ["safety"])))).toEqual({
    ...{ complete: true, missing: [], classes: ["health", "safety"] },
  });
});

test("of a class, what was told of the latest day counts, in whatever order it is told", () => {
  const early = more(11, ["safety"], ["safety"], [open()]);
  const late = more(12, ["safety"], [], [open(6)]);
  for (const row of [rowAfter(completed, early, late), rowAfter(completed, late, early)])
    expect([row.missing, row.scores]).toEqual([["health"], [score(6)]]);
});

test("what is superseded stays as it was, and names what stands in its place", () => {
  const superseded: Told = ["AssessmentSuperseded", 13, { assessment: "a-1", by: "a-2" }];
  expect(rowAfter(completed, superseded)).toEqual({ ...rowAfter(completed), supersededBy: "a-2" });
});
