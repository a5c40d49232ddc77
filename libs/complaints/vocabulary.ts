export const complaintCategories = [
  "SexualExploitationOrAbuse",
  "Violence",
  "Neglect",
  "Discrimination",
  "BreachOfConfidence",
  "Misconduct",
  "Service",
  "Other",
] as const;
export type ComplaintCategory = (typeof complaintCategories)[number];
export const complaintChannels = ["InPerson", "Box", "Phone", "Letter", "Hotline", "ThroughAnother"] as const;
export type ComplaintChannel = (typeof complaintChannels)[number];
export const complaintStatuses = ["Received", "Acknowledged", "Investigated", "Resolved"] as const;
export type ComplaintStatus = (typeof complaintStatuses)[number];
export const complaintFindings = ["Substantiated", "PartlySubstantiated", "NotSubstantiated", "Inconclusive"] as const;
export type ComplaintFinding = (typeof complaintFindings)[number];
export const complaintOutcomes = [
  "Dismissed",
  "Apology",
  "ServiceChanged",
  "Disciplined",
  "PersonRemoved",
  "ReferredToPolice",
  "Other",
] as const;
export type ComplaintOutcome = (typeof complaintOutcomes)[number];
