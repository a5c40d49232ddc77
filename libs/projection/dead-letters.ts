import type { Pool } from "pg";
import type { EventLog } from "#store/event-log.js";
import type { StoredFact } from "#store/stored.js";
import { concerns, foldFacts, keysOf, type Kept, type Row } from "./fold.js";
import { partitionOf } from "./partition.js";
import type { PostgresStore } from "./postgres-store.js";
import { tableOf } from "./columns.js";
import { CheckpointMoved, RowsRefused } from "./store.js";
import { viewName, type View } from "./view.js";

/** Of that stream the view has taken everything. */
export class NothingParked extends Error {
  readonly code = "NothingParked";
}

/** The view still cannot take what is parked. */
export class StillPoison extends Error {
  readonly code = "StillPoison";
  constructor(view: string, stream: string, cause: Error) {
    super(`${view} still cannot take what is parked of ${stream}: ${(cause as { code?: string }).code ?? cause.name}.`, { cause });
  }
}

const tries = 5;

/** What is parked of one stream in one view. */
export interface Parked {
  readonly view: string;
  readonly stream: string;
  /** The first one is what could not be taken; the others stand behind it. */
  readonly facts: number;
  readonly firstRevision: string;
  readonly type: string;
  readonly error: string;
  readonly since: Date;
}

/** What replaying would make of a row. */
export interface Preview {
  readonly key: string;
  readonly before: Row | null;
  readonly after: Row | null;
}

/** Everything that is parked, the oldest first. */
export async function listParked(pool: Pool): Promise<Parked[]> {
  const { rows } = await pool.query<Parked>(`
    select distinct on (view, stream) view, stream, count(*) over all_of::int as facts, revision::text as "firstRevision", type,
      coalesce(error, '') as error, min(parked_at) over all_of as since
    from projection_dead_letter window all_of as (partition by view, stream) order by view, stream, revision`);
  return rows.toSorted((one, other) => one.since.getTime() - other.since.getTime());
}

/** What would become of the rows if it were replayed now. @throws NothingParked, StillPoison */
export async function previewParked(log: EventLog, store: PostgresStore, view: View, stream: string): Promise<Preview[]> {
  const { rows, changed } = await refold(log, store, view, stream);
  return [...changed].map(([key, { row }]) => ({ key, before: rows.get(key)?.row ?? null, after: row }));
}

/**
 * Folds what is parked of a stream, in order, up to what the view has reached. Whoever has the partition loses it for a moment, so that
 * nothing else writes these rows meanwhile. Answers how many facts were taken. @throws NothingParked, StillPoison; then nothing has changed
 */
export async function replayParked(log: EventLog, store: PostgresStore, view: View, stream: string): Promise<number> {
  for (let tried = 1; ; tried++) {
    try {
      return await replayOnce(log, store, view, stream);
    } catch (error) {
      // Whoever has the partition was faster in taking it back.
      if (!(error instanceof CheckpointMoved) || tried === tries) throw error;
    }
  }
}

async function replayOnce(log: EventLog, store: PostgresStore, view: View, stream: string): Promise<number> {
  const standing = await store.takeOver(partitionOf(stream, store.partitions), store.views.map(viewName));
  const { facts, changed } = await refold(log, store, view, stream);
  await store.unpark(standing, { view, stream, changed, last: facts.at(-1)?.revision ?? -1n });
  return facts.filter((fact) => concerns(view, fact)).length;
}

async function refold(log: EventLog, store: PostgresStore, view: View, stream: string) {
  const { rows: letters } = await store.pool.query<{ first: string | null; last: string | null }>(
    "select min(revision)::text as first, max(revision)::text as last from projection_dead_letter where view = $1 and stream = $2",
    [viewName(view), stream],
  );
  const { first, last } = letters[0]!;
  if (first === null) throw new NothingParked(`Nothing of ${stream} is parked in ${viewName(view)}.`);
  const facts: StoredFact[] = [];
  for await (const fact of log.readStream(stream, { from: BigInt(first) })) {
    if (fact.revision > BigInt(last!)) break;
    facts.push(fact);
  }
  const rows: ReadonlyMap<string, Kept> = await store.rows(view, keysOf(view, facts));
  const { changed, poison } = foldFacts(
    view,
    facts.filter((fact) => concerns(view, fact)),
    rows,
  );
  if (poison) throw new StillPoison(viewName(view), stream, poison.error);
  await store.probe(view, changed).catch((error: Error) => {
    throw error instanceof RowsRefused ? new StillPoison(viewName(view), stream, error.cause) : error;
  });
  return { facts, rows, changed };
}

/** Rows that are not told the whole. */
export async function countStale(pool: Pool, view: View): Promise<number> {
  const { rows } = await pool.query<{ count: number }>(
    `select count(*)::int as count from "${tableOf(view.row).table}" where stale_since is not null`,
  );
  return rows[0]!.count;
}
