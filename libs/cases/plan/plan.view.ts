import { Code, Count, Flag, Key, Moment, Reference, Text, ViewOf, Words } from "#projection/declare/columns.js";
import { Sealed, SealedList, Shape, Structures } from "#projection/declare/shapes.js";
import { sealedPart, view } from "#projection/declare/view.js";
import type { SealedPart } from "#seal/sealed.js";
import { cases } from "../cases.js";
import { planArea as area } from "./areas.js";
import * as codes from "./vocabulary.js";

/** A version of her plan: what is changed in it is a new one. */
@ViewOf("CasePlan", {
  about: ["case", "caseId"],
  concerns: ["case", "caseId"],
  indexes: [
    ["draftedAt", "id"],
    ["caseId", "draftedAt", "id"],
    ["status", "draftedAt", "id"],
  ],
})
export class CasePlanView {
  @Key() id!: string;
  @Reference({ area }) caseId!: string;
  @Count({ area }) version!: number;
  @Code(codes.planStatuses, { area }) status!: codes.PlanStatus;
  @Moment({ area }) draftedAt!: string;
  @Text({ area, description: "Who drafted it" }) draftedBy!: string;
  @Flag({ area, description: "She has agreed to it" }) agreed!: boolean;
  @Text({ area, optional: true }) submittedBy!: string | null;
  @Text({ area, optional: true, description: "Who approved or rejected it" }) decidedBy!: string | null;
  @Code(codes.planRejectionReasons, { area, optional: true }) rejectedBecause!: codes.PlanRejectionReason | null;
  @Moment({ area, description: "When it is looked at again" }) reviewBy!: string;
}

export const casePlanView = view(cases)(CasePlanView, {
  version: 1,
  key: ({ id, data }) => ("plan" in data ? data.plan : id),
  project: {
    CasePlanDrafted: (_, { streamId, at, metadata: { by }, data: { plan, version, reviewBy } }) => ({
      ...{ id: plan, caseId: streamId, version, status: "Draft" as const, draftedAt: at, draftedBy: by.id, agreed: false },
      ...{ submittedBy: null, decidedBy: null, rejectedBecause: null, reviewBy },
    }),
    CasePlanAgreed: (row) => row && { ...row, agreed: true },
    CasePlanSubmitted: (row, { data: { submittedBy } }) => row && { ...row, status: "Submitted" as const, submittedBy },
    CasePlanApproved: (row, { data: { approvedBy } }) => row && { ...row, status: "Approved" as const, decidedBy: approvedBy },
    CasePlanRejected: (row, { data: { rejectedBy, reason } }) =>
      row && { ...row, status: "Rejected" as const, decidedBy: rejectedBy, rejectedBecause: reason },
    CasePlanSuperseded: (row) => row && { ...row, status: "Superseded" as const },
    CasePlanReviewed: (row, { data: { nextReviewBy } }) => row && { ...row, reviewBy: nextReviewBy },
  },
});

@Shape("PlanAction")
class PlanAction {
  @Text({ area, description: "What it is has the same `fact` among the tasks" }) fact!: string;
  @Text({ area }) action!: string;
  @Text({ area, description: "Who does it" }) responsible!: string;
  @Moment({ area }) dueBy!: string;
  @Moment({ area, optional: true }) doneAt!: string | null;
}
@Shape("GoalTarget")
class GoalTarget {
  @Words() target!: string;
}
@Shape("PlanTask")
class PlanTask {
  @Words() fact!: string;
  @Words() type!: string;
  @Words() task!: string;
}

/** What she wants to reach, and how far she has come. */
@ViewOf("Goal", {
  about: ["case", "caseId"],
  concerns: ["case", "caseId"],
  indexes: [
    ["dueBy", "id"],
    ["caseId", "dueBy", "id"],
    ["status", "dueBy", "id"],
    ["domain", "dueBy", "id"],
  ],
})
export class GoalView {
  @Key() id!: string;
  @Reference({ area }) caseId!: string;
  @Reference({ area, description: "The version that set it" }) plan!: string;
  @Code(codes.goalDomains, { area }) domain!: codes.GoalDomain;
  @Code(codes.goalStatuses, { area }) status!: codes.GoalStatus;
  @Count({ area, description: "How far, in hundredths" }) percent!: number;
  @Moment({ area }) dueBy!: string;
  @Code(codes.abandonmentReasons, { area, optional: true }) abandonedBecause!: codes.AbandonmentReason | null;
  @Structures(PlanAction) actions!: PlanAction[];
  @Sealed("narrative", GoalTarget) target!: SealedPart | null;
  @SealedList("narrative", PlanTask) tasks!: SealedPart[];
}

export const goalView = view(cases)(GoalView, {
  version: 1,
  key: ({ id, data }) => ("goal" in data ? data.goal : id),
  project: {
    GoalSet: (_, fact) => ({
      ...{ id: fact.data.goal, caseId: fact.streamId, plan: fact.data.plan, domain: fact.data.domain, status: "Open" as const },
      ...{ percent: 0, dueBy: fact.data.dueBy, abandonedBecause: null, actions: [], target: sealedPart(fact, "narrative"), tasks: [] },
    }),
    PlanActionSet: (row, fact) => {
      const task = sealedPart(fact, "narrative");
      const { action, responsible, dueBy } = fact.data;
      return (
        row && {
          ...row,
          actions: [...row.actions, { fact: fact.id, action, responsible, dueBy, doneAt: null }],
          tasks: task ? [...row.tasks, task] : row.tasks,
        }
      );
    },
    PlanActionDone: (row, { at, data: { action } }) =>
      row && { ...row, actions: row.actions.map((each) => (each.action === action ? { ...each, doneAt: at } : each)) },
    GoalProgressRecorded: (row, { data: { percent } }) => row && { ...row, percent },
    GoalAchieved: (row) => row && { ...row, status: "Achieved" as const, percent: 100 },
    GoalAbandoned: (row, { data: { reason } }) => row && { ...row, status: "Abandoned" as const, abandonedBecause: reason },
  },
});
