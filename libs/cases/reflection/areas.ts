import { areaOf } from "#access/cells.js";

/** Whether she is given time to recover and reflect: whoever works with her knows, so that nobody asks her anything of it meanwhile. */
export const reflectionArea = areaOf("reflection", {
  "shelter-case-manager": "write",
  "shelter-manager": "read",
  nurse: "read",
  psychologist: "read",
  lawyer: "read",
  "social-welfare-officer": "write",
  "return-officer": "read",
  supervisor: "write",
  auditor: "read",
});
