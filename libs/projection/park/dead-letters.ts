import type { Pool } from "pg";
import type { EventLog } from "#store/event-log.js";
import { RecordDestroyed } from "#store/failures.js";
import type { StoredEvent } from "#store/stored.js";
import { codeOf } from "../run/arrival.js";
import { leftOut } from "../run/checkpoints.js";
import { arrivalsOf, concerns, isMark, keysOf, wholeStream, type Kept, type Row } from "../run/fold.js";
import { AroundPoison, type ViewWork } from "./poison.js";
import { partitionOf } from "../run/partition.js";
import type { PostgresStore } from "../run/postgres-store.js";
import { tableOf } from "../declare/columns.js";
import { isTaken, skipOf, type Standing } from "../run/store.js";
import { takenOver } from "./taken-over.js";
import { viewName, type View } from "../declare/view.js";

/** Of that stream the view has taken everything. */
export class NothingParked extends Error {
  readonly code = "NothingParked";
}

/** The view still cannot take what is parked. */
export class StillPoison extends Error {
  readonly code = "StillPoison";
  constructor(view: string, stream: string, cause: unknown) {
    super(`${view} still cannot take what is parked of ${stream}: ${typeof cause === "string" ? cause : codeOf(cause)}.`, { cause });
  }
}

/** Its rows are of many streams: what is parked of one can only be taken where all are folded anew, in the order of the log. */
export class RebuildNeeded extends Error {
  readonly code = "RebuildNeeded";
  constructor(view: string) {
    super(`${view} gathers what many streams tell. Fold it anew, and it takes what it can: rebuild --anew --swap ${view.split(" ")[0]}`);
  }
}

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
    from projection_dead_letter where not skipped window all_of as (partition by view, stream) order by view, stream, revision`);
  return rows.toSorted((one, other) => one.since.getTime() - other.since.getTime());
}

/** What would become of the rows if it were replayed now. @throws NothingParked, StillPoison */
export async function previewParked(log: EventLog, store: PostgresStore, view: View, stream: string): Promise<Preview[]> {
  const { rows, part } = await refold(log, store, view, stream);
  return [...part.changed].map(([key, { row }]) => ({ key, before: rows.get(key)?.row ?? null, after: row }));
}

/**
 * Folds what is parked of a stream, in order, up to what the view has reached. Whoever has the partition loses it for a moment, so that
 * nothing else writes these rows meanwhile. Answers how many facts were taken. @throws NothingParked, StillPoison; then nothing has changed
 */
export const replayParked = (log: EventLog, store: PostgresStore, view: View, stream: string): Promise<number> =>
  takenOver(() => replayOnce(log, store, view, stream));

async function replayOnce(log: EventLog, store: PostgresStore, view: View, stream: string): Promise<number> {
  // What several streams come together in is not put in order again by adding one of them: it is folded anew.
  if (view.routeBy) throw new RebuildNeeded(viewName(view));
  const standing = await store.takeOver(partitionOf(stream, store.partitions), store.views.map(viewName));
  const { events, part, last } = await refold(log, store, view, stream);
  await store.unpark(standing, { view, stream, ...part, last });
  return events.length - part.letters.length;
}

/** The revisions of a stream that are parked in a view or a policy. @throws NothingParked */
export async function parkedOf(pool: Pool, name: string, stream: string): Promise<{ first: bigint; last: bigint }> {
  const { rows } = await pool.query<{ first: string | null; last: string | null }>(
    `select min(revision)::text as first, max(revision)::text as last from projection_dead_letter
     where view = $1 and stream = $2 and not skipped`,
    [name, stream],
  );
  const { first, last } = rows[0]!;
  if (first === null) throw new NothingParked(`Nothing of ${stream} is parked in ${name}.`);
  return { first: BigInt(first), last: BigInt(last!) };
}

/** What is parked of a stream, as the log holds it. @throws StillPoison where it has lost something of it */
export async function parkedEvents(
  log: EventLog,
  name: string,
  stream: string,
  { first, last }: { first: bigint; last: bigint },
): Promise<StoredEvent[]> {
  const events: StoredEvent[] = [];
  try {
    for await (const event of log.readEvents(stream, { from: first })) {
      if (event.revision > last) break;
      events.push(event);
    }
  } catch (error) {
    throw error instanceof RecordDestroyed ? new StillPoison(name, stream, error) : error;
  }
  return events;
}

async function refold(
  log: EventLog,
  store: PostgresStore,
  view: View,
  stream: string,
): Promise<{ events: readonly StoredEvent[]; rows: ReadonlyMap<string, Kept>; part: ViewWork; last: bigint }> {
  const name = viewName(view);
  const place = await parkedOf(store.pool, name, stream);
  // A newer program may know what was parked as none of the view's business.
  const events = (await parkedEvents(log, name, stream, place)).filter((event) => concerns(view, event));
  const isCorrected = events.some(isMark);
  const concerned = isCorrected ? (await wholeStream(log, view, stream)).map(({ stored }) => stored) : events;
  const rows: ReadonlyMap<string, Kept> = await store.rows(view, keysOf(view, concerned));
  const { skips }: Pick<Standing, "skips"> = await leftOut(store.pool, [name]);
  const around = new AroundPoison(
    { ...view, onPoison: "park" },
    {
      parked: new Map<string, bigint>(),
      load: () => Promise.resolve(rows),
      maySkip: (event) => skips.has(skipOf(name, event)),
      isTaken: (changed) => isTaken(store, view, changed),
      stream: () => wholeStream(log, view, stream),
    },
  );
  const part = await around.isolate(arrivalsOf(view, events), new Error("refused"));
  const still = part.letters.find(({ skipped }) => !skipped);
  if (still) throw new StillPoison(name, stream, still.error ?? "");
  return { events, rows, part, last: place.last };
}

/** How many streams are parked, by the view or the policy. */
export async function countParked(pool: Pool): Promise<ReadonlyMap<string, number>> {
  const { rows } = await pool.query<{ view: string; count: number }>(
    "select view, count(distinct stream)::int as count from projection_dead_letter where not skipped group by view",
  );
  return new Map(rows.map(({ view, count }) => [view, count]));
}

/** Rows that are not told the whole. */
export async function countStale(pool: Pool, view: View): Promise<number> {
  const { rows } = await pool.query<{ count: number }>(
    `select count(*)::int as count from "${tableOf(view.row).table}" where stale_since is not null`,
  );
  return rows[0]!.count;
}
