import { given, on } from "#kernel/given.js";
import { cases } from "../cases.js";
import type { IntakeFact } from "../intake/intake.js";
import {
  abandonGoal,
  achieveGoal,
  approveCasePlan,
  completePlanAction,
  recordGoalProgress,
  rejectCasePlan,
  reviewCasePlan,
} from "./carrying-out.js";
import type { PlanFact } from "./plan.js";
import { agreeToCasePlan, draftCasePlan, setGoal, setPlanAction, submitCasePlan } from "./planning.js";

const now = "2026-01-10T08:00:00.000Z";
const later = "2026-04-10T08:00:00.000Z";
const opened: IntakeFact = {
  type: "CaseOpened",
  data: { subject: "p-1", source: "Police", urgency: "Routine", region: "Kigoma", sex: "Female", ageBand: "21-29" },
};
const drafted = (version = 1): PlanFact => ({ type: "CasePlanDrafted", data: { plan: `v-${version}`, version, reviewBy: later } });
const goal = (plan = "v-1", id = "g-1"): PlanFact => ({ type: "GoalSet", data: { goal: id, plan, domain: "Health", dueBy: later } });
const action: PlanFact = { type: "PlanActionSet", data: { action: "a-1", goal: "g-1", plan: "v-1", responsible: "amina", dueBy: later } };
const agreed = (plan = "v-1"): PlanFact => ({ type: "CasePlanAgreed", data: { plan, evidence: "Signature" } });
const submitted = (plan = "v-1"): PlanFact => ({ type: "CasePlanSubmitted", data: { plan, submittedBy: "amina" } });
const approved = (plan = "v-1"): PlanFact => ({ type: "CasePlanApproved", data: { plan, approvedBy: "neema" } });
const rejected: PlanFact = { type: "CasePlanRejected", data: { plan: "v-1", rejectedBy: "neema", reason: "GoalsUnclear" } };
const waiting = [opened, drafted(), goal(), agreed(), submitted()] as const;
const standing = [...waiting, approved()] as const;
const supervisor = { actor: { id: "neema", role: "supervisor" } };
const closed = { type: "CaseClosed", data: { reason: "Other", episode: 1 } } as const;

describe("a plan is written", () => {
  test("in versions, one at a time", () => {
    given(cases, opened)
      .when(draftCasePlan, { reviewBy: later })
      .then({ type: "CasePlanDrafted", data: { plan: "id-1", version: 1, reviewBy: later } });
    given(cases, ...standing)
      .when(draftCasePlan, { reviewBy: later })
      .then({ type: "CasePlanDrafted", data: { plan: "id-1", version: 2, reviewBy: later } });
    given(cases, opened, drafted()).when(draftCasePlan, { reviewBy: later }).refused("PlanAlreadyDrafted");
    given(cases, ...waiting)
      .when(draftCasePlan, { reviewBy: later })
      .refused("PlanAlreadyDrafted");
  });
  test("to be looked at again, and while she is supported", () => {
    given(cases, opened).when(draftCasePlan, { reviewBy: now }).refused("ReviewAlreadyDue");
    given(cases, opened, closed).when(draftCasePlan, { reviewBy: later }).refused("CaseNotOpen");
    given(cases, opened, { type: "FollowUpStarted", data: { episode: 1 } })
      .when(draftCasePlan, { reviewBy: later })
      .refused("CaseInFollowUp");
  });
  test("with goals, in her words", () => {
    given(cases, opened, drafted())
      .when(setGoal, { domain: "Health", dueBy: later, target: "Invented target" })
      .then({
        type: "GoalSet",
        data: { goal: "id-1", plan: "v-1", domain: "Health", dueBy: later },
        personal: { "p-1": { narrative: { target: "Invented target" } } },
      });
    given(cases, opened, drafted()).when(setGoal, { domain: "Health", dueBy: now }).refused("GoalDueAlready");
    given(cases, opened).when(setGoal, { domain: "Health", dueBy: later }).refused("PlanNotDrafted");
    given(cases, ...standing)
      .when(setGoal, { domain: "Health", dueBy: later })
      .refused("PlanNotDrafted");
  });
  test("with steps, each somebody's, by some day", () => {
    const step = { goal: "g-1", responsible: "amina", dueBy: later };
    given(cases, opened, drafted(), goal())
      .when(setPlanAction, step)
      .then({ type: "PlanActionSet", data: { action: "id-1", plan: "v-1", ...step } });
    given(cases, opened, drafted(), goal())
      .when(setPlanAction, { ...step, dueBy: now })
      .refused("ActionDueAlready");
    given(cases, opened, drafted()).when(setPlanAction, step).refused("GoalUnknown");
    given(cases, ...standing, { type: "GoalAchieved", data: { goal: "g-1" } }, drafted(2))
      .when(setPlanAction, step)
      .refused("GoalEnded");
  });
  test("and not changed while it waits to be decided, or once it is approved: that is a new version, which she agrees to", () => {
    const step = { goal: "g-1", responsible: "amina", dueBy: later };
    given(cases, ...waiting)
      .when(setPlanAction, step)
      .refused("PlanNotDrafted");
    given(cases, ...standing)
      .when(setPlanAction, step)
      .refused("PlanNotDrafted");
    given(cases, ...standing, drafted(2))
      .when(setPlanAction, step)
      .then({ type: "PlanActionSet", data: { action: "id-1", plan: "v-2", ...step } });
    given(cases, opened, drafted(), goal(), agreed(), action).when(submitCasePlan, {}).refused("PlanNotAgreed");
  });
  test("and a review that is told late changes no later one", () => {
    const reviewed: PlanFact = { type: "CasePlanReviewed", data: { plan: "v-1", nextReviewBy: later } };
    given(cases, ...[...standing].map((fact) => on("2026-01-01T08:00:00.000Z", fact)), on("2026-01-05T08:00:00.000Z", reviewed))
      .when(reviewCasePlan, { nextReviewBy: later }, { at: "2026-01-03T08:00:00.000Z", now })
      .refused("BeforeItsBeginning");
  });
});

