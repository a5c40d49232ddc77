import { fold, given, on } from "#kernel/given.js";
import { cases } from "../cases.js";
import type { VitalInterest } from "../vocabulary.js";
import { isAllowed, type ConsentFact } from "./consents.js";
import type { EmergencyFact } from "./emergencies.js";
import { confirmEmergencyProcessing, lapseEmergencyProcessing, refuseEmergencyProcessing } from "./emergency-confirmation.js";
import { invokeEmergencyProcessing } from "./emergency.js";

const [now, inADay, inTwoDays] = ["2026-01-10T08:00:00.000Z", "2026-01-11T08:00:00.000Z", "2026-01-12T08:00:00.000Z"];
const imani = { actor: { id: "imani", role: "supervisor" } };
const invoked = (vitalInterest: VitalInterest = "CannotConsent", confirmBy: string | null = inADay): EmergencyFact => ({
  type: "EmergencyProcessingInvoked",
  data: { emergency: "id-1", vitalInterest, authorisedBy: "imani", reviewBy: inTwoDays, confirmBy },
});
const confirmed = (confirmedAt = now): EmergencyFact => ({
  type: "EmergencyProcessingConfirmed",
  data: { emergency: "id-1", confirmedAt },
});
const refused: EmergencyFact = { type: "EmergencyProcessingRefused", data: { emergency: "id-1", reason: "SheCanBeAsked" } };
const lapsed: EmergencyFact = { type: "EmergencyProcessingLapsed", data: { emergency: "id-1" } };
const reviewed = (finding: "Justified" | "NotJustified"): EmergencyFact => ({
  type: "EmergencyProcessingReviewed",
  data: { emergency: "id-1", finding },
});
const asked = { emergency: "id-1" };
const no = { emergency: "id-1", reason: "SheCanBeAsked" } as const;

/** May she be interviewed at that moment, after what happened at its times? */
const interview = (moment: string, ...happened: readonly [at: string, fact: ConsentFact][]) =>
  isAllowed(
    fold(
      cases,
      happened.map(([at, fact]) => ({ at, fact })),
    ).consents,
    "Interview",
    moment,
  );

describe("whoever authorises an emergency says so herself", () => {
  test("within a day from when it is on record, or before its review", () => {
    const ask = (reviewBy: string) => ({ vitalInterest: "CannotConsent" as const, authorisedBy: "imani", reviewBy });
    given(cases).when(invokeEmergencyProcessing, ask(inTwoDays)).then(invoked());
    const soon = "2026-01-10T12:00:00.000Z";
    given(cases)
      .when(invokeEmergencyProcessing, ask(soon))
      .then({ type: "EmergencyProcessingInvoked", data: { emergency: "id-1", ...ask(soon), confirmBy: soon } });
  });
  test("once", () => {
    given(cases, invoked()).when(confirmEmergencyProcessing, asked, imani).then(confirmed());
    given(cases, invoked(), confirmed()).when(confirmEmergencyProcessing, asked, imani).then();
  });
  test("and her word counts from when it is on record, whenever she is said to have given it", () =>
    given(cases, on(now, invoked()))
      .when(confirmEmergencyProcessing, asked, { ...imani, at: now, now: "2026-01-10T20:00:00.000Z" })
      .then(confirmed("2026-01-10T20:00:00.000Z")));
  test("and nobody in her place: not whoever asked, no other supervisor, nobody who does not authorise", () => {
    given(cases, invoked())
      .when(confirmEmergencyProcessing, asked, { actor: { id: "amina", role: "supervisor" } })
      .refused("ApproverIsRequester");
    given(cases, invoked())
      .when(confirmEmergencyProcessing, asked, { actor: { id: "zuhura", role: "supervisor" } })
      .refused("NotTheAuthoriser");
    given(cases, invoked())
      .when(confirmEmergencyProcessing, asked, { actor: { id: "imani", role: "data-protection-officer" } })
      .refused("ApproverOfAnotherRole");
  });
  test("of an emergency that there is, and not before it", () => {
    given(cases).when(confirmEmergencyProcessing, asked, imani).refused("EmergencyUnknown");
    given(cases, invoked())
      .when(confirmEmergencyProcessing, asked, { ...imani, at: "2026-01-10T07:59:59.999Z" })
      .refused("BeforeItsBeginning");
  });
  test("and not when the day is over, nor after it was found unjustified", () => {
    given(cases, on(now, invoked()))
      .when(confirmEmergencyProcessing, asked, { ...imani, at: now, now: inADay })
      .refused("ConfirmationTooLate");
    given(cases, invoked(), lapsed).when(confirmEmergencyProcessing, asked, imani).refused("ConfirmationTooLate");
    given(cases, invoked(), reviewed("NotJustified")).when(confirmEmergencyProcessing, asked, imani).refused("AlreadyReviewed");
    given(cases, invoked(), reviewed("Justified")).when(confirmEmergencyProcessing, asked, imani).then(confirmed());
  });
  test("or says no, with a reason, and does not say the other thing after", () => {
    given(cases, invoked()).when(refuseEmergencyProcessing, no, imani).then(refused);
    given(cases, invoked(), refused).when(refuseEmergencyProcessing, no, imani).then();
    given(cases, invoked(), refused).when(confirmEmergencyProcessing, asked, imani).refused("AlreadyRefused");
    given(cases, invoked(), confirmed()).when(refuseEmergencyProcessing, no, imani).refused("AlreadyConfirmed");
    given(cases, on(now, invoked()))
      .when(refuseEmergencyProcessing, no, { ...imani, at: now, now: inADay })
      .refused("ConfirmationTooLate");
  });
  test("and of one that was recorded as authorised before, there is nothing to say", () => {
    given(cases, invoked("CannotConsent", null)).when(confirmEmergencyProcessing, asked, imani).then();
    given(cases, invoked("CannotConsent", null)).when(refuseEmergencyProcessing, no, imani).refused("AlreadyConfirmed");
  });
});

