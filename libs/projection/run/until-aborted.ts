import { setTimeout as pause } from "node:timers/promises";
import { isTransient } from "./transient.js";

/** The n-th pause after failures in a row, milliseconds: longer each time, up to half a minute; not the same for all who wait. */
export const growingPause = (failures: number): number => Math.min(250 * 2 ** Math.min(failures, 20), 30_000) * (0.75 + Math.random() / 2);

/** What has lasted so long, milliseconds, was no failure in a row with the one before. */
const longRun = 60_000;

/** Begins again after what passes by itself, with growing pauses; throws what does not. */
export async function untilAborted(signal: AbortSignal, interrupted: (error: Error) => void, run: () => Promise<void>): Promise<void> {
  for (let failures = 0; !signal.aborted; failures++) {
    const begun = performance.now();
    try {
      await run();
      failures = -1;
    } catch (error) {
      if (signal.aborted) return;
      if (!isTransient(error)) throw error;
      interrupted(error as Error);
      if (performance.now() - begun > longRun) failures = 0;
      await pause(growingPause(failures), undefined, { signal }).catch(() => undefined);
    }
  }
}
