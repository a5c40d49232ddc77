import { areaOf } from "#access/cells.js";

/** What she and her team have set out to do, by its domains and dates: in which words stands with her story. */
export const planArea = areaOf("plan", {
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
