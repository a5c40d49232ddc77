import { endOfTime, retentionOf } from "./metadata.js";
import type { StoredRecord } from "./record.js";

/** The end of one stored stream. `id` is 0n and `last` -1n where nothing was ever written. */
export interface Head {
  readonly id: bigint;
  readonly last: bigint;
  /** The data of the last event of a metadata stream, or of `$settings`, where it is JSON. */
  readonly latest: Buffer | null;
}

/** What may be done with a stream and what of it can be read. */
export interface StreamState {
  readonly name: string;
  readonly id: bigint;
  readonly last: bigint;
  /** Closed for ever. */
  readonly tombstoned: boolean;
  /** Deleted until somebody writes to it again. */
  readonly deleted: boolean;
  readonly hasMetadata: boolean;
  /** The first revision that can be read. */
  readonly first: bigint;
  /** In seconds; null: of any age. */
  readonly maxAge: bigint | null;
}

export const nothing: Head = { id: 0n, last: -1n, latest: null };

export const metadataStreamOf = (name: string): string => `$$${name}`;

/** Its last event says who may do what with streams that have no list of their own. */
export const settingsStream = "$settings";

/** Whether the last event of the stream is a rule for others, and is kept at hand. */
export const isRule = (name: string): boolean => name === settingsStream || subjectOf(name) !== null;

/** The stream that a metadata stream is about; null for any other stream. */
export const subjectOf = (name: string): string | null => (name.startsWith("$$") ? name.slice(2) : null);

/** The streams whose heads decide about this one. */
export function relatedTo(name: string): string[] {
  const subject = subjectOf(name);
  return subject === null ? [name, metadataStreamOf(name)] : [name, metadataStreamOf(name), subject];
}

/** Metadata streams show their last event alone, go with the stream they are about, and have no metadata of effect themselves. */
export function stateOf(name: string, headOf: (name: string) => Head): StreamState {
  const { id, last } = headOf(name);
  const subject = subjectOf(name);
  const metadata = headOf(metadataStreamOf(name));
  const retention = subject === null ? retentionOf(metadata.latest) : { maxCount: 1n };
  const { maxCount, maxAge = null, truncateBefore = 0n } = retention;
  const counted = maxCount === undefined ? 0n : last - maxCount + 1n;
  return {
    name,
    id,
    last,
    tombstoned: last === endOfTime || (subject !== null && headOf(subject).last === endOfTime),
    deleted: truncateBefore === endOfTime,
    hasMetadata: metadata.last >= 0n,
    first: counted > truncateBefore ? counted : truncateBefore,
    maxAge,
  };
}

/** What groups on `$all` keep for themselves is no part of `$all`: they would read it, and write it again, for ever. */
export const isHidden = (name: string): boolean =>
  name.startsWith("$") && (name === "$epoch-information" || /^\$persistentsubscription-\$all::.*-(checkpoint|parked)$/s.test(name));

/** There is something to read, or there was and it is truncated. */
export const isReadable = ({ last, deleted }: StreamState): boolean => last >= 0n && !deleted;

/** Whether an event of the stream can be read now. `now` in milliseconds. */
export function isVisible(state: StreamState, { revision, created }: Pick<StoredRecord, "revision" | "created">, now: number): boolean {
  if (revision === endOfTime || revision < state.first) return false;
  return state.maxAge === null || created / 10_000n > BigInt(now) - state.maxAge * 1_000n;
}
