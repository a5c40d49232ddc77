import { areaOf, personalAreaOf } from "#access/cells.js";

/** Everybody who works with people takes a complaint, and hands it on. */
const takers = {
  "shelter-case-manager": "write",
  "shelter-manager": "write",
  nurse: "write",
  psychologist: "write",
  lawyer: "write",
  "social-welfare-officer": "write",
  "return-officer": "write",
  supervisor: "write",
  "data-protection-officer": "write",
} as const;

export const filingArea = areaOf("complaintFiling", takers);

/** Supervisors of the organisation that took it look into it; whoever checks others' work sees that they do. */
export const complaintArea = areaOf("complaint", { supervisor: "write", auditor: "read", "data-protection-officer": "read" });

/** What was said: written by whoever takes the complaint, read by whoever looks into it. */
export const accountArea = personalAreaOf("complaintAccount", takers);