describe("it is hers", () => {
  test("so that she agrees to it, once there is something to agree to", () => {
    given(cases, opened, drafted(), goal()).when(agreeToCasePlan, { evidence: "Signature" }).then(agreed());
    given(cases, opened, drafted(), goal(), agreed()).when(agreeToCasePlan, { evidence: "Signature" }).then();
    given(cases, opened, drafted()).when(agreeToCasePlan, { evidence: "Signature" }).refused("PlanWithoutGoals");
    given(cases, opened).when(agreeToCasePlan, { evidence: "Signature" }).refused("PlanNotDrafted");
  });
  test("and nobody decides about it before she has", () => {
    given(cases, opened, drafted(), goal(), agreed()).when(submitCasePlan, {}).then(submitted());
    given(cases, opened, drafted(), goal()).when(submitCasePlan, {}).refused("PlanNotAgreed");
    given(cases, opened, drafted()).when(submitCasePlan, {}).refused("PlanWithoutGoals");
    given(cases, opened).when(submitCasePlan, {}).refused("PlanNotDrafted");
    given(cases, ...waiting)
      .when(submitCasePlan, {})
      .then();
  });
});

test("what is added after she has agreed, she agrees to as well", () =>
  given(cases, opened, drafted(), goal(), agreed(), goal("v-1", "g-2")).when(submitCasePlan, {}).refused("PlanNotAgreed"));

test("nothing goes on with it in a case that is closed, and in follow-up what waits is decided", () => {
  given(cases, opened, drafted(), goal(), closed).when(agreeToCasePlan, { evidence: "Signature" }).refused("CaseNotOpen");
  const ended = given(cases, ...waiting, closed);
  ended.when(approveCasePlan, {}, supervisor).refused("CaseNotOpen");
  ended.when(rejectCasePlan, { reason: "GoalsUnclear" }, supervisor).refused("CaseNotOpen");
  const followedUp = given(cases, ...waiting, { type: "FollowUpStarted", data: { episode: 1 } });
  followedUp.when(approveCasePlan, {}, supervisor).then(approved());
});

test("whoever drafted it does not approve it, whoever submitted it", () => {
  const byNeema = on(now, drafted(), { id: "neema", role: "supervisor" });
  given(cases, opened, byNeema, goal(), agreed(), submitted()).when(approveCasePlan, {}, supervisor).refused("ApproverIsRequester");
});

describe("it is decided", () => {
  test("by somebody else, who supervises", () => {
    given(cases, ...waiting)
      .when(approveCasePlan, {}, supervisor)
      .then(approved());
    given(cases, ...waiting)
      .when(approveCasePlan, {}, { actor: { id: "amina", role: "supervisor" } })
      .refused("ApproverIsRequester");
    given(cases, ...waiting)
      .when(approveCasePlan, {}, { actor: { id: "juma", role: "nurse" } })
      .refused("ApproverOfAnotherRole");
    given(cases, opened, drafted()).when(approveCasePlan, {}, supervisor).refused("PlanNotSubmitted");
    given(cases, ...standing)
      .when(approveCasePlan, {}, supervisor)
      .then();
  });
  test("so that the version before it stands no longer", () =>
    given(cases, ...standing, drafted(2), agreed("v-2"), submitted("v-2"))
      .when(approveCasePlan, {}, supervisor)
      .then(approved("v-2"), { type: "CasePlanSuperseded", data: { plan: "v-1" } }));
  test("or rejected, with what is to be changed", () => {
    given(cases, ...waiting)
      .when(rejectCasePlan, { reason: "GoalsUnclear" }, supervisor)
      .then(rejected);
    given(cases, ...waiting)
      .when(rejectCasePlan, { reason: "GoalsUnclear" }, { actor: { id: "amina", role: "supervisor" } })
      .refused("ApproverIsRequester");
    given(cases, ...waiting, rejected)
      .when(rejectCasePlan, { reason: "GoalsUnclear" }, supervisor)
      .then();
    given(cases, opened).when(rejectCasePlan, { reason: "GoalsUnclear" }, supervisor).refused("PlanNotSubmitted");
  });
  test("and what was set in a rejected one is of the next", () =>
    given(cases, ...waiting, rejected, drafted(2), agreed("v-2"), submitted("v-2"), approved("v-2"))
      .when(achieveGoal, { goal: "g-1" })
      .then({ type: "GoalAchieved", data: { goal: "g-1" } }));
});

