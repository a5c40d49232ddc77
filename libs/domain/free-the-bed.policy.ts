import { cases } from "#cases/cases.js";
import { ask, policy } from "#projection/declare/policy.js";
import { shelters } from "#shelters/shelters.js";
import { dischargeResident, releaseReservation } from "#shelters/stays/admission.js";

/** Whoever has returned, died or was admitted elsewhere no longer holds a bed, and none is kept for her: the shelter frees it. */
export const freeTheBed = policy(cases)("free-the-bed-she-has-left", {
  ShelterPlacementEnded: ({ data: { shelter, stay, exitType, endedAt } }) =>
    ask(shelters, shelter, dischargeResident, { stay, exitType }, endedAt),
  KeptBedGivenUp: ({ data: { shelter, reservation } }) => ask(shelters, shelter, releaseReservation, { reservation }),
});
