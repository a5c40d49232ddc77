import { slice, type Instant } from "#kernel/kernel.js";
import type { BedCategory, ExitType } from "../vocabulary.js";

// Facts

export type StayFact =
  | { type: "BedReserved"; data: { reservation: string; caseId: string; bed: string; until: Instant } }
  | { type: "ReservationReleased"; data: { reservation: string } }
  | { type: "ResidentAdmitted"; data: { stay: string; caseId: string; bed: string; category: BedCategory; overflow: boolean } }
  | { type: "ResidentMoved"; data: { stay: string; bed: string; category: BedCategory; overflow: boolean } }
  | { type: "LeaveGranted"; data: { stay: string; until: Instant } }
  | { type: "ResidentReturned"; data: { stay: string } }
  | { type: "ResidentDischarged"; data: { stay: string; caseId: string; exitType: ExitType } };

// State

export interface Stay {
  readonly stay: string;
  readonly caseId: string;
  readonly bed: string;
  /** On leave until then: the bed is kept. */
  readonly leaveUntil?: Instant | undefined;
}
export interface Reservation {
  readonly reservation: string;
  readonly caseId: string;
  readonly bed: string;
  readonly until: Instant;
}
/** Who is here now, and for whom a bed is kept. */
export interface Stays {
  readonly residents: readonly Stay[];
  readonly reservations: readonly Reservation[];
}

const without = (reservations: readonly Reservation[], caseId: string) => reservations.filter((each) => each.caseId !== caseId);
const changed = (state: Stays, stay: string, change: Partial<Stay>): Stays => ({
  ...state,
  residents: state.residents.map((each) => (each.stay === stay ? { ...each, ...change } : each)),
});

export const stays = slice<StayFact>()<Stays>(
  { residents: [], reservations: [] },
  {
    BedReserved: (state, data) => ({ ...state, reservations: [...without(state.reservations, data.caseId), data] }),
    ReservationReleased: (state, { reservation }) => ({
      ...state,
      reservations: state.reservations.filter((each) => each.reservation !== reservation),
    }),
    ResidentAdmitted: (state, { stay, caseId, bed }) => ({
      residents: [...state.residents, { stay, caseId, bed }],
      reservations: without(state.reservations, caseId),
    }),
    ResidentMoved: (state, { stay, bed }) => changed(state, stay, { bed }),
    LeaveGranted: (state, { stay, until }) => changed(state, stay, { leaveUntil: until }),
    ResidentReturned: (state, { stay }) => changed(state, stay, { leaveUntil: undefined }),
    ResidentDischarged: (state, { stay }) => ({ ...state, residents: state.residents.filter((each) => each.stay !== stay) }),
  },
);
