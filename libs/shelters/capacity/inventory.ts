import { isDuring, nextAfter, standingAt, type Interval } from "#kernel/in-time.js";
import type { Instant } from "#kernel/kernel.js";
import type { Availability, BedCategory } from "../vocabulary.js";

export interface Bed {
  bed: string;
  category: BedCategory;
  availability: Availability;
}

/** All beds, as they were told from a time on. */
interface Inventory {
  readonly at: Instant;
  readonly beds: readonly Readonly<Bed>[];
}
/** One bed, taken out of service or put back. */
interface Service {
  readonly at: Instant;
  readonly bed: string;
  readonly out: boolean;
}
/** What was told of the beds of a house, in order of time. */
export type BedHistory = readonly (Inventory | Service)[];

const isInventory = (each: Inventory | Service): each is Inventory => "beds" in each;
const inventories = (history: BedHistory): Inventory[] => history.filter(isInventory);
const lacks = (each: Inventory | Service, bed: string): boolean => isInventory(each) && each.beds.every((one) => one.bed !== bed);

/** The beds there were at a moment, in service or not. */
export const bedsAt = (history: BedHistory, moment: Instant): readonly Readonly<Bed>[] =>
  standingAt(inventories(history), moment)?.beds ?? [];

export const bedAt = (history: BedHistory, bed: string, moment: Instant): Readonly<Bed> | undefined =>
  bedsAt(history, moment).find((each) => each.bed === bed);

/** When the beds were next told as a whole. */
export const nextInventoryAt = (history: BedHistory, moment: Instant): Instant | null =>
  nextAfter(inventories(history), moment)?.at ?? null;

/** What a bed was during a time, one after the other; undefined while there was no such bed. */
export const kindsOf = (history: BedHistory, bed: string, during: Interval): (Readonly<Bed> | undefined)[] =>
  [during.from, ...inventories(history).flatMap(({ at }) => (at > during.from && isDuring(during, at) ? [at] : []))].map((moment) =>
    bedAt(history, bed, moment),
  );

/** Nobody could sleep in it. A bed that was taken away and set up anew is in service again. */
export const isOutOfServiceAt = (history: BedHistory, bed: string, moment: Instant): boolean => {
  const last = history.findLast((each) => each.at <= moment && (lacks(each, bed) || ("bed" in each && each.bed === bed)));
  return last !== undefined && "out" in last && last.out;
};

/** At the beginning of a time, or later in it. */
export const isOutOfServiceDuring = (history: BedHistory, bed: string, during: Interval): boolean =>
  isOutOfServiceAt(history, bed, during.from) ||
  history.some((each) => "out" in each && each.bed === bed && each.out && isDuring(during, each.at));

/** When a bed that is taken out of service then is next in service, or away. */
export const nextInServiceAt = (history: BedHistory, bed: string, moment: Instant): Instant | null =>
  history.find((each) => each.at > moment && (lacks(each, bed) || ("out" in each && each.bed === bed && !each.out)))?.at ?? null;
