import { earlier, isDuring, type Interval } from "#kernel/in-time.js";
import { slice, type Instant, type Rule } from "#kernel/kernel.js";
import { isSupportedAt, type Openness } from "../open.js";

// Facts

export type ReservationFact =
  | { type: "BedKeptInShelter"; data: { shelter: string; reservation: string; until: Instant } }
  | { type: "KeptBedGivenUp"; data: { shelter: string; reservation: string } };

// State

interface KeptReservation extends Interval {
  readonly shelter: string;
  readonly reservation: string;
  readonly until: Instant;
}
/** The beds that shelters keep for her, or kept. */
export type Reservations = readonly KeptReservation[];

export const reservations = slice<ReservationFact>()<Reservations>([], {
  BedKeptInShelter: (kept, { shelter, reservation, until }, { at: from }) => [...kept, { shelter, reservation, from, until }],
  KeptBedGivenUp: (kept, { reservation }, { at }) =>
    kept.map((each) => (each.reservation === reservation ? { ...each, until: earlier(each.until, at)! } : each)),
});

// Requests: asked for by policies only, never by a person

export interface RecordReservation {
  readonly shelter: string;
  readonly reservation: string;
  readonly until: Instant;
}
export interface EndReservation {
  readonly shelter: string;
  readonly reservation: string;
}

// Rules

/** Where she has been, as far as a bed that is kept for her has to know. */
interface PastStays {
  readonly stays: readonly (Interval & { readonly shelter: string })[];
}
type ReservationNeeds = { reservations: Reservations; placement: PastStays; closure: Openness };

/** A bed is kept for whoever may still come: whoever was taken in elsewhere meanwhile, or whose case was closed, gives it up. */
export const recordReservation: Rule<ReservationNeeds, RecordReservation, ReservationFact> = (
  { reservations, placement, closure },
  { shelter, reservation, until },
  { at, now },
) => {
  if (reservations.some((each) => each.reservation === reservation)) return [];
  const isElsewhere = placement.stays.some((stay) => stay.shelter !== shelter && stay.from > at && stay.from <= until);
  const isOver = isElsewhere || !isSupportedAt(closure, now);
  return [
    { type: "BedKeptInShelter", data: { shelter, reservation, until } },
    ...(isOver ? [{ type: "KeptBedGivenUp" as const, data: { shelter, reservation } }] : []),
  ];
};

export const endReservation: Rule<{ reservations: Reservations }, EndReservation, ReservationFact> = (
  { reservations },
  { shelter, reservation },
  { at },
) => {
  const kept = reservations.find((each) => each.reservation === reservation);
  return !kept || kept.until <= at ? [] : [{ type: "KeptBedGivenUp", data: { shelter, reservation } }];
};

/** The beds that are kept for her at a moment, and that she will not need; `except`: the shelter that she has come to. */
export const givenUp = (reservations: Reservations, at: Instant, except?: string): ReservationFact[] =>
  reservations
    .filter((each) => each.shelter !== except && isDuring(each, at))
    .map(({ shelter, reservation }) => ({ type: "KeptBedGivenUp", data: { shelter, reservation } }));
