import { Code, Count, Flag, Inner, Key, Measure, Moment, Reference, Text, ViewOf, Words } from "#projection/declare/columns.js";
import { inserted } from "#kernel/in-time.js";
import { newest } from "#projection/declare/newest.js";
import { Sealed, Shape, Structures } from "#projection/declare/shapes.js";
import { sealedPart, view } from "#projection/declare/view.js";
import type { SealedPart } from "#seal/sealed.js";
import { regions, type Region } from "#vocabulary/regions.js";
import { shelters } from "../shelters.js";
import { bedsAt, isOutOfServiceAt, type BedHistory } from "./inventory.js";
import { availabilities, bedCategories, type Availability, type BedCategory } from "../vocabulary.js";

@Shape("Bed")
class Bed {
  @Text({ area: "capacity" }) bed!: string;
  @Code(bedCategories, { area: "capacity" }) category!: BedCategory;
  @Code(availabilities, { area: "capacity" }) availability!: Availability;
  @Flag({ area: "capacity" }) inService!: boolean;
  @Reference({ area: "location", description: "Which stay holds it tells where somebody is: for the shelter's own staff" })
  stay!: string | null;
}

@Shape("ShelterLocation")
class ShelterLocation {
  @Words() address!: string;
  @Measure({ description: "Degrees" }) latitude!: number;
  @Measure({ description: "Degrees" }) longitude!: number;
  @Words() phone!: string;
}

interface Present {
  readonly stay: string;
  readonly beds: readonly { readonly at: string; readonly bed: string }[];
}

/** A shelter as it is now. Where it stands is sealed, and only its own staff may open that. */
@ViewOf("Shelter", {
  about: ["shelter", "id"],
  rows: { area: "capacity", house: "id" },
  indexes: [
    ["code", "id"],
    ["region", "code", "id"],
  ],
})
export class ShelterView {
  @Key() id!: string;
  @Count({ area: "capacity" }) revision!: number;
  @Text({ area: "capacity" }) code!: string;
  @Code(regions, { area: "capacity" }) region!: Region;
  @Moment({ area: "capacity", optional: true }) vettedUntil!: string | null;
  @Count({ area: "capacity", description: "Beds in service, overflow left out" }) bedsInService!: number;
  @Count({ area: "capacity" }) occupied!: number;
  @Count({ area: "capacity", description: "Beds in service that nobody sleeps in, overflow left out" }) free!: number;
  @Count({ area: "capacity", description: "People who sleep in overflow beds" }) overflow!: number;
  @Structures(Bed) beds!: Bed[];
  @Sealed("location", ShelterLocation) location!: SealedPart | null;
  /** What was told of the beds, in order of time. */
  @Inner() told!: BedHistory[number][];
  /** The stays that have not ended: in which bed from when on. */
  @Inner() present!: Present[];
  /** When this was so: vetting. */
  @Inner() since!: Record<string, string>;
}

/** Whatever was told of beds and of people who are still here, in whatever order: where they are now follows from it. */
const counted = (row: ShelterView): ShelterView => {
  const latest = "9999-12-31T23:59:59.999Z";
  const beds = bedsAt(row.told, latest).map((bed) => ({
    ...bed,
    inService: !isOutOfServiceAt(row.told, bed.bed, latest),
    stay: row.present.findLast((each) => each.beds.at(-1)!.bed === bed.bed)?.stay ?? null,
  }));
  const usual = beds.filter(({ availability, inService }) => availability !== "Overflow" && inService);
  const taken = beds.filter(({ stay }) => stay !== null);
  return {
    ...row,
    beds,
    bedsInService: usual.length,
    occupied: taken.length,
    free: usual.filter(({ stay }) => stay === null).length,
    overflow: taken.filter(({ availability }) => availability === "Overflow").length,
  };
};
const withHistory = (row: ShelterView, one: BedHistory[number]): ShelterView => counted({ ...row, told: [...inserted(row.told, one)] });

export const shelterView = view(shelters)(ShelterView, {
  version: 2,
  key: ({ streamId }) => streamId,
  project: {
    ShelterRegistered: (_, fact) => ({
      id: fact.streamId,
      revision: 0,
      code: fact.data.code,
      region: fact.data.region,
      vettedUntil: null,
      bedsInService: 0,
      occupied: 0,
      free: 0,
      overflow: 0,
      beds: [],
      location: sealedPart(fact, "location"),
      told: [],
      present: [],
      since: {},
    }),
    ShelterVetted: (row, { at, data: { validUntil } }) => row && newest(row, "vetting", at, { vettedUntil: validUntil }),
    CapacityChanged: (row, { at, data: { beds } }) => row && withHistory(row, { at, beds }),
    BedTakenOutOfService: (row, { at, data: { bed } }) => row && withHistory(row, { at, bed, out: true }),
    BedRestored: (row, { at, data: { bed } }) => row && withHistory(row, { at, bed, out: false }),
    ResidentAdmitted: (row, { at, data: { bed, stay } }) =>
      row && counted({ ...row, present: [...row.present, { stay, beds: [{ at, bed }] }] }),
    ResidentMoved: (row, { at, data: { bed, stay } }) =>
      row &&
      counted({
        ...row,
        present: row.present.map((each) => (each.stay === stay ? { stay, beds: [...inserted(each.beds, { at, bed })] } : each)),
      }),
    ResidentDischarged: (row, { data: { stay } }) => row && counted({ ...row, present: row.present.filter((each) => each.stay !== stay) }),
  },
  always: (row, { revision }) => ({ ...row, revision: Number(revision) }),
});
