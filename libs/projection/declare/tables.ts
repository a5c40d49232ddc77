import type { ClientBase } from "pg";
import { tableOf, type ViewTable } from "./columns.js";
import { addIndexes } from "./indexes.js";
import { protectRows } from "./row-security.js";
import { keyColumn } from "../run/rows.js";
import { viewName, type View } from "./view.js";

type QueryClient = Pick<ClientBase, "query">;

/** Makes the view's table as it is filled at first: bare, so that filling it costs no more than writing. */
export async function createBare(client: QueryClient, view: View): Promise<void> {
  const { table, columns } = tableOf(view.row);
  const own = columns.map(({ column, type, nullable }) => `"${column}" ${type}${nullable ? "" : " not null"}`);
  // Beside the columns: the last fact in the row, and since when the row is not told the whole.
  // Space is left in each page, so that a row that changes stays in it and no index has to be told. Sealed parts cannot be compressed:
  // Postgres need not try, as it would for rows of more than 2 KB.
  await client.query(
    `create table "${table}" (${own.join(", ")}, position numeric(20) not null, stale_since bigint) with (fillfactor = 70, toast_tuple_target = 8160)`,
  );
  await protectRows(client, view);
}

/** Gives the table its key, without which no row can be found again. Does nothing where it has one. */
export async function addKey(client: QueryClient, view: View): Promise<void> {
  const table = tableOf(view.row);
  const { rowCount } = await client.query("select from pg_constraint where conrelid = to_regclass($1) and contype = 'p'", [quoted(table)]);
  if (rowCount === 0) await client.query(`alter table ${quoted(table)} add primary key ("${keyColumn(table).column}")`);
}

/** A view that nothing was told yet. */
export async function createView(client: QueryClient, view: View): Promise<void> {
  await createBare(client, view);
  await addKey(client, view);
  await addIndexes(client, view);
  await client.query("insert into projection_checkpoint (name) values ($1)", [viewName(view)]);
}

/** Is there a table of this view, of whatever version? */
export async function hasTable(client: QueryClient, view: View): Promise<boolean> {
  const { rows } = await client.query<{ there: boolean }>("select to_regclass($1) is not null as there", [quoted(tableOf(view.row))]);
  return rows[0]!.there;
}

/** Is what the client sees of this view of this version? */
export async function isOfVersion(client: QueryClient, view: View): Promise<boolean> {
  const { rowCount } = await client.query("select from projection_checkpoint where name = $1", [viewName(view)]);
  return rowCount! > 0;
}

const quoted = ({ table }: Pick<ViewTable, "table">): string => `"${table}"`;
