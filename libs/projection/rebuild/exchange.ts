import { setTimeout as pause } from "node:timers/promises";
import type { Pool, PoolClient } from "pg";
import type { EventLog } from "#store/event-log.js";
import { tableOf } from "../declare/columns.js";
import { relationViews, renewRelationViews } from "../declare/row-security.js";
import { inTransaction } from "../run/transaction.js";
import { viewName, type View } from "../declare/view.js";
import { catchUp, type CatchUpOptions } from "./catch-up.js";
import { createSets, openSet, sets } from "./sets.js";

/** There is nothing of the wanted version that could take the live views' place. */
export class NothingToExchange extends Error {
  readonly code = "NothingToExchange";
}

/**
 * How long it waits for a table while it keeps others from being read, and how long it tries again, milliseconds. Questions come to the tables in
 * whatever order they name them, so that a question and an exchange may each hold what the other waits for: the exchange gives way, long before
 * Postgres would look for a deadlock and end one of the two.
 */
const [patience, trying] = [250, 30_000];
/** A table that others hold, or a set that somebody else has begun to fold on meanwhile: two may ask for the same exchange at once. */
const givesWay = /^(55P03|40P01|CheckpointMoved)$/;

/**
 * Puts views of another set in the place of the live ones, all at once: what was folded anew, or what was there before. The live ones
 * become the previous ones. What is asked never goes back in time: the last facts are folded while the live ones hold still; unless a
 * view is to stand still before what it cannot take (`upToPoison`).
 * @throws NothingToExchange, Poisoned
 */
export async function exchange(
  log: EventLog,
  url: string,
  from: "rebuilt" | "previous",
  views: readonly View[],
  { upToPoison = false }: Pick<CatchUpOptions, "upToPoison"> = {},
): Promise<void> {
  const [live, other] = [openSet(url, "live", 2), openSet(url, from)];
  try {
    await createSets(live);
    const end = Date.now() + trying;
    for (;;) {
      try {
        await requireComplete(other, from, views);
        await catchUp(log, other, views, { upToPoison });
        return await inTransaction(live, (client) => take(client, { log, other, from, views, upToPoison }));
      } catch (error) {
        if (Date.now() > end || !givesWay.test((error as { code?: string }).code ?? "")) throw error;
        await pause(patience * Math.random());
      }
    }
  } finally {
    await Promise.all([live.end(), other.end()]);
  }
}

async function requireComplete(pool: Pool, from: "rebuilt" | "previous", views: readonly View[]): Promise<void> {
  const { rows } = await pool.query<{ name: string }>(
    `select name from projection_checkpoint ${from === "rebuilt" ? "join projection_rebuild using (name) where verified_at is not null" : ""}`,
  );
  const there = new Set(rows.map(({ name }) => name));
  const missing = views.map(viewName).filter((name) => !there.has(name));
  if (missing.length > 0)
    throw new NothingToExchange(
      from === "rebuilt"
        ? `${missing.join(", ")}: not folded anew and verified yet. Rebuild first.`
        : `${missing.join(", ")}: there is no previous table of this version to go back to.`,
    );
}

interface Taking {
  readonly log: EventLog;
  readonly other: Pool;
  readonly from: "rebuilt" | "previous";
  readonly views: readonly View[];
  readonly upToPoison: boolean;
}

async function take(client: PoolClient, { log, other, from, views, upToPoison }: Taking): Promise<void> {
  await client.query(`set local lock_timeout = ${patience}`);
  // Whoever writes batches waits here, and then finds that the views have another owner.
  await client.query("lock table projection_checkpoint in share row exclusive mode");
  // Somebody else may have exchanged them while this one waited.
  await requireComplete(other, from, views);
  const tables = views.map(({ row }) => tableOf(row).table);
  const { rows } = await client.query<{ commit: string }>(
    "select coalesce(max(commit_position), -1)::text as commit from projection_checkpoint where split_part(name, ' ', 1) = any($1)",
    [tables],
  );
  await catchUp(log, other, views, { until: BigInt(rows[0]!.commit), upToPoison });
  // Nobody reads from here on until it is done.
  const asked = views.some(({ row }) => tableOf(row).relation !== undefined) ? await relationViews(client) : [];
  await client.query(`lock table ${[...tables.map((table) => `"${table}"`), ...asked].join(", ")}`);
  const { rows: places } = await client.query<{ partitions: number; epoch: string }>(
    "select max(partition) + 1 as partitions, (max(epoch) + 1)::text as epoch from projection_checkpoint",
  );
  for (const table of tables) {
    if (from === "rebuilt") await drop(client, table);
    else await move(client, table, sets.previous, "exchanged");
    await move(client, table, sets.live, sets.previous);
    await move(client, table, from === "rebuilt" ? sets.rebuilt : "exchanged", sets.live);
    await client.query(
      `insert into projection_checkpoint (name, partition, commit_position, prepare_position)
       select name, number, commit_position, prepare_position from projection_checkpoint, generate_series(1, $2::int - 1) as number
       where split_part(name, ' ', 1) = $1 and partition = 0`,
      [table, places[0]!.partitions],
    );
    await client.query("update projection_checkpoint set epoch = $2, updated_at = now() where split_part(name, ' ', 1) = $1", [
      table,
      places[0]!.epoch,
    ]);
  }
  if (asked.length > 0) await renewRelationViews(client);
  await client.query("drop schema if exists exchanged cascade");
}

async function drop(client: PoolClient, table: string): Promise<void> {
  await client.query(`drop table if exists ${sets.previous}."${table}"`);
  for (const [each, name] of beside)
    await client.query(`delete from ${sets.previous}.${each} where split_part(${name}, ' ', 1) = $1`, [table]);
}

/** What stands beside each view's table, and the column that names the view. */
const beside = [
  ["projection_checkpoint", "name"],
  ["projection_dead_letter", "view"],
  ["projection_rebuild", "name"],
] as const;

/** A set keeps one place for each view, the lowest of its partitions: only the live one is divided. */
async function move(client: PoolClient, table: string, from: string, to: string): Promise<void> {
  if (to === "exchanged")
    await client.query(
      `create schema if not exists exchanged; ${beside.map(([each]) => `create table if not exists exchanged.${each} (like ${from}.${each} including all)`).join("; ")}`,
    );
  await client.query(`alter table ${from}."${table}" set schema ${to}`);
  await client.query(
    `insert into ${to}.projection_checkpoint (name, partition, epoch, commit_position, prepare_position, applied, halted)
     select name, 0, max(epoch), case when bool_and(commit_position is not null) then min(commit_position) end,
       case when bool_and(commit_position is not null) then min(prepare_position) end, sum(applied), null
     from ${from}.projection_checkpoint where split_part(name, ' ', 1) = $1 group by name`,
    [table],
  );
  for (const each of ["projection_dead_letter", "projection_rebuild"] as const)
    await client.query(`insert into ${to}.${each} select * from ${from}.${each} where split_part(${nameIn(each)}, ' ', 1) = $1`, [table]);
  for (const [each, name] of beside) await client.query(`delete from ${from}.${each} where split_part(${name}, ' ', 1) = $1`, [table]);
}

const nameIn = (table: (typeof beside)[number][0]): string => beside.find(([each]) => each === table)![1];
