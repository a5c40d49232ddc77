export const riskLevels = ["Low", "Medium", "High"] as const;
export type RiskLevel = (typeof riskLevels)[number];
/** What endangers her. What would tell of her health is `HerOwnState`: the account, which is sealed, says what. */
export const riskReasons = [
  "TraffickerNearby",
  "TraffickerKnowsWhereSheIs",
  "ThreatsToHer",
  "ThreatsToFamily",
  "Weapons",
  "SuspectKnowsPolice",
  "OnlineExposure",
  "Travel",
  "PeopleInTheHouse",
  "HerOwnState",
  "Other",
] as const;
export type RiskReason = (typeof riskReasons)[number];
export const incidentKinds = ["Threat", "Violence", "Intrusion", "Surveillance", "Emergency", "LossOfData", "Other"] as const;
export type IncidentKind = (typeof incidentKinds)[number];
export const incidentSeverities = ["Minor", "Serious", "Critical"] as const;
export type IncidentSeverity = (typeof incidentSeverities)[number];
export const incidentOutcomes = ["Averted", "MeasuresTaken", "SheMoved", "ReportedToPolice", "Unfounded", "Other"] as const;
export type IncidentOutcome = (typeof incidentOutcomes)[number];
export const flagKinds = ["AskBeforeContact", "TwoStaffOnly", "WomenStaffOnly", "NoPhotos", "InterpreterNeeded", "DecisionUrgent"] as const;
export type FlagKind = (typeof flagKinds)[number];
