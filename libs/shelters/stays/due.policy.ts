import { due, dueAt, settled } from "#projection/declare/due.js";
import { ask } from "#projection/declare/policy.js";
import { shelters } from "../shelters.js";
import { lapseReservation, overrunLeave } from "./admission.js";

/** A bed that is kept for somebody who has not come. */
export const reservationLapse = due(shelters)(
  "reservation-lapse",
  {
    BedReserved: ({ data: { reservation, until } }) => dueAt(reservation, until),
    ReservationReleased: ({ data: { reservation } }) => settled(reservation),
    ReservationLapsed: ({ data: { reservation } }) => settled(reservation),
  },
  ({ id, key }) => ask(shelters, id, lapseReservation, { reservation: key }),
);

/** Somebody who is not back when her leave is over. */
export const leaveOverrun = due(shelters)(
  "leave-overrun",
  {
    LeaveGranted: ({ data: { stay, until } }) => dueAt(stay, until),
    ResidentReturned: ({ data: { stay } }) => settled(stay),
    ResidentDischarged: ({ data: { stay } }) => settled(stay),
    LeaveOverrun: ({ data: { stay } }) => settled(stay),
  },
  ({ id, key, at }) => ask(shelters, id, overrunLeave, { stay: key, until: at }),
);
