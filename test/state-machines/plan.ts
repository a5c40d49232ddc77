import type { Machine } from "./machine.js";
import { agreed, approved, drafted, goal, goalsOf, ofAWoman, submitted, written } from "./steps.js";
import { idOf, inDays, nothing, type Told } from "./told.js";

// Draft -> Submitted -> Approved | Rejected -> Superseded; whoever asks for the approval does not give it (domain reference, 3.4).

const firstGoal = (state: any): string => goalsOf(state)[0]?.goal ?? nothing;
const firstStep = (state: any): string => goalsOf(state)[0]?.actions[0]?.action ?? nothing;

/** The versions of her plan, oldest first. */
const seen = ({ plan }: any): string =>
  plan.versions
    .map(({ status, agreed: isAgreed }: { status: string; agreed: boolean }) => {
      if (status !== "Draft") return status;
      return isAgreed ? "Agreed" : plan.goals.length > 0 ? "Draft" : "Empty";
    })
    .join("+") || "None";

const rejected = async (told: Told): Promise<void> => {
  await submitted(told);
  await told.did("reject-case-plan", { reason: "GoalsUnclear" }, "imani");
};
const anew = async (told: Told): Promise<void> => {
  await approved(told);
  await drafted(told);
};
const submittedAnew = async (told: Told): Promise<void> => {
  await anew(told);
  await told.did("agree-to-case-plan", { evidence: "Signature" });
  await told.did("submit-case-plan");
};

export const plan: Machine = {
  of: "a plan",
  begin: ofAWoman,
  seen,
  states: {
    None: async () => {},
    Empty: drafted,
    Draft: written,
    Agreed: agreed,
    Submitted: submitted,
    Approved: approved,
    Rejected: rejected,
    "Approved+Draft": anew,
    "Approved+Submitted": submittedAnew,
    "Superseded+Approved": async (told) => {
      await submittedAnew(told);
      await told.did("approve-case-plan", {}, "imani");
    },
  },
  changes: {
    "draft-case-plan": { body: () => ({ reviewBy: inDays(90) }) },
    "draft-case-plan to be reviewed yesterday": { body: () => ({ reviewBy: inDays(-1) }) },
    "set-goal": { body: goal },
    "set-plan-action": { body: (state) => ({ goal: firstGoal(state), responsible: idOf("amina"), dueBy: inDays(7) }) },
    "agree-to-case-plan": { body: { evidence: "Signature" } },
    "submit-case-plan": {},
    "approve-case-plan": { by: "imani" },
    "approve-case-plan by who submitted it": {},
    "reject-case-plan": { by: "imani", body: { reason: "GoalsUnclear" } },
    "reject-case-plan by who submitted it": { body: { reason: "GoalsUnclear" } },
    "review-case-plan": { body: () => ({ nextReviewBy: inDays(120) }) },
    "complete-plan-action": { body: (state) => ({ goal: firstGoal(state), action: firstStep(state) }) },
  },
  table: `
                    | draft-case-plan              | draft-case-plan to be reviewed yesterday | set-goal       | set-plan-action
None                | Empty                        | ReviewAlreadyDue                         | PlanNotDrafted | PlanNotDrafted
Empty               | PlanAlreadyDrafted           | PlanAlreadyDrafted                       | Draft          | GoalUnknown
Draft               | PlanAlreadyDrafted           | PlanAlreadyDrafted                       | done           | done
Agreed              | PlanAlreadyDrafted           | PlanAlreadyDrafted                       | Draft          | Draft
Submitted           | PlanAlreadyDrafted           | PlanAlreadyDrafted                       | PlanNotDrafted | PlanNotDrafted
Approved            | Approved+Draft               | ReviewAlreadyDue                         | PlanNotDrafted | PlanNotDrafted
Rejected            | to Rejected+Draft            | ReviewAlreadyDue                         | PlanNotDrafted | PlanNotDrafted
Approved+Draft      | PlanAlreadyDrafted           | PlanAlreadyDrafted                       | done           | done
Approved+Submitted  | PlanAlreadyDrafted           | PlanAlreadyDrafted                       | PlanNotDrafted | PlanNotDrafted
Superseded+Approved | to Superseded+Approved+Draft | ReviewAlreadyDue                         | PlanNotDrafted | PlanNotDrafted

                    | agree-to-case-plan | submit-case-plan | review-case-plan | complete-plan-action
None                | PlanNotDrafted     | PlanNotDrafted   | PlanNotApproved  | GoalUnknown
Empty               | PlanWithoutGoals   | PlanWithoutGoals | PlanNotApproved  | GoalUnknown
Draft               | Agreed             | PlanNotAgreed    | PlanNotApproved  | done
Agreed              | already            | Submitted        | PlanNotApproved  | done
Submitted           | PlanNotDrafted     | already          | PlanNotApproved  | done
Approved            | PlanNotDrafted     | PlanNotDrafted   | done             | done
Rejected            | PlanNotDrafted     | PlanNotDrafted   | PlanNotApproved  | done
Approved+Draft      | to Approved+Agreed | PlanNotAgreed    | done             | done
Approved+Submitted  | PlanNotDrafted     | already          | done             | done
Superseded+Approved | PlanNotDrafted     | PlanNotDrafted   | done             | done

                    | approve-case-plan   | approve-case-plan by who submitted it | reject-case-plan     | reject-case-plan by who submitted it
None                | PlanNotSubmitted    | PlanNotSubmitted                      | PlanNotSubmitted     | PlanNotSubmitted
Empty               | PlanNotSubmitted    | PlanNotSubmitted                      | PlanNotSubmitted     | PlanNotSubmitted
Draft               | PlanNotSubmitted    | PlanNotSubmitted                      | PlanNotSubmitted     | PlanNotSubmitted
Agreed              | PlanNotSubmitted    | PlanNotSubmitted                      | PlanNotSubmitted     | PlanNotSubmitted
Submitted           | Approved            | ApproverIsRequester                   | Rejected             | ApproverIsRequester
Approved            | already             | already                               | PlanNotSubmitted     | PlanNotSubmitted
Rejected            | PlanNotSubmitted    | PlanNotSubmitted                      | already              | already
Approved+Draft      | PlanNotSubmitted    | PlanNotSubmitted                      | PlanNotSubmitted     | PlanNotSubmitted
Approved+Submitted  | Superseded+Approved | ApproverIsRequester                   | to Approved+Rejected | ApproverIsRequester
Superseded+Approved | already             | already                               | PlanNotSubmitted     | PlanNotSubmitted
`,
};

