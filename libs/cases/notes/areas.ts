import { areaOf } from "#access/cells.js";

/** That a note was written, by whom, and about what: what it says stands in its class. */
export const noteArea = areaOf("note", {
  "shelter-case-manager": "write",
  "shelter-manager": "read",
  nurse: "write",
  psychologist: "write",
  lawyer: "write",
  "social-welfare-officer": "read",
  supervisor: "read",
  auditor: "read",
});
