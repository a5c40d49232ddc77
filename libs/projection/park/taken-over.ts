import { setTimeout as pause } from "node:timers/promises";
import { CheckpointMoved } from "../run/store.js";

const tries = 5;

/**
 * Does what takes a partition over for a moment from whoever follows it, and once more where that one was faster in taking it back.
 * @throws CheckpointMoved where that goes on
 */
export async function takenOver<T>(once: () => Promise<T>): Promise<T> {
  for (let tried = 1; ; tried++) {
    try {
      return await once();
    } catch (error) {
      if (!(error instanceof CheckpointMoved) || tried === tries) throw error;
      await pause(Math.random() * 100 * tried);
    }
  }
}