describe("it is carried out", () => {
  test("goal by goal, measured", () => {
    const half: PlanFact = { type: "GoalProgressRecorded", data: { goal: "g-1", percent: 50 } };
    given(cases, ...standing)
      .when(recordGoalProgress, { goal: "g-1", percent: 50 })
      .then(half);
    given(cases, ...standing, half)
      .when(recordGoalProgress, { goal: "g-1", percent: 50 })
      .then();
  });
  test("until each is reached, or given up with a reason", () => {
    const reached: PlanFact = { type: "GoalAchieved", data: { goal: "g-1" } };
    const givenUp: PlanFact = { type: "GoalAbandoned", data: { goal: "g-1", reason: "HerWish" } };
    given(cases, ...standing)
      .when(achieveGoal, { goal: "g-1" })
      .then(reached);
    given(cases, ...standing, reached)
      .when(achieveGoal, { goal: "g-1" })
      .then();
    given(cases, ...standing)
      .when(abandonGoal, { goal: "g-1", reason: "HerWish" })
      .then(givenUp);
    given(cases, ...standing, givenUp)
      .when(abandonGoal, { goal: "g-1", reason: "HerWish" })
      .then();
    given(cases, ...standing, reached)
      .when(abandonGoal, { goal: "g-1", reason: "HerWish" })
      .refused("GoalEnded");
    given(cases, ...standing, givenUp)
      .when(achieveGoal, { goal: "g-1" })
      .refused("GoalEnded");
    given(cases, ...standing, reached)
      .when(recordGoalProgress, { goal: "g-1", percent: 50 })
      .refused("GoalEnded");
  });
  test("only of a plan that was approved, and while the case is open", () => {
    for (const [rule, more] of [
      [recordGoalProgress, { percent: 5 }],
      [achieveGoal, {}],
      [abandonGoal, { reason: "Other" }],
    ] as const) {
      const ask = { goal: "g-1", ...more } as never;
      given(cases, ...waiting)
        .when(rule as typeof achieveGoal, ask)
        .refused("PlanNotApproved");
      given(cases, opened)
        .when(rule as typeof achieveGoal, ask)
        .refused("GoalUnknown");
      given(cases, ...standing, closed)
        .when(rule as typeof achieveGoal, ask)
        .refused("CaseNotOpen");
    }
  });
  test("and its goals stand in the next version", () =>
    given(cases, ...standing, drafted(2), agreed("v-2"), submitted("v-2"), approved("v-2"), {
      type: "CasePlanSuperseded",
      data: { plan: "v-1" },
    })
      .when(achieveGoal, { goal: "g-1" })
      .then({ type: "GoalAchieved", data: { goal: "g-1" } }));
  test("step by step", () => {
    const finished: PlanFact = { type: "PlanActionDone", data: { action: "a-1", goal: "g-1" } };
    given(cases, ...waiting, action)
      .when(completePlanAction, { goal: "g-1", action: "a-1" })
      .then(finished);
    given(cases, ...waiting, action, finished)
      .when(completePlanAction, { goal: "g-1", action: "a-1" })
      .then();
    given(cases, ...waiting)
      .when(completePlanAction, { goal: "g-1", action: "a-1" })
      .refused("ActionUnknown");
    given(cases, opened).when(completePlanAction, { goal: "g-1", action: "a-1" }).refused("GoalUnknown");
    given(cases, ...waiting, action, closed)
      .when(completePlanAction, { goal: "g-1", action: "a-1" })
      .refused("CaseNotOpen");
  });
  test("and looked at again", () => {
    given(cases, ...standing)
      .when(reviewCasePlan, { nextReviewBy: later })
      .then({ type: "CasePlanReviewed", data: { plan: "v-1", nextReviewBy: later } });
    given(cases, ...standing)
      .when(reviewCasePlan, { nextReviewBy: now })
      .refused("ReviewAlreadyDue");
    given(cases, ...waiting)
      .when(reviewCasePlan, { nextReviewBy: later })
      .refused("PlanNotApproved");
    given(cases, ...standing, closed)
      .when(reviewCasePlan, { nextReviewBy: later })
      .refused("CaseNotOpen");
  });
});
