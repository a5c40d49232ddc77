import { areaOf } from "#access/cells.js";

/** What was done without consent, for a vital interest: known to whoever keeps consents, reviewed by whoever answers for it. */
export const emergencyProcessingArea = areaOf("emergencyProcessing", {
  "shelter-case-manager": "read",
  "social-welfare-officer": "read",
  supervisor: "write",
  auditor: "read",
  "data-protection-officer": "write",
});
