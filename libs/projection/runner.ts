import { setTimeout as pause } from "node:timers/promises";
import type { EventLog } from "#store/event-log.js";
import { follow, type Batch } from "#store/follow.js";
import type { Position } from "#store/stored.js";
import { Lane } from "./lane.js";
import type { ProjectionStore } from "./store.js";
import { isTransient } from "./transient.js";
import { viewName, type View } from "./view.js";

/** Told of what happens, for logs and metrics: names, counts and positions only. */
export interface Witness {
  applied(name: string, partition: number, facts: number, position: Position): void;
  interrupted(name: string, error: Error): void;
}

export interface Runner {
  readonly log: EventLog;
  readonly store: ProjectionStore;
  readonly views: readonly View[];
  /** All of them, whether or not this process has them. */
  readonly partitions: number;
  readonly witness: Witness;
}

/**
 * Keeps these partitions of all views in step with the log until `signal` aborts. One reader serves them all: a batch is divided
 * among them, and each writes its part with its checkpoints in a transaction of its own.
 * @throws Poisoned where a view stands still, and what is no passing trouble
 */
export async function runViews(
  { log, store, views, partitions, witness }: Runner,
  owned: readonly number[],
  signal: AbortSignal,
): Promise<void> {
  const names = views.map(viewName);
  const prefixes = [...new Set(views.map(({ of }) => `${of.name}-`))];
  let lanes: readonly Lane[] = [];
  const position = async () => {
    const standings = await Promise.all(owned.map((partition) => store.takeOver(partition, names)));
    lanes = standings.map((standing) => new Lane(store, views, partitions, standing));
    const positions = lanes.map((lane) => lane.position);
    return positions.includes(null)
      ? null
      : positions.reduce((lowest, each) => (each!.commit < lowest!.commit ? each : lowest), positions[0]!);
  };
  const deliver = async (batch: Batch) => {
    if (batch.facts.length === 0 && !(await isInLog(log, batch.position))) return;
    await Promise.all(
      lanes.map(async (lane) => {
        for (const [view, facts] of await lane.advance(batch)) witness.applied(view, lane.standing.partition, facts, batch.position);
      }),
    );
  };
  const interrupted = (error: Error) => witness.interrupted("views", error);
  await untilAborted(signal, interrupted, () => follow(log, { prefixes, position, deliver, interrupted }, signal));
}

/** A server was seen to send checkpoints beyond the end of its log: whoever believed one would skip what is written there later. */
async function isInLog(log: EventLog, { commit }: Position): Promise<boolean> {
  const head = await log.head();
  return head !== null && commit <= head.commit;
}

/** Begins again after what passes by itself; throws what does not. */
export async function untilAborted(signal: AbortSignal, interrupted: (error: Error) => void, run: () => Promise<void>): Promise<void> {
  while (!signal.aborted) {
    try {
      await run();
    } catch (error) {
      if (signal.aborted) return;
      if (!isTransient(error)) throw error;
      interrupted(error as Error);
      await pause(500, undefined, { signal }).catch(() => undefined);
    }
  }
}
