import { require, type Instant } from "#kernel/kernel.js";
import type { Capacity } from "../capacity/capacity.js";
import type { BedCategory } from "../vocabulary.js";
import type { Stays } from "./stays.js";

/** What a shelter must know of whom it takes in, told by the case. */
export interface Resident {
  readonly sex: "Female" | "Male" | "Other" | "Unknown";
  readonly isChild: boolean;
  /** May be served: possible victims are, whoever was found to be none or whose case is closed is not. */
  readonly served: boolean;
}

export interface Wish {
  readonly caseId: string;
  readonly bed?: string | undefined;
  readonly family?: boolean | undefined;
  readonly acceptOverflow?: boolean | undefined;
}

type House = { capacity: Capacity; stays: Stays; resident: Resident };

/**
 * Women, men, girls and boys sleep apart, and children apart from adults unless they are a family (National Guidelines for Safe
 * Houses). Whose sex is other or unknown may be placed in any category of the right age, with care.
 */
export const isSuitable = ({ sex, isChild }: Resident, category: BedCategory, family: boolean): boolean => {
  if (category === "Family") return family;
  const forChildren = category === "Girls" || category === "Boys";
  const forFemales = category === "Women" || category === "Girls";
  if (forChildren !== isChild) return false;
  return sex === "Other" || sex === "Unknown" || forFemales === (sex === "Female");
};

/** The bed for this person now: the named one, or the first that suits; overflow only where it is accepted, and last. */
export function chooseBed(
  { capacity, stays, resident }: House,
  { caseId, bed, family = false, acceptOverflow = false }: Wish,
  now: Instant,
) {
  const reserved = (code: string) => stays.reservations.some((each) => each.bed === code && each.until > now && each.caseId !== caseId);
  const occupied = (code: string) => stays.residents.some((each) => each.bed === code && each.caseId !== caseId);
  if (bed !== undefined) {
    const named = capacity.beds.find((each) => each.bed === bed);
    require(named, "BedUnknown");
    require(!capacity.outOfService.includes(bed), "BedOutOfService");
    require(!occupied(bed), "BedOccupied");
    require(!reserved(bed), "BedReservedForAnother");
    require(isSuitable(resident, named.category, family), "BedCategoryNotSuitable");
    require(named.availability !== "Overflow" || acceptOverflow, "OverflowNotAccepted");
    return named;
  }
  const kept = stays.reservations.find((each) => each.caseId === caseId && each.until > now)?.bed;
  const free = capacity.beds.filter(
    (each) =>
      !capacity.outOfService.includes(each.bed) &&
      !occupied(each.bed) &&
      !reserved(each.bed) &&
      isSuitable(resident, each.category, family),
  );
  const usual = free.filter(({ availability }) => availability !== "Overflow");
  const found = free.find((each) => each.bed === kept) ?? usual[0] ?? (acceptOverflow ? free[0] : undefined);
  require(found, "NoBedAvailable");
  return found;
}
