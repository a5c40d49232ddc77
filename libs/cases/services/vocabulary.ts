/** What is told of a service in the open: never more than its group, where the service itself would tell of her health. */
export const serviceGroups = [
  "Shelter",
  "BasicNeeds",
  "Safety",
  "Health",
  "Psychosocial",
  "Legal",
  "Documents",
  "PracticalHelp",
  "Education",
  "Livelihood",
  "Family",
  "Return",
  "Reintegration",
  "Other",
] as const;
export type ServiceGroup = (typeof serviceGroups)[number];

export const openServices = [
  "Shelter",
  "FoodNfi",
  "HygieneKit",
  "SafetyEscort",
  "LegalInformation",
  "LegalRepresentation",
  "CourtAccompaniment",
  "DocumentationSupport",
  "Interpretation",
  "Transport",
  "ChildCare",
  "Education",
  "LifeSkills",
  "VocationalTraining",
  "Livelihood",
  "CashOrInKind",
  "FamilyMediation",
  "FamilyTracing",
  "FamilyReunification",
  "ReturnAssistance",
  "ReintegrationAssistance",
  "Other",
] as const;
export type OpenService = (typeof openServices)[number];
export const healthServices = ["MedicalCare", "ReproductiveHealth", "HivPep"] as const;
export type HealthService = (typeof healthServices)[number];
export const psychosocialServices = ["PsychologicalFirstAid", "IndividualCounselling", "GroupCounselling", "PsychiatricCare"] as const;
export type PsychosocialService = (typeof psychosocialServices)[number];

export const serviceStatuses = ["Requested", "Scheduled", "Delivered", "Missed", "Declined"] as const;
export type ServiceStatus = (typeof serviceStatuses)[number];
/** The hours that count from what happened to her. What the step is stands nowhere in the open. */
export const urgentSteps = ["Within72Hours", "Within120Hours"] as const;
export type UrgentStep = (typeof urgentSteps)[number];
export const missedBys = ["Person", "Provider"] as const;
export type MissedBy = (typeof missedBys)[number];
export const serviceOutcomes = ["NeedMet", "PartlyMet", "NotMet", "GoesOn", "ReferredOn"] as const;
export type ServiceOutcome = (typeof serviceOutcomes)[number];
export const serviceUnits = ["Session", "Hour", "Day", "Night", "Meal", "Item", "Kit", "Journey", "Payment"] as const;
export type ServiceUnit = (typeof serviceUnits)[number];
