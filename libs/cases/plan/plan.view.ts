import { Code, Count, Flag, Key, Moment, Reference, Text, ViewOf, Words } from "#projection/declare/columns.js";
import { SealedList, Shape, Structures } from "#projection/declare/shapes.js";
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
  version: 2,
  key: ({ id, data }) => ("plan" in data && data.plan !== undefined ? data.plan : id),
  project: {
    CasePlanDrafted: (_, { streamId, at, metadata: { by }, data: { plan, version, reviewBy } }) => ({
      ...{ id: plan, caseId: streamId, version, status: "Draft" as const, draftedAt: at, draftedBy: by.id, agreed: false },
      ...{ submittedBy: null, decidedBy: null, rejectedBecause: null, reviewBy },
    }),
    GoalSet: (row) => row && { ...row, agreed: false },
    PlanActionSet: (row) => row && { ...row, agreed: false },
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
  @Text({ area, description: "What it is has the same `fact` in the record of her case" }) fact!: string;
  @Text({ area }) action!: string;
  @Text({ area, description: "Who does it" }) responsible!: string;
  @Moment({ area }) dueBy!: string;
  @Moment({ area, optional: true }) doneAt!: string | null;
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
  @Text({ area, description: "Its words have the same `fact` in the record of her case" }) fact!: string;
  @Reference({ area, description: "The version that set it" }) plan!: string;
  @Code(codes.goalDomains, { area }) domain!: codes.GoalDomain;
  @Code(codes.goalStatuses, { area }) status!: codes.GoalStatus;
  @Count({ area, description: "How far, in hundredths" }) percent!: number;
  @Moment({ area }) dueBy!: string;
  @Code(codes.abandonmentReasons, { area, optional: true }) abandonedBecause!: codes.AbandonmentReason | null;
  @Structures(PlanAction) actions!: PlanAction[];
}

export const goalView = view(cases)(GoalView, {
  version: 1,
  key: ({ id, data }) => ("goal" in data ? data.goal : id),
  project: {
    GoalSet: (_, fact) => ({
      ...{
        id: fact.data.goal,
        caseId: fact.streamId,
        fact: fact.id,
        plan: fact.data.plan,
        domain: fact.data.domain,
        status: "Open" as const,
      },
      ...{ percent: 0, dueBy: fact.data.dueBy, abandonedBecause: null, actions: [] },
    }),
    PlanActionSet: (row, { id, data: { action, responsible, dueBy } }) =>
      row && { ...row, actions: [...row.actions, { fact: id, action, responsible, dueBy, doneAt: null }] },
    PlanActionDone: (row, { at, data: { action } }) =>
      row && { ...row, actions: row.actions.map((each) => (each.action === action ? { ...each, doneAt: at } : each)) },
    GoalProgressRecorded: (row, { data: { percent } }) => row && { ...row, percent },
    GoalAchieved: (row) => row && { ...row, status: "Achieved" as const, percent: 100 },
    GoalAbandoned: (row, { data: { reason } }) => row && { ...row, status: "Abandoned" as const, abandonedBecause: reason },
  },
});

@Shape("PlanWord")
class PlanWord {
  @Words() fact!: string;
  @Words() type!: string;
  @Words({ description: "What she wants to reach" }) target!: string;
  @Words({ description: "What somebody does for it" }) task!: string;
}

/** Her plan in words: what she wants to reach, and what is done for it. */
@ViewOf("CasePlanWords", { concerns: ["case", "id"] })
export class CasePlanWordsView {
  @Key() id!: string;
  @SealedList("narrative", PlanWord, { description: "Of goals and steps, by the `fact` that set them" }) words!: SealedPart[];
}

type Told = Parameters<typeof sealedPart>[0] & { readonly streamId: string };
const inWords = (row: CasePlanWordsView | null, fact: Told): CasePlanWordsView | null => {
  const part = sealedPart(fact, "narrative");
  return part ? { id: fact.streamId, words: [...(row?.words ?? []), part] } : row;
};

export const casePlanWordsView = view(cases)(CasePlanWordsView, {
  version: 1,
  key: ({ streamId }) => streamId,
  project: { GoalSet: inWords, PlanActionSet: inWords },
});
