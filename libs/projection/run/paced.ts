import { setTimeout as pause } from "node:timers/promises";

/**
 * Runs `work` when it is asked for: one at a time, and at most once in `interval` milliseconds. Who asks while it runs or rests shares
 * the next run, which begins after he asked.
 */
export function paced(work: () => Promise<void>, interval: number): () => Promise<void> {
  let next: Promise<void> | undefined;
  let rested: Promise<unknown> = Promise.resolve();
  return () =>
    (next ??= rested.then(() => {
      next = undefined;
      const run = work();
      rested = Promise.allSettled([run, pause(interval, undefined, { ref: false })]);
      return run;
    }));
}
