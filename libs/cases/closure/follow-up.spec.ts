import { given, on } from "#kernel/given.js";
import type { Rule } from "#kernel/kernel.js";
import { cases } from "../cases.js";
import { giveConsent, refuseConsent, withdrawConsent } from "../consent/consent.js";
import type { ConsentFact } from "../consent/consents.js";
import { invokeEmergencyProcessing } from "../consent/emergency.js";
import { assessAge, type IntakeFact } from "../intake/intake.js";
import { recordContact } from "../intake/identity.js";
import { isOpenAt, isSupportedAt } from "../open.js";
import type { PlacementFact } from "../placement/placement.js";
import { determineTraffickingStatus } from "../screening/determination.js";
import { startScreening, type ScreeningFact } from "../screening/screening.js";
import { deliverService } from "../services/delivering.js";
import { declineService, requestService } from "../services/requesting.js";
import type { ServiceFact } from "../services/services.js";
import { requestClosure, type ClosureFact } from "./closure.js";
import { resumeSupport, startFollowUp } from "./follow-up.js";

const later = "2026-02-10T08:00:00.000Z";
const opened: IntakeFact = {
  type: "CaseOpened",
  data: { subject: "p-1", source: "Police", urgency: "Routine", region: "Kigoma", sex: "Female", ageBand: "21-29" },
};
const followed: ClosureFact = { type: "FollowUpStarted", data: { episode: 1 } };
const resumed: ClosureFact = { type: "SupportResumed", data: { reason: "NewNeeds" } };
const asked: ClosureFact = { type: "CaseClosureRequested", data: { reason: "GoalsAchieved", requestedBy: "amina" } };
const closed: ClosureFact = { type: "CaseClosed", data: { reason: "GoalsAchieved", episode: 1 } };
const placed: PlacementFact = { type: "PlacedInShelter", data: { shelter: "s-1", stay: "st-1" } as never };
const waiting: ServiceFact = { type: "ServiceRequested", data: { service: "s-1", group: "Legal" } };
const consented: ConsentFact = {
  type: "ConsentGiven",
  data: {
    ...{ consentId: "c-1", purpose: "Interview", recipients: ["o-1"], dataClasses: ["narrative"] },
    ...{ expiresAt: "2027-01-10T08:00:00.000Z", givenBy: "self", evidence: "Signature" },
  },
};

const screened: ScreeningFact = {
  type: "ScreeningCompleted",
  data: { formVersion: 1, acts: ["Recruitment"], means: ["Deception"], exploitations: ["ForcedLabour"], methodsOfControl: [] },
};

describe("follow-up", () => {
  test("begins where nothing waits and she sleeps in no shelter", () => {
    given(cases, opened).when(startFollowUp, {}).then(followed);
    given(cases, opened, placed).when(startFollowUp, {}).refused("StillInShelter");
    given(cases, opened, waiting).when(startFollowUp, {}).refused("ServicesNotFinished");
    given(cases, opened, waiting, { type: "ServiceDeclined", data: { service: "s-1", group: "Legal" } })
      .when(startFollowUp, {})
      .then(followed);
  });
  test("does not begin before a stay that goes on", () =>
    given(cases, on("2026-01-01T08:00:00.000Z", opened), on("2026-01-05T08:00:00.000Z", placed))
      .when(startFollowUp, {}, { at: "2026-01-03T08:00:00.000Z" })
      .refused("StillInShelter"));
  test("begins once, not while closing waits, and not after it", () => {
    given(cases, opened, followed).when(startFollowUp, {}).then();
    given(cases, opened, asked).when(startFollowUp, {}).refused("ClosureAlreadyRequested");
    given(cases, opened, closed).when(startFollowUp, {}).refused("CaseNotOpen");
  });
  test("ends when she needs more than that, in the same episode", () => {
    given(cases, opened, followed).when(resumeSupport, { reason: "NewNeeds" }).then(resumed);
    given(cases, opened).when(resumeSupport, { reason: "NewNeeds" }).then();
    given(cases, opened, followed, asked).when(resumeSupport, { reason: "NewNeeds" }).refused("ClosureAlreadyRequested");
    given(cases, opened, closed).when(resumeSupport, { reason: "NewNeeds" }).refused("CaseNotOpen");
  });
  test("ends with the case, and is not there again when it is reopened", () => {
    const state = [
      opened,
      followed,
      asked,
      closed,
      { type: "CaseReopened" as const, data: { reason: "NewNeeds" as const, episode: 2 } },
    ].reduce(
      (before, fact, day) => cases.apply(before, fact, { at: `2026-02-0${day + 1}T08:00:00.000Z`, by: { id: "amina", role: "nurse" } }),
      cases.initial,
    );
    expect([isOpenAt(state.closure, later), isSupportedAt(state.closure, later)]).toEqual([true, true]);
    expect(isSupportedAt(state.closure, "2026-02-03T07:00:00.000Z")).toBe(false);
  });
});

/**
 * What may go on in which status, after section 13 of the architecture and 3.4 of the domain reference: open, in follow-up, closed. It is
 * refused by that code; null: it goes on.
 */
const table: readonly (readonly [
  what: string,
  rule: Rule<any, any, any>,
  request: object,
  followUp: string | null,
  closed: string | null,
])[] = [
  ["an interview", startScreening, { formVersion: 1 }, "CaseInFollowUp", "CaseNotOpen"],
  ["asking for help", requestService, { group: "Legal" }, "CaseInFollowUp", "CaseNotOpen"],
  ["giving help", deliverService, { group: "BasicNeeds" }, "CaseInFollowUp", "CaseNotOpen"],
  ["a no to help", declineService, { group: "Legal" }, null, null],
  [
    "a decision on her status",
    determineTraffickingStatus,
    { status: "PossibleVictimOfTrafficking", decidedBy: "NGO", basis: "Interview" },
    null,
    "CaseNotOpen",
  ],
  ["consent", giveConsent, { ...consented.data, expiresAt: "2027-01-10T08:00:00.000Z" }, null, "CaseNotOpen"],
  ["a refusal", refuseConsent, { purpose: "PhotoMedia", refusedBy: "self" }, null, "CaseNotOpen"],
  ["a withdrawal", withdrawConsent, { consentId: "c-1" }, null, null],
  [
    "an emergency",
    invokeEmergencyProcessing,
    { vitalInterest: "MedicalEmergency", authorisedBy: "x", reviewBy: "2026-01-11T08:00:00.000Z" },
    null,
    "CaseNotOpen",
  ],
  ["how to reach her", recordContact, { phone: "+255700000001" }, null, "CaseNotOpen"],
  ["her age", assessAge, { method: "Document", isChild: false, birthYear: 2000 }, null, "CaseNotOpen"],
  ["asking to close it", requestClosure, { reason: "GoalsAchieved" }, null, "CaseNotOpen"],
];

describe.each(table)("%s", (_, rule, request, inFollowUp, whenClosed) => {
  const also = { approvers: { own: 2, partner: null } };
  const done = (...happened: readonly (ClosureFact | ConsentFact)[]) => {
    const { refused } = given(cases, opened, consented, screened, ...happened).when(rule, request, { also } as never);
    return { refused };
  };
  test("goes on while the case is open", () => done().refused("not refused"));
  test("in follow-up", () => done(followed).refused(inFollowUp ?? "not refused"));
  test("when it is closed", () => done(closed).refused(whenClosed ?? "not refused"));
});
