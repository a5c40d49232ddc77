import "reflect-metadata";
import { Type } from "class-transformer";
import { requireApprover } from "#access/approvals.js";
import { Personal } from "#access/personal.js";
import {
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsLatitude,
  IsLongitude,
  IsNumber,
  IsString,
  Matches,
  MaxLength,
  ValidateNested,
} from "class-validator";
import { IsBedCode } from "../bed-code.js";
import { Described } from "#kernel/described.js";
import { inserted, standingAt } from "#kernel/in-time.js";
import { require, slice, type Instant, type Rule } from "#kernel/kernel.js";
import { Refuses } from "#kernel/refusals.js";
import { usesDuring, type Stays } from "../stays/stays.js";
import { Optional } from "#platform/values/optional.js";
import { IsPhone } from "#platform/values/phone.js";
import { IsInstant, utc } from "#platform/values/time.js";
import { regions, type Region } from "#vocabulary/regions.js";
import {
  availabilities,
  bedCategories,
  outOfServiceReasons,
  type Availability,
  type BedCategory,
  type OutOfServiceReason,
} from "../vocabulary.js";
import { bedAt, bedsAt, isOutOfServiceAt, nextInServiceAt, nextInventoryAt, type Bed, type BedHistory } from "./inventory.js";

// Facts

export type CapacityFact =
  | {
      type: "ShelterRegistered";
      data: { code: string; region: Region; shelter: string };
      personal: Record<string, { location: object }>;
    }
  | { type: "ShelterVetted"; data: { validUntil: Instant } }
  | { type: "CapacityChanged"; data: { beds: Bed[] } }
  | { type: "BedTakenOutOfService"; data: { bed: string; reason: OutOfServiceReason } }
  | { type: "BedRestored"; data: { bed: string } };

// State

export interface Capacity {
  /** Whose address it is: the subject of the sealed data; empty before the shelter is registered. */
  readonly subject: string;
  readonly code: string;
  readonly registeredAt: Instant | null;
  /** Whose house it is. */
  readonly organisation: string | null;
  readonly beds: BedHistory;
  /** In order of time. */
  readonly vettings: readonly { readonly at: Instant; readonly validUntil: Instant }[];
}
export const capacity = slice<CapacityFact>()<Capacity>(
  { subject: "", code: "", registeredAt: null, organisation: null, beds: [], vettings: [] },
  {
    ShelterRegistered: (state, { shelter, code }, { at, by }) => ({
      ...state,
      subject: shelter,
      code,
      registeredAt: at,
      organisation: by.organisation ?? null,
    }),
    ShelterVetted: (state, { validUntil }, { at }) => ({ ...state, vettings: inserted(state.vettings, { at, validUntil }) }),
    CapacityChanged: (state, { beds }, { at }) => ({ ...state, beds: inserted(state.beds, { at, beds }) }),
    BedTakenOutOfService: (state, { bed }, { at }) => ({ ...state, beds: inserted(state.beds, { at, bed, out: true }) }),
    BedRestored: (state, { bed }, { at }) => ({ ...state, beds: inserted(state.beds, { at, bed, out: false }) }),
  },
);

// Requests

