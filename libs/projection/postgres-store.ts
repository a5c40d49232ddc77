import type { Pool, PoolClient } from "pg";
import type { Position } from "#store/stored.js";
import { tableOf } from "./columns.js";
import type { Kept } from "./fold.js";
import { keyColumn, loadRows, markStale, writeRows } from "./rows.js";
import { CheckpointMoved, RowsRefused, type DeadLetter, type ProjectionStore, type Standing, type Work } from "./store.js";
import { inTransaction } from "./transaction.js";
import { isTransient } from "./transient.js";
import { viewName, type View } from "./view.js";

/** Channel on which every committed batch tells how far its partition is. */
export const progressChannel = "projection_progress";

/** What it tells. A view that stands still is not among those that were moved. */
export interface Told {
  readonly partition: number;
  readonly commit: string;
  readonly views: readonly string[];
}

interface Place {
  name: string;
  commit: string | null;
  prepare: string | null;
  epoch: string;
  halted: string | null;
}

/** Views in Postgres. */
export class PostgresStore implements ProjectionStore {
  constructor(
    readonly pool: Pool,
    readonly views: readonly View[],
    /** All of them, whoever has them. */
    readonly partitions: number,
    /** Whether those who wait for views are told: not of views that nobody asks yet. */
    readonly tells = true,
  ) {}

  async takeOver(partition: number, views: readonly string[]): Promise<Standing> {
    const { rows } = await this.pool.query<Place>(
      `update projection_checkpoint set epoch = (select max(epoch) from projection_checkpoint where partition = $1) + 1
       where partition = $1 and name = any($2)
       returning name, commit_position::text as commit, prepare_position::text as prepare, epoch::text, halted`,
      [partition, views],
    );
    const { rows: places } = await this.pool.query<{ count: number }>(
      "select count(*)::int as count from projection_checkpoint where name = any($1)",
      [views],
    );
    if (rows.length !== views.length || places[0]!.count !== views.length * this.partitions)
      throw new Error("The read models' schema is of another version, or of another number of partitions. Start this projector again.");
    const { rows: parked } = await this.pool.query<{ view: string; stream: string }>(
      "select distinct view, stream from projection_dead_letter where view = any($1)",
      [views],
    );
    const streams = Map.groupBy(parked, ({ view }) => view);
    return {
      ...{ partition, epoch: BigInt(rows[0]!.epoch) },
      positions: new Map(
        rows.filter(({ halted }) => halted === null).map(({ name, commit, prepare }) => [name, positionOf(commit, prepare)]),
      ),
      parked: new Map([...streams].map(([view, of]) => [view, new Set(of.map(({ stream }) => stream))])),
    };
  }

  async holds({ partition, epoch, positions }: Standing): Promise<boolean> {
    const { rows } = await this.pool.query<{ own: boolean | null }>(
      "select bool_and(epoch = $2) as own from projection_checkpoint where partition = $1 and name = any($3)",
      [partition, epoch.toString(), [...positions.keys()]],
    );
    return rows[0]!.own ?? false;
  }

  /** The view stands still, for everybody, until it is told to go on. */
  async halt(view: string, why: string): Promise<void> {
    await haltView(this.pool, view, why);
  }

  rows(view: View, keys: readonly string[]): Promise<Map<string, Kept>> {
    return loadRows(this.pool, view, keys);
  }

  async commit(standing: Standing, work: Work): Promise<void> {
    await inTransaction(
      this.pool,
      async (client) => {
        await advance(client, standing, work);
        for (const { view, changed } of work.rows) await write(client, view, changed);
        if (work.letters.length > 0) await park(client, this.views, work.letters);
        if (!this.tells) return;
        const { to, moves } = work;
        const told: Told = { partition: standing.partition, commit: to.commit.toString(), views: moves.map(({ view }) => view) };
        await client.query(`select pg_notify('${progressChannel}', $1)`, [JSON.stringify(told)]);
      },
      begin,
    );
  }

  /** What was parked of a stream is in its rows now. @throws CheckpointMoved where somebody else has taken the partition over meanwhile */
  async unpark(
    { partition, epoch }: Standing,
    { view, stream, changed, last }: { view: View; stream: string; changed: ReadonlyMap<string, Kept>; last: bigint },
  ): Promise<void> {
    const { table, ...rest } = tableOf(view.row);
    await inTransaction(
      this.pool,
      async (client) => {
        const { rowCount } = await client.query(
          "select 1 from projection_checkpoint where name = $1 and partition = $2 and epoch = $3 for update",
          [viewName(view), partition, epoch.toString()],
        );
        if (rowCount !== 1) throw new CheckpointMoved(`partition ${partition} has another owner`);
        await write(client, view, changed);
        await client.query("delete from projection_dead_letter where view = $1 and stream = $2 and revision <= $3", [
          ...[viewName(view), stream, last.toString()],
        ]);
        await client.query(`update "${table}" set stale_since = null where "${keyColumn({ table, ...rest }).column}"::text = any($1)`, [
          [...changed.keys()],
        ]);
      },
      begin,
    );
  }

