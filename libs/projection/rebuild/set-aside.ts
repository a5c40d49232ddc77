import { isForged } from "#store/recorded.js";
import type { EventLog } from "#store/event-log.js";
import { isStreamOf, type Position, type StoredEvent } from "#store/stored.js";
import { keysOf, type Kept } from "../run/fold.js";
import { PartitionWorker } from "../run/partition-worker.js";
import { isTaken, learn, RowsRefused, type DeadLetter, type ProjectionStore, type Standing } from "../run/store.js";
import { addKey } from "../declare/tables.js";
import { inTransaction } from "../run/transaction.js";
import { viewName, type View } from "../declare/view.js";
import type { BulkStore } from "./bulk-store.js";

/**
 * Finds the streams whose rows Postgres does not take, and folds each anew up to the fact that is to blame; from there on it is parked.
 * @throws Poisoned where the view must leave nothing out
 */
export async function setAside(log: EventLog, store: BulkStore, view: View, standing: Standing, to: Position): Promise<void> {
  await inTransaction(store.pool, (client) => addKey(client, view));
  for (const { position } of await refusedAmong(store.tables, view, [...store.changed(view)])) {
    for (const stream of await streamsAt(log, view, position)) await park(log, store, view, stream, standing, to);
  }
}

/** Which of these rows Postgres does not take. */
async function refusedAmong(tables: ProjectionStore, view: View, rows: readonly (readonly [string, Kept])[]): Promise<Kept[]> {
  if (rows.length === 0 || (await isTaken(tables, view, new Map(rows)))) return [];
  if (rows.length === 1) return [rows[0]![1]];
  const middle = rows.length >> 1;
  return [...(await refusedAmong(tables, view, rows.slice(0, middle))), ...(await refusedAmong(tables, view, rows.slice(middle)))];
}

/** The stream of the fact that a row was told last. */
async function streamsAt(log: EventLog, view: View, commit: bigint): Promise<string[]> {
  const streams: string[] = [];
  for await (const fact of log.readAll({ from: { commit, prepare: commit }, count: 1 }))
    if (isStreamOf(view.of.name, fact.stream)) streams.push(fact.stream);
  return streams;
}

async function park(log: EventLog, store: BulkStore, view: View, stream: string, standing: Standing, to: Position): Promise<void> {
  const events: StoredEvent[] = [];
  for await (const event of log.readEvents(stream)) if (event.position.commit <= to.commit && !isForged(event)) events.push(event);
  const keys = keysOf(view, events);
  const changed = new Map<string, Kept>();
  const letters: DeadLetter[] = [];
  const tables: ProjectionStore = {
    takeOver: () => Promise.resolve(standing),
    rows: (of, wanted) => store.tables.rows(of, wanted),
    probe: (of, changed) => store.tables.probe(of, changed),
    tell: () => store.tell(),
    holds: () => store.holds(),
    halt: () => store.halt(),
    async commit(_, work) {
      for (const { view: of, changed: rows } of work.rows) {
        await store.tables.probe(of, rows);
        for (const [key, kept] of rows) changed.set(key, kept);
      }
      letters.push(...work.letters);
    },
  };
  const name = viewName(view);
  const alone: Standing = { ...standing, positions: new Map([[name, null]]), parked: new Map(), skipped: new Map() };
  await new PartitionWorker(tables, [view], 1, alone, log).advance({ events, position: to });
  if (letters.length === 0) throw new RowsRefused(name, new Error(`the rows of ${stream} are refused and taken in turns`));
  await store.replace(view, keys, changed, letters);
  learn(standing, letters);
}
