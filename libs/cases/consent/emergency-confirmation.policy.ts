import { due, dueAt, settled } from "#projection/declare/due.js";
import { ask } from "#projection/declare/policy.js";
import { cases } from "../cases.js";
import { lapseEmergencyProcessing } from "./emergency-confirmation.js";

/** An emergency that whoever was named has not confirmed in time lapses. */
export const emergencyConfirmation = due(cases)(
  "emergency-confirmation",
  {
    EmergencyProcessingInvoked: ({ data: { emergency, confirmBy } }) => (confirmBy === null ? null : dueAt(emergency, confirmBy)),
    EmergencyProcessingConfirmed: ({ data: { emergency } }) => settled(emergency),
    EmergencyProcessingRefused: ({ data: { emergency } }) => settled(emergency),
    EmergencyProcessingLapsed: ({ data: { emergency } }) => settled(emergency),
  },
  ({ id, key }) => ask(cases, id, lapseEmergencyProcessing, { emergency: key }),
);
