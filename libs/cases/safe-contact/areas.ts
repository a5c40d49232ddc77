import { areaOf } from "#access/cells.js";

/** By which ways and at which hours she may be contacted, and whether she was: for everybody who could contact her. */
export const safeContactArea = areaOf("safeContact", {
  "shelter-case-manager": "write",
  "shelter-manager": "read",
  nurse: "write",
  psychologist: "write",
  lawyer: "write",
  "social-welfare-officer": "write",
  "return-officer": "write",
  supervisor: "read",
  auditor: "read",
});
