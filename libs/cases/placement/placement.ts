import { earlier, isDuring, type Interval } from "#kernel/in-time.js";
import { requireNotBefore, slice, type Instant, type Rule } from "#kernel/kernel.js";
import type { ExitType } from "#vocabulary/stays.js";
import { givenUp, type ReservationFact, type Reservations } from "./reservations.js";

// Facts

/** `endedAt`: where she left at another time than the one at which this happened. */
export type PlacementFact =
  | { type: "PlacedInShelter"; data: { shelter: string; stay: string } }
  | { type: "ShelterPlacementEnded"; data: { shelter: string; stay: string; exitType: ExitType; endedAt?: Instant | undefined } };

// State

/** A stay in a shelter. */
export interface Where {
  readonly shelter: string;
  readonly stay: string;
}
/** One stay, as its shelter told of it. */
export interface Placed extends Where, Interval {
  /** Ended because she was taken in elsewhere, and not because anybody said that she left. */
  readonly transferred: boolean;
}
/** Where she sleeps, as the shelters tell it. */
export interface Placement {
  /** The newest of her stays, while she is there; null: nowhere that we know of. */
  readonly current: Where | null;
  /** All of them, by the time at which they began. One that is heard of only by its end has no length, so that it does not begin later. */
  readonly stays: readonly Placed[];
}

export const placement = slice<PlacementFact>()<Placement>(
  { current: null, stays: [] },
  {
    PlacedInShelter: ({ stays }, { shelter, stay }, { at }) =>
      kept(added(stays, { shelter, stay, from: at, until: null, transferred: false })),
    ShelterPlacementEnded: ({ stays }, { shelter, stay, exitType, endedAt }, { at }) => {
      const until = endedAt ?? at;
      const transferred = exitType === "Transfer";
      const known = stays.find((each) => each.stay === stay);
      if (!known) return kept(added(stays, { shelter, stay, from: until, until, transferred }));
      const ended = earlier(known.until, until) === until ? { ...known, until, transferred } : known;
      return kept(stays.map((each) => (each === known ? ended : each)));
    },
  },
  // Any text was allowed at first; only exit types were ever written.
  { ShelterPlacementEnded: [(data: object) => data] },
);

const added = (stays: readonly Placed[], one: Placed): readonly Placed[] =>
  stays.toSpliced(stays.findLastIndex(({ from }) => from <= one.from) + 1, 0, one);

const kept = (stays: readonly Placed[]): Placement => {
  const newest = stays.at(-1);
  return { current: newest?.until === null ? whereOf(newest) : null, stays };
};

export const whereOf = ({ shelter, stay }: Where): Where => ({ shelter, stay });

/** Where she was at a moment. */
export const placedAt = ({ stays }: Placement, moment: Instant): Placed | undefined => stays.findLast((each) => isDuring(each, moment));

/** When she was next taken in somewhere. */
export const nextPlacedAt = ({ stays }: Placement, moment: Instant): Instant | null =>
  stays.find(({ from }) => from > moment)?.from ?? null;

/** Would being taken in then contradict what a later moment says of where she was? It ends a stay that only another admission has ended. */
export const isHeldAt = (placement: Placement, moment: Instant): boolean => {
  const there = placedAt(placement, moment);
  if (!there || there.until === null) return false;
  return !(there.transferred && there.until === nextPlacedAt(placement, moment));
};

// Requests: asked for by policies only, never by a person

export interface RecordPlacement extends Where {}
export interface EndPlacement extends RecordPlacement {
  readonly exitType: ExitType;
}

// Rules

/**
 * One bed a person: whoever is admitted elsewhere has left the earlier bed, and it is freed, as is what others kept for her. An admission told late ends what she left by
 * it, and ends itself where she was taken in next.
 */
export const recordPlacement: Rule<
  { placement: Placement; reservations: Reservations },
  RecordPlacement,
  PlacementFact | ReservationFact
> = ({ placement, reservations }, { shelter, stay }, { at }) => {
  if (placement.stays.some((each) => each.stay === stay)) return [];
  const [left, endedAt] = [placedAt(placement, at), nextPlacedAt(placement, at)];
  const placed: PlacementFact = { type: "PlacedInShelter", data: { shelter, stay } };
  return [
    ...(left ? [ended(left)] : []),
    placed,
    ...(endedAt ? [ended({ shelter, stay }, endedAt)] : []),
    ...givenUp(reservations, at, shelter),
  ];
};

const ended = (where: Where, endedAt?: Instant): PlacementFact => ({
  type: "ShelterPlacementEnded",
  data: { ...whereOf(where), exitType: "Transfer", ...(endedAt && { endedAt }) },
});

/** Of two times at which she is said to have left, the earlier one counts. */
export const endPlacement: Rule<{ placement: Placement }, EndPlacement, PlacementFact> = (
  { placement },
  { shelter, stay, exitType },
  { at },
) => {
  const known = placement.stays.find((each) => each.stay === stay);
  if (known?.until && known.until <= at) return [];
  requireNotBefore(at, known?.from ?? null);
  return [{ type: "ShelterPlacementEnded", data: { shelter, stay, exitType } }];
};
