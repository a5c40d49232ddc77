import { cases } from "#cases/cases.js";
import { endPlacement, recordPlacement } from "#cases/placement/placement.js";
import { endReservation, recordReservation } from "#cases/placement/reservations.js";
import { ask, policy } from "#projection/declare/policy.js";
import { shelters } from "#shelters/shelters.js";

/** What happens to a bed, or is kept of one, is told to the case of whom it concerns: there, one bed a person is decided. */
export const tellTheCase = policy(shelters)("tell-the-case-where-she-stays", {
  ResidentAdmitted: ({ streamId, data: { caseId, stay } }) => ask(cases, caseId, recordPlacement, { shelter: streamId, stay }),
  ResidentDischarged: ({ streamId, data: { caseId, stay, exitType } }) =>
    ask(cases, caseId, endPlacement, { shelter: streamId, stay, exitType }),
  BedReserved: ({ streamId, data: { caseId, reservation, until } }) =>
    ask(cases, caseId, recordReservation, { shelter: streamId, reservation, until }),
  ReservationReleased: ({ streamId, data: { caseId, reservation } }) =>
    caseId === undefined ? null : ask(cases, caseId, endReservation, { shelter: streamId, reservation }),
});
