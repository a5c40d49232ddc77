import { areaOf } from "#access/cells.js";

/** Which help she is given, by its group, when and by whom: what it was stands in the class of its discipline. */
export const serviceArea = areaOf("service", {
  "shelter-case-manager": "write",
  "shelter-manager": "read",
  nurse: "write",
  psychologist: "write",
  lawyer: "write",
  "social-welfare-officer": "write",
  "return-officer": "read",
  supervisor: "read",
  auditor: "read",
});
