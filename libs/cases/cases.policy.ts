import { policy, type Policy } from "#projection/policy.js";
import { shelters } from "#shelters/shelters.js";
import { dischargeResident } from "#shelters/stays/admission.js";
import { cases } from "./cases.js";

/** Whoever has returned, or was admitted elsewhere, no longer holds a bed: the shelter frees it. */
const freeTheBed = policy(cases)("free-the-bed-she-has-left", {
  ShelterPlacementEnded: ({ data: { shelter, stay, exitType, endedAt } }) => ({
    of: shelters,
    id: shelter,
    rule: dischargeResident as never,
    request: { stay, exitType },
    occurredAt: endedAt,
  }),
});

export const casePolicies: readonly Policy<any>[] = [freeTheBed];
