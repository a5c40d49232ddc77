import type { Day, Instant } from "./kernel.js";

/** What came to be so at some time. */
export interface Since {
  readonly at: Instant;
}

/** Puts something into a list that is kept in order of time. Of two at one time, the one told later stands later. */
export function inserted<T extends Since>(list: readonly T[], entry: T): readonly T[] {
  const place = list.findLastIndex(({ at }) => at <= entry.at) + 1;
  return list.toSpliced(place, 0, entry);
}

/** What stood at a moment: the last of a list in order of time that is not after it; undefined before the first. */
export const standingAt = <T extends Since>(list: readonly T[], moment: Instant): T | undefined => list.findLast(({ at }) => at <= moment);

/** What comes next after a moment; undefined where nothing does. */
export const nextAfter = <T extends Since>(list: readonly T[], moment: Instant): T | undefined => list.find(({ at }) => at > moment);

/** From a moment on until another, which is no longer part of it; null: it goes on. */
export interface Interval {
  readonly from: Instant;
  readonly until: Instant | null;
}

export const isDuring = ({ from, until }: Interval, moment: Instant): boolean => from <= moment && (until === null || moment < until);

/** Have two intervals a moment in common? What ends when it begins, or before, holds none. */
export const overlap = (one: Interval, other: Interval): boolean => {
  const from = one.from > other.from ? one.from : other.from;
  return (one.until === null || from < one.until) && (other.until === null || from < other.until);
};

/** The earlier of two ends; null is none. */
export const earlier = (one: Instant | null, other: Instant | null | undefined): Instant | null =>
  one === null || (other != null && other < one) ? (other ?? null) : one;

const formats = new Map<string, Intl.DateTimeFormat>();

/** The calendar day of a moment at a place: in Dar es Salaam a day begins at 21:00 UTC of the day before. */
export function dayOf(moment: Instant, zone: string): Day {
  const digits = { year: "numeric", month: "2-digit", day: "2-digit" } as const;
  const format = formats.get(zone) ?? new Intl.DateTimeFormat("en-US", { timeZone: zone, calendar: "iso8601", ...digits });
  formats.set(zone, format);
  const parts = new Map(format.formatToParts(new Date(moment)).map(({ type, value }) => [type, value]));
  return `${parts.get("year")!.padStart(4, "0")}-${parts.get("month")}-${parts.get("day")}`;
}

export const weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"] as const;
export type Weekday = (typeof weekdays)[number];

/** Hours of a day of the week at a place: from the first on, until the last, which is no longer part of them. */
export interface HoursOfDay {
  day: Weekday;
  from: number;
  until: number;
}

const clocks = new Map<string, Intl.DateTimeFormat>();

/** The day of the week and the hour, 0 to 23, of a moment at a place. */
export function weekdayAndHourOf(moment: Instant, zone: string): { readonly weekday: Weekday; readonly hour: number } {
  const clock =
    clocks.get(zone) ?? new Intl.DateTimeFormat("en-US", { timeZone: zone, weekday: "long", hour: "2-digit", hourCycle: "h23" });
  clocks.set(zone, clock);
  const parts = new Map(clock.formatToParts(new Date(moment)).map(({ type, value }) => [type, value]));
  return { weekday: parts.get("weekday") as Weekday, hour: Number(parts.get("hour")) };
}

/** Is it one of these hours, by the clock of the place? */
export function isWithinHours(hours: readonly Readonly<HoursOfDay>[], moment: Instant, zone: string): boolean {
  const { weekday, hour } = weekdayAndHourOf(moment, zone);
  return hours.some(({ day, from, until }) => day === weekday && from <= hour && hour < until);
}
