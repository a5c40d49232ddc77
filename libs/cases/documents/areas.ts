import { areaOf } from "#access/cells.js";

/** That there is a document, of which kind, by whom, and about what: what it says stands in its class. */
export const documentArea = areaOf("document", {
  "shelter-case-manager": "write",
  "shelter-manager": "read",
  nurse: "write",
  psychologist: "write",
  lawyer: "write",
  "social-welfare-officer": "write",
  supervisor: "write",
  auditor: "read",
});
