import { fold, given, on } from "#kernel/given.js";
import { type Refusal } from "#kernel/kernel.js";
import { cases } from "../cases.js";
import type { ScreeningFact } from "../screening/screening.js";
import { isOpenAt, requireOpen } from "../open.js";
import { approveClosure, rejectClosure, reopenCase, requestClosure, type ClosureFact } from "./closure.js";

const day = (number: number) => `2026-01-${String(number).padStart(2, "0")}T08:00:00.000Z`;
const enough = { also: { approvers: { own: 2, partner: null } } };
const requested: ClosureFact = { type: "CaseClosureRequested", data: { reason: "GoalsAchieved", requestedBy: "amina" } };
const closed = (episode = 1): ClosureFact => ({ type: "CaseClosed", data: { reason: "GoalsAchieved", episode } });
const reopened = (episode = 2): ClosureFact => ({ type: "CaseReopened", data: { reason: "NewNeeds", episode } });
const twice = [on(day(3), closed()), on(day(5), reopened()), on(day(7), closed(2)), on(day(9), reopened(3))];
const closureOf = (...facts: { fact: ClosureFact; at: string }[]) => fold(cases, facts).closure;

describe("a case", () => {
  test("is open before it is closed, and again from when it was reopened", () => {
    const open = (closure: ReturnType<typeof closureOf>) => [2, 3, 4, 5, 6, 7, 8, 9].map((each) => isOpenAt(closure, day(each)));
    expect(open(closureOf(...twice))).toEqual([true, false, false, true, true, false, false, true]);
    expect(open(closureOf(on(day(3), closed())))).toEqual([true, false, false, false, false, false, false, false]);
    expect(open(cases.initial.closure)).toEqual(Array(8).fill(true));
    expect(cases.initial.closure.closed).toEqual([]);
  });
  test("is open at every moment that counts, or the change is refused", () => {
    const why = (...moments: string[]) => {
      try {
        requireOpen(closureOf(...twice), ...moments);
        return "open";
      } catch (error) {
        return (error as Refusal).code;
      }
    };
    expect([why(day(2), day(6)), why(day(4), day(6)), why(day(2), day(8)), why(day(4), day(8))]).toEqual([
      ...["open", "CaseNotOpen", "CaseNotOpen", "CaseNotOpen"],
    ]);
  });
});

describe("a step of a closing", () => {
  const asked = on(day(4), requested);
  const later = (at: string) => ({ at, now: day(12), actor: { id: "neema", role: "supervisor" } });

  test("is not before the one on which it builds", () => {
    given(cases, asked)
      .when(approveClosure, {}, later(day(3)))
      .refused("BeforeItsBeginning");
    given(cases, asked)
      .when(rejectClosure, { reason: "NeedsRemain" }, later(day(3)))
      .refused("BeforeItsBeginning");
    given(cases, asked, on(day(5), closed()))
      .when(reopenCase, { reason: "NewNeeds" }, later(day(4)))
      .refused("BeforeItsBeginning");
    given(cases, on(day(5), closed()), on(day(6), reopened()))
      .when(requestClosure, { reason: "GoalsAchieved" }, { ...later(day(5)), ...enough })
      .refused("BeforeItsBeginning");
    given(cases, asked)
      .when(rejectClosure, { reason: "NeedsRemain" }, later(day(4)))
      .then({ type: "CaseClosureRejected", data: { rejectedBy: "neema", reason: "NeedsRemain" } });
  });
  test("asks what had been found by then", () => {
    const found = (status: "NotAVictimOfTrafficking" | "ActualVictimOfTrafficking"): ScreeningFact => ({
      type: "TraffickingStatusDetermined",
      data: { status, decidedBy: "NGO", basis: "Screening" },
    });
    const ask = { reason: "GoalsAchieved" } as const;
    const story = [on(day(2), found("ActualVictimOfTrafficking")), on(day(6), found("NotAVictimOfTrafficking"))] as const;
    given(cases, ...story)
      .when(requestClosure, ask, { at: day(5), now: day(9), ...enough })
      .then(requested);
    given(cases, ...story)
      .when(requestClosure, ask, { at: day(6), now: day(9), ...enough })
      .refused("ReferralNotOffered");
  });
});

test("another reason than the one that waits is no repeat", () =>
  given(cases, on(day(4), requested))
    .when(requestClosure, { reason: "Other" }, { at: day(5), now: day(5), ...enough })
    .refused("ClosureAlreadyRequested"));
