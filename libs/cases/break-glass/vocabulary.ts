export const breakGlassReasons = ["ThreatToLife", "MedicalEmergency", "ChildAtRisk", "TeamUnreachable", "Other"] as const;
export type BreakGlassReason = (typeof breakGlassReasons)[number];
export const breakGlassFindings = ["Justified", "Misuse"] as const;
export type BreakGlassFinding = (typeof breakGlassFindings)[number];
export const closedReasons = ["StaffConflict", "AccusedIsOfficer", "WellKnownPerson", "SurvivorsWish", "Other"] as const;
export type ClosedReason = (typeof closedReasons)[number];