  async probe(view: View, changed: ReadonlyMap<string, Kept>): Promise<void> {
    const kept = new Error("nothing is kept");
    await inTransaction(
      this.pool,
      async (client) => {
        await write(client, view, changed);
        throw kept;
      },
      begin,
    ).catch((error: unknown) => {
      if (error !== kept) throw error;
    });
  }
}

/** Why a view stands still that an operator has paused. */
export const paused = "paused";

/** In how many parts the work on the live views is divided. */
export async function partitionsOf(pool: Pool): Promise<number> {
  const { rows } = await pool.query<{ count: number }>("select coalesce(max(partition), 0) + 1 as count from projection_checkpoint");
  return rows[0]!.count;
}

/** Lets a view stand still (`why` is shown to operators), or go on (null). Whoever works on it has to take it over anew. */
export async function haltView(pool: Pool, view: string, why: string | null): Promise<void> {
  await pool.query("update projection_checkpoint set epoch = epoch + 1, halted = case name when $1 then $2 else halted end", [view, why]);
}

/** Keeps what a view could not take, and marks its rows. */
export async function park(client: PoolClient, views: readonly View[], letters: readonly DeadLetter[]): Promise<void> {
  const column = (of: (letter: DeadLetter) => string | null) => letters.map(of);
  await client.query(
    `insert into projection_dead_letter (view, stream, revision, fact_id, type, commit_position, prepare_position, key, error)
     select * from unnest($1::text[], $2::text[], $3::bigint[], $4::uuid[], $5::text[], $6::numeric[], $7::numeric[], $8::text[], $9::text[])
     on conflict do nothing`,
    [
      ...[column(({ view }) => view), column(({ stream }) => stream), column(({ revision }) => revision.toString())],
      ...[column(({ factId }) => factId), column(({ type }) => type), column(({ position }) => position.commit.toString())],
      ...[column(({ position }) => position.prepare.toString()), column(({ key }) => key), column(({ error }) => error)],
    ],
  );
  for (const [name, of] of Map.groupBy(letters, ({ view }) => view)) {
    const view = views.find((each) => viewName(each) === name)!;
    const stale = new Map(of.toReversed().flatMap(({ key, revision }) => (key === null ? [] : [[key, revision] as const])));
    await markStale(client, tableOf(view.row), stale);
  }
}

/** First statement of a batch: compare and set, exactly one row for each view, or nothing of the batch is kept. */
async function advance(client: PoolClient, { partition, epoch }: Standing, { to, moves }: Work): Promise<void> {
  const { rowCount } = await client.query({
    name: "advance checkpoints",
    text: `update projection_checkpoint as kept
      set commit_position = $3, prepare_position = $4, applied = applied + given.facts, updated_at = now()
      from unnest($5::text[], $6::numeric[], $7::bigint[]) as given (name, position, facts)
      where kept.name = given.name and kept.partition = $1 and kept.epoch = $2 and kept.commit_position is not distinct from given.position`,
    values: [
      ...[partition, epoch.toString(), to.commit.toString(), to.prepare.toString(), moves.map(({ view }) => view)],
      ...[moves.map(({ from }) => from?.commit.toString() ?? null), moves.map(({ facts }) => facts)],
    ],
  });
  if (rowCount !== moves.length) throw new CheckpointMoved(`partition ${partition} has another owner`);
}

async function write(client: PoolClient, view: View, changed: ReadonlyMap<string, Kept>): Promise<void> {
  try {
    await writeRows(client, view, changed);
  } catch (error) {
    if (isTransient(error)) throw error;
    throw new RowsRefused(viewName(view), error as Error);
  }
}

/** A view that loses its last moments in a crash of Postgres loses its checkpoint with them, and reads them again: no commit need wait for the disk. */
const begin = "begin; set local synchronous_commit = off";

export const positionOf = (commit: string | null, prepare: string | null): Position | null =>
  commit === null || prepare === null ? null : { commit: BigInt(commit), prepare: BigInt(prepare) };
