import { areaOf } from "#access/cells.js";

/** Who belongs together with her, as what: without saying whose case that is. */
export const relatedArea = areaOf("related", {
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

/**
 * Which case it is, where another case's record names it: for auditors, who stand to every case. Everybody else finds it by the link, whose rows are
 * each for those who stand to that very case.
 */
export const relatedIdArea = areaOf("relatedId", { auditor: "read" });
