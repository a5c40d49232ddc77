import { IsISO8601, IsString, Matches, ValidateBy } from "class-validator";
import type { Instant } from "#kernel/kernel.js";

/** An instant with its zone: without one, the same text would be another time on another server. */
export const IsInstant = (): PropertyDecorator => (target, property) => {
  IsISO8601({ strict: true, strictSeparator: true })(target, property as string);
  Matches(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/)(target, property as string);
};

/** A day that is in the calendar: a 31st of February would stay in a file for ever. */
export const IsDay = (): PropertyDecorator => (target, property) => {
  IsString()(target, property as string);
  Matches(/^\d{4}-\d{2}-\d{2}$/)(target, property as string);
  ValidateBy({ name: "isDay", validator: { validate: isInCalendar, defaultMessage: () => "$property must be a day of the calendar" } })(
    target,
    property as string,
  );
};

/** Facts keep UTC, wherever it was said. */
export const utc = (text: string): Instant => new Date(text).toISOString();

const isInCalendar = (day: unknown): boolean => {
  const instant = new Date(`${String(day)}T00:00:00.000Z`);
  return !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(String(day));
};
