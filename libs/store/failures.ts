/** Somebody else was first: the stream is not at the expected revision. */
export class StreamMoved extends Error {
  readonly code = "StreamMoved";
}

/** The event store did not answer. Whether something was stored is not known; the same call may be made again. */
export class StoreUnavailable extends Error {
  readonly code = "StoreUnavailable";
}

/** Facts too large for one append. */
export class AppendTooLarge extends Error {
  readonly code = "AppendTooLarge";
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
