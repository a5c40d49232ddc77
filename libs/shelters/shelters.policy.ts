import { endPlacement, recordPlacement } from "#cases/placement/placement.js";
import { endReservation, recordReservation } from "#cases/placement/reservations.js";
import { cases } from "#cases/cases.js";
import { policy, type Policy } from "#projection/declare/policy.js";
import { shelters } from "./shelters.js";

/** What happens to a bed, or is kept of one, is told to the case of whom it concerns: there, one bed a person is decided. */
const tellTheCase = policy(shelters)("tell-the-case-where-she-stays", {
  ResidentAdmitted: ({ streamId, data: { caseId, stay } }) => ({
    of: cases,
    id: caseId,
    rule: recordPlacement as never,
    request: { shelter: streamId, stay },
  }),
  ResidentDischarged: ({ streamId, data: { caseId, stay, exitType } }) => ({
    of: cases,
    id: caseId,
    rule: endPlacement as never,
    request: { shelter: streamId, stay, exitType },
  }),
  BedReserved: ({ streamId, data: { caseId, reservation, until } }) => ({
    of: cases,
    id: caseId,
    rule: recordReservation as never,
    request: { shelter: streamId, reservation, until },
  }),
  ReservationReleased: ({ streamId, data: { caseId, reservation } }) =>
    caseId === undefined ? null : { of: cases, id: caseId, rule: endReservation as never, request: { shelter: streamId, reservation } },
});

export const shelterPolicies: readonly Policy<any>[] = [tellTheCase];
