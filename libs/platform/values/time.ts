import { IsString, Matches, ValidateBy } from "class-validator";
import type { Instant } from "#kernel/kernel.js";

/**
 * The first and the last year of anything recorded. Postgres has no year 0, a year before 1000 or after 9999 does not sort as a text, and
 * nobody in a file was born before 1900.
 */
export const years = { first: 1900, last: 2199 };

const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/;
const day = /^\d{4}-\d{2}-\d{2}$/;

const rule = (name: string, validate: (value: unknown) => boolean, what: string): PropertyDecorator =>
  ValidateBy({
    name,
    validator: { validate, defaultMessage: () => `$property must be ${what}, from the year ${years.first} to ${years.last}` },
  });

/** An instant with its zone: without one, the same text would be another time on another server. */
export const IsInstant = (): PropertyDecorator => (target, property) => {
  IsString()(target, property as string);
  Matches(instant, { message: "$property must be an instant with its zone, such as 2026-01-31T08:00:00Z" })(target, property as string);
  rule("isInstant", isInstant, "an instant that exists")(target, property as string);
};

/** A day that is in the calendar: a 31st of February would stay in a file for ever. */
export const IsDay = (): PropertyDecorator => (target, property) => {
  IsString()(target, property as string);
  Matches(day, { message: "$property must be a day, such as 2026-01-31" })(target, property as string);
  rule("isDay", isDay, "a day of the calendar")(target, property as string);
};

/** A day of the calendar, or a month or a year of it where nobody knows more: `2026-01-31`, `2026-01`, `2026`. */
export const IsDayOrLess = (): PropertyDecorator =>
  rule("isDayOrLess", isDayOrLess, "a day, a month or a year, such as 2026-01-31, 2026-01 or 2026");

/** Is it an instant with its zone, which Postgres, JavaScript and a sorted text all hold? */
export function isInstant(text: unknown): text is string {
  if (typeof text !== "string" || !instant.test(text) || !isInCalendar(text.slice(0, 10))) return false;
  const time = new Date(text);
  return !Number.isNaN(time.getTime()) && isHeld(time.getUTCFullYear());
}

const isDay = (text: unknown): boolean =>
  typeof text === "string" && day.test(text) && isInCalendar(text) && isHeld(Number(text.slice(0, 4)));
const isDayOrLess = (text: unknown): boolean =>
  typeof text === "string" && /^\d{4}(-\d{2}){0,2}$/.test(text) && isDay(`${text}-01-01`.slice(0, 10));

/** Where days are counted if nothing else is said. */
export const defaultZone = "Africa/Dar_es_Salaam";

/** A zone as the IANA database names it. */
export const isZone = (name: string): boolean => {
  try {
    return /^[A-Z][\w+/-]*$/i.test(name) && new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
};

/** Facts keep UTC, wherever it was said. */
export const utc = (text: string): Instant => new Date(text).toISOString();

const isHeld = (year: number): boolean => year >= years.first && year <= years.last;

const isInCalendar = (text: string): boolean => {
  const midnight = new Date(`${text}T00:00:00.000Z`);
  return !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(text);
};
