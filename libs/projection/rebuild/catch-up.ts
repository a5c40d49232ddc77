import type { Pool } from "pg";
import type { EventLog } from "#store/event-log.js";
import { inOrder } from "#store/continuity.js";
import type { Position } from "#store/stored.js";
import { Lane } from "../lane.js";
import { PostgresStore } from "../postgres-store.js";
import { viewName, type View } from "../view.js";

/** How many events are read at a time: more cost less for each, but outlive the part of memory that is cheap to tidy up. */
export const windowSize = 4_000;

/** Folds on what is in a set beside the live one, up to `until` at least, or to the end of the log. Answers where it is then. */
export async function catchUp(log: EventLog, pool: Pool, views: readonly View[], until?: bigint): Promise<Position | null> {
  const store = new PostgresStore(pool, views, 1, false);
  const lane = new Lane(store, views, 1, await store.takeOver(0, views.map(viewName)));
  for (;;) {
    const { position } = lane;
    if (until !== undefined && (position?.commit ?? -1n) >= until) return position;
    const { facts, foreign, position: read, isLast } = await log.readWindow(position, windowSize);
    if (read && read.commit !== position?.commit) await lane.advance({ events: inOrder([...facts, ...foreign]), position: read });
    if (isLast) return lane.position;
  }
}