@Refuses("ShelterAlreadyRegistered")
export class RegisterShelter {
  @Described("A short code by which staff know the house")
  @IsString()
  @Matches(/^[A-Z]{2,4}-\d{1,3}$/, { message: "$property must be letters and a number, such as KIG-1" })
  code!: string;
  @Described("Where it is; nobody outside it is told more") @IsIn(regions) region!: Region;
  @Personal("location") @IsString() @MaxLength(500) address!: string;
  @Optional() @Personal("location") @IsNumber() @IsLatitude() latitude?: number;
  @Optional() @Personal("location") @IsNumber() @IsLongitude() longitude?: number;
  @Optional() @Personal("location") @IsPhone() phone?: string;
}
@Refuses("ApproverIsRequester", "ApproverOfAnotherRole", "ApproverOfOwnOrganisation", "VettingAlreadyExpired")
export class VetShelter {
  @Described("The day until which it is vetted") @IsInstant() validUntil!: Instant;
}
export class BedOffered implements Bed {
  @Described("A short code, such as W1") @IsBedCode() bed!: string;
  @Described("For whom it is") @IsIn(bedCategories) category!: BedCategory;
  @Described("When it can be used") @IsIn(availabilities) availability!: Availability;
}
@Refuses("BedInUse", "BedNamedTwice")
export class ChangeCapacity {
  @Described("All beds that there are from now on")
  @IsArray()
  @ArrayMaxSize(300)
  @ValidateNested({ each: true })
  @Type(() => BedOffered)
  beds!: BedOffered[];
}
@Refuses("BedInUse", "BedUnknown")
export class TakeBedOutOfService {
  @Described("Which one") @IsBedCode() bed!: string;
  @Described("Why it cannot be used") @IsIn(outOfServiceReasons) reason!: OutOfServiceReason;
}
@Refuses("BedUnknown")
export class RestoreBed {
  @Described("Which one") @IsBedCode() bed!: string;
}

// Rules

/** The address is what gets someone killed: sealed under the shelter's own key, a class of its own. */
export const registerShelter: Rule<{ capacity: Capacity }, RegisterShelter, CapacityFact> = ({ capacity }, request, { newId }) => {
  require(capacity.code === "", "ShelterAlreadyRegistered");
  const { code, region, address, latitude, longitude, phone } = request;
  const shelter = newId();
  return [
    {
      type: "ShelterRegistered",
      data: { code, region, shelter },
      personal: { [shelter]: { location: { address, latitude, longitude, phone } } },
    },
  ];
};

/** By an officer of another organisation, after the national guidelines for safe houses: nobody vets her own. */
export const vetShelter: Rule<{ capacity: Capacity }, VetShelter, CapacityFact> = ({ capacity }, request, { at, actor }) => {
  requireApprover("vetting", { organisation: capacity.organisation }, actor);
  const validUntil = utc(request.validUntil);
  require(validUntil > at, "VettingAlreadyExpired");
  return standingAt(capacity.vettings, at)?.validUntil === validUntil ? [] : [{ type: "ShelterVetted", data: { validUntil } }];
};

/** The whole inventory as it is from then on, until it is told anew. A bed in which somebody sleeps does not vanish. */
export const changeCapacity: Rule<{ capacity: Capacity; stays: Stays }, ChangeCapacity, CapacityFact> = (
  { capacity, stays },
  request,
  { at },
) => {
  const beds = request.beds.map(({ bed, category, availability }) => ({ bed, category, availability }));
  require(new Set(beds.map(({ bed }) => bed)).size === beds.length, "BedNamedTwice");
  for (const { bed, from } of usesDuring(stays, { from: at, until: nextInventoryAt(capacity.beds, at) })) {
    const before = bedAt(capacity.beds, bed, from > at ? from : at);
    const after = beds.find((each) => each.bed === bed);
    require(after && after.category === before?.category, "BedInUse", { bed });
  }
  return JSON.stringify(beds) === JSON.stringify(bedsAt(capacity.beds, at)) ? [] : [{ type: "CapacityChanged", data: { beds } }];
};

export const takeBedOutOfService: Rule<{ capacity: Capacity; stays: Stays }, TakeBedOutOfService, CapacityFact> = (
  { capacity, stays },
  { bed, reason },
  { at },
) => {
  require(bedAt(capacity.beds, bed, at), "BedUnknown");
  if (isOutOfServiceAt(capacity.beds, bed, at)) return [];
  const used = usesDuring(stays, { from: at, until: nextInServiceAt(capacity.beds, bed, at) });
  require(used.every((each) => each.bed !== bed), "BedInUse", { bed });
  return [{ type: "BedTakenOutOfService", data: { bed, reason } }];
};

export const restoreBed: Rule<{ capacity: Capacity }, RestoreBed, CapacityFact> = ({ capacity }, { bed }, { at }) => {
  require(bedAt(capacity.beds, bed, at), "BedUnknown");
  return isOutOfServiceAt(capacity.beds, bed, at) ? [{ type: "BedRestored", data: { bed } }] : [];
};
