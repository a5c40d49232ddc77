import { earlier, inserted, isDuring, overlap, standingAt, type Interval } from "#kernel/in-time.js";
import { slice, type Instant } from "#kernel/kernel.js";
import type { ExitType } from "#vocabulary/stays.js";
import type { BedCategory } from "../vocabulary.js";

// Facts

export type StayFact =
  | { type: "BedReserved"; data: { reservation: string; caseId: string; bed: string; until: Instant } }
  | { type: "ReservationReleased"; data: { reservation: string; caseId?: string | undefined } }
  | { type: "ReservationLapsed"; data: { reservation: string; caseId: string } }
  | { type: "ResidentAdmitted"; data: { stay: string; caseId: string; bed: string; category: BedCategory; overflow: boolean } }
  | { type: "ResidentMoved"; data: { stay: string; bed: string; category: BedCategory; overflow: boolean } }
  | { type: "LeaveGranted"; data: { stay: string; until: Instant } }
  | { type: "LeaveOverrun"; data: { stay: string; until: Instant } }
  | { type: "ResidentReturned"; data: { stay: string } }
  | { type: "ResidentDischarged"; data: { stay: string; caseId: string; exitType: ExitType } };

// State

/** From when on she slept in a bed. */
interface Slept {
  readonly at: Instant;
  readonly bed: string;
}
/** On leave from then on until a time, with her bed kept; null: back again. */
interface Leave {
  readonly at: Instant;
  readonly until: Instant | null;
}
/** One stay, from admission to discharge. It is kept when it has ended, because beds are held by one person in past nights, too. */
export interface Stay extends Interval {
  readonly stay: string;
  readonly caseId: string;
  /** In order of time, from the admission on. */
  readonly beds: readonly Slept[];
  readonly leaves: readonly Leave[];
  /** Ends of leaves at which she was not back. */
  readonly overrun: readonly Instant[];
}
export interface Reservation {
  readonly reservation: string;
  readonly caseId: string;
  readonly bed: string;
  readonly at: Instant;
  readonly until: Instant;
  /** It is on record that she did not come. */
  readonly lapsed: boolean;
}
/** Who slept here, and for whom beds were kept, in order of time. */
export interface Stays {
  readonly stays: readonly Stay[];
  readonly reservations: readonly Reservation[];
}

const changed = (state: Stays, stay: string, change: (before: Stay) => Stay): Stays => {
  const place = state.stays.findLastIndex((each) => each.stay === stay);
  return place < 0 ? state : { ...state, stays: state.stays.with(place, change(state.stays[place]!)) };
};
const added = (list: readonly Stay[], one: Stay): readonly Stay[] =>
  list.toSpliced(list.findLastIndex(({ from }) => from <= one.from) + 1, 0, one);

export const stays = slice<StayFact>()<Stays>(
  { stays: [], reservations: [] },
  {
    BedReserved: (state, { reservation, caseId, bed, until }, { at }) => ({
      ...state,
      reservations: inserted(state.reservations, { reservation, caseId, bed, at, until, lapsed: false }),
    }),
    ReservationReleased: (state, { reservation }, { at }) => ({
      ...state,
      reservations: state.reservations.map((each) =>
        each.reservation === reservation ? { ...each, until: earlier(each.until, at)! } : each,
      ),
    }),
    ReservationLapsed: (state, { reservation }) => ({
      ...state,
      reservations: state.reservations.map((each) => (each.reservation === reservation ? { ...each, lapsed: true } : each)),
    }),
    ResidentAdmitted: (state, { stay, caseId, bed }, { at }) => ({
      ...state,
      stays: added(state.stays, { stay, caseId, from: at, until: null, beds: [{ at, bed }], leaves: [], overrun: [] }),
    }),
    ResidentMoved: (state, { stay, bed }, { at }) =>
      changed(state, stay, (before) => ({ ...before, beds: inserted(before.beds, { at, bed }) })),
    LeaveGranted: (state, { stay, until }, { at }) =>
      changed(state, stay, (before) => ({ ...before, leaves: inserted(before.leaves, { at, until }) })),
    LeaveOverrun: (state, { stay, until }) => changed(state, stay, (before) => ({ ...before, overrun: [...before.overrun, until] })),
    ResidentReturned: (state, { stay }, { at }) =>
      changed(state, stay, (before) => ({ ...before, leaves: inserted(before.leaves, { at, until: null }) })),
    ResidentDischarged: (state, { stay }, { at }) => changed(state, stay, (before) => ({ ...before, until: earlier(before.until, at) })),
  },
);

// Asked by rules

/** When she next came to this house. */
export const nextStayAt = ({ stays: all }: Stays, caseId: string, moment: Instant): Instant | null =>
  all.find((each) => each.caseId === caseId && each.from > moment)?.from ?? null;

/** When a stay ended: with her departure, or where she came anew, as when the earlier coming is told late. */
export const endOf = (state: Stays, { caseId, from, until }: Stay): Instant | null => earlier(until, nextStayAt(state, caseId, from));

/** Her stay at a moment. */
export const stayAt = (state: Stays, caseId: string, moment: Instant): Stay | undefined =>
  state.stays.findLast((each) => each.caseId === caseId && isDuring({ from: each.from, until: endOf(state, each) }, moment));

/** The bed in which she slept at a moment of her stay. */
export const bedOf = ({ beds }: Stay, moment: Instant): string => (standingAt(beds, moment) ?? beds[0]!).bed;

/** A bed held by one person, or kept for her. */
export interface Use extends Interval {
  readonly bed: string;
  readonly caseId: string;
  readonly kept: boolean;
}

/** What beds were used for during a time. */
export const usesDuring = (state: Stays, during: Interval): readonly Use[] =>
  [
    ...state.stays.flatMap((each) => (overlap(each, during) ? sleeping(state, each) : [])),
    ...state.reservations.flatMap((each, index) => (each.until > during.from ? [reserving(state, each, index)] : [])),
  ].filter((each) => overlap(each, during));

const sleeping = (state: Stays, stay: Stay): Use[] => {
  const end = endOf(state, stay);
  return stay.beds.map(({ at, bed }, index) => ({
    bed,
    caseId: stay.caseId,
    kept: false,
    from: at,
    until: earlier(end, stay.beds[index + 1]?.at),
  }));
};

/** A bed is kept for her until she comes, or until another one is. */
function reserving({ stays: all, reservations }: Stays, { caseId, bed, at, until }: Reservation, index: number): Use {
  const another = reservations.slice(index + 1).find((each) => each.caseId === caseId);
  const coming = all.find((each) => each.caseId === caseId && each.from >= at);
  return { bed, caseId, kept: true, from: at, until: earlier(earlier(until, another?.at), coming?.from) };
}
