/** What waits in a case, and so why it stands in somebody's work. */
export const workKinds = [
  "AssessmentReview",
  "ClosureDecision",
  "ConsentEnding",
  "EmergencyReview",
  "FirstPsychosocialContact",
  "Goal",
  "Incident",
  "InitialHealthCheck",
  "PlanAction",
  "PlanDecision",
  "PlanReview",
  "RiskReview",
  "SafetyPlanReview",
  "Service",
  "UrgentCare",
] as const;
export type WorkKind = (typeof workKinds)[number];
