import { setTimeout as pause } from "node:timers/promises";
import type { EventLog } from "#store/event-log.js";
import { follow, type Follower } from "#store/follow.js";
import { CheckpointMoved } from "./store.js";

/** Follows the log, and writes now and then how far that has been looked through which did not concern it. */
export interface KeepingFollower extends Follower {
  /** Answers false where somebody else follows in its place by now. @throws CheckpointMoved */
  keep(): Promise<boolean>;
}

/** How often, milliseconds: so much at most is looked through again after a crash, and so late it is noticed that somebody else follows. */
const keepEvery = 1_000;

/** Follows until `signal` aborts, or until somebody else follows in its place: `ended` tells the follower of both. @throws what the follower throws */
export async function followKeeping(log: EventLog, begin: (ended: AbortSignal) => KeepingFollower, signal: AbortSignal): Promise<void> {
  const moved = new AbortController();
  const ended = AbortSignal.any([signal, moved.signal]);
  const follower = begin(ended);
  const keeping = keepUntil(follower, ended, () => moved.abort());
  try {
    await follow(log, follower, ended);
  } finally {
    moved.abort();
    await keeping;
    // Best kept, and no fault where it is not: what was not kept is looked through again.
    await follower.keep().catch(() => undefined);
  }
}

async function keepUntil(follower: KeepingFollower, ended: AbortSignal, moved: () => void): Promise<void> {
  for (;;) {
    await pause(keepEvery, undefined, { signal: ended }).catch(() => undefined);
    if (ended.aborted) return;
    const isCurrent = await follower.keep().catch((error: unknown) => {
      follower.interrupted?.(error as Error);
      return !(error instanceof CheckpointMoved);
    });
    if (!isCurrent) moved();
  }
}

/** One after the other, in the order in which they are given. */
export function turns(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return async (work) => {
    const turn = last.then(work, work);
    last = turn.catch(() => undefined);
    return turn;
  };
}
