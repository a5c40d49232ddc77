import { inTheShelter } from "#access/areas.js";
import { topic } from "#topics/topic.js";
import { cases } from "../cases.js";
import { placement } from "./placement.js";
import { casePlacementView } from "./placement.view.js";
import { reservations } from "./reservations.js";

/** Where she sleeps is for the staff of that house. Shelters tell it: nobody else records it. */
export const placementTopic = topic(cases, placement, {
  state: { current: inTheShelter, stays: inTheShelter },
  facts: { PlacedInShelter: inTheShelter, ShelterPlacementEnded: inTheShelter },
  sections: { placement: casePlacementView },
});

/** A bed that a shelter keeps for her. */
export const reservationTopic = topic(cases, reservations, {
  state: inTheShelter,
  facts: { BedKeptInShelter: inTheShelter, KeptBedGivenUp: inTheShelter },
});
