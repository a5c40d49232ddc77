/** What waits in a case, and so why it stands in somebody's work. */
export const workKinds = [
  "Acknowledgement",
  "AssessmentReview",
  "ClosureDecision",
  "ConsentEnding",
  "EmergencyReview",
  "FirstPsychosocialContact",
  "Goal",
  "Incident",
  "InitialHealthCheck",
  "NotificationCompletion",
  "PlanAction",
  "PlanDecision",
  "PlanReview",
  "ReferralOn",
  "ReflectionPeriodEnding",
  "RelatedCaseCheck",
  "RiskReview",
  "SafetyPlanReview",
  "Service",
  "UrgentCare",
] as const;
export type WorkKind = (typeof workKinds)[number];
