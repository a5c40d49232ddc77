import { due, dueAt, settled } from "#projection/declare/due.js";
import { ask } from "#projection/declare/policy.js";
import { cases } from "../cases.js";
import { noteEmergencyReviewOverdue } from "./emergency.js";

/** What was done without consent, for a vital interest, is reviewed by the time that was set. */
export const emergencyReview = due(cases)(
  "emergency-review",
  {
    EmergencyProcessingInvoked: ({ data: { emergency, reviewBy } }) => dueAt(emergency, reviewBy),
    EmergencyProcessingReviewed: ({ data: { emergency } }) => settled(emergency),
    EmergencyProcessingReviewOverdue: ({ data: { emergency } }) => settled(emergency),
  },
  ({ id, key }) => ask(cases, id, noteEmergencyReviewOverdue, { emergency: key }),
);
