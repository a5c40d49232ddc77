import { areaOf } from "#access/cells.js";

/** Which forms were filled in with her, when, and when they are repeated. What she answered stands in the class of each question. */
export const assessmentArea = areaOf("assessment", {
  "shelter-case-manager": "write",
  "shelter-manager": "read",
  nurse: "write",
  psychologist: "write",
  lawyer: "write",
  "social-welfare-officer": "read",
  "return-officer": "read",
  supervisor: "read",
  auditor: "read",
});
