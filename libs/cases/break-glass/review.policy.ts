import { v5 as uuidv5 } from "uuid";
import { due, dueAt, settled } from "#projection/declare/due.js";
import { ask, policy } from "#projection/declare/policy.js";
import { cases } from "../cases.js";
import { noteReviewOverdue } from "./break-glass.js";
import { emergencyRights, restoreEmergencyRight, suspendEmergencyRight } from "./rights.js";

/** Namespace of the streams of people's rights. */
const namespace = "6b1f3a0e-8f0c-5b6d-9a57-0b9c2b7f6d11";
export const rightOf = (person: string): string => uuidv5(person, namespace);

/** Each is reviewed within 72 hours. */
export const breakGlassReview = due(cases)(
  "break-glass-review",
  {
    BreakGlassInvoked: ({ data: { access, reviewBy } }) => dueAt(access, reviewBy),
    BreakGlassReviewed: ({ data: { access } }) => settled(access),
    BreakGlassReviewOverdue: ({ data: { access } }) => settled(access),
  },
  ({ id, key }) => ask(cases, id, noteReviewOverdue, { access: key }),
);

/** Whose access nobody has reviewed may look into no case so, until somebody has. */
export const suspendUnreviewed = policy(cases)("suspend-emergency-right", {
  BreakGlassReviewOverdue: ({ data: { access, by } }) => ask(emergencyRights, rightOf(by), suspendEmergencyRight, { access }),
  BreakGlassReviewed: ({ data: { access, by } }) => ask(emergencyRights, rightOf(by), restoreEmergencyRight, { access }),
});
