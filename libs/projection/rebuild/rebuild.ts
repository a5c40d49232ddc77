import { setTimeout as pause } from "node:timers/promises";
import type { Pool } from "pg";
import { Continuity, inOrder } from "#store/continuity.js";
import type { EventLog } from "#store/event-log.js";
import { readKinds } from "#store/read-kinds.js";
import { isStreamOf, type Position, type StoredEvent } from "#store/stored.js";
import { PartitionWorker } from "../run/partition-worker.js";
import { RowsRefused } from "../run/store.js";
import { inTransaction } from "../run/transaction.js";
import { prefixesOf, viewName, type View } from "../declare/view.js";
import { BulkStore } from "./bulk-store.js";
import { catchUp, windowSize } from "./catch-up.js";
import { sumOf } from "./checksum.js";
import { setAside } from "./set-aside.js";
import { beginView, finishTable, openSet } from "./sets.js";
import { inTurn } from "./turn.js";

/** What a rebuild is doing. Names and numbers only. */
export interface RebuildStep {
  readonly stage: "reading" | "indexing" | "verifying" | "catching up";
  readonly position: bigint;
  readonly head: bigint;
  readonly facts: number;
}

export interface RebuildOptions {
  /** Facts a second at most. */
  readonly throttle?: number;
  /** Begin at the start, even if an earlier rebuild was stopped on its way. */
  readonly anew?: boolean;
  /** How many rows may be in memory before the longest unused ones are written. */
  readonly mostRows?: number;
  /** Stops it; what was folded is kept, and the next rebuild goes on from there. */
  readonly signal?: AbortSignal;
  readonly told?: (step: RebuildStep) => void;
}

export interface Rebuilt {
  readonly view: string;
  readonly facts: number;
  readonly rows: number;
  /** Sum of all rows' hashes: as folded, and as read back. */
  readonly checksum: string;
}

/** The table does not hold what was folded, or the log left something out. */
export class NotVerified extends Error {
  readonly code = "NotVerified";
}

/** Rows that fit in memory beside everything else; some 4 KB each. */
const usualRows = 12_000;

/**
 * Folds views anew beside the live ones, in one pass over the log: in memory, poured by COPY into bare tables, then indexed, read back and
 * compared, and caught up. The live ones are not touched; `exchange` puts the new ones in their place. Nothing but views is written:
 * policies are not asked.
 * @throws RebuildRunning, NotVerified, Poisoned
 */
export async function rebuild(log: EventLog, url: string, views: readonly View[], options: RebuildOptions = {}): Promise<Rebuilt[] | null> {
  const pool = openSet(url, "rebuilt", views.length + 2);
  const fold = async () => {
    await inTransaction(pool, async (client) => {
      for (const view of views) await beginView(client, view, options.anew ?? false);
    });
    const read = await readLog(log, pool, views, options);
    if (!read) return null;
    options.told?.({ ...read, stage: "indexing" });
    await Promise.all(views.map((view) => inTransaction(pool, (client) => finishTable(client, view))));
    options.told?.({ ...read, stage: "verifying" });
    const rebuilt = await Promise.all(views.map((view) => verified(pool, view)));
    options.told?.({ ...read, stage: "catching up" });
    await catchUp(log, pool, views);
    return rebuilt;
  };
  try {
    return await inTurn(url, fold);
  } finally {
    await pool.end();
  }
}

/** From where it was left to the end of the log. Answers null where it was stopped. */
async function readLog(log: EventLog, pool: Pool, views: readonly View[], options: RebuildOptions) {
  const { throttle = Infinity, mostRows = usualRows, signal, told = () => undefined } = options;
  const store = new BulkStore(pool, views, mostRows);
  const worker = new PartitionWorker(store, views, 1, await store.takeOver(0, views.map(viewName)), log);
  const size = Math.max(1, Math.min(windowSize, Math.round(throttle)));
  const continuity = new Continuity((stream, revision) => log.lacks(stream, revision), worker.position);
  const followed = [...new Set(views.map(({ of }) => of.name))];
  // The end of the log is read without a filter.
  const isFollowed = ({ stream }: StoredEvent) => followed.some((name) => isStreamOf(name, stream));
  let facts = 0;
  let head = (await log.head())?.commit ?? -1n;
  const start = performance.now();
  for await (const window of readKinds(log, { prefixes: prefixesOf(views.map(({ of }) => of)), after: worker.position, size })) {
    const { position } = window;
    if (!position) return { stage: "reading" as const, position: -1n, head, facts };
    const events = await whole(continuity, inOrder([...window.facts, ...window.foreign]).filter(isFollowed));
    await worker.advance({ events, position });
    facts += events.length;
    if (position.commit > head) head = position.commit;
    const step = { stage: "reading" as const, position: position.commit, head, facts };
    told(step);
    const isStopped = signal?.aborted ?? false;
    if (store.isFull || window.isLast || isStopped) await pour(log, store, worker, position);
    if (isStopped) return null;
    if (window.isLast) return step;
    const early = (facts / throttle) * 1_000 - (performance.now() - start);
    if (early > 0) await pause(early, undefined, signal ? { signal } : {}).catch(() => undefined);
  }
  throw new Error("The log has an end.");
}

async function pour(log: EventLog, store: BulkStore, worker: PartitionWorker, position: Position): Promise<void> {
  for (;;) {
    try {
      return await store.pour(position);
    } catch (error) {
      if (!(error instanceof RowsRefused)) throw error;
      const view = store.views.find((each) => viewName(each) === error.view)!;
      await setAside(log, store, view, worker.standing, position);
    }
  }
}

/** Every revision of every stream, one after the other: whatever a read of the log left out shows here. */
async function whole(continuity: Continuity, events: readonly StoredEvent[]): Promise<readonly StoredEvent[]> {
  try {
    return await continuity.check(events);
  } catch (error) {
    throw new NotVerified((error as Error).message, { cause: error });
  }
}

/** Holds what the table gives back against what was folded. */
async function verified(pool: Pool, view: View): Promise<Rebuilt> {
  const name = viewName(view);
  const { rows } = await pool.query<{ facts: number; rows: string; checksum: string }>(
    `select applied::int as facts, coalesce(rows, 0)::text as rows, coalesce(checksum, '0') as checksum
     from projection_checkpoint left join projection_rebuild using (name) where name = $1`,
    [name],
  );
  const expected = rows[0]!;
  const sum = await sumOf(pool, view);
  if (String(sum.rows) !== expected.rows || sum.checksum.toString() !== expected.checksum)
    throw new NotVerified(
      `${name} holds ${sum.rows} rows with the checksum ${sum.checksum}; folded were ${expected.rows} with ${expected.checksum}.`,
    );
  await pool.query(
    `insert into projection_rebuild (name, rows, checksum, verified_at) values ($1, $2, $3, now())
     on conflict (name) do update set verified_at = now()`,
    [name, expected.rows, expected.checksum],
  );
  return { view: name, facts: expected.facts, rows: sum.rows, checksum: sum.checksum.toString(16) };
}
