import type { Expected } from "./record.js";

/** What an append may do. `compare`: events lie where these would go, and may be the same ones, sent again. */
export type Verdict = "write" | "compare" | "wrong";

/** The rule of expected revisions; `last` is -1n for a stream without events. */
export function judge(expected: Expected, last: bigint): Verdict {
  if (expected === "any") return "write";
  if (expected === "stream-exists") return last >= 0n ? "write" : "wrong";
  const wanted = expected === "no-stream" ? -1n : expected;
  if (wanted === last) return "write";
  return wanted < last ? "compare" : "wrong";
}

/** Sent again: every proposed id lies, in order, after the expected revision. A prefix of what lies there is enough. */
export const isSame = (proposed: readonly string[], there: readonly string[]): boolean =>
  proposed.length > 0 && proposed.length <= there.length && proposed.every((id, index) => id === there[index]);

/** Where those ids would begin. */
export const firstAfter = (expected: Expected): bigint => (typeof expected === "bigint" ? expected + 1n : 0n);
