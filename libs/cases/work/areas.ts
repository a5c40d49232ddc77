import { areaOf } from "#access/cells.js";

/** What waits in a case, by its kind and its day. */
export const workArea = areaOf("work", {
  "shelter-case-manager": "read",
  "shelter-manager": "read",
  nurse: "read",
  psychologist: "read",
  lawyer: "read",
  "social-welfare-officer": "read",
  "return-officer": "read",
  supervisor: "read",
});

/** What of all that waits a supervisor looks at first. */
export const boardArea = areaOf("board", { supervisor: "read" });
