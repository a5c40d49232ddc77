import { IsISO8601, Matches } from "class-validator";
import type { Instant } from "#kernel/kernel.js";

/** An instant with its zone: without one, the same text would be another time on another server. */
export const IsInstant = (): PropertyDecorator => (target, property) => {
  IsISO8601({ strict: true, strictSeparator: true })(target, property as string);
  Matches(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/)(target, property as string);
};

/** Facts keep UTC, wherever it was said. */
export const utc = (text: string): Instant => new Date(text).toISOString();
