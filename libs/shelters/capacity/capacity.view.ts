import { Count, Inner, Key, Moment, Reference, ViewOf } from "#projection/declare/columns.js";
import { view } from "#projection/declare/view.js";
import { shelters } from "../shelters.js";
import type { Availability } from "../vocabulary.js";

/** How many beds a shelter had, from when on: what occupancy of past nights is measured against. */
@ViewOf("Capacity", { indexes: [["shelter", "since", "id"]], rows: { area: "capacity", house: "shelter" } })
export class CapacityView {
  @Key() id!: string;
  @Reference({ area: "capacity" }) shelter!: string;
  @Moment({ area: "capacity" }) since!: string;
  @Count({ area: "capacity", description: "Beds all year round or in season" }) beds!: number;
  @Count({ area: "capacity" }) overflowBeds!: number;
  /** Each bed with its availability. */
  @Inner() kinds!: Record<string, Availability>;
}

export const capacityView = view(shelters)(CapacityView, {
  version: 2,
  key: ({ id }) => id,
  project: {
    CapacityChanged: (_, { id, streamId, at, data: { beds } }) => {
      const overflowBeds = beds.filter(({ availability }) => availability === "Overflow").length;
      const kinds = Object.fromEntries(beds.map(({ bed, availability }) => [bed, availability]));
      return { id, shelter: streamId, since: at, beds: beds.length - overflowBeds, overflowBeds, kinds };
    },
  },
});
