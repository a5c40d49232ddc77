import type { Expected } from "./record.js";
import type { StreamState } from "./stream.js";

/** What a write may do. `compare`: events lie where these would go, and may be the same ones, sent again. */
export type Verdict = "write" | "compare" | "wrong" | "deleted";

type JudgedStream = Pick<StreamState, "last" | "tombstoned" | "deleted" | "hasMetadata">;

/** The rule of expected revisions for an append. */
export function judge(expected: Expected, { last, tombstoned, deleted, hasMetadata }: JudgedStream): Verdict {
  if (tombstoned) return "deleted";
  if (expected === "any") return "write";
  if (expected === "stream-exists") {
    if (deleted) return "deleted";
    return last >= 0n || hasMetadata ? "write" : "wrong";
  }
  const wanted = expected === "no-stream" ? -1n : expected;
  if (wanted === last) return "write";
  return wanted < last ? "compare" : "wrong";
}

/** The rule for closing a stream for ever: the same, but there is nothing to compare. */
export function judgeTombstone(expected: Expected, state: JudgedStream): Exclude<Verdict, "compare"> {
  const verdict = judge(expected, state);
  if (verdict !== "compare") return verdict;
  return expected === "no-stream" && state.deleted ? "write" : "wrong";
}

/** The rule for deleting: something must be there, if only metadata. */
export const judgeDeletion = (expected: Expected, state: JudgedStream): Exclude<Verdict, "compare"> =>
  state.last < 0n && !state.hasMetadata ? "wrong" : judgeTombstone(expected, state);

/** Sent again: every proposed id lies, in order, after the expected revision. A prefix of what lies there is enough. */
export const isSame = (proposed: readonly string[], there: readonly string[]): boolean =>
  proposed.length > 0 && proposed.length <= there.length && proposed.every((id, index) => id === there[index]);

/** A deleted stream is begun again by new events only: one that is there is a retry gone wrong. */
export const beginsAgain = (
  expected: Expected,
  { deleted }: JudgedStream,
  proposed: readonly string[],
  there: readonly string[],
): boolean => expected === "no-stream" && deleted && proposed.length > 0 && !proposed.some((id) => there.includes(id));

/** Sent again without an expected revision: all known, in rising or repeated order; `revisions` has undefined for an unknown id. */
export function judgeKnown(revisions: readonly (bigint | undefined)[]): "write" | "same" | "wrong" {
  if (revisions[0] === undefined) return "write";
  const rising = revisions.every((each, index) => each !== undefined && (index === 0 || each >= revisions[index - 1]!));
  return rising ? "same" : "wrong";
}

/** Where the compared ids would begin. */
export const firstAfter = (expected: Expected): bigint => (typeof expected === "bigint" ? expected + 1n : 0n);
