import type { AreasOf } from "#access/areas.js";
import { Code, Count, Key, Moment, Sealed, Structure, Text, ViewOf } from "#projection/columns.js";
import { sealedPart, view } from "#projection/view.js";
import type { SealedPart } from "#seal/sealed.js";
import { shelters } from "../shelters.js";
import { shelterRegions, type Availability, type BedCategory, type ShelterRegion } from "../vocabulary.js";

interface BedState {
  readonly bed: string;
  readonly category: BedCategory;
  readonly availability: Availability;
  readonly inService: boolean;
  readonly stay: string | null;
}

/** Which stay holds a bed tells where somebody is. */
const bedAreas: AreasOf<BedState> = {
  ...{ bed: "capacity", category: "capacity", availability: "capacity", inService: "capacity" },
  stay: "location",
};

/** A shelter as it is now. Where it stands is sealed, and only its own staff may open that. */
@ViewOf("Shelter", {
  about: ["shelter", "id"],
  indexes: [
    ["code", "id"],
    ["region", "code", "id"],
  ],
})
export class ShelterView {
  @Key() id!: string;
  @Count({ area: "capacity" }) revision!: number;
  @Text({ area: "capacity" }) code!: string;
  @Code(shelterRegions, { area: "capacity" }) region!: ShelterRegion;
  @Moment({ area: "capacity", optional: true }) vettedUntil!: string | null;
  @Count({ area: "capacity", description: "Beds in service, overflow left out" }) bedsInService!: number;
  @Count({ area: "capacity" }) occupied!: number;
  @Count({ area: "capacity", description: "Beds in service that nobody sleeps in, overflow left out" }) free!: number;
  @Count({ area: "capacity", description: "People who sleep in overflow beds" }) overflow!: number;
  @Structure({
    area: bedAreas,
    description: "Each bed: category, availability, in service; for the shelter's own staff, the stay that holds it",
  })
  beds!: BedState[];
  @Sealed("location") location!: SealedPart | null;
}

const counted = (row: ShelterView, beds: readonly BedState[]): ShelterView => {
  const usual = beds.filter(({ availability, inService }) => availability !== "Overflow" && inService);
  const taken = beds.filter(({ stay }) => stay !== null);
  return {
    ...row,
    beds: [...beds],
    bedsInService: usual.length,
    occupied: taken.length,
    free: usual.filter(({ stay }) => stay === null).length,
    overflow: taken.filter(({ availability }) => availability === "Overflow").length,
  };
};
const withBed = (row: ShelterView, bed: string, change: Partial<BedState>): ShelterView =>
  counted(
    row,
    row.beds.map((each) => (each.bed === bed ? { ...each, ...change } : each)),
  );
const without = (row: ShelterView, stay: string): ShelterView =>
  counted(
    row,
    row.beds.map((each) => (each.stay === stay ? { ...each, stay: null } : each)),
  );

export const shelterView = view(shelters)(ShelterView, {
  version: 1,
  key: ({ streamId }) => streamId,
  project: {
    ShelterRegistered: (_, fact) => ({
      ...{ id: fact.streamId, revision: 0, code: fact.data.code, region: fact.data.region, vettedUntil: null },
      ...{ bedsInService: 0, occupied: 0, free: 0, overflow: 0, beds: [], location: sealedPart(fact, "location") },
    }),
    ShelterVetted: (row, { data: { validUntil } }) => row && { ...row, vettedUntil: validUntil },
    CapacityChanged: (row, { data: { beds } }) =>
      row &&
      counted(
        row,
        beds.map((bed) => {
          const before = row.beds.find((each) => each.bed === bed.bed);
          return { ...bed, inService: before?.inService ?? true, stay: before?.stay ?? null };
        }),
      ),
    BedTakenOutOfService: (row, { data: { bed } }) => row && withBed(row, bed, { inService: false }),
    BedRestored: (row, { data: { bed } }) => row && withBed(row, bed, { inService: true }),
    ResidentAdmitted: (row, { data: { bed, stay } }) => row && withBed(row, bed, { stay }),
    ResidentMoved: (row, { data: { bed, stay } }) => row && withBed(without(row, stay), bed, { stay }),
    ResidentDischarged: (row, { data: { stay } }) => row && without(row, stay),
  },
  always: (row, { revision }) => ({ ...row, revision: Number(revision) }),
});
