import { malformed } from "#platform/problem.js";

/** Where a page ended: the order it was read in, and the last row's place in it. */
export interface Cursor {
  readonly sort: string;
  readonly value: unknown;
  readonly key: string;
}

export const writeCursor = ({ sort, value, key }: Cursor): string => Buffer.from(JSON.stringify([sort, value, key])).toString("base64url");

/** @throws ProblemError where it is not a cursor of this list in this order */
export function readCursor(text: string, sort: string): Cursor {
  try {
    const parsed = JSON.parse(Buffer.from(text, "base64url").toString()) as unknown;
    if (Array.isArray(parsed) && parsed.length === 3 && parsed[0] === sort && typeof parsed[2] === "string")
      return { sort, value: parsed[1], key: parsed[2] };
  } catch {
    // Told below, as any other text that is no cursor.
  }
  throw malformed("after", "the `next` of a page that was read with the same filters and order");
}
