import { areaOf } from "#access/cells.js";

/** How much she is in danger, by levels, reasons and dates: what it is stands in the class `safety`. */
export const riskArea = areaOf("risk", {
  "shelter-case-manager": "write",
  "shelter-manager": "write",
  nurse: "read",
  psychologist: "write",
  lawyer: "read",
  "social-welfare-officer": "write",
  "return-officer": "read",
  supervisor: "write",
  auditor: "read",
});
