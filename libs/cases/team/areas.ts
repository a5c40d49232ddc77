import { areaOf } from "#access/cells.js";

/** Who works for a case: everybody who works for it, or checks it, knows the others. */
export const teamArea = areaOf("team", {
  "shelter-case-manager": "write",
  "shelter-manager": "read",
  nurse: "read",
  psychologist: "read",
  lawyer: "read",
  "social-welfare-officer": "write",
  "return-officer": "read",
  supervisor: "write",
  auditor: "read",
  "data-protection-officer": "read",
});

/** Who is kept out. Whoever is does not learn it, and the others need not know. */
export const wallArea = areaOf("wall", {
  "shelter-case-manager": "write",
  "social-welfare-officer": "write",
  supervisor: "write",
  auditor: "read",
  "data-protection-officer": "read",
});
