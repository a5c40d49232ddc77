import { eachOf, right, type Expectation } from "#access/expectation.js";

/** Who may do and see what, as the people concerned would say it. */
export const expected: Expectation = {
  operations: {
    ...eachOf(
      ["assessRisk", "reportSecurityIncident", "resolveSecurityIncident", "raiseFlag", "lowerFlag"],
      right("write", "risk", "a case"),
    ),
    agreeSafetyPlan: right("write", "safety", "a case"),
    securityIncidents: right("read", "risk", "all"),
    caseSecurityIncidents: right("read", "risk", "a case"),
  },
  personal: {
    assessRisk: { account: "safety" },
    agreeSafetyPlan: { measures: "safety" },
    reportSecurityIncident: { account: "safety" },
  },
  answers: {
    CaseSafety: {
      ...eachOf(["id", "stale", "skipped"], "open"),
      ...eachOf(["riskLevel", "riskKnownFrom", "reasons", "assessedAt", "reviewBy", "planVersion", "planReviewBy"], "risk"),
      ...eachOf(["flags[].flag", "flags[].kind", "flags[].raisedAt"], "risk"),
      ...eachOf(["safetyPlan", "accounts"], "safety"),
    },
    SecurityIncident: {
      ...eachOf(["id", "stale", "skipped", "intact"], "open"),
      ...eachOf(["caseId", "fact", "kind", "severity", "knownFrom", "happenedAt", "reportedBy", "resolvedAt", "outcome"], "risk"),
    },
  },
  states: { case: { safety: "risk" } },
  facts: eachOf(
    ["RiskAssessed", "SafetyPlanAgreed", "SecurityIncidentReported", "SecurityIncidentResolved", "FlagRaised", "FlagLowered"],
    "risk",
  ),
  cells: {
    risk: {
      ...eachOf(["shelter-case-manager", "shelter-manager", "psychologist", "social-welfare-officer", "supervisor"], "W" as const),
      ...eachOf(["nurse", "lawyer", "return-officer", "auditor"], "R" as const),
    },
  },
  told: {
    safetyPlan: { measures: "Invented measures" },
    RiskAssessed: { account: "Invented account of danger" },
    SecurityIncidentReported: { account: "Invented account of an incident" },
  },
  story: async ({ resident, done, state }) => {
    const say = (verb: string, body: object) => done("shelter-case-manager", `/v1/cases/${resident}/${verb}`, body);
    const soon = new Date(Date.now() + 3 * 86_400_000).toISOString();
    const risk = { level: "High", reasons: ["ThreatsToHer"], reviewBy: soon, account: "Invented account of danger" };
    await say("assess-risk", risk);
    await say("agree-safety-plan", { measures: "Invented measures", reviewBy: soon });
    await say("report-security-incident", { kind: "Threat", severity: "Serious", account: "Invented account of an incident" });
    type State = { safety: { incidents: { incident: string }[]; flags: { flag: string }[] } };
    const { incident } = ((await state(`/v1/cases/${resident}`)) as State).safety.incidents[0]!;
    await say("resolve-security-incident", { incident, outcome: "Averted" });
    await say("raise-flag", { kind: "NoPhotos" });
    await say("raise-flag", { kind: "TwoStaffOnly" });
    const { flag } = ((await state(`/v1/cases/${resident}`)) as State).safety.flags[0]!;
    await say("lower-flag", { flag });
  },
};
