import "reflect-metadata";
import { given, on } from "#kernel/given.js";
import { rowAfter, told } from "#projection/declare/given.js";
import { cases } from "../cases.js";
import { giveConsent, type GiveConsent } from "../consent/consent.js";
import type { IntakeFact } from "../intake/intake.js";
import type { ScreeningFact } from "../screening/screening.js";
import type { TraffickingStatus } from "../vocabulary.js";
import { elapseReflectionPeriod, endReflectionPeriod, extendReflectionPeriod, grantReflectionPeriod } from "./reflecting.js";
import { reflectionAt, type ReflectionFact } from "./reflection.js";
import { caseReflectionView } from "./reflection.view.js";

const opened = (ageBand: "9-17" | "21-29"): IntakeFact => ({
  type: "CaseOpened",
  data: { subject: "p-1", source: "Police", urgency: "Routine", region: "Kigoma", sex: "Female", ageBand },
});
const woman = opened("21-29");
const found = (status: TraffickingStatus): ScreeningFact => ({
  type: "TraffickingStatusDetermined",
  data: { status, decidedBy: "NGO", basis: "Screening" },
});
const possible = [woman, found("PossibleVictimOfTrafficking")];
// Examples are told on 10 January, at 8.
const [before, in30Days, in31Days, in60Days] = [
  "2026-02-09T07:59:59.999Z",
  "2026-02-09T08:00:00.000Z",
  "2026-02-10T08:00:00.000Z",
  "2026-03-11T08:00:00.000Z",
];
const yesterday = "2026-01-09T08:00:00.000Z";
const ask = { jurisdiction: "TanzaniaMainland", until: in30Days } as const;
const granted = (until: string = in30Days): ReflectionFact => ({
  type: "ReflectionPeriodGranted",
  data: { period: "id-1", jurisdiction: "TanzaniaMainland", until },
});
const ended = (reason: "HerOwnDecision" | "LeftTheCountry" | "Elapsed"): ReflectionFact => ({
  type: "ReflectionPeriodEnded",
  data: { period: "id-1", reason },
});
const closed = { type: "CaseClosed", data: { reason: "Other", episode: 1 } } as const;

describe("time to recover and to reflect", () => {
  test("is granted to whoever possibly is a victim, or is one, for thirty days at least", () => {
    given(cases, ...possible)
      .when(grantReflectionPeriod, ask)
      .then(granted());
    given(cases, woman, found("ActualVictimOfTrafficking")).when(grantReflectionPeriod, ask).then(granted());
    given(cases, ...possible)
      .when(grantReflectionPeriod, { ...ask, jurisdiction: "Zanzibar", until: before })
      .refused("ReflectionPeriodTooShort");
  });
  test("is never shorter because it was told late", () =>
    given(cases, on(yesterday, woman), on(yesterday, found("PossibleVictimOfTrafficking")))
      .when(grantReflectionPeriod, { ...ask, until: "2026-02-08T08:00:00.000Z" }, { at: yesterday })
      .refused("ReflectionPeriodTooShort"));
  test("needs reasonable grounds, and an open case", () => {
    given(cases, woman).when(grantReflectionPeriod, ask).refused("NoReasonableGrounds");
    given(cases, woman, found("NotAVictimOfTrafficking")).when(grantReflectionPeriod, ask).refused("NoReasonableGrounds");
    given(cases, ...possible, closed)
      .when(grantReflectionPeriod, ask)
      .refused("CaseNotOpen");
  });
  test("is granted once at a time, and again after it has ended", () => {
    given(cases, ...possible, granted())
      .when(grantReflectionPeriod, ask)
      .then();
    given(cases, ...possible, granted())
      .when(grantReflectionPeriod, { ...ask, until: in31Days })
      .refused("ReflectionPeriodAlreadyGranted");
    given(cases, ...possible, granted(), ended("HerOwnDecision"))
      .when(grantReflectionPeriod, ask)
      .then(granted());
  });
});

describe("a period that runs", () => {
  test("is made longer, never shorter", () => {
    const extended: ReflectionFact = { type: "ReflectionPeriodExtended", data: { period: "id-1", until: in60Days } };
    given(cases, ...possible, granted())
      .when(extendReflectionPeriod, { until: in60Days })
      .then(extended);
    given(cases, ...possible, granted(), extended)
      .when(extendReflectionPeriod, { until: in60Days })
      .then();
    given(cases, ...possible, granted(), extended)
      .when(extendReflectionPeriod, { until: in31Days })
      .refused("ReflectionPeriodTooShort");
    given(cases, ...possible)
      .when(extendReflectionPeriod, { until: in60Days })
      .refused("NoReflectionPeriod");
    given(cases, ...possible, granted(), closed)
      .when(extendReflectionPeriod, { until: in60Days })
      .refused("CaseNotOpen");
  });
  test("ends before its time by her own decision, once", () => {
    given(cases, ...possible, granted())
      .when(endReflectionPeriod, { reason: "HerOwnDecision" })
      .then(ended("HerOwnDecision"));
    given(cases, ...possible, granted(), ended("HerOwnDecision"))
      .when(endReflectionPeriod, { reason: "LeftTheCountry" })
      .then();
    given(cases, ...possible)
      .when(endReflectionPeriod, { reason: "HerOwnDecision" })
      .refused("NoReflectionPeriod");
  });
  test("is not given up by a child", () => {
    const girl = [opened("9-17"), found("PossibleVictimOfTrafficking"), granted()];
    given(cases, ...girl)
      .when(endReflectionPeriod, { reason: "HerOwnDecision" })
      .refused("ChildCannotConsentAlone");
    given(cases, ...girl)
      .when(endReflectionPeriod, { reason: "LeftTheCountry" })
      .then(ended("LeftTheCountry"));
  });
  test("ends when its time is over", () => {
    const far = { now: in30Days, at: in30Days };
    given(cases, on(yesterday, woman), on(yesterday, granted()))
      .when(elapseReflectionPeriod, { period: "id-1" }, far)
      .then(ended("Elapsed"));
    given(cases, woman, granted()).when(elapseReflectionPeriod, { period: "id-1" }).refused("ReflectionPeriodRuns");
    given(cases, woman, granted(), ended("LeftTheCountry")).when(elapseReflectionPeriod, { period: "id-1" }).then();
    given(cases, woman).when(elapseReflectionPeriod, { period: "id-1" }).refused("NoReflectionPeriod");
  });
});

