export const planStatuses = ["Draft", "Submitted", "Approved", "Rejected", "Superseded"] as const;
export type PlanStatus = (typeof planStatuses)[number];
export const goalDomains = [
  "Safety",
  "Health",
  "Psychosocial",
  "Legal",
  "Documents",
  "Housing",
  "Livelihood",
  "Education",
  "Family",
  "Other",
] as const;
export type GoalDomain = (typeof goalDomains)[number];
export const goalStatuses = ["Open", "Achieved", "Abandoned"] as const;
export type GoalStatus = (typeof goalStatuses)[number];
export const abandonmentReasons = ["HerWish", "NotPossible", "NoLongerNeeded", "AnotherGoalInstead", "Other"] as const;
export type AbandonmentReason = (typeof abandonmentReasons)[number];
export const planRejectionReasons = ["GoalsUnclear", "GoalMissing", "NotSafe", "NotHerWish", "InformationMissing", "Other"] as const;
export type PlanRejectionReason = (typeof planRejectionReasons)[number];
