import { personalAreaOf } from "#access/cells.js";

/** Who is in charge of her at the organisation that told of her: for whoever answers it, and for whoever sees that it is answered. */
export const notifierArea = personalAreaOf("notifier", {
  "shelter-case-manager": "write",
  "social-welfare-officer": "write",
  supervisor: "read",
});
