/** What a warrant may open to whoever checks others' work, of what her role may read by a grant alone (matrix 3.5 of the domain reference). */
export const warrantAreas = ["demographic", "narrative"] as const;
export type WarrantArea = (typeof warrantAreas)[number];
export const warrantReasons = ["Audit", "Complaint", "CourtOrder", "IncidentReview", "Other"] as const;
export type WarrantReason = (typeof warrantReasons)[number];
