import { areaOf } from "#access/cells.js";

/** That an entry was marked as made by mistake, by whom and why. */
export const correctionArea = areaOf("correction", {
  "shelter-case-manager": "write",
  "shelter-manager": "read",
  nurse: "write",
  psychologist: "write",
  lawyer: "write",
  "social-welfare-officer": "write",
  "return-officer": "write",
  supervisor: "write",
  auditor: "read",
});
