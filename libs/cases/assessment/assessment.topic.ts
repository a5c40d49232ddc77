import { may } from "#access/decide.js";
import { change, deployed } from "#api/changes/changes.js";
import type { ApiServices } from "#api/operations/services.js";
import { list } from "#api/reads/reads.js";
import { topic } from "#topics/topic.js";
import { templateVocabularies } from "#vocabulary/templates.js";
import { cases } from "../cases.js";
import { caseView } from "../intake/case.view.js";
import { caseAssessmentAnswersView } from "./answers.view.js";
import { assessmentArea } from "./areas.js";
import { CompleteAssessment, completeAssessment, SupplementAssessment, supplementAssessment } from "./assessing.js";
import { assessmentView } from "./assessment.view.js";
import { assessments } from "./assessments.js";
import { templatesOperation } from "./templates.api.js";

const write = may("write", assessmentArea);
const withTemplates = ({ templates }: ApiServices) => ({ templates });

/** The forms that are filled in with her: what she answered, what follows from it, and when she is asked again. */
export const assessmentTopic = topic(cases, assessments, {
  state: assessmentArea,
  facts: { AssessmentCompleted: assessmentArea, AssessmentSupplemented: assessmentArea, AssessmentSuperseded: assessmentArea },
  changes: {
    CaseManagement: [
      deployed(change(completeAssessment, CompleteAssessment, write), withTemplates),
      deployed(change(supplementAssessment, SupplementAssessment, write), withTemplates),
    ],
  },
  views: [assessmentView],
  sections: { assessmentAnswers: caseAssessmentAnswersView },
  lists: [
    list(assessmentView, {
      name: "assessments",
      permission: may("read", assessmentArea, "CaseManagement", "Accommodation", "Oversight"),
      filters: ["caseId", "template"],
      days: { completedOn: "completedAt" },
      sorts: ["-completedAt", "completedAt"],
      below: { caseId: () => [caseView] },
    }),
  ],
  reads: () => [templatesOperation],
  vocabularies: templateVocabularies,
});
