import { may } from "#access/decide.js";
import { change } from "#api/changes/changes.js";
import { list } from "#api/reads/reads.js";
import { topic } from "#topics/topic.js";
import { cases } from "../cases.js";
import { caseView } from "../intake/case.view.js";
import { riskArea } from "./areas.js";
import * as assessing from "./assessing.js";
import { safetyVocabularies } from "./labels.js";
import { safety } from "./safety.js";
import { caseSafetyView, securityIncidentView } from "./safety.view.js";

const write = may("write", riskArea);

/** What endangers her, and what is done about it. */
export const safetyTopic = topic(cases, safety, {
  state: riskArea,
  facts: {
    RiskAssessed: riskArea,
    SafetyPlanAgreed: riskArea,
    SecurityIncidentReported: riskArea,
    SecurityIncidentResolved: riskArea,
    FlagRaised: riskArea,
    FlagLowered: riskArea,
  },
  changes: {
    Safeguarding: [
      change(assessing.assessRisk, assessing.AssessRisk, write),
      change(assessing.agreeSafetyPlan, assessing.AgreeSafetyPlan, may("write", "safety")),
      change(assessing.reportSecurityIncident, assessing.ReportSecurityIncident, write),
      change(assessing.resolveSecurityIncident, assessing.ResolveSecurityIncident, write),
      change(assessing.raiseFlag, assessing.RaiseFlag, write),
      change(assessing.lowerFlag, assessing.LowerFlag, write),
    ],
  },
  views: [securityIncidentView],
  sections: { safety: caseSafetyView },
  lists: [
    list(securityIncidentView, {
      name: "securityIncidents",
      permission: may("read", riskArea, "Safeguarding", "CaseManagement", "Oversight"),
      filters: ["caseId", "severity"],
      sorts: ["-happenedAt", "happenedAt"],
      below: { caseId: () => [caseView] },
    }),
  ],
  vocabularies: safetyVocabularies,
});
