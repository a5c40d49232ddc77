import { fold, given, on } from "#kernel/given.js";
import { cases } from "../cases.js";
import type { ConsentFact } from "../consent/consents.js";
import type { AgeBand, AgeMethod } from "../vocabulary.js";
import { contradicts, isChildAt } from "./age.js";
import { recordIdentity, type IdentityFact } from "./identity.js";
import { assessAge, type IntakeFact } from "./intake.js";

const zone = "Africa/Dar_es_Salaam";
const at = "2026-01-10T08:00:00.000Z";
const opened = (ageBand: AgeBand): IntakeFact => ({
  type: "CaseOpened",
  data: { subject: "s-1", source: "Self", urgency: "Routine", region: "Mwanza", sex: "Female", ageBand },
});
const assessed = (isChild: boolean, birthYear?: number, method: AgeMethod = "Statement"): IntakeFact => ({
  type: "AgeAssessed",
  data: { method, isChild, birthYear, knownFrom: "Unknown" },
});
const questioned: IntakeFact = { type: "AgeQuestioned", data: { contradictedBy: "BirthDate" } };
const consented: ConsentFact = {
  type: "ConsentGiven",
  data: {
    consentId: "c-1",
    purpose: "Interview",
    recipients: ["o-1"],
    dataClasses: ["identity"],
    expiresAt: "2026-06-01T00:00:00.000Z",
    givenBy: "self",
    evidence: "Signature",
  },
};
const ages = (...facts: IntakeFact[]) =>
  fold(
    cases,
    facts.map((fact) => ({ fact, at })),
  ).intake;

describe("a day of birth", () => {
  const born = (birthDate: string) => ({ birthDate, citizenships: [], languages: [] });
  const recorded = (birthDate: string): IdentityFact => ({
    type: "IdentityRecorded",
    data: { citizenships: [], languages: [], knownFrom: "Unknown" },
    personal: { "s-1": { identity: { birthDate } } },
  });

  test("that contradicts the age band asks for an assessment, once", () => {
    given(cases, opened("21-29"), consented).when(recordIdentity, born("2010-05-01")).then(recorded("2010-05-01"), questioned);
    given(cases, opened("21-29"), consented, questioned).when(recordIdentity, born("2010-05-01")).then(recorded("2010-05-01"));
  });
  test("that fits asks for nothing", () =>
    given(cases, opened("21-29"), consented).when(recordIdentity, born("2000-05-01")).then(recorded("2000-05-01")));

  test.each<[AgeBand, string, boolean]>([
    ["18-20", "2008-01-10", false],
    ["18-20", "2008-01-11", true],
    ["9-17", "2008-01-11", false],
    ["9-17", "2017-01-10", false],
    ["0-8", "2017-01-11", false],
    ["18-20", "2005-01-10", true],
    ["21-29", "2005-01-10", false],
    ["21-29", "1996-01-11", false],
    ["30-47", "1996-01-10", false],
    ["30-47", "1978-01-11", false],
    ["48+", "1978-01-10", false],
    ["Unknown", "2020-01-01", false],
  ])("with the band %s, %s is a contradiction: %s", (band, day, isOne) =>
    expect(contradicts(ages(opened(band)), day, { at, zone })).toBe(isOne),
  );

  test.each<[IntakeFact, string, boolean]>([
    [assessed(false), "2008-01-10", false],
    [assessed(false), "2008-01-11", true],
    [assessed(true), "2008-01-01", false],
    [assessed(true), "2007-12-31", true],
    [assessed(false, 2000), "2000-12-31", false],
    [assessed(false, 2000), "1999-12-31", true],
  ])("after an assessment the band is of no matter", (assessment, day, isOne) =>
    expect(contradicts(ages(opened("0-8"), assessment), day, { at, zone })).toBe(isOne),
  );
});

describe("whoever's age is in question", () => {
  const later = "2026-01-11T08:00:00.000Z";
  const then = { at: later, now: later, zone };

  test("is a child until somebody has assessed it", () => {
    const before = ages(opened("21-29"), assessed(false, 2000));
    expect(isChildAt(before, then)).toBe(false);
    const asked = ages(opened("21-29"), assessed(false, 2000), questioned);
    expect(isChildAt(asked, then)).toBe(true);
    expect(isChildAt(ages(opened("21-29"), assessed(false, 2000), questioned, assessed(false, 2000)), then)).toBe(false);
  });
  test("may be assessed as she was before", () =>
    given(cases, on(at, opened("21-29")), on(at, assessed(false, 2000)), on(at, questioned))
      .when(assessAge, { method: "Statement", isChild: false, birthYear: 2000 }, then)
      .then(assessed(false, 2000)));
});