describe("what nobody has authorised in time lapses, on record, once", () => {
  const whenDue = { at: inADay, now: inADay };
  test("when its time has come, and not before", () => {
    given(cases, invoked()).when(lapseEmergencyProcessing, asked, whenDue).then(lapsed);
    given(cases, invoked()).when(lapseEmergencyProcessing, asked, { at: now, now: "2026-01-11T07:59:59.999Z" }).then();
    given(cases, invoked(), lapsed).when(lapseEmergencyProcessing, asked, whenDue).then();
  });
  test("and not where she has answered, it was found unjustified, or it needs no answer", () => {
    for (const answer of [confirmed(), refused, reviewed("NotJustified")])
      given(cases, invoked(), answer).when(lapseEmergencyProcessing, asked, whenDue).then();
    given(cases, invoked("CannotConsent", null)).when(lapseEmergencyProcessing, asked, whenDue).then();
    given(cases).when(lapseEmergencyProcessing, asked, whenDue).then();
  });
  test("and no other is recorded before it was found justified", () => {
    const again = { vitalInterest: "CannotConsent", authorisedBy: "imani", reviewBy: inTwoDays } as const;
    given(cases, invoked(), lapsed).when(invokeEmergencyProcessing, again).refused("EmergencyNotJustified");
    given(cases, invoked(), lapsed, reviewed("Justified")).when(invokeEmergencyProcessing, again).then(invoked());
  });
});

describe("a vital interest stands in for her consent", () => {
  const [hourLater, twoHoursLater, dayAndAHour] = ["2026-01-10T09:00:00.000Z", "2026-01-10T10:00:00.000Z", "2026-01-11T09:00:00.000Z"];

  test("at once where a life is at stake, for a day until she is heard who authorises it", () => {
    const threat = invoked("ImmediateThreatToLife");
    expect(interview(hourLater, [now, threat])).toBe(true);
    expect(interview("2026-01-11T07:59:59.999Z", [now, threat])).toBe(true);
    expect(interview(inADay, [now, threat])).toBe(false);
    expect(interview(dayAndAHour, [now, threat], [hourLater, confirmed(hourLater)])).toBe(true);
    expect(interview(dayAndAHour, [now, threat], [inADay, lapsed])).toBe(false);
  });
  test("of any other kind not before she has said so, and until its review then", () => {
    for (const kind of ["CannotConsent", "MedicalEmergency", "ChildAtRisk"] as const) {
      expect(interview(hourLater, [now, invoked(kind)])).toBe(false);
      expect(interview(hourLater, [now, invoked(kind)], [now, confirmed(twoHoursLater)])).toBe(false);
      expect(interview(twoHoursLater, [now, invoked(kind)], [now, confirmed(twoHoursLater)])).toBe(true);
      expect(interview(dayAndAHour, [now, invoked(kind)], [now, confirmed(twoHoursLater)])).toBe(true);
      expect(interview(inTwoDays, [now, invoked(kind)], [now, confirmed(twoHoursLater)])).toBe(false);
    }
  });
  test("no longer than until she says no", () => {
    const threat = invoked("ImmediateThreatToLife");
    expect(interview(hourLater, [now, threat], [twoHoursLater, refused])).toBe(true);
    expect(interview(twoHoursLater, [now, threat], [twoHoursLater, refused])).toBe(false);
  });
  test("as it did, where it was recorded as authorised before", () => {
    expect(interview(hourLater, [now, invoked("CannotConsent", null)])).toBe(true);
    expect(interview(dayAndAHour, [now, invoked("CannotConsent", null)])).toBe(true);
  });
});
