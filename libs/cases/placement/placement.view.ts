import { inTheShelter } from "#access/areas.js";
import { Inner, Key, Reference, ViewOf } from "#projection/declare/columns.js";
import { newest } from "#projection/declare/newest.js";
import { Shape, Structure } from "#projection/declare/shapes.js";
import { view } from "#projection/declare/view.js";
import { cases } from "../cases.js";

@Shape("PlaceToStay")
class PlaceToStay {
  @Reference() shelter!: string;
  @Reference() stay!: string;
}

/** Where she stays. */
@ViewOf("CasePlacement", { concerns: ["case", "id"] })
export class CasePlacementView {
  @Key() id!: string;
  @Structure(PlaceToStay, { area: inTheShelter, optional: true, description: "For the staff of that shelter" })
  current!: PlaceToStay | null;
  /** When this was so: current. */
  @Inner() since!: Record<string, string>;
}

export const casePlacementView = view(cases)(CasePlacementView, {
  version: 1,
  key: ({ streamId }) => streamId,
  project: {
    PlacedInShelter: (row, { streamId, at, data: { shelter, stay } }) =>
      newest(row ?? { id: streamId, current: null, since: {} }, "current", at, { current: { shelter, stay } }),
    ShelterPlacementEnded: (row, { data: { stay } }) => (row?.current?.stay === stay ? { ...row, current: null } : row),
  },
});
