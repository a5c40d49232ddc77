import type { Pool, PoolClient } from "pg";
import { openPool } from "#platform/postgres/postgres.js";
import { tableOf } from "../declare/columns.js";
import { addIndexes } from "../declare/indexes.js";
import { addKey, createBare, hasTable } from "../declare/tables.js";
import { viewName, type View } from "../declare/view.js";

/**
 * Read models live in sets, each a schema of the same tables: what is asked, what is being folded anew beside it, and what was asked
 * before. Everything that reads or writes views works on any of them, by the search path of its connection.
 */
export const sets = { live: "public", rebuilt: "rebuilt", previous: "previous" } as const;

export type SetName = keyof typeof sets;

/** Connections that see one set. */
export const openSet = (url: string, set: SetName, max = 4): Pool => openPool(url, { max, options: `-c search_path=${sets[set]}` });

/** Makes the sets beside the live one, empty. Postgres fails where two make the same at once: one waits for the other. */
export async function createSets(client: Pick<PoolClient, "query">): Promise<void> {
  for (const schema of [sets.rebuilt, sets.previous])
    await client.query(`select pg_advisory_xact_lock(hashtext('hifadhi sets')); create schema if not exists ${schema};
      create table if not exists ${schema}.projection_checkpoint (like ${sets.live}.projection_checkpoint including all);
      create table if not exists ${schema}.projection_dead_letter (like ${sets.live}.projection_dead_letter including all);
      create table if not exists ${schema}.projection_rebuild (like ${sets.live}.projection_rebuild including all)`);
}

/** Begins a view in the set that the client sees, or leaves what was begun of the same version. `anew`: whatever was begun goes. */
export async function beginView(client: Pick<PoolClient, "query">, view: View, anew: boolean): Promise<void> {
  const { table } = tableOf(view.row);
  const { rowCount } = await client.query("select from projection_checkpoint where name = $1", [viewName(view)]);
  if (rowCount === 1 && !anew && (await hasTable(client, view))) return;
  await forgetView(client, table);
  await createBare(client, view);
  await client.query("insert into projection_checkpoint (name) values ($1)", [viewName(view)]);
}

/** Removes a view from the set that the client sees, of whatever version. */
export async function forgetView(client: Pick<PoolClient, "query">, table: string): Promise<void> {
  await client.query(`drop table if exists "${table}"`);
  await client.query("delete from projection_checkpoint where split_part(name, ' ', 1) = $1", [table]);
  await client.query("delete from projection_dead_letter where split_part(view, ' ', 1) = $1", [table]);
  await client.query("delete from projection_rebuild where split_part(name, ' ', 1) = $1", [table]);
}

/** What makes a filled table as good as a live one. */
export async function finishTable(client: Pick<PoolClient, "query">, view: View): Promise<void> {
  await client.query("set local maintenance_work_mem = '128MB'");
  await addKey(client, view);
  await addIndexes(client, view);
  await client.query(`analyze "${tableOf(view.row).table}"`);
}
