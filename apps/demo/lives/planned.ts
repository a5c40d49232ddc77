import { onDay } from "../telling.js";
import { idOf, type Life } from "./life.js";

/** What she wants to reach: she agrees to it, somebody else approves it, and it is looked at again. */
export function plans(life: Life): void {
  const { random, arrival, child } = life;
  const reviewBy = onDay(arrival + 95);
  life.step(arrival + 4, "own", "draft-case-plan", { reviewBy });
  const domains = random.some(child ? ["Education", "Family", "Safety"] : ["Livelihood", "Legal", "Housing"], random.between(1, 2));
  const goals = domains.map((domain) =>
    life.made(life.step(arrival + 4, "own", "set-goal", { domain, dueBy: onDay(arrival + 80), target: "An invented goal." }), "goal"),
  );
  const actions = goals.map((goal) => {
    const action = { goal, responsible: idOf(life.place.worker), dueBy: onDay(arrival + 40), task: "An invented task." };
    return { goal, action: life.made(life.step(arrival + 5, "own", "set-plan-action", action), "action") };
  });
  // Some plans are never more than a draft.
  if (random.chance(0.08)) return;
  agrees(life, 5);
  if (random.chance(0.1)) {
    life.step(arrival + 6, "supervisor", "reject-case-plan", { reason: random.pick(["GoalsUnclear", "GoalMissing"]) });
    life.step(arrival + 7, "own", "draft-case-plan", { reviewBy });
    agrees(life, 8);
  }
  if (random.chance(0.05)) return;
  life.step(arrival + 9, "supervisor", "approve-case-plan");
  for (const each of actions) if (random.chance(0.6)) life.step(arrival + 14, "own", "complete-plan-action", each);
  goals.forEach((goal, index) => pursues(life, goal, random.between(15, 18) + index * 0.01));
  if (life.goesOn(arrival + 90)) life.step(arrival + 88, "own", "review-case-plan", { nextReviewBy: onDay(arrival + 180) });
}

function agrees(life: Life, offset: number): void {
  life.step(life.arrival + offset, "own", "agree-to-case-plan", { evidence: life.random.pick(["Signature", "Thumbprint"]) });
  life.step(life.arrival + offset, "own", "submit-case-plan");
}

/** How far she comes with a goal. */
function pursues(life: Life, goal: object, offset: number): void {
  const { random, arrival } = life;
  life.step(arrival + offset, "own", "record-goal-progress", { goal, percent: random.pick([20, 40, 60]) });
  const end = random.next();
  const later = arrival + random.between(30, 75);
  if (!life.goesOn(later)) return;
  if (end < 0.5) life.step(later, "own", "achieve-goal", { goal });
  else if (end < 0.65) life.step(later, "own", "abandon-goal", { goal, reason: random.pick(["HerWish", "NotPossible"]) });
}
