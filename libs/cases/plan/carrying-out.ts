import { IsIn, IsInt, Max, Min } from "class-validator";
import { requireApprover } from "#access/approvals.js";
import { Described } from "#kernel/described.js";
import { require, requireNotBefore, type Instant, type Rule } from "#kernel/kernel.js";
import { Refuses } from "#kernel/refusals.js";
import { IsId } from "#platform/values/ids.js";
import { IsInstant, utc } from "#platform/values/time.js";
import { requireOpen } from "../open.js";
import { requireGoal, requireStandingGoal, versionIn, type PlanFact } from "./plan.js";
import type { PlanNeeds } from "./planning.js";
import { abandonmentReasons, planRejectionReasons, type AbandonmentReason, type PlanRejectionReason } from "./vocabulary.js";

// Requests

@Refuses("ApproverIsRequester", "ApproverOfAnotherRole", "ApproverOfOwnOrganisation", "CaseNotOpen", "PlanNotSubmitted")
export class ApproveCasePlan {}
@Refuses("ApproverIsRequester", "ApproverOfAnotherRole", "ApproverOfOwnOrganisation", "CaseNotOpen", "PlanNotSubmitted")
export class RejectCasePlan {
  @Described("What is to be changed") @IsIn(planRejectionReasons) reason!: PlanRejectionReason;
}
@Refuses("CaseNotOpen", "PlanNotApproved", "ReviewAlreadyDue")
export class ReviewCasePlan {
  @Described("When it is looked at again") @IsInstant() nextReviewBy!: Instant;
}
@Refuses("CaseNotOpen", "GoalEnded", "GoalUnknown", "PlanNotApproved")
export class RecordGoalProgress {
  @Described("Towards which goal") @IsId() goal!: string;
  @Described("How far, in hundredths") @IsInt() @Min(0) @Max(100) percent!: number;
}
@Refuses("CaseNotOpen", "GoalEnded", "GoalUnknown", "PlanNotApproved")
export class AchieveGoal {
  @Described("Which one") @IsId() goal!: string;
}
@Refuses("CaseNotOpen", "GoalEnded", "GoalUnknown", "PlanNotApproved")
export class AbandonGoal {
  @Described("Which one") @IsId() goal!: string;
  @Described("Why") @IsIn(abandonmentReasons) reason!: AbandonmentReason;
}
@Refuses("ActionUnknown", "CaseNotOpen", "GoalUnknown")
export class CompletePlanAction {
  @Described("Of which goal") @IsId() goal!: string;
  @Described("Which one") @IsId() action!: string;
}

// Rules

/** By somebody else than whoever drafted or submitted it (section 3.4 of the domain reference). The version before it stands no longer. */
export const approveCasePlan: Rule<PlanNeeds, ApproveCasePlan, PlanFact> = ({ plan, closure }, _, { at, now, actor }) => {
  const submitted = versionIn(plan, "Submitted");
  if (!submitted && plan.versions.at(-1)?.status === "Approved") return [];
  require(submitted, "PlanNotSubmitted");
  requireOpen(closure, at, now);
  requireNotBefore(at, submitted.since);
  requireApprover("plan", { requestedBy: submitted.submittedBy }, actor);
  requireApprover("plan", { requestedBy: submitted.draftedBy }, actor);
  const before = versionIn(plan, "Approved");
  return [
    { type: "CasePlanApproved", data: { plan: submitted.plan, approvedBy: actor.id } },
    ...(before ? [{ type: "CasePlanSuperseded" as const, data: { plan: before.plan } }] : []),
  ];
};

export const rejectCasePlan: Rule<PlanNeeds, RejectCasePlan, PlanFact> = ({ plan, closure }, { reason }, { at, now, actor }) => {
  const submitted = versionIn(plan, "Submitted");
  if (!submitted && plan.versions.at(-1)?.status === "Rejected") return [];
  require(submitted, "PlanNotSubmitted");
  requireOpen(closure, at, now);
  requireNotBefore(at, submitted.since);
  requireApprover("plan", { requestedBy: submitted.submittedBy }, actor);
  return [{ type: "CasePlanRejected", data: { plan: submitted.plan, rejectedBy: actor.id, reason } }];
};

export const reviewCasePlan: Rule<PlanNeeds, ReviewCasePlan, PlanFact> = ({ plan, closure }, request, { at, now }) => {
  requireOpen(closure, at, now);
  const standing = versionIn(plan, "Approved");
  require(standing, "PlanNotApproved");
  requireNotBefore(at, standing.since);
  const nextReviewBy = utc(request.nextReviewBy);
  require(nextReviewBy > now, "ReviewAlreadyDue");
  return [{ type: "CasePlanReviewed", data: { plan: standing.plan, nextReviewBy } }];
};

export const recordGoalProgress: Rule<PlanNeeds, RecordGoalProgress, PlanFact> = ({ plan, closure }, { goal, percent }, { at, now }) => {
  requireOpen(closure, at, now);
  const { percent: before } = requireStandingGoal(plan, goal);
  return before === percent ? [] : [{ type: "GoalProgressRecorded", data: { goal, percent } }];
};

export const achieveGoal: Rule<PlanNeeds, AchieveGoal, PlanFact> = ({ plan, closure }, { goal }, { at, now }) => {
  if (requireGoal(plan, goal).status === "Achieved") return [];
  requireOpen(closure, at, now);
  requireStandingGoal(plan, goal);
  return [{ type: "GoalAchieved", data: { goal } }];
};

export const abandonGoal: Rule<PlanNeeds, AbandonGoal, PlanFact> = ({ plan, closure }, { goal, reason }, { at, now }) => {
  if (requireGoal(plan, goal).status === "Abandoned") return [];
  requireOpen(closure, at, now);
  requireStandingGoal(plan, goal);
  return [{ type: "GoalAbandoned", data: { goal, reason } }];
};

export const completePlanAction: Rule<PlanNeeds, CompletePlanAction, PlanFact> = ({ plan, closure }, { goal, action }, { at, now }) => {
  requireOpen(closure, at, now);
  const found = requireGoal(plan, goal).actions.find((each) => each.action === action);
  require(found, "ActionUnknown");
  return found.done ? [] : [{ type: "PlanActionDone", data: { action, goal } }];
};
