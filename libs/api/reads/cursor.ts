import { malformed } from "#platform/http/problem.js";
import { isText } from "#platform/values/values.js";

/** Where a page ended: the order it was read in, and the last row's place in it. */
export interface Cursor {
  readonly sort: string;
  readonly value: string;
  readonly key: string;
}

export const writeCursor = ({ sort, value, key }: Cursor): string => Buffer.from(JSON.stringify([sort, value, key])).toString("base64url");

/** Postgres has no year 0. */
const moment = /^(?!0000)\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** `type`: what Postgres keeps the place in the order as. @throws ProblemError where it is not a cursor of this list in this order */
export function readCursor(text: string, sort: string, type: string): Cursor {
  try {
    const [of, value, key, ...more] = JSON.parse(Buffer.from(text, "base64url").toString()) as unknown[];
    if (of === sort && isText(value) && isText(key) && more.length === 0 && isPlace(value, type)) return { sort, value, key };
  } catch {
    // Told below, as any other text that is no cursor.
  }
  throw malformed("after", "the `next` of a page that was read with the same filters and order");
}

const isPlace = (value: string, type: string): boolean => {
  if (type !== "timestamptz") return true;
  const time = new Date(moment.test(value) ? value : Number.NaN);
  return !Number.isNaN(time.getTime()) && time.toISOString() === value;
};
