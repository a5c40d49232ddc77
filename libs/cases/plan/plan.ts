import { require, slice, type Instant } from "#kernel/kernel.js";
import type { Evidence } from "../vocabulary.js";
import type { AbandonmentReason, GoalDomain, GoalStatus, PlanRejectionReason, PlanStatus } from "./vocabulary.js";

// Facts

type Said<Field extends string> = Record<string, { narrative: Record<Field, string> }> | undefined;
export type PlanFact =
  | { type: "CasePlanDrafted"; data: { plan: string; version: number; reviewBy: Instant } }
  | { type: "GoalSet"; data: { goal: string; plan: string; domain: GoalDomain; dueBy: Instant }; personal?: Said<"target"> }
  /** `plan`: the version that it was set in; not said in the first facts of the kind. */
  | {
      type: "PlanActionSet";
      data: { action: string; goal: string; plan?: string | undefined; responsible: string; dueBy: Instant };
      personal?: Said<"task">;
    }
  | { type: "PlanActionDone"; data: { action: string; goal: string } }
  | { type: "CasePlanAgreed"; data: { plan: string; evidence: Evidence } }
  | { type: "CasePlanSubmitted"; data: { plan: string; submittedBy: string } }
  | { type: "CasePlanApproved"; data: { plan: string; approvedBy: string } }
  | { type: "CasePlanRejected"; data: { plan: string; rejectedBy: string; reason: PlanRejectionReason } }
  /** Another version stands in its place. */
  | { type: "CasePlanSuperseded"; data: { plan: string } }
  | { type: "CasePlanReviewed"; data: { plan: string; nextReviewBy: Instant } }
  | { type: "GoalProgressRecorded"; data: { goal: string; percent: number } }
  | { type: "GoalAchieved"; data: { goal: string } }
  | { type: "GoalAbandoned"; data: { goal: string; reason: AbandonmentReason } };

// State

/** A version of the plan. What is changed in it is a new one. */
export interface PlanVersion {
  readonly plan: string;
  readonly version: number;
  readonly status: PlanStatus;
  readonly agreed: boolean;
  readonly draftedBy: string;
  readonly submittedBy: string | null;
  /** When it took its last step. */
  readonly since: Instant;
}
/** A goal stands from the approval of the version that set it until it is achieved or abandoned, in later versions as well. */
export interface Goal {
  readonly goal: string;
  readonly plan: string;
  readonly status: GoalStatus;
  readonly percent: number;
  readonly actions: readonly { readonly action: string; readonly done: boolean }[];
}
export interface Plan {
  readonly versions: readonly PlanVersion[];
  readonly goals: readonly Goal[];
}

export const plan = slice<PlanFact>()<Plan>(
  { versions: [], goals: [] },
  {
    // What was set in a version that was rejected is of the next one.
    CasePlanDrafted: (state, { plan, version }, { at, by }) => ({
      goals: state.goals.map((goal) => (statusOf(state, goal.plan) === "Rejected" ? { ...goal, plan } : goal)),
      versions: [...state.versions, { plan, version, status: "Draft", agreed: false, draftedBy: by.id, submittedBy: null, since: at }],
    }),
    // What is added after she has agreed, she has not agreed to.
    GoalSet: (state, { goal, plan }) => ({
      ...ofVersion(state, plan, { agreed: false }),
      goals: [...state.goals, { goal, plan, status: "Open", percent: 0, actions: [] }],
    }),
    PlanActionSet: (state, { action, goal, plan }) => {
      const before = plan === undefined ? state : ofVersion(state, plan, { agreed: false });
      return ofGoal(before, goal, ({ actions }) => ({ actions: [...actions, { action, done: false }] }));
    },
    PlanActionDone: (state, { action, goal }) =>
      ofGoal(state, goal, ({ actions }) => ({ actions: actions.map((each) => (each.action === action ? { action, done: true } : each)) })),
    CasePlanAgreed: (state, { plan }) => ofVersion(state, plan, { agreed: true }),
    CasePlanSubmitted: (state, { plan, submittedBy }, { at }) => ofVersion(state, plan, { status: "Submitted", submittedBy, since: at }),
    CasePlanApproved: (state, { plan }, { at }) => ofVersion(state, plan, { status: "Approved", since: at }),
    CasePlanRejected: (state, { plan }, { at }) => ofVersion(state, plan, { status: "Rejected", since: at }),
    CasePlanSuperseded: (state, { plan }, { at }) => ofVersion(state, plan, { status: "Superseded", since: at }),
    CasePlanReviewed: (state, { plan }, { at }) => ofVersion(state, plan, { since: at }),
    GoalProgressRecorded: (state, { goal, percent }) => ofGoal(state, goal, () => ({ percent })),
    GoalAchieved: (state, { goal }) => ofGoal(state, goal, () => ({ status: "Achieved", percent: 100 })),
    GoalAbandoned: (state, { goal }) => ofGoal(state, goal, () => ({ status: "Abandoned" })),
  },
  {},
  { CasePlanReviewed: [], PlanActionDone: [], GoalProgressRecorded: [], GoalAchieved: [], GoalAbandoned: [] },
);

const statusOf = ({ versions }: Plan, plan: string): PlanStatus | undefined => versions.find((each) => each.plan === plan)?.status;

const ofVersion = (state: Plan, plan: string, change: Partial<PlanVersion>): Plan => ({
  ...state,
  versions: state.versions.map((each) => (each.plan === plan ? { ...each, ...change } : each)),
});
const ofGoal = (state: Plan, goal: string, change: (goal: Goal) => Partial<Goal>): Plan => ({
  ...state,
  goals: state.goals.map((each) => (each.goal === goal ? { ...each, ...change(each) } : each)),
});

// Asked by its rules

export const versionIn = ({ versions }: Plan, ...statuses: readonly PlanStatus[]): PlanVersion | undefined =>
  versions.findLast(({ status }) => statuses.includes(status));

/** The version that is being written. @throws Refusal, where none is */
export function requireDraft(state: Plan): PlanVersion {
  const draft = versionIn(state, "Draft");
  require(draft, "PlanNotDrafted");
  return draft;
}

/** @throws Refusal, where there is no such goal */
export function requireGoal({ goals }: Plan, goal: string): Goal {
  const found = goals.find((each) => each.goal === goal);
  require(found, "GoalUnknown");
  return found;
}

/** A goal that somebody else has approved, and that has not ended. @throws Refusal */
export function requireStandingGoal(state: Plan, goal: string): Goal {
  const found = requireGoal(state, goal);
  const status = statusOf(state, found.plan);
  require(status === "Approved" || status === "Superseded", "PlanNotApproved");
  require(found.status === "Open", "GoalEnded");
  return found;
}
