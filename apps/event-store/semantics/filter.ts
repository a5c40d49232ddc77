import type { StoredRecord } from "./record.js";

/** A filter of `$all`: by stream name or event type, by prefixes or by an expression (which wins). */
export interface Filter {
  readonly on: "stream" | "type";
  readonly prefixes: readonly string[];
  readonly expression: RegExp | null;
  /** A checkpoint after every so many considered events. */
  readonly checkpointEvery: number;
}

/** No prefix and no expression match nothing; the empty prefix matches everything; case and characters count as they are. */
export const matches = ({ on, prefixes, expression }: Filter, record: Pick<StoredRecord, "stream" | "type">): boolean => {
  const text = record[on];
  return expression ? expression.test(text) : prefixes.some((prefix) => text.startsWith(prefix));
};

/** .NET spells "ignore case" as a leading `(?i)`. Throws where it is no expression. */
export function expressionOf(text: string): RegExp | null {
  if (text === "") return null;
  return text.startsWith("(?i)") ? new RegExp(text.slice(4), "iu") : new RegExp(text, "u");
}
