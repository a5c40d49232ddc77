import type { Machine } from "./machine.js";
import { ofAWoman } from "./steps.js";
import { inDays, nothing, type Told } from "./told.js";

// High is looked at again within seven days (domain reference, 3.1, stage 3), and no level is without its reasons. A safety plan is agreed, and
// agreed anew. A flag is raised and resolved, an incident reported and resolved (3.3).

const risk = (level: string, days: number, reasons: string[] = ["ThreatsToHer"]) => ({ level, reasons, reviewBy: inDays(days) });
const assessed = (level: string) => (told: Told) => told.did("assess-risk", risk(level, 5));

export const risks: Machine = {
  of: "a risk",
  begin: ofAWoman,
  seen: ({ safety }) => safety.risks.at(-1)?.level ?? "NotAssessed",
  states: { NotAssessed: async () => {}, Low: assessed("Low"), Medium: assessed("Medium"), High: assessed("High") },
  changes: {
    "assess-risk low": { body: () => risk("Low", 30, []) },
    "assess-risk medium": { body: () => risk("Medium", 30) },
    "assess-risk medium, without a reason": { body: () => risk("Medium", 30, []) },
    "assess-risk high": { body: () => risk("High", 6) },
    "assess-risk high, to be looked at in eight days": { body: () => risk("High", 8) },
    "assess-risk to be looked at yesterday": { body: () => risk("Low", -1) },
  },
  table: `
            | assess-risk low | assess-risk medium | assess-risk high | assess-risk medium, without a reason | assess-risk high, to be looked at in eight days | assess-risk to be looked at yesterday
NotAssessed | Low             | Medium             | High             | RiskReasonMissing                    | ReviewTooLate                                   | ReviewAlreadyDue
Low         | done            | Medium             | High             | RiskReasonMissing                    | ReviewTooLate                                   | ReviewAlreadyDue
Medium      | Low             | done               | High             | RiskReasonMissing                    | ReviewTooLate                                   | ReviewAlreadyDue
High        | Low             | Medium             | done             | RiskReasonMissing                    | ReviewTooLate                                   | ReviewAlreadyDue
`,
};

const measures = (days = 30) => ({ measures: "Invented measures", reviewBy: inDays(days) });

export const safetyPlans: Machine = {
  of: "a safety plan",
  begin: ofAWoman,
  seen: ({ safety: { plans } }) => (plans === 0 ? "None" : plans === 1 ? "Agreed" : "AgreedAnew"),
  states: {
    None: async () => {},
    Agreed: (told) => told.did("agree-safety-plan", measures()),
    AgreedAnew: async (told) => {
      for (const _ of [1, 2]) await told.did("agree-safety-plan", measures());
    },
  },
  changes: {
    "agree-safety-plan": { body: () => measures() },
    "agree-safety-plan to be looked at yesterday": { body: () => measures(-1) },
  },
  table: `
           | agree-safety-plan | agree-safety-plan to be looked at yesterday
None       | Agreed            | ReviewAlreadyDue
Agreed     | AgreedAnew        | ReviewAlreadyDue
AgreedAnew | done              | ReviewAlreadyDue
`,
};

const flagIn = ({ safety }: any): string => safety.flags[0]?.flag ?? nothing;
const raised = (told: Told) => told.did("raise-flag", { kind: "TwoStaffOnly" });

export const flags: Machine = {
  of: "a flag",
  begin: ofAWoman,
  seen: ({ safety }) => {
    const last = safety.flags.at(-1);
    return !last ? "NotRaised" : last.lowered ? "Lowered" : safety.flags.length > 1 ? "RaisedAnew" : "Raised";
  },
  states: {
    NotRaised: async () => {},
    Raised: raised,
    Lowered: async (told) => {
      await raised(told);
      await told.did("lower-flag", { flag: flagIn(await told.state()) });
    },
  },
  changes: { "raise-flag": { body: { kind: "TwoStaffOnly" } }, "lower-flag": { body: (state) => ({ flag: flagIn(state) }) } },
  table: `
          | raise-flag    | lower-flag
NotRaised | Raised        | FlagUnknown
Raised    | already       | Lowered
Lowered   | to RaisedAnew | already
`,
};

const incidentIn = ({ safety }: any): string => safety.incidents[0]?.incident ?? nothing;
const incident = { kind: "Threat", severity: "Serious" };

export const incidents: Machine = {
  of: "an incident",
  begin: ofAWoman,
  seen: ({
    safety: {
      incidents: [one],
    },
  }) => (!one ? "None" : one.resolved ? "Resolved" : "Reported"),
  states: {
    None: async () => {},
    Reported: (told) => told.did("report-security-incident", incident),
    Resolved: async (told) => {
      await told.did("report-security-incident", incident);
      await told.did("resolve-security-incident", { incident: incidentIn(await told.state()), outcome: "MeasuresTaken" });
    },
  },
  changes: {
    "report-security-incident": { body: incident },
    "resolve-security-incident": { body: (state) => ({ incident: incidentIn(state), outcome: "MeasuresTaken" }) },
  },
  table: `
         | report-security-incident | resolve-security-incident
None     | Reported                 | IncidentUnknown
Reported | done                     | Resolved
Resolved | done                     | already
`,
};
