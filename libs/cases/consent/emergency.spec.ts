import { fold, given } from "#kernel/given.js";
import { cases } from "../cases.js";
import { covers, isAllowed, type ConsentFact } from "./consents.js";
import {
  invokeEmergencyProcessing,
  noteEmergencyReviewOverdue,
  reviewEmergencyProcessing,
  type InvokeEmergencyProcessing,
} from "./emergency.js";
import type { EmergencyFact } from "./emergencies.js";

const until = (reviewBy: string): InvokeEmergencyProcessing => ({ vitalInterest: "ChildAtRisk", authorisedBy: "u-1", reviewBy });
/** Within a day whoever is to authorise it says so herself. */
const invoked = (reviewBy: string, confirmBy = "2026-01-11T08:00:00.000Z"): EmergencyFact => ({
  type: "EmergencyProcessingInvoked",
  data: { emergency: "id-1", ...until(reviewBy), confirmBy: confirmBy < reviewBy ? confirmBy : reviewBy },
});
/** As it was recorded before: that she was named was enough. */
const named = (reviewBy: string): EmergencyFact => ({
  type: "EmergencyProcessingInvoked",
  data: { emergency: "id-1", ...until(reviewBy), confirmBy: null },
});
const after = (...happened: ConsentFact[]) =>
  fold(
    cases,
    happened.map((fact) => ({ fact, at: "2026-01-10T08:00:00.000Z" })),
  ).consents;

describe("a vital interest", () => {
  test("stands in for consent up to 72 hours, with who allowed it", () =>
    given(cases).when(invokeEmergencyProcessing, until("2026-01-13T11:00:00+03:00")).then(invoked("2026-01-13T08:00:00.000Z")));
  test("is reviewed within 72 hours", () =>
    given(cases).when(invokeEmergencyProcessing, until("2026-01-13T08:00:00.001Z")).refused("ReviewTooLate"));
  test("is not recorded when its review is due already", () =>
    given(cases).when(invokeEmergencyProcessing, until("2026-01-10T08:00:00.000Z")).refused("ReviewAlreadyDue"));
  test("is not recorded when her case is closed", () =>
    given(cases, { type: "CaseClosed", data: { reason: "GoalsAchieved", episode: 1 } })
      .when(invokeEmergencyProcessing, until("2026-01-12T08:00:00.000Z"))
      .refused("CaseNotOpen"));
  test("is on record each time, once the one before was found justified", () => {
    const again = until("2026-01-12T08:00:00.000Z");
    const before = invoked("2026-01-12T08:00:00.000Z");
    const found = (finding: "Justified" | "NotJustified"): EmergencyFact => ({
      type: "EmergencyProcessingReviewed",
      data: { emergency: "id-1", finding },
    });
    given(cases, before).when(invokeEmergencyProcessing, again).refused("EmergencyNotJustified");
    given(cases, before, found("NotJustified")).when(invokeEmergencyProcessing, again).refused("EmergencyNotJustified");
    given(cases, before, found("Justified")).when(invokeEmergencyProcessing, again).then(before);
  });
  test("is authorised by somebody else than whoever records it", () =>
    given(cases)
      .when(invokeEmergencyProcessing, until("2026-01-12T08:00:00.000Z"), { actor: { id: "u-1", role: "shelter-case-manager" } })
      .refused("AuthorisedByOneself"));
  test("does not go over her own no, and does again once she has said yes", () => {
    const no: ConsentFact = { type: "ConsentRefused", data: { purpose: "Interview", refusedBy: "self" } };
    const others: ConsentFact = { type: "ConsentRefused", data: { purpose: "PhotoMedia", refusedBy: "self" } };
    const now = "2026-01-10T08:00:00.000Z";
    expect(isAllowed(after(named("2026-01-12T08:00:00.000Z"), no), "Interview", now)).toBe(false);
    expect(isAllowed(after(named("2026-01-12T08:00:00.000Z"), others), "Interview", now)).toBe(true);
  });
  test("allows the interview until its review, and not from then on", () => {
    const consents = after(named("2026-01-12T08:00:00.000Z"));
    expect(isAllowed(consents, "Interview", "2026-01-12T07:59:59.999Z")).toBe(true);
    expect(isAllowed(consents, "Interview", "2026-01-12T08:00:00.000Z")).toBe(false);
  });
  test("is no consent to share anything with anyone", () =>
    expect(
      covers(
        after(named("2026-01-12T08:00:00.000Z")),
        { purpose: "ShareWithProvider", recipient: "o-1", dataClass: "health" },
        "2026-01-10T08:00:00.000Z",
      ),
    ).toBe(false));
});

