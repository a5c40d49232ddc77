import type { Fact } from "#kernel/kernel.js";
import type { Located } from "#store/stored.js";
import { caseWorkView, type CaseWorkView } from "./work.view.js";

type Handler = (row: CaseWorkView | null, fact: Located<Fact>) => CaseWorkView | null;
const project = caseWorkView.project as unknown as Record<string, Handler>;
const by = { id: "amina", role: "shelter-case-manager" };

/** What waits after these facts, an hour apart, soonest first. */
const itemsAfter = (...facts: readonly [type: string, data: object][]) =>
  facts.reduce<CaseWorkView | null>((row, [type, data], hour) => {
    const at = `2026-01-10T0${hour}:00:00.000Z`;
    return project[type]!(row, { type, data, at, id: `f-${hour}`, streamId: "case-1", metadata: { by } } as unknown as Located<Fact>);
  }, null)?.items ?? [];
const waiting = (...facts: readonly [type: string, data: object][]) => itemsAfter(...facts).map(({ kind, dueAt }) => [kind, dueAt]);
const [soon, later] = ["2026-02-01T08:00:00.000Z", "2026-03-01T08:00:00.000Z"];

test("an emergency waits for whoever authorises it beside its review, also in a case that is closed", () => {
  const data = { emergency: "e-1", vitalInterest: "CannotConsent", authorisedBy: "imani", reviewBy: later, confirmBy: soon };
  const invoked: [string, object] = ["EmergencyProcessingInvoked", data];
  const review = ["EmergencyReview", later];
  expect(itemsAfter(invoked).map(({ assignee }) => assignee)).toEqual(["imani", null]);
  expect(waiting(invoked, ["CaseClosed", { reason: "Other" }])).toEqual([["EmergencyConfirmation", soon], review]);
  for (const end of ["Confirmed", "Refused", "Lapsed"])
    expect(waiting(invoked, [`EmergencyProcessing${end}`, { emergency: "e-1" }])).toEqual([review]);
  const reviewed = (finding: string): [string, object] => ["EmergencyProcessingReviewed", { emergency: "e-1", finding }];
  expect(waiting(invoked, reviewed("Justified"))).toEqual([["EmergencyConfirmation", soon]]);
  expect(waiting(invoked, reviewed("NotJustified"))).toEqual([]);
  const asBefore: [string, object] = ["EmergencyProcessingInvoked", { ...data, confirmBy: null }];
  expect([waiting(asBefore), waiting(asBefore, reviewed("Justified"))]).toEqual([[review], []]);
});
