import { eachOf, right, type Expectation } from "#access/expectation.js";

/** Who may do and see what, as the people concerned would say it. */
export const expected: Expectation = {
  operations: {
    ...eachOf(
      [
        ...["draftCasePlan", "setGoal", "setPlanAction", "agreeToCasePlan", "submitCasePlan", "approveCasePlan", "rejectCasePlan"],
        ...["reviewCasePlan", "recordGoalProgress", "achieveGoal", "abandonGoal", "completePlanAction"],
      ],
      right("write", "plan", "a case"),
    ),
    ...eachOf(["plans", "goals"], right("read", "plan", "all")),
    ...eachOf(["casePlans", "caseGoals"], right("read", "plan", "a case")),
  },
  personal: { setGoal: { target: "narrative" }, setPlanAction: { task: "narrative" } },
  answers: {
    CasePlan: {
      ...eachOf(["id", "stale", "skipped", "intact"], "open"),
      ...eachOf(
        [
          ...["caseId", "version", "status", "draftedAt", "draftedBy", "agreed", "submittedBy", "decidedBy", "rejectedBecause"],
          ...["reviewBy"],
        ],
        "plan",
      ),
    },
    Goal: {
      ...eachOf(["id", "stale", "skipped", "intact"], "open"),
      ...eachOf(["caseId", "fact", "plan", "domain", "status", "percent", "dueBy", "abandonedBecause"], "plan"),
      ...eachOf(
        ["fact", "action", "responsible", "dueBy", "doneAt"].map((field) => `actions[].${field}`),
        "plan",
      ),
    },
    CasePlanWords: { ...eachOf(["id", "stale", "skipped"], "open"), words: "narrative" },
  },
  states: { case: { plan: "plan" } },
  facts: eachOf(
    [
      ...["CasePlanDrafted", "GoalSet", "PlanActionSet", "PlanActionDone", "CasePlanAgreed", "CasePlanSubmitted"],
      ...["CasePlanApproved", "CasePlanRejected", "CasePlanSuperseded", "CasePlanReviewed"],
      ...["GoalProgressRecorded", "GoalAchieved", "GoalAbandoned"],
    ],
    "plan",
  ),
  cells: {
    plan: {
      ...eachOf(["shelter-case-manager", "social-welfare-officer", "supervisor"], "W" as const),
      ...eachOf(["shelter-manager", "nurse", "psychologist", "lawyer", "return-officer", "auditor"], "R" as const),
    },
  },
  told: { GoalSet: { target: "Invented target" }, PlanActionSet: { task: "Invented task" } },
  story: async ({ resident, done, state }) => {
    const say = (verb: string, body: object = {}, role = "shelter-case-manager") => done(role, `/v1/cases/${resident}/${verb}`, body);
    const soon = new Date(Date.now() + 30 * 86_400_000).toISOString();
    type State = { plan: { goals: { goal: string; actions: { action: string }[] }[] } };
    const goals = async () => ((await state(`/v1/cases/${resident}`)) as State).plan.goals;
    const goal = (domain: string) => say("set-goal", { domain, dueBy: soon, target: "Invented target" });
    await say("draft-case-plan", { reviewBy: soon });
    await goal("Health");
    await goal("Legal");
    const [first, second] = await goals();
    await say("set-plan-action", { goal: first!.goal, responsible: "nobody", dueBy: soon, task: "Invented task" });
    const agreed = async () => {
      await say("agree-to-case-plan", { evidence: "Signature" });
      await say("submit-case-plan");
    };
    await agreed();
    await say("reject-case-plan", { reason: "GoalsUnclear" }, "supervisor");
    await say("draft-case-plan", { reviewBy: soon });
    await agreed();
    await say("approve-case-plan", {}, "supervisor");
    await say("draft-case-plan", { reviewBy: soon });
    await goal("Education");
    await agreed();
    await say("approve-case-plan", {}, "supervisor");
    await say("review-case-plan", { nextReviewBy: soon });
    const third = (await goals()).at(-1)!;
    await say("complete-plan-action", { goal: first!.goal, action: (await goals())[0]!.actions[0]!.action });
    await say("abandon-goal", { goal: second!.goal, reason: "HerWish" });
    await say("record-goal-progress", { goal: third.goal, percent: 50 });
    await say("achieve-goal", { goal: third.goal });
  },
};
