import { areaOf, personalAreaOf } from "#access/cells.js";

/** Who may look into a case in an emergency without standing to it. */
export const emergencyArea = areaOf("emergencyAccess", {
  "shelter-case-manager": "write",
  "shelter-manager": "write",
  nurse: "write",
  psychologist: "write",
  "social-welfare-officer": "write",
});

/** Who reviews what was looked into so, and closes a case to it. */
export const emergencyReviewArea = areaOf("emergencyReview", { supervisor: "write", auditor: "read", "data-protection-officer": "write" });

/** Why she did it, in her words: for whoever reviews it. */
export const explanationArea = personalAreaOf("emergencyExplanation", {
  "shelter-case-manager": "write",
  "shelter-manager": "write",
  nurse: "write",
  psychologist: "write",
  "social-welfare-officer": "write",
  supervisor: "read",
  "data-protection-officer": "read",
});
