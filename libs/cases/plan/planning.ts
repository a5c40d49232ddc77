import { IsIn, IsString, Matches, MaxLength } from "class-validator";
import { Personal } from "#access/personal.js";
import { Described } from "#kernel/described.js";
import { require, requireNotBefore, type Instant, type Rule } from "#kernel/kernel.js";
import { Refuses } from "#kernel/refusals.js";
import { IsId } from "#platform/values/ids.js";
import { Optional } from "#platform/values/optional.js";
import { IsInstant, utc } from "#platform/values/time.js";
import type { Intake } from "../intake/intake.js";
import { requireOpen, requireSupport, type Openness } from "../open.js";
import { evidences, type Evidence } from "../vocabulary.js";
import { requireDraft, requireGoal, versionIn, type Plan, type PlanFact } from "./plan.js";
import { goalDomains, type GoalDomain } from "./vocabulary.js";

// Requests

@Refuses("CaseInFollowUp", "CaseNotOpen", "PlanAlreadyDrafted", "ReviewAlreadyDue")
export class DraftCasePlan {
  @Described("When it is looked at again") @IsInstant() reviewBy!: Instant;
}
@Refuses("CaseInFollowUp", "CaseNotOpen", "GoalDueAlready", "PlanNotDrafted")
export class SetGoal {
  @Described("What it is about") @IsIn(goalDomains) domain!: GoalDomain;
  @Described("By when it is to be reached") @IsInstant() dueBy!: Instant;
  @Optional() @Personal("narrative") @IsString() @MaxLength(2000) target?: string;
}
@Refuses("ActionDueAlready", "CaseInFollowUp", "CaseNotOpen", "GoalEnded", "GoalUnknown", "PlanNotDrafted")
export class SetPlanAction {
  @Described("Towards which goal") @IsId() goal!: string;
  @Described("The id of whoever does it")
  @IsString()
  @Matches(/^[\w|:.-]{1,100}$/, { message: "$property must be the id of a person, of letters, digits and | : . - _" })
  responsible!: string;
  @Described("By when") @IsInstant() dueBy!: Instant;
  @Optional() @Personal("narrative") @IsString() @MaxLength(2000) task?: string;
}
@Refuses("CaseNotOpen", "PlanNotDrafted", "PlanWithoutGoals")
export class AgreeToCasePlan {
  @Described("How it is proven") @IsIn(evidences) evidence!: Evidence;
}
@Refuses("CaseInFollowUp", "CaseNotOpen", "PlanNotAgreed", "PlanNotDrafted", "PlanWithoutGoals")
export class SubmitCasePlan {}

// Rules

export type PlanNeeds = { plan: Plan; closure: Openness };

/** What is changed in a plan is a new version: the one that was approved stands until the next is. */
export const draftCasePlan: Rule<PlanNeeds, DraftCasePlan, PlanFact> = ({ plan, closure }, request, { at, now, newId }) => {
  requireSupport(closure, at, now);
  require(versionIn(plan, "Draft", "Submitted") === undefined, "PlanAlreadyDrafted");
  const reviewBy = utc(request.reviewBy);
  require(reviewBy > at, "ReviewAlreadyDue");
  requireNotBefore(at, plan.versions.at(-1)?.since ?? null);
  return [{ type: "CasePlanDrafted", data: { plan: newId(), version: plan.versions.length + 1, reviewBy } }];
};

/** In her words: what she wants to reach. */
export const setGoal: Rule<PlanNeeds & { intake: Intake }, SetGoal, PlanFact> = (state, { domain, target, ...request }, context) => {
  const { plan, closure, intake } = state;
  const { at, now, newId } = context;
  requireSupport(closure, at, now);
  const draft = requireDraft(plan);
  const dueBy = utc(request.dueBy);
  require(dueBy > at, "GoalDueAlready");
  const personal = target ? { [intake.subject]: { narrative: { target } } } : undefined;
  return [{ type: "GoalSet", data: { goal: newId(), plan: draft.plan, domain, dueBy }, personal }];
};

/** Towards a goal of any version that stands or is written: what is added while a version is written, she agrees to with it. */
export const setPlanAction: Rule<PlanNeeds & { intake: Intake }, SetPlanAction, PlanFact> = (state, request, { at, now, newId }) => {
  const { plan, closure, intake } = state;
  requireSupport(closure, at, now);
  const { goal, responsible, task } = request;
  const draft = requireDraft(plan);
  require(requireGoal(plan, goal).status === "Open", "GoalEnded");
  const dueBy = utc(request.dueBy);
  require(dueBy > at, "ActionDueAlready");
  const personal = task ? { [intake.subject]: { narrative: { task } } } : undefined;
  return [{ type: "PlanActionSet", data: { action: newId(), goal, plan: draft.plan, responsible, dueBy }, personal }];
};

/** Without a goal there is nothing to agree to. @throws Refusal */
const requireGoals = ({ goals }: Plan): void => require(goals.some(({ status }) => status === "Open"), "PlanWithoutGoals");

/** It is her plan: she agrees to it before anybody approves it. */
export const agreeToCasePlan: Rule<PlanNeeds, AgreeToCasePlan, PlanFact> = ({ plan, closure }, { evidence }, { at, now }) => {
  const draft = requireDraft(plan);
  requireGoals(plan);
  if (draft.agreed) return [];
  requireOpen(closure, at, now);
  return [{ type: "CasePlanAgreed", data: { plan: draft.plan, evidence } }];
};

export const submitCasePlan: Rule<PlanNeeds, SubmitCasePlan, PlanFact> = ({ plan, closure }, _, { at, now, actor }) => {
  if (versionIn(plan, "Submitted")) return [];
  requireSupport(closure, at, now);
  const draft = requireDraft(plan);
  requireNotBefore(at, draft.since);
  requireGoals(plan);
  require(draft.agreed, "PlanNotAgreed");
  return [{ type: "CasePlanSubmitted", data: { plan: draft.plan, submittedBy: actor.id } }];
};
