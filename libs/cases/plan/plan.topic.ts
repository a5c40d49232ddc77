import { may } from "#access/decide.js";
import { change } from "#api/changes/changes.js";
import { list } from "#api/reads/reads.js";
import { topic } from "#topics/topic.js";
import { cases } from "../cases.js";
import { caseView } from "../intake/case.view.js";
import { planArea } from "./areas.js";
import * as carrying from "./carrying-out.js";
import { planVocabularies } from "./labels.js";
import { plan } from "./plan.js";
import { casePlanView, casePlanWordsView, goalView } from "./plan.view.js";
import * as planning from "./planning.js";

const write = may("write", planArea);
const read = may("read", planArea, "CaseManagement", "Accommodation", "Oversight");

/** What she and her team have set out to do, by when and by whom, and how far it has come. */
export const planTopic = topic(cases, plan, {
  state: planArea,
  facts: {
    CasePlanDrafted: planArea,
    GoalSet: planArea,
    PlanActionSet: planArea,
    PlanActionDone: planArea,
    CasePlanAgreed: planArea,
    CasePlanSubmitted: planArea,
    CasePlanApproved: planArea,
    CasePlanRejected: planArea,
    CasePlanSuperseded: planArea,
    CasePlanReviewed: planArea,
    GoalProgressRecorded: planArea,
    GoalAchieved: planArea,
    GoalAbandoned: planArea,
  },
  changes: {
    CaseManagement: [
      change(planning.draftCasePlan, planning.DraftCasePlan, write),
      change(planning.setGoal, planning.SetGoal, write),
      change(planning.setPlanAction, planning.SetPlanAction, write),
      change(planning.agreeToCasePlan, planning.AgreeToCasePlan, write),
      change(planning.submitCasePlan, planning.SubmitCasePlan, write),
      change(carrying.approveCasePlan, carrying.ApproveCasePlan, write),
      change(carrying.rejectCasePlan, carrying.RejectCasePlan, write),
      change(carrying.reviewCasePlan, carrying.ReviewCasePlan, write),
      change(carrying.recordGoalProgress, carrying.RecordGoalProgress, write),
      change(carrying.achieveGoal, carrying.AchieveGoal, write),
      change(carrying.abandonGoal, carrying.AbandonGoal, write),
      change(carrying.completePlanAction, carrying.CompletePlanAction, write),
    ],
  },
  views: [casePlanView, goalView],
  sections: { planWords: casePlanWordsView },
  lists: [
    list(casePlanView, {
      name: "plans",
      permission: read,
      filters: ["caseId", "status"],
      sorts: ["-draftedAt", "draftedAt"],
      below: { caseId: () => [caseView] },
    }),
    list(goalView, {
      name: "goals",
      permission: read,
      filters: ["caseId", "status", "domain"],
      sorts: ["dueBy", "-dueBy"],
      below: { caseId: () => [caseView] },
    }),
  ],
  vocabularies: planVocabularies,
});
