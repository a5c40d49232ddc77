import type { Machine } from "./machine.js";
import * as needs from "./needs.js";
import { emergency, goal, help, lookingIn, possible, riskForm, warrant } from "./steps.js";
import { idOf, inDays, type Told } from "./told.js";

// One way of each change of a case, such as an open case allows it.

const [khadija, musa] = [idOf("khadija"), idOf("musa")];
const ofHelp = (over: object) => (state: any) => ({ service: state.services.known[0].service, ...over });
const ofGoal =
  (index: number, over: object = {}) =>
  (state: any) => ({ goal: state.plan.goals[index].goal, ...over });
const step = ({ plan: { goals } }: any) => ({ goal: goals[0].goal, action: goals[0].actions[0].action });
const toOther =
  (over: object = {}) =>
  (_: unknown, { kept }: Told) => ({ relatedCase: kept["other"], ...over });
const given = (state: any) => state.consents.given.find(({ purpose }: { purpose: string }) => purpose === "ServiceDelivery").id;
const ofEmergency =
  (over: object = {}) =>
  ({ consents }: any) => ({ emergency: consents.emergencies[0].id, ...over });
const attempt = { channel: "PhoneCall", reason: "Support", outcome: "Reached", left: "Nothing" };
const ofIntake: Machine["changes"] = {
  "acknowledge-notification": { body: { channel: "Phone" } },
  "supplement-first-contact": { body: { language: "sw", knownFrom: "Police" } },
  "change-urgency": { body: { urgency: "Routine", reason: "NeedsMet" } },
  "assess-age": { body: { method: "Document", isChild: false, birthYear: 2000 } },
  "record-identity": { body: { givenName: "Examplina", citizenships: ["TZ"], languages: ["sw"] } },
  "record-contact": { body: { phone: "+255700000001" } },
  "record-trafficking-history-event": { body: { event: "Transit", country: "TZ", date: "2020-01" } },
  "record-trafficking-details": { body: { recruitmentMethods: ["AtWork"], industries: ["F_Construction"] } },
  "refer-on": { body: { organisation: "UNHCR", group: "Legal" } },
  "determine-trafficking-status": { body: possible },
  "decline-referral-on": { needs: needs.foundNoVictim },
  "grant-reflection-period": { body: () => ({ jurisdiction: "TanzaniaMainland", until: inDays(31) }), needs: needs.foundPossible },
  "extend-reflection-period": { body: () => ({ until: inDays(60) }), needs: needs.reflecting },
  "end-reflection-period": { body: { reason: "HerOwnDecision" }, needs: needs.reflecting },
};
const ofConsent: Machine["changes"] = {
  "give-consent": { body: help("Legal") },
  "refuse-consent": { body: { purpose: "PhotoMedia", refusedBy: "self" } },
  "narrow-consent": {
    body: (state) => {
      const { recipients, dataClasses, expiresAt } = help();
      return { consentId: given(state), recipients, dataClasses, expiresAt, serviceGroups: ["Legal"] };
    },
    needs: needs.consentToHelp,
  },
  "withdraw-consent": { body: (state) => ({ consentId: given(state) }), needs: needs.consentToHelp },
  "invoke-emergency-processing": { body: emergency },
  "confirm-emergency-processing": { by: "imani", body: ofEmergency(), needs: needs.processedInAnEmergency, alone: true },
  "refuse-emergency-processing": {
    by: "imani",
    body: ofEmergency({ reason: "NoVitalInterest" }),
    needs: needs.processedInAnEmergency,
    alone: true,
  },
  "review-emergency-processing": {
    by: "salim",
    body: ofEmergency({ finding: "Justified" }),
    needs: needs.processedInAnEmergency,
  },
};
const ofSupport: Machine["changes"] = {
  "request-service": { body: { group: "BasicNeeds" } },
  "request-urgent-care": { body: () => ({ since: inDays(-1) }) },
  "deliver-service": { body: ofHelp({ group: "BasicNeeds" }), needs: needs.helped },
  "schedule-service": { body: ofHelp({ plannedFor: inDays(2) }), needs: needs.helped },
  "miss-service": { body: ofHelp({ missedBy: "Person" }), needs: needs.helped },
  "record-service-outcome": { body: ofHelp({ outcome: "NeedMet" }), needs: needs.helped },
  "record-service-satisfaction": { body: ofHelp({ score: 4 }), needs: needs.helped },
  "decline-service": { body: { group: "BasicNeeds" }, needs: needs.helped },
  "draft-case-plan": { body: () => ({ reviewBy: inDays(90) }) },
  "set-goal": { body: goal, needs: needs.planWritten },
  "set-plan-action": { body: ofGoal(0, { responsible: khadija, dueBy: inDays(7) }), needs: needs.planWritten },
  "agree-to-case-plan": { body: { evidence: "Signature" }, needs: needs.planWritten },
  "submit-case-plan": { needs: needs.planAgreed },
  "approve-case-plan": { by: "imani", needs: needs.planSubmitted, alone: true },
  "reject-case-plan": { by: "imani", body: { reason: "GoalsUnclear" }, needs: needs.planSubmitted, alone: true },
  "review-case-plan": { body: () => ({ nextReviewBy: inDays(120) }), needs: needs.planApproved },
  "complete-plan-action": { body: step, needs: needs.planApproved },
  "record-goal-progress": { body: ofGoal(0, { percent: 40 }), needs: needs.planApproved },
  "achieve-goal": { body: ofGoal(0), needs: needs.planApproved },
  "abandon-goal": { body: ofGoal(1, { reason: "HerWish" }), needs: needs.planApproved },
};
const ofSafety: Machine["changes"] = {
  "assess-risk": { body: () => ({ level: "Medium", reasons: ["ThreatsToHer"], reviewBy: inDays(20) }) },
  "agree-safety-plan": { body: () => ({ measures: "Invented measures", reviewBy: inDays(20) }) },
  "report-security-incident": { body: { kind: "Threat", severity: "Serious" } },
  "resolve-security-incident": {
    body: ({ safety }) => ({ incident: safety.incidents[0].incident, outcome: "MeasuresTaken" }),
    needs: needs.endangered,
  },
  "raise-flag": { body: { kind: "NoPhotos" } },
  "lower-flag": { body: ({ safety }) => ({ flag: safety.flags[0].flag }), needs: needs.endangered },
  "agree-safe-contact": { body: { channels: [], hours: [], agreedWith: "self" } },
  "record-contact-attempt": { body: attempt, needs: needs.safelyReached },
};
const ofRecords: Machine["changes"] = {
  "add-note": { body: { narrative: "Invented note" } },
  "retract-note": { body: ({ notes }) => ({ note: notes[0].note, reason: "NotTrue" }), needs: needs.writtenOf },
  "add-document": { body: { kind: "Letter", narrative: "Invented title", file: "Invented letter" } },
  "withdraw-document": { body: ({ documents }) => ({ document: documents[0].document, reason: "AddedTwice" }), needs: needs.writtenOf },
  "mark-entry-erroneous": {
    body: async (_, told) => ({ entry: await told.entry("FlagRaised"), reason: "WrongPerson" }),
    needs: needs.writtenOf,
  },
  "complete-assessment": { body: () => ({ ...riskForm, reviewBy: inDays(5) }) },
  "supplement-assessment": {
    body: ({ assessments }) => ({ assessment: assessments[0].assessment, safety: riskForm.safety }),
    needs: needs.assessed,
  },
  "link-related-case": { body: toOther({ relation: "Sibling" }), needs: needs.anotherCase },
  "confirm-related-case": { by: "imani", body: toOther(), needs: needs.relationClaimed },
  "unlink-related-case": { by: "imani", body: toOther({ reason: "NotRelated" }), needs: needs.relationClaimed },
};
const ofPeople: Machine["changes"] = {
  "assign-worker": { body: { worker: musa, role: "Legal" } },
  "remove-worker": { body: { worker: khadija, reason: "TaskDone" }, needs: needs.withColleague },
  "hand-over-case": { body: { to: musa, from: khadija }, needs: needs.withColleague, alone: true },
  "raise-wall": { body: { barred: khadija, kind: "Person", reason: "KnowsThePerson" } },
  "lower-wall": { by: "imani", body: ({ walls }) => ({ wall: walls[0].wall, reason: "ReasonGone" }), needs: needs.walled },
  "invoke-break-glass": { by: "lulu", body: lookingIn },
  "review-break-glass": {
    by: "imani",
    body: async (_, told) => ({ access: (await told.state("imani")).breakGlass.accesses[0].access, finding: "Justified" }),
    needs: needs.lookedInto,
  },
  "close-to-break-glass": { by: "imani", body: { reason: "StaffConflict" }, alone: true },
  "open-to-break-glass": { by: "imani", needs: needs.closedToLookers },
  "issue-warrant": { by: "salim", body: warrant() },
  "revoke-warrant": {
    by: "salim",
    body: async (_, told) => ({ warrant: (await told.state("salim")).warrants[0].warrant }),
    needs: needs.warranted,
  },
};

export const ofEveryTopic: Machine["changes"] = { ...ofIntake, ...ofConsent, ...ofSupport, ...ofSafety, ...ofRecords, ...ofPeople };
