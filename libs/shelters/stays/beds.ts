import { isDuring, type Interval } from "#kernel/in-time.js";
import { require, type Instant } from "#kernel/kernel.js";
import type { Capacity } from "../capacity/capacity.js";
import { bedAt, bedsAt, isOutOfServiceDuring, kindsOf } from "../capacity/inventory.js";
import type { BedCategory } from "../vocabulary.js";
import { usesDuring, type Stays } from "./stays.js";

/** What a shelter must know of whom it takes in, told by the case. */
export interface Resident {
  readonly sex: "Female" | "Male" | "Other" | "Unknown";
  readonly isChild: boolean;
  /** Is she supported, whatever was found of her? Whoever is only followed up, or whose case is closed, is not. */
  readonly served: boolean;
  /** When her case was opened; null: not known. */
  readonly openedAt: Instant | null;
  /** When she was next taken in, in whatever house; null: not that we know of. */
  readonly nextStayAt: Instant | null;
  /** Was she elsewhere, by what a later moment says? In which house is not told. */
  readonly isElsewhere: boolean;
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

/** The bed for this person during a time: the named one, or the first that suits; overflow only where it is accepted, and last. */
export function chooseBed(
  { capacity: { beds: history }, stays, resident }: House,
  { caseId, bed, family = false, acceptOverflow = false }: Wish,
  during: Interval,
) {
  const uses = usesDuring(stays, during);
  const isUsed = (code: string, kept: boolean) => uses.some((each) => each.bed === code && each.kept === kept && each.caseId !== caseId);
  const isBroken = (code: string) => isOutOfServiceDuring(history, code, during);
  const suits = (code: string) => kindsOf(history, code, during).every((each) => each && isSuitable(resident, each.category, family));
  if (bed !== undefined) {
    const named = bedAt(history, bed, during.from);
    require(named && !kindsOf(history, bed, during).includes(undefined), "BedUnknown");
    require(!isBroken(bed), "BedOutOfService");
    require(!isUsed(bed, false), "BedOccupied");
    require(!isUsed(bed, true), "BedReservedForAnother");
    require(suits(bed), "BedCategoryNotSuitable");
    require(named.availability !== "Overflow" || acceptOverflow, "OverflowNotAccepted");
    return named;
  }
  const kept = uses.find((each) => each.kept && each.caseId === caseId && isDuring(each, during.from))?.bed;
  const free = bedsAt(history, during.from).filter(
    (each) => !isBroken(each.bed) && !isUsed(each.bed, false) && !isUsed(each.bed, true) && suits(each.bed),
  );
  const usual = free.filter(({ availability }) => availability !== "Overflow");
  const found = free.find((each) => each.bed === kept) ?? usual[0] ?? (acceptOverflow ? free[0] : undefined);
  require(found, "NoBedAvailable");
  return found;
}
