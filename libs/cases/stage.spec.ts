import "reflect-metadata";
import fc from "fast-check";
import type { Fact } from "#kernel/kernel.js";
import type { Located } from "#store/stored.js";
import { derivedOf } from "./cases.topics.js";
import { cases } from "./cases.js";
import { caseView, type CaseView } from "./intake/case.view.js";

const findings = { formVersion: 1, acts: [], means: [], exploitations: [], methodsOfControl: [] };
const steps = {
  ScreeningStarted: { formVersion: 1 },
  ScreeningCompleted: findings,
  CaseClosureRequested: { reason: "Other", requestedBy: "amina" },
  CaseClosureRejected: { rejectedBy: "neema" },
  CaseClosed: { reason: "Other", episode: 1 },
  CaseReopened: { reason: "NewNeeds", episode: 2 },
  FollowUpStarted: { episode: 1 },
  SupportResumed: { reason: "NewNeeds" },
} as const;
type Step = keyof typeof steps;
const opened = { subject: "s-1", source: "Police", urgency: "Routine", region: "Kigoma", sex: "Female", ageBand: "21-29" };

/** The stage after these steps, as the list tells it and as the state does. */
const stagesAfter = (...types: readonly Step[]) => {
  let row: CaseView | null = null;
  let state = cases.initial;
  for (const [hour, type] of (["CaseOpened", ...types] as const).entries()) {
    const at = `2026-01-10T${String(hour).padStart(2, "0")}:00:00.000Z`;
    const data = type === "CaseOpened" ? opened : steps[type];
    const fact = { type, data, at, metadata: { by: { id: "amina" } }, streamId: "c-1", revision: BigInt(hour) } as unknown as Located<Fact>;
    row = (caseView.project as Record<string, (before: CaseView | null, fact: Located<Fact>) => CaseView | null>)[type]!(row, fact);
    state = cases.apply(state, { type, data } as never, { at, by: { id: "amina", role: "shelter-case-manager" } });
  }
  return [row!.stage, derivedOf(state).stage];
};
const both = (stage: string) => [stage, stage];

test("a closure that was rejected leaves the case where it was", () =>
  expect(stagesAfter("ScreeningStarted", "CaseClosureRequested", "CaseClosureRejected")).toEqual(both("Screening")));
test("a case that is screened while its closing waits still waits to be closed, and is open if that is rejected", () => {
  expect(stagesAfter("CaseClosureRequested", "ScreeningStarted", "ScreeningCompleted")).toEqual(both("ClosureRequested"));
  expect(stagesAfter("CaseClosureRequested", "ScreeningStarted", "ScreeningCompleted", "CaseClosureRejected")).toEqual(both("Open"));
});
test("a case that was closed without a screening is a draft when it is opened again", () =>
  expect(stagesAfter("CaseClosureRequested", "CaseClosed", "CaseReopened")).toEqual(both("Draft")));

test("a case in follow-up is so until support goes on, and where its closing is rejected", () => {
  expect(stagesAfter("ScreeningStarted", "ScreeningCompleted", "FollowUpStarted")).toEqual(both("FollowUp"));
  expect(stagesAfter("ScreeningStarted", "ScreeningCompleted", "FollowUpStarted", "SupportResumed")).toEqual(both("Open"));
  expect(stagesAfter("FollowUpStarted", "CaseClosureRequested")).toEqual(both("ClosureRequested"));
  expect(stagesAfter("FollowUpStarted", "CaseClosureRequested", "CaseClosureRejected")).toEqual(both("FollowUp"));
  expect(stagesAfter("FollowUpStarted", "CaseClosureRequested", "CaseClosed", "CaseReopened")).toEqual(both("Draft"));
});

test("the list and the state tell the same stage, whatever has happened", () =>
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...(Object.keys(steps) as Step[])), { maxLength: 12 }), (types) => {
      const [listed, told] = stagesAfter(...types);
      expect(listed).toBe(told);
    }),
  ));
