import type { Pool, PoolClient } from "pg";
import type { Position, StoredEvent } from "#store/stored.js";
import { CheckpointMoved, skipOf, type Standing, type Work } from "./store.js";

interface HeldCheckpoint {
  name: string;
  commit: string | null;
  prepare: string | null;
  epoch: string;
  halted: string | null;
}

/** Whoever had the partition before can write nothing any more. `partitions`: all of them, whoever has them. */
export async function takeOver(pool: Pool, partitions: number, partition: number, views: readonly string[]): Promise<Standing> {
  const { rows } = await pool.query<HeldCheckpoint>(
    // Locked before the epoch is read: of two who take over at the same time, the later must have the higher one.
    `with locked as (select epoch from projection_checkpoint where partition = $1 order by name for update)
     update projection_checkpoint set epoch = (select max(epoch) from locked) + 1 where partition = $1 and name = any($2)
     returning name, commit_position::text as commit, prepare_position::text as prepare, epoch::text, halted`,
    [partition, views],
  );
  const { rows: places } = await pool.query<{ count: number }>(
    "select count(*)::int as count from projection_checkpoint where name = any($1)",
    [views],
  );
  if (rows.length !== views.length || places[0]!.count !== views.length * partitions)
    throw new Error("The read models' schema is of another version, or of another number of partitions. Start this projector again.");
  const left = await leftOut(pool, views);
  return {
    partition,
    epoch: BigInt(rows[0]!.epoch),
    positions: new Map(
      rows.filter(({ halted }) => halted === null).map(({ name, commit, prepare }) => [name, positionOf(commit, prepare)]),
    ),
    ...left,
  };
}

/** What these views and policies have not taken, and what they may pass over. */
export async function leftOut(pool: Pool, names: readonly string[]): Promise<Pick<Standing, "parked" | "skips" | "skipped">> {
  const { rows: letters } = await pool.query<{ view: string; name: string; from: string; skipped: boolean }>(
    `select view, case when skipped then key else stream end as name, skipped, min(revision)::text as "from" from projection_dead_letter
     where view = any($1) and (key is not null or not skipped) group by 1, 2, 3`,
    [names],
  );
  const { rows: skips } = await pool.query<{ view: string; stream: string; revision: string }>(
    "select view, stream, revision::text from public.projection_skip where approved_at is not null",
  );
  const by = (isSkipped: boolean) => {
    const views = Map.groupBy(
      letters.filter(({ skipped }) => skipped === isSkipped),
      ({ view }) => view,
    );
    return new Map([...views].map(([view, of]) => [view, new Map(of.map(({ name, from }) => [name, BigInt(from)]))]));
  };
  const places = skips.map(({ view, stream, revision }) => skipOf(view, { stream, revision: BigInt(revision) }));
  return { parked: by(false), skipped: by(true), skips: new Set(places) };
}

/** Has nobody else taken any of them over? */
export async function holds(pool: Pool, standings: readonly Standing[]): Promise<boolean> {
  const own = standings.flatMap(({ partition, epoch, positions }) => [...positions.keys()].map((name) => ({ partition, epoch, name })));
  const { rows } = await pool.query<{ own: boolean | null }>({
    name: "checkpoints still held",
    text: `select bool_and(coalesce(kept.epoch = given.epoch, false)) as own
      from unnest($1::int[], $2::bigint[], $3::text[]) as given (partition, epoch, name)
      left join projection_checkpoint kept on kept.partition = given.partition and kept.name = given.name`,
    values: [own.map(({ partition }) => partition), own.map(({ epoch }) => epoch.toString()), own.map(({ name }) => name)],
  });
  return rows[0]!.own ?? false;
}

/** First statement of a batch: compare and set, exactly one row for each view, or nothing of the batch is kept. */
export async function advance(
  client: PoolClient,
  { partition, epoch }: Standing,
  { to, moves }: Pick<Work, "to" | "moves">,
): Promise<void> {
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

/** Why a view stands still that an operator has paused. */
export const paused = "paused";

/** In how many parts the work on the live views is divided. Throws where no projector has ever made the tables. */
export async function partitionsOf(pool: Pool): Promise<number> {
  const { rows: there } = await pool.query<{ tables: string | null }>("select to_regclass('projection_checkpoint') as tables");
  if (there[0]!.tables === null) throw new Error("There are no read models in this database. Start a projector, which makes them.");
  const { rows } = await pool.query<{ count: number }>("select coalesce(max(partition), 0) + 1 as count from projection_checkpoint");
  return rows[0]!.count;
}

/** A place in the log at which a view stands still. */
export type HaltPlace = Pick<StoredEvent, "stream" | "revision">;

/** Lets a view or a policy stand still (`why` is shown to operators), or go on (null). Whoever works on it has to take it over anew. */
export async function haltView(pool: Pool, view: string, why: string | null, place?: HaltPlace): Promise<void> {
  await pool.query(
    `update projection_checkpoint set epoch = epoch + 1, halted = case name when $1 then $2 else halted end,
       halted_stream = case name when $1 then $3 else halted_stream end, halted_revision = case name when $1 then $4 else halted_revision end`,
    [view, why, place?.stream ?? null, place?.revision.toString() ?? null],
  );
}

export const positionOf = (commit: string | null, prepare: string | null): Position | null =>
  commit === null || prepare === null ? null : { commit: BigInt(commit), prepare: BigInt(prepare) };