/** A goal stands from the approval on, until it is achieved or abandoned, each once. */
export const goals: Machine = {
  of: "a goal",
  begin: ofAWoman,
  seen: (state) => {
    const [first] = state.plan.goals;
    return !first ? "None" : state.plan.versions[0].status === "Approved" ? first.status : "NotApproved";
  },
  states: {
    None: async () => {},
    NotApproved: written,
    Open: approved,
    Achieved: async (told) => {
      await approved(told);
      await told.did("achieve-goal", { goal: firstGoal(await told.state()) });
    },
    Abandoned: async (told) => {
      await approved(told);
      await told.did("abandon-goal", { goal: firstGoal(await told.state()), reason: "HerWish" });
    },
  },
  changes: {
    "record-goal-progress": { body: (state) => ({ goal: firstGoal(state), percent: 40 }) },
    "record-goal-progress as before": { body: (state) => ({ goal: firstGoal(state), percent: 0 }) },
    "achieve-goal": { body: (state) => ({ goal: firstGoal(state) }) },
    "abandon-goal": { body: (state) => ({ goal: firstGoal(state), reason: "HerWish" }) },
  },
  table: `
            | record-goal-progress | record-goal-progress as before | achieve-goal    | abandon-goal
None        | GoalUnknown          | GoalUnknown                    | GoalUnknown     | GoalUnknown
NotApproved | PlanNotApproved      | PlanNotApproved                | PlanNotApproved | PlanNotApproved
Open        | done                 | already                        | Achieved        | Abandoned
Achieved    | GoalEnded            | GoalEnded                      | already         | GoalEnded
Abandoned   | GoalEnded            | GoalEnded                      | GoalEnded       | already
`,
};
