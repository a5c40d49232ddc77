import { areaOf, personalAreaOf } from "#access/cells.js";

/** Who may look into a case in an emergency without standing to it. */
const invokers = {
  "shelter-case-manager": "write",
  "shelter-manager": "write",
  nurse: "write",
  psychologist: "write",
  "social-welfare-officer": "write",
} as const;

export const emergencyArea = areaOf("emergencyAccess", invokers);

/** Who reviews what was looked into so, and closes a case to it. */
export const emergencyReviewArea = areaOf("emergencyReview", { supervisor: "write", auditor: "read", "data-protection-officer": "write" });

/** Why she did it, in her words: for whoever reviews it. */
export const explanationArea = personalAreaOf("emergencyExplanation", {
  ...invokers,
  supervisor: "read",
  "data-protection-officer": "read",
});