const police: GiveConsent = {
  ...{ purpose: "ShareWithLawEnforcement", recipients: ["o-1"], dataClasses: ["narrative"], expiresAt: in60Days },
  ...{ givenBy: "self", evidence: "Signature" },
};

describe("while it runs", () => {
  test("nobody asks her to share anything with the police, and other consents go on", () => {
    given(cases, ...possible, granted())
      .when(giveConsent, police)
      .refused("ReflectionPeriodRuns");
    const { evidence, givenBy, ...scope } = police;
    const given_ = (purpose: GiveConsent["purpose"]) =>
      ({ type: "ConsentGiven", data: { consentId: "id-1", ...scope, purpose, givenBy, evidence } }) as const;
    given(cases, ...possible, granted())
      .when(giveConsent, { ...police, purpose: "FamilyTracing" })
      .then(given_("FamilyTracing"));
    given(cases, ...possible, granted(), ended("HerOwnDecision"))
      .when(giveConsent, police)
      .then(given_("ShareWithLawEnforcement"));
  });
  test("nor is kept now what was asked before it began", () =>
    given(cases, on(yesterday, woman), granted()).when(giveConsent, police, { at: yesterday }).refused("ReflectionPeriodRuns"));
});

test("a period runs from when it was granted until its end, whichever is known first", () => {
  const state = [{ period: "id-1", jurisdiction: "Other" as const, at: yesterday, until: in30Days, endedAt: null, reason: null }];
  const runsAt = (moment: string) => reflectionAt(state, moment) !== undefined;
  expect([runsAt("2026-01-09T07:59:59.999Z"), runsAt(yesterday), runsAt(before), runsAt(in30Days)]).toEqual([false, true, true, false]);
});

test("an extension that is told late makes a period run on that was put on record as elapsed", () => {
  const late: ReflectionFact = { type: "ReflectionPeriodExtended", data: { period: "id-1", until: in60Days } };
  const overdue = { now: in31Days, at: in31Days };
  const begun = possible.map((each) => on(yesterday, each));
  const told_ = [...begun, on(yesterday, granted()), on(in30Days, ended("Elapsed"))];
  given(cases, ...told_)
    .when(extendReflectionPeriod, { until: in60Days }, { now: in31Days, at: before })
    .then(late);
  given(cases, ...told_, on(before, late))
    .when(giveConsent, { ...police, expiresAt: "2026-05-01T08:00:00.000Z" }, overdue)
    .refused("ReflectionPeriodRuns");
  given(cases, ...told_, on(before, late))
    .when(elapseReflectionPeriod, { period: "id-1" }, { now: in60Days, at: in60Days })
    .then(ended("Elapsed"));
  given(cases, ...begun, on(yesterday, granted()), on(yesterday, ended("HerOwnDecision")), on(yesterday, late))
    .when(elapseReflectionPeriod, { period: "id-1" }, { now: in60Days, at: in60Days })
    .then();
  const row = rowAfter(
    caseReflectionView,
    told("ReflectionPeriodGranted", { period: "id-1", jurisdiction: "Other", until: in30Days }),
    told("ReflectionPeriodEnded", { period: "id-1", reason: "Elapsed" }),
    told("ReflectionPeriodExtended", { period: "id-1", until: in60Days }),
  );
  expect(row?.periods).toEqual([expect.objectContaining({ until: in60Days, endedAt: null, reason: null })]);
});

test("what is told late of a period makes it no shorter in the record", () => {
  const data = { period: "id-1", jurisdiction: "Other", until: in30Days };
  const row = rowAfter(
    caseReflectionView,
    told("ReflectionPeriodGranted", data),
    told("ReflectionPeriodExtended", { period: "id-1", until: in60Days }),
    told("ReflectionPeriodExtended", { period: "id-1", until: in31Days }),
    told("ReflectionPeriodEnded", { period: "id-1", reason: "HerOwnDecision" }),
  );
  expect(row?.periods).toEqual([expect.objectContaining({ until: in60Days, reason: "HerOwnDecision", endedAt: expect.any(String) })]);
});
