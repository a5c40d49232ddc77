import type { Expected, Proposed } from "./semantics/record.js";

/** What a client wants written. */
export interface Write {
  readonly kind: "append" | "delete" | "tombstone";
  readonly stream: string;
  readonly expected: Expected;
  readonly events: readonly Proposed[];
}

/** Written, or had been: `last` is -1n where the stream has no events; `position` null where its last event cannot be read any more. */
export interface Success {
  readonly kind: "success";
  readonly last: bigint;
  readonly position: bigint | null;
}

/** The stream is not where it was expected. */
export interface Wrong {
  readonly kind: "wrong";
  readonly last: bigint;
  readonly expected: Expected;
}

/** The stream is closed for ever, or deleted and expected to exist. */
export interface Deleted {
  readonly kind: "deleted";
}

export type WriteOutcome = Success | Wrong | Deleted;
