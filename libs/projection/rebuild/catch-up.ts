import type { Pool } from "pg";
import type { EventLog } from "#store/event-log.js";
import { inOrder } from "#store/continuity.js";
import type { Position } from "#store/stored.js";
import { PartitionWorker, type Portion } from "../run/partition-worker.js";
import { Poisoned } from "../park/poison.js";
import { PostgresStore } from "../run/postgres-store.js";
import { viewName, type View } from "../declare/view.js";

/** How many events are read at a time: more cost less for each, but outlive the part of memory that is cheap to tidy up. */
export const windowSize = 4_000;

export interface CatchUpOptions {
  /** No further than this is needed; to the end of the log, if not said. */
  readonly until?: bigint;
  /** End before the first fact that a view cannot take and must not leave out, instead of failing. */
  readonly upToPoison?: boolean;
}

/** Folds on what is in a set beside the live one. Answers where it is then. @throws Poisoned */
export async function catchUp(
  log: EventLog,
  pool: Pool,
  views: readonly View[],
  { until, upToPoison = false }: CatchUpOptions = {},
): Promise<Position | null> {
  const store = new PostgresStore(pool, views, 1, false);
  const worker = new PartitionWorker(store, views, 1, await store.takeOver(0, views.map(viewName)), log);
  for (;;) {
    const { position } = worker;
    if (until !== undefined && (position?.commit ?? -1n) >= until) return position;
    const { facts, foreign, position: read, isLast } = await log.readWindow(position, windowSize);
    const isNew = read !== null && read.commit !== position?.commit;
    const isWhole = !isNew || (await advance(worker, { events: inOrder([...facts, ...foreign]), position: read }, upToPoison));
    if (isLast || !isWhole) return worker.position;
  }
}

/** Answers false where it ended before a fact that cannot be taken. */
async function advance(worker: PartitionWorker, portion: Portion, upToPoison: boolean): Promise<boolean> {
  try {
    await worker.advance(portion);
    return true;
  } catch (error) {
    if (!upToPoison || !(error instanceof Poisoned)) throw error;
    const { stream, revision } = error.place;
    const poison = portion.events.findIndex((event) => event.stream === stream && event.revision === revision);
    const last = portion.events[poison - 1];
    if (last) await advance(worker, { events: portion.events.slice(0, poison), position: last.position }, upToPoison);
    return false;
  }
}
