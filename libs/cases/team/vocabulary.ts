/** What somebody does for a case. */
export const teamRoles = [
  "CaseLead",
  "CaseWorker",
  "Medical",
  "Psychosocial",
  "Legal",
  "Return",
  "ChildProtection",
  "Interpreter",
] as const;
export type TeamRole = (typeof teamRoles)[number];
/** Why somebody left a team. `HandedOver` follows from a hand-over and is not sent. */
export const leavingReasons = ["TaskDone", "Moved", "LeftTheOrganisation", "HerOwnWish", "SurvivorsWish", "Other"] as const;
export type LeavingReason = (typeof leavingReasons)[number] | "HandedOver";
export const barredKinds = ["Person", "Organisation"] as const;
export type BarredKind = (typeof barredKinds)[number];
/** Why a wall stands. Never about whom it protects. */
export const wallReasons = ["KnowsThePerson", "KnowsTheAccused", "IsAccused", "SurvivorsWish", "Other"] as const;
export type WallReason = (typeof wallReasons)[number];
export const loweringReasons = ["RaisedInError", "ReasonGone", "SurvivorsWish", "Other"] as const;
export type LoweringReason = (typeof loweringReasons)[number];
