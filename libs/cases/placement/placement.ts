import { slice, type Rule } from "#kernel/kernel.js";

// Facts

/** `exitType` is one of the shelters' exit types. */
export type PlacementFact =
  | { type: "PlacedInShelter"; data: { shelter: string; stay: string } }
  | { type: "ShelterPlacementEnded"; data: { shelter: string; stay: string; exitType: string } };

// State

/** Where she sleeps, as the shelters tell it; null: nowhere that we know of. */
export interface Placement {
  readonly current: { readonly shelter: string; readonly stay: string } | null;
  /** Stays that have ended, so that news which arrives late does not begin them again. */
  readonly ended: readonly string[];
}
export const placement = slice<PlacementFact>()<Placement>(
  { current: null, ended: [] },
  {
    PlacedInShelter: (state, { shelter, stay }) => ({ ...state, current: { shelter, stay } }),
    ShelterPlacementEnded: (state, { stay }) => ({
      current: state.current?.stay === stay ? null : state.current,
      ended: [...state.ended, stay],
    }),
  },
);

// Requests: asked for by policies only, never by a person

export interface RecordPlacement {
  readonly shelter: string;
  readonly stay: string;
}
export interface EndPlacement extends RecordPlacement {
  readonly exitType: string;
}

// Rules

/** One bed a person: whoever is admitted elsewhere has left the earlier bed, and it is freed. */
export const recordPlacement: Rule<{ placement: Placement }, RecordPlacement, PlacementFact> = ({ placement }, { shelter, stay }) => {
  const { current, ended } = placement;
  if (current?.stay === stay || ended.includes(stay)) return [];
  const placed: PlacementFact = { type: "PlacedInShelter", data: { shelter, stay } };
  return current ? [{ type: "ShelterPlacementEnded", data: { ...current, exitType: "Transfer" } }, placed] : [placed];
};

export const endPlacement: Rule<{ placement: Placement }, EndPlacement, PlacementFact> = ({ placement }, { shelter, stay, exitType }) =>
  placement.ended.includes(stay) ? [] : [{ type: "ShelterPlacementEnded", data: { shelter, stay, exitType } }];
