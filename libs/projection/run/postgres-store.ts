import type { Pool, PoolClient } from "pg";
import { advance, haltView, holds, takeOver, type HaltPlace } from "./checkpoints.js";
import { tableOf } from "../declare/columns.js";
import type { Kept } from "./fold.js";
import { keyColumn, loadRows, markStale, writeRows } from "./rows.js";
import type { Position } from "#store/stored.js";
import { CheckpointMoved, RowsRefused, staleAmong, type DeadLetter, type ProjectionStore, type Standing, type Work } from "./store.js";
import type { ViewWork } from "../park/poison.js";
import { inTransaction } from "./transaction.js";
import { isTransient } from "./transient.js";
import { viewName, type View } from "../declare/view.js";

/** Channel on which it is told how far partitions are. */
export const progressChannel = "projection_progress";

/** What is told there. A view that stands still is not among them. */
export interface Reached {
  readonly partition: number;
  /** How many partitions there are. */
  readonly of: number;
  readonly commit: string;
  readonly views: readonly string[];
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

  takeOver(partition: number, views: readonly string[]): Promise<Standing> {
    return takeOver(this.pool, this.partitions, partition, views);
  }

  holds(standings: readonly Standing[]): Promise<boolean> {
    return holds(this.pool, standings);
  }

  async halt(view: string, why: string, at: HaltPlace): Promise<void> {
    await haltView(this.pool, view, why, at);
  }

  rows(view: View, keys: readonly string[]): Promise<Map<string, Kept>> {
    return loadRows(this.pool, view, keys);
  }

  async commit(standing: Standing, work: Work): Promise<void> {
    await inTransaction(
      this.pool,
      async (client) => {
        await advance(client, standing, work);
        for (const { view, changed } of work.rows) {
          await write(client, view, changed);
          const stale = staleAmong(standing, viewName(view), changed.keys());
          if (stale.size > 0) await markStale(client, tableOf(view.row), stale);
        }
        if (work.letters.length > 0) await park(client, this.views, work.letters);
        await this.#tell(client, standing, work.to, work.reached);
      },
      begin,
    );
  }

  async tell(standing: Standing, to: Position, views: readonly string[]): Promise<void> {
    await this.#tell(this.pool, standing, to, views);
  }

  async #tell(client: Pick<PoolClient, "query">, { partition }: Standing, to: Position, views: readonly string[]): Promise<void> {
    if (!this.tells) return;
    const reached: Reached = { partition, of: this.partitions, commit: to.commit.toString(), views };
    await client.query({ name: "tell progress", text: `select pg_notify('${progressChannel}', $1)`, values: [JSON.stringify(reached)] });
  }

  /** What was parked of a stream is in its rows now. @throws CheckpointMoved where somebody else has taken the partition over meanwhile */
  async unpark(
    { partition, epoch }: Standing,
    { view, stream, changed, letters, last }: { view: View; stream: string; last: bigint } & ViewWork,
  ): Promise<void> {
    const { table, ...rest } = tableOf(view.row);
    await inTransaction(
      this.pool,
      async (client) => {
        await requireOwn(client, viewName(view), partition, epoch);
        await write(client, view, changed);
        const waited = await forget(client, viewName(view), stream, last);
        const whole = [...changed.keys(), ...waited];
        await client.query(`update "${table}" set stale_since = null where "${keyColumn({ table, ...rest }).column}"::text = any($1)`, [
          whole,
        ]);
        if (letters.length > 0) await park(client, this.views, letters);
        await markSkipped(client, view, whole);
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

/** Nobody else has taken it over meanwhile, or can before the transaction ends. @throws CheckpointMoved */
export async function requireOwn(client: PoolClient, name: string, partition: number, epoch: bigint): Promise<void> {
  const { rowCount } = await client.query(
    "select 1 from projection_checkpoint where name = $1 and partition = $2 and epoch = $3 for update",
    [name, partition, epoch.toString()],
  );
  if (rowCount !== 1) throw new CheckpointMoved(`partition ${partition} has another owner`);
}

/** What was parked of a stream up to a revision is parked no more. Answers which rows were not told the whole for it. */
export async function forget(client: PoolClient, name: string, stream: string, last: bigint): Promise<string[]> {
  const { rows } = await client.query<{ key: string | null }>(
    "delete from projection_dead_letter where view = $1 and stream = $2 and revision <= $3 and not skipped returning key",
    [name, stream, last.toString()],
  );
  return rows.flatMap(({ key }) => (key === null ? [] : [key]));
}

/** Rows in which something was passed over are never told the whole again. */
async function markSkipped(client: PoolClient, view: View, keys: readonly string[]): Promise<void> {
  const { rows } = await client.query<{ key: string; revision: string }>(
    "select key, min(revision)::text as revision from projection_dead_letter where view = $1 and skipped and key = any($2) group by key",
    [viewName(view), keys],
  );
  const stale = new Map(rows.map(({ key, revision }) => [key, BigInt(revision)]));
  if (stale.size > 0) await markStale(client, tableOf(view.row), stale);
}

/** Keeps what could not be taken. */
export async function keepLetters(client: PoolClient, letters: readonly DeadLetter[]): Promise<void> {
  const column = (of: (letter: DeadLetter) => string | null) => letters.map((letter) => of(letter)?.replaceAll("\0", "\uFFFD") ?? null);
  await client.query(
    `insert into projection_dead_letter
       (view, stream, revision, fact_id, type, commit_position, prepare_position, key, error, skipped)
     select * from unnest($1::text[], $2::text[], $3::bigint[], $4::uuid[], $5::text[], $6::numeric[], $7::numeric[], $8::text[], $9::text[],
       $10::boolean[])
     on conflict do nothing`,
    [
      ...[column(({ view }) => view), column(({ stream }) => stream), column(({ revision }) => revision.toString())],
      ...[column(({ factId }) => factId), column(({ type }) => type), column(({ position }) => position.commit.toString())],
      ...[column(({ position }) => position.prepare.toString()), column(({ key }) => key), column(({ error }) => error)],
      letters.map(({ skipped }) => skipped),
    ],
  );
}

/** Keeps what a view could not take, and marks its rows. */
export async function park(client: PoolClient, views: readonly View[], letters: readonly DeadLetter[]): Promise<void> {
  await keepLetters(client, letters);
  for (const [name, of] of Map.groupBy(letters, ({ view }) => view)) {
    const view = views.find((each) => viewName(each) === name)!;
    const stale = new Map(of.toReversed().flatMap(({ key, revision }) => (key === null ? [] : [[key, revision] as const])));
    await markStale(client, tableOf(view.row), stale);
  }
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
export const begin = "begin; set local synchronous_commit = off";
