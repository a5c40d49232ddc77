import type { Actor, Fact, Instant } from "#kernel/kernel.js";
import type { SealedPersonal } from "#seal/sealed.js";

/** A place in the whole log. Both are unsigned 64-bit; they sort as the facts were stored. */
export interface Position {
  readonly commit: bigint;
  readonly prepare: bigint;
}

/** What stands beside every fact. Ids, codes and times only: never a personal value. */
export interface Metadata {
  /** Version of the fact's `data`. */
  readonly schema: number;
  /** When it happened; the store knows when it was recorded. */
  readonly at: Instant;
  readonly by: Actor;
  readonly purpose: string;
  readonly commandId: string;
  /** Keyed hash of the request, so that the same key with another body is recognised without keeping the body. */
  readonly requestHash: string;
  readonly $correlationId: string;
  readonly $causationId: string;
  readonly source: Source;
  /** Why it was told late: a code. */
  readonly lateReason?: string;
  /** Where it was brought in as history: `by` is who acted then. */
  readonly imported?: Imported;
  /** W3C trace context of the change, where it was traced. */
  readonly traceparent?: string;
  /** Hash of the fact before it in the stream, empty for the first. */
  readonly prev: string;
  readonly hash: string;
  /** Keyed mark over the fact's place and `hash`, which only this application can make. Facts from before there were marks have none. */
  readonly mark?: string;
}

/** The import by which a fact came, and who sent it. */
export interface Imported {
  readonly import: string;
  readonly by: string;
}

export const sources = ["api", "offline", "import", "policy"] as const;
export type Source = (typeof sources)[number];

/**
 * Whether a fact is as the application wrote it. "forged": the application did not write it, or not there. "broken": it was changed after it
 * was written, or what stands before it was. "unmarked": from before there were marks, so that nobody can tell who wrote it.
 */
export const integrities = ["intact", "unmarked", "broken", "forged"] as const;
export type Integrity = (typeof integrities)[number];

/** What a whole is of which this is so and that. */
export const worse = (one: Integrity, other: Integrity): Integrity => (integrities.indexOf(other) > integrities.indexOf(one) ? other : one);

/** What is written: personal data sealed. */
export interface StoredBody {
  readonly data: object;
  readonly personal?: SealedPersonal;
}

/** A fact as the log holds it: `data` in the form of its own version, personal data sealed. */
export interface StoredFact extends StoredBody {
  /** Told where the log was opened with the key of the marks. What is forged counts nowhere. */
  readonly integrity?: Integrity;
  readonly stream: string;
  readonly revision: bigint;
  readonly position: Position;
  readonly id: string;
  readonly type: string;
  readonly metadata: Metadata;
  readonly recordedAt: Instant;
}

/**
 * An event that is no fact: in a stream of the application, but without what the application writes beside every fact. A stranger wrote it, or
 * the store itself did, such as a link or a tombstone (`$streamDeleted`). Only its place is told: what it holds could be anything.
 */
export type Foreign = Omit<StoredFact, "data" | "personal" | "metadata">;

/** What stands in a stream of the application. */
export type StoredEvent = StoredFact | Foreign;

/** A fact with its place and time, its data in today's form. `personal` stays sealed. */
export type Located<F extends Fact> = F extends Fact
  ? Omit<F, "personal"> & Omit<StoredFact, "type" | "data"> & { readonly streamId: string; readonly at: Instant }
  : never;

/** `case-6f1d...` of the case `6f1d...`. */
export const streamOf = (aggregate: string, id: string): string => `${aggregate}-${id}`;

/** A kind may be of several words: before an id as we make them stands its whole name, and before any other its first word. */
const nameOf = (stream: string): string =>
  /^([a-z]+(?:-[a-z]+)+)-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.exec(stream)?.[1] ?? stream.slice(0, stream.indexOf("-"));

/** `6f1d...` of `case-6f1d...`. */
export const idOf = (stream: string): string => stream.slice(nameOf(stream).length + 1);

/** `case` of `case-6f1d...`, as far as a stream tells by itself: whoever knows the kinds asks `isStreamOf`. */
export const aggregateOf = nameOf;

/** Is `case-6f1d...` a stream of `case`? */
export const isStreamOf = (aggregate: string, stream: string): boolean => stream.startsWith(aggregate) && stream[aggregate.length] === "-";
