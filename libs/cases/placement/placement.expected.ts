import { eachOf, type Expectation } from "#access/expectation.js";

/** Who may do and see what, as the people concerned would say it. */
export const expected: Expectation = {
  answers: { CasePlacement: { ...eachOf(["id", "stale", "skipped"], "open"), current: "location of its shelter" } },
  states: { case: eachOf(["placement.current", "placement.stays[]", "reservations[]"], "location of its shelter") },
  facts: eachOf(["PlacedInShelter", "ShelterPlacementEnded", "BedKeptInShelter", "KeptBedGivenUp"], "location of its shelter"),
};
