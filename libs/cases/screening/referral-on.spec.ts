import { given, on } from "#kernel/given.js";
import { cases } from "../cases.js";
import type { ClosureFact } from "../closure/closure.js";
import { requestClosure } from "../closure/closure.js";
import type { IntakeFact } from "../intake/intake.js";
import type { TraffickingStatus } from "../vocabulary.js";
import { declineReferralOn, isReferredOn, referOn } from "./referral-on.js";
import type { ScreeningFact } from "./screening.js";

const day = (number: number) => `2026-01-${String(number).padStart(2, "0")}T08:00:00.000Z`;
const man = on(day(1), {
  type: "CaseOpened",
  data: { subject: "s-1", source: "NGO", urgency: "Routine", region: "Kagera", sex: "Male", ageBand: "21-29" },
} as IntakeFact);
const found = (number: number, status: TraffickingStatus) =>
  on(day(number), { type: "TraffickingStatusDetermined", data: { status, decidedBy: "Police", basis: "Screening" } } as ScreeningFact);
const none = found(3, "NotAVictimOfTrafficking");
const referred: ScreeningFact = { type: "ReferredOn", data: { organisation: "UNHCR", group: "Legal" } };
const declined: ScreeningFact = { type: "ReferralOnDeclined", data: {} };
const closed = on(day(4), { type: "CaseClosed", data: { reason: "NotAVictim", episode: 1 } } as ClosureFact);
const to = { organisation: "UNHCR", group: "Legal" } as const;

test("a man who is no victim is referred on, and once for the same help to the same organisation", () => {
  given(cases, man, none).when(referOn, to).then(referred);
  given(cases, man, none, referred).when(referOn, to).then();
  given(cases, man, none, referred)
    .when(referOn, { ...to, group: "Health" })
    .then({ type: "ReferredOn", data: { organisation: "UNHCR", group: "Health" } });
  given(cases, man, on(day(2), referred), none)
    .when(referOn, to)
    .then(referred);
  given(cases, man, on(day(2), referred))
    .when(referOn, to)
    .then();
  given(cases, man, none, closed).when(referOn, to).refused("CaseNotOpen");
});

test("he may decline it, once, and only where one is due", () => {
  given(cases, man, none).when(declineReferralOn, {}).then(declined);
  given(cases, man, none, declined).when(declineReferralOn, {}).then();
  given(cases, man).when(declineReferralOn, {}).refused("NoReferralDue");
  given(cases, man, none, found(5, "PossibleVictimOfTrafficking")).when(declineReferralOn, {}).refused("NoReferralDue");
  given(cases, man, none, closed).when(declineReferralOn, {}).refused("CaseNotOpen");
});

test("his case may be closed once he was referred on since he was found not to be a victim, and not by what was before", () => {
  const approvers = { own: 2, partner: null };
  const ask = { reason: "NotAVictim" } as const;
  const requested: ClosureFact = { type: "CaseClosureRequested", data: { reason: "NotAVictim", requestedBy: "amina" } };
  given(cases, man, none).when(requestClosure, ask, { also: { approvers } }).refused("ReferralNotOffered");
  given(cases, man, none, on(day(4), referred))
    .when(requestClosure, ask, { also: { approvers } })
    .then(requested);
  given(cases, man, none, on(day(4), declined))
    .when(requestClosure, ask, { also: { approvers } })
    .then(requested);
  given(cases, man, none, on(day(2), referred))
    .when(requestClosure, ask, { also: { approvers } })
    .refused("ReferralNotOffered");
});

test("a referral counts from when it was made, whenever it is told", () => {
  const screening = {
    ...cases.initial.screening,
    determinations: [{ at: day(3), status: "NotAVictimOfTrafficking" as const, decidedBy: "NGO" as const, basis: "Screening" as const }],
    referrals: [{ at: day(5), organisation: "UNHCR", group: "Legal" as const }],
  };
  expect([day(2), day(4), day(5)].map((at) => isReferredOn(screening, at))).toEqual([false, false, true]);
});
