import { areaOf } from "#access/cells.js";

/** Warrants: issued by the data protection officer, known to whoever answers for the case. */
export const warrantArea = areaOf("warrant", {
  supervisor: "read",
  auditor: "read",
  "data-protection-officer": "write",
});