describe("what was done for a vital interest is reviewed", () => {
  const beforehand = invoked("2026-01-12T08:00:00.000Z");
  const review = { emergency: "id-1", finding: "Justified" } as const;
  const reviewed = (finding: "Justified" | "NotJustified"): EmergencyFact => ({
    type: "EmergencyProcessingReviewed",
    data: { emergency: "id-1", finding },
  });
  const overdue: EmergencyFact = { type: "EmergencyProcessingReviewOverdue", data: { emergency: "id-1" } };
  const imani = { actor: { id: "imani", role: "supervisor" } };

  test("by somebody else, once", () => {
    given(cases, beforehand).when(reviewEmergencyProcessing, review, imani).then(reviewed("Justified"));
    given(cases, beforehand, reviewed("Justified")).when(reviewEmergencyProcessing, review, imani).then();
    given(cases, beforehand, reviewed("NotJustified")).when(reviewEmergencyProcessing, review, imani).refused("AlreadyReviewed");
  });
  test("by neither of those who let it happen", () => {
    given(cases, beforehand).when(reviewEmergencyProcessing, review).refused("OwnEmergency");
    given(cases, beforehand)
      .when(reviewEmergencyProcessing, review, { actor: { id: "u-1", role: "supervisor" } })
      .refused("OwnEmergency");
  });
  test("if there was such an emergency, and not before it", () => {
    given(cases).when(reviewEmergencyProcessing, review, imani).refused("EmergencyUnknown");
    given(cases, beforehand)
      .when(reviewEmergencyProcessing, review, { ...imani, at: "2026-01-10T07:59:59.999Z" })
      .refused("BeforeItsBeginning");
  });
  test("late as well, and then it is overdue no longer", () =>
    given(cases, beforehand, overdue).when(reviewEmergencyProcessing, review, imani).then(reviewed("Justified")));
  test("and where nobody has, that is put on record, once", () => {
    const noted = { emergency: "id-1" };
    given(cases, beforehand).when(noteEmergencyReviewOverdue, noted).then(overdue);
    given(cases, beforehand, overdue).when(noteEmergencyReviewOverdue, noted).then();
    given(cases, beforehand, reviewed("Justified")).when(noteEmergencyReviewOverdue, noted).then();
    given(cases).when(noteEmergencyReviewOverdue, noted).then();
  });
  test("and allows nothing from then on where it was not justified", () => {
    const at = "2026-01-10T08:00:00.000Z";
    const found = (finding: "Justified" | "NotJustified") =>
      isAllowed(
        fold(cases, [
          { fact: named("2026-01-12T08:00:00.000Z"), at },
          { fact: reviewed(finding), at: "2026-01-11T08:00:00.000Z" },
        ]).consents,
        "Interview",
        "2026-01-11T09:00:00.000Z",
      );
    expect([found("Justified"), found("NotJustified")]).toEqual([true, false]);
  });
  test("one of the first version is known by when it was to be reviewed", () =>
    expect(cases.upcast("EmergencyProcessingInvoked", 1, until("2026-01-12T08:00:00.000Z"))).toMatchObject({
      emergency: "2026-01-12T08:00:00.000Z",
      confirmBy: null,
    }));
});

describe("a consent covers", () => {
  const consents = after({
    type: "ConsentGiven",
    data: {
      consentId: "c-1",
      purpose: "ShareWithProvider",
      recipients: ["o-1"],
      dataClasses: ["health"],
      expiresAt: "2026-02-01T00:00:00.000Z",
      givenBy: "self",
      evidence: "Signature",
    },
  });
  const use = { purpose: "ShareWithProvider", recipient: "o-1", dataClass: "health" } as const;
  const now = "2026-01-10T08:00:00.000Z";

  test("what she said yes to", () => expect(covers(consents, use, now)).toBe(true));
  test("no other purpose", () => expect(covers(consents, { ...use, purpose: "PhotoMedia" }, now)).toBe(false));
  test("no other recipient", () => expect(covers(consents, { ...use, recipient: "o-2" }, now)).toBe(false));
  test("no other kind of data", () => expect(covers(consents, { ...use, dataClass: "legal" }, now)).toBe(false));
  test("nothing from the moment it ends", () => expect(covers(consents, use, "2026-02-01T00:00:00.000Z")).toBe(false));
});
