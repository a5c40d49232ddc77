import { status } from "@grpc/grpc-js";
import { AccessDeniedError, MaxAppendSizeExceededError, StreamDeletedError, WrongExpectedVersionError } from "@eventstore/db-client";
import type { Position } from "./stored.js";

/** Somebody else was first: the stream is not at the expected revision. */
export class StreamMoved extends Error {
  readonly code = "StreamMoved";
}

/** The event store did not answer. Whether something was stored is not known; the same call may be made again. */
export class StoreUnavailable extends Error {
  readonly code: string = "StoreUnavailable";
}

/**
 * The event store answers, and turns this account away: by its name and password, or for want of a right. To whoever waits for an answer it is
 * as good as away, and it passes once somebody has put it right.
 */
export class StoreRefused extends StoreUnavailable {
  override readonly code = "StoreRefused";
}

/** Facts too large for one append. */
export class AppendTooLarge extends Error {
  readonly code = "AppendTooLarge";
}

/** How a stream came to hold less than was stored in it. */
export type Destruction = "tombstoned" | "deleted" | "truncated";

/** Where in a stream something is wrong, as far as it is known. */
export interface StreamPlace {
  readonly stream: string;
  readonly revision: bigint | null;
  readonly position: Position | null;
}

/**
 * Somebody has destroyed a stream, or its beginning, in the store itself. What it held is lost unless it is restored: sending a request
 * again does not help, and nothing may begin the stream anew as if it had never been.
 */
export class RecordDestroyed extends Error {
  readonly code = "RecordDestroyed";
  constructor(
    readonly how: Destruction,
    readonly place: StreamPlace,
    cause?: unknown,
  ) {
    super(`${place.stream} was ${how} in the event store`, { cause });
  }
}

/**
 * A stream holds an event that this program cannot read: one that the application did not write, or one of a newer version of it. Nothing is
 * decided on a record that is not understood whole.
 */
export class RecordUnreadable extends Error {
  readonly code = "RecordUnreadable";
  constructor(
    readonly type: string,
    readonly place: StreamPlace,
    cause?: unknown,
    /** The state before it, as far as it was read. */
    readonly before?: unknown,
  ) {
    super(`${place.stream} holds an event at revision ${place.revision} that cannot be read`, { cause });
  }
}

const own = [StreamMoved, StoreUnavailable, AppendTooLarge, RecordDestroyed, RecordUnreadable];

/** The one translation of whatever the client throws, anywhere, into what it means here. `stream`: the one that was asked for, if it was one. */
export function storeFailure(error: unknown, stream = ""): Error {
  if (own.some((each) => error instanceof each)) return error as Error;
  if (error instanceof StreamDeletedError)
    return new RecordDestroyed("tombstoned", { stream: stream || error.streamName, revision: null, position: null }, error);
  if (error instanceof WrongExpectedVersionError) return new StreamMoved("the stream is not where it was", { cause: error });
  if (error instanceof MaxAppendSizeExceededError) return new AppendTooLarge("more than one append can hold", { cause: error });
  if (error instanceof AccessDeniedError)
    return new StoreRefused(
      error.code === status.UNAUTHENTICATED
        ? "The event store does not accept the name or the password in EVENTSTORE_URL."
        : "The event store does not let the account in EVENTSTORE_URL do that: see to its rights there.",
      { cause: error },
    );
  return new StoreUnavailable("The event store in EVENTSTORE_URL does not answer. Check the address, and that it runs.", { cause: error });
}

/** @throws StoreUnavailable where there is no answer in time */
export async function withTimeout<T>(promise: Promise<T>, milliseconds: number): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new StoreUnavailable("no answer in time")), milliseconds);
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
