import { policy, type Policy } from "#projection/declare/policy.js";
import { shelters } from "#shelters/shelters.js";
import { dischargeResident, releaseReservation } from "#shelters/stays/admission.js";
import { cases } from "./cases.js";

/** Whoever has returned, died or was admitted elsewhere no longer holds a bed, and none is kept for her: the shelter frees it. */
const freeTheBed = policy(cases)("free-the-bed-she-has-left", {
  ShelterPlacementEnded: ({ data: { shelter, stay, exitType, endedAt } }) => ({
    of: shelters,
    id: shelter,
    rule: dischargeResident as never,
    request: { stay, exitType },
    occurredAt: endedAt,
  }),
  KeptBedGivenUp: ({ data: { shelter, reservation } }) => ({
    of: shelters,
    id: shelter,
    rule: releaseReservation as never,
    request: { reservation },
  }),
});

export const casePolicies: readonly Policy<any>[] = [freeTheBed];
