import { fold, given } from "#kernel/given.js";
import { cases } from "../cases.js";
import type { ClosureFact } from "../closure/closure.js";
import type { ConsentFact } from "../consent/consents.js";
import { recordContact, recordIdentity, type IdentityFact, type RecordContact, type RecordIdentity } from "./identity.js";
import type { IntakeFact } from "./intake.js";

const opened: IntakeFact = {
  type: "CaseOpened",
  data: { subject: "s-1", source: "Self", urgency: "Routine", region: "Mwanza", sex: "Female", ageBand: "21-29" },
};
const consentTo = (purpose: "Interview" | "PhotoMedia", expiresAt: string): ConsentFact => ({
  type: "ConsentGiven",
  data: { consentId: "c-1", purpose, recipients: ["o-1"], dataClasses: ["identity"], expiresAt, givenBy: "self", evidence: "Signature" },
});
const consented = consentTo("Interview", "2026-06-01T00:00:00.000Z");
const emergencyUntil = (reviewBy: string): ConsentFact => ({
  type: "EmergencyProcessingInvoked",
  data: { emergency: "e-1", vitalInterest: "MedicalEmergency", authorisedBy: "u-1", reviewBy, confirmBy: null },
});
const closed: ClosureFact = { type: "CaseClosed", data: { reason: "GoalsAchieved", episode: 1 } };
const name: RecordIdentity = { givenName: "Example", familyName: "Person", citizenships: ["TZ"], languages: ["sw"] };
const phone: RecordContact = { phone: "+255700000001", safeWayToReach: "Mornings only" };
const named: IdentityFact = {
  type: "IdentityRecorded",
  data: { citizenships: ["TZ"], languages: ["sw"], knownFrom: "Unknown" },
  personal: { "s-1": { identity: { givenName: "Example", familyName: "Person" } } },
};
const reachable: IdentityFact = { type: "ContactRecorded", data: { knownFrom: "Unknown" }, personal: { "s-1": { contact: phone } } };

describe("her name", () => {
  test("is kept as personal once she consented to the interview", () =>
    given(cases, opened, consented).when(recordIdentity, name).then(named));
  test("may be asked for where a vital interest is on record", () =>
    given(cases, opened, emergencyUntil("2026-01-12T00:00:00.000Z")).when(recordIdentity, name).then(named));
  test("is not asked for without consent", () => given(cases, opened).when(recordIdentity, name).refused("InterviewNotPermitted"));
  test("is not asked for on a consent that has expired", () =>
    given(cases, opened, consentTo("Interview", "2026-01-10T08:00:00.000Z")).when(recordIdentity, name).refused("InterviewNotPermitted"));
  test("is not asked for on a consent to something else", () =>
    given(cases, opened, consentTo("PhotoMedia", "2026-06-01T00:00:00.000Z")).when(recordIdentity, name).refused("InterviewNotPermitted"));
  test("is not asked for when the emergency is over", () =>
    given(cases, opened, emergencyUntil("2026-01-10T08:00:00.000Z")).when(recordIdentity, name).refused("InterviewNotPermitted"));
  test("is not asked for when her case is closed", () =>
    given(cases, opened, consented, closed).when(recordIdentity, name).refused("CaseNotOpen"));
  test("comes with no birthday in the future", () =>
    given(cases, opened, consented)
      .when(recordIdentity, { ...name, birthDate: "2026-01-11" })
      .refused("DateInFuture"));
  test("may be corrected as a whole, also to the same", () =>
    given(cases, opened, consented, named).when(recordIdentity, name).then(named));
  test("stays as it was where nothing is said of it, and is removed where that is said", () => {
    const languages = { citizenships: ["TZ"], languages: ["sw" as const] };
    given(cases, opened, consented, named)
      .when(recordIdentity, languages)
      .then({ type: "IdentityRecorded", data: { ...languages, knownFrom: "Unknown" } });
    given(cases, opened, consented, named)
      .when(recordIdentity, { ...languages, givenName: null, birthDate: null })
      .then({ type: "IdentityRecorded", data: { ...languages, removed: ["identity"], knownFrom: "Unknown" } });
  });
});

test("it is kept from whom a name and a way to reach her are known", () => {
  given(cases, opened, consented)
    .when(recordIdentity, { ...name, knownFrom: "Document" })
    .then({ ...named, data: { citizenships: ["TZ"], languages: ["sw"], knownFrom: "Document" } });
  given(cases, opened, consented)
    .when(recordContact, { ...phone, knownFrom: "Self" })
    .then({ ...reachable, data: { knownFrom: "Self" } });
});
test("of what was recorded before sources were, the source is unknown", () => {
  for (const type of ["CaseOpened", "AgeAssessed", "IdentityRecorded", "ContactRecorded"])
    expect(cases.upcast(type, 1, { kept: true })).toEqual({ kept: true, knownFrom: "Unknown" });
});

describe("how to reach her", () => {
  test("is kept as personal once she consented to the interview", () =>
    given(cases, opened, consented).when(recordContact, phone).then(reachable));
  test("is not asked for without consent", () => given(cases, opened).when(recordContact, phone).refused("InterviewNotPermitted"));
  test("is not asked for when her case is closed", () =>
    given(cases, opened, consented, closed).when(recordContact, phone).refused("CaseNotOpen"));
  test("may be corrected as a whole, also to the same", () =>
    given(cases, opened, consented, reachable).when(recordContact, phone).then(reachable));
});

describe("how to reach her, when it is removed", () => {
  const removed: IdentityFact = { type: "ContactRecorded", data: { removed: ["contact"], knownFrom: "Unknown" } };
  const nothing = { phone: null, email: null, safeWayToReach: null };
  test("is on record as removed", () => given(cases, opened, consented, reachable).when(recordContact, nothing).then(removed));
  test("is already so where it was never known, or is removed", () => {
    given(cases, opened, consented).when(recordContact, nothing).then();
    given(cases, opened, consented, reachable, removed).when(recordContact, nothing).then();
  });
  test("stays as it was where nothing is said", () => given(cases, opened, consented, reachable).when(recordContact, {}).then());
});

test("rules know that she is known, and not who she is", () => {
  const at = "2026-01-10T08:00:00.000Z";
  const state = fold(
    cases,
    [opened, named, reachable].map((fact) => ({ fact, at })),
  );
  expect(state.known).toEqual({ identity: true, contact: true, citizenship: true });
  expect(JSON.stringify(state)).not.toMatch(/Example|\+255/);
});
