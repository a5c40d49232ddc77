import { given } from "#kernel/given.js";
import { cases } from "../cases.js";
import type { IntakeFact } from "../intake/intake.js";
import { agreeSafetyPlan, assessRisk, lowerFlag, raiseFlag, reportSecurityIncident, resolveSecurityIncident } from "./assessing.js";
import type { SafetyFact } from "./safety.js";

const now = "2026-01-10T08:00:00.000Z";
const inAWeek = "2026-01-17T08:00:00.000Z";
const later = "2026-01-17T08:00:00.001Z";
const opened: IntakeFact = {
  type: "CaseOpened",
  data: { subject: "p-1", source: "Police", urgency: "Routine", region: "Kigoma", sex: "Female", ageBand: "21-29" },
};
const closed = { type: "CaseClosed", data: { reason: "Other", episode: 1 } } as const;
const assessed = (level: "Low" | "Medium" | "High"): SafetyFact => ({
  type: "RiskAssessed",
  data: { level, reasons: ["ThreatsToHer"], reviewBy: inAWeek, knownFrom: "Unknown" },
});

describe("how much she is in danger", () => {
  test("is said with its reasons, and what was said before", () => {
    given(cases, opened)
      .when(assessRisk, { level: "Medium", reasons: ["Travel", "Travel"], reviewBy: later, account: "Invented account", knownFrom: "Self" })
      .then({
        type: "RiskAssessed",
        data: { level: "Medium", reasons: ["Travel"], reviewBy: later, knownFrom: "Self" },
        personal: { "p-1": { safety: { account: "Invented account" } } },
      });
    given(cases, opened, assessed("High"))
      .when(assessRisk, { level: "Low", reasons: [], reviewBy: later })
      .then({ type: "RiskAssessed", data: { level: "Low", before: "High", reasons: [], reviewBy: later, knownFrom: "Unknown" } });
    given(cases, opened).when(assessRisk, { level: "Medium", reasons: [], reviewBy: later }).refused("RiskReasonMissing");
  });
  test("is looked at again within a week, where it is high", () => {
    given(cases, opened)
      .when(assessRisk, { level: "High", reasons: ["ThreatsToHer"], reviewBy: inAWeek })
      .then(assessed("High"));
    given(cases, opened)
      .when(assessRisk, { level: "High", reasons: ["ThreatsToHer"], reviewBy: later })
      .refused("ReviewTooLate");
    given(cases, opened).when(assessRisk, { level: "Low", reasons: [], reviewBy: now }).refused("ReviewAlreadyDue");
  });
  test("is asked while her case is open, in follow-up as well", () => {
    given(cases, opened, { type: "FollowUpStarted", data: { episode: 1 } })
      .when(assessRisk, { level: "High", reasons: ["ThreatsToHer"], reviewBy: inAWeek })
      .then(assessed("High"));
    given(cases, opened, closed).when(assessRisk, { level: "Low", reasons: [], reviewBy: later }).refused("CaseNotOpen");
  });
});

test("a safety plan is agreed with her, and anew when something has changed", () => {
  const plan = (version: number): SafetyFact => ({
    type: "SafetyPlanAgreed",
    data: { version, reviewBy: later },
    personal: { "p-1": { safety: { measures: "Invented measures" } } },
  });
  const ask = { measures: "Invented measures", reviewBy: later };
  given(cases, opened).when(agreeSafetyPlan, ask).then(plan(1));
  given(cases, opened, plan(1)).when(agreeSafetyPlan, ask).then(plan(2));
  given(cases, opened)
    .when(agreeSafetyPlan, { ...ask, reviewBy: now })
    .refused("ReviewAlreadyDue");
  given(cases, opened, closed).when(agreeSafetyPlan, ask).refused("CaseNotOpen");
});

describe("what has happened to her", () => {
  const reported: SafetyFact = {
    type: "SecurityIncidentReported",
    data: { incident: "id-1", kind: "Threat", severity: "Serious", knownFrom: "Unknown" },
  };
  const resolved: SafetyFact = { type: "SecurityIncidentResolved", data: { incident: "id-1", outcome: "Averted" } };
  test("is told whenever it is known, also when her case is closed", () => {
    given(cases, opened, closed).when(reportSecurityIncident, { kind: "Threat", severity: "Serious" }).then(reported);
    given(cases, opened)
      .when(reportSecurityIncident, { kind: "Threat", severity: "Serious", account: "Invented account" })
      .then({ ...reported, personal: { "p-1": { safety: { account: "Invented account" } } } } as SafetyFact);
  });
  test("is settled once", () => {
    given(cases, opened, reported).when(resolveSecurityIncident, { incident: "id-1", outcome: "Averted" }).then(resolved);
    given(cases, opened, reported, resolved).when(resolveSecurityIncident, { incident: "id-1", outcome: "Averted" }).then();
    given(cases, opened).when(resolveSecurityIncident, { incident: "id-1", outcome: "Averted" }).refused("IncidentUnknown");
  });
});

test("a flag stands once, until it is lowered", () => {
  const raised: SafetyFact = { type: "FlagRaised", data: { flag: "id-1", kind: "NoPhotos" } };
  const lowered: SafetyFact = { type: "FlagLowered", data: { flag: "id-1" } };
  given(cases, opened).when(raiseFlag, { kind: "NoPhotos" }).then(raised);
  given(cases, opened, raised).when(raiseFlag, { kind: "NoPhotos" }).then();
  given(cases, opened, raised, lowered).when(raiseFlag, { kind: "NoPhotos" }).then(raised);
  given(cases, opened, raised).when(lowerFlag, { flag: "id-1" }).then(lowered);
  given(cases, opened, raised, lowered).when(lowerFlag, { flag: "id-1" }).then();
  given(cases, opened).when(lowerFlag, { flag: "id-1" }).refused("FlagUnknown");
});
