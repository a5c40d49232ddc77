import type { ClientBase, Pool } from "pg";
import { tableOf, type ViewColumn, type ViewTable } from "../declare/columns.js";
import type { Kept, Row } from "./fold.js";
import type { View } from "../declare/view.js";

type Queryable = Pick<Pool | ClientBase, "query">;

/** Times as the texts that facts use, so that a row read back equals the row that was folded. */
export const expressionOf = (type: string, column: string): string =>
  type === "timestamptz" ? `to_char("${column}" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')` : `"${column}"`;

/** `"case_id" as "caseId", ...` */
export const selectList = ({ columns }: Pick<ViewTable, "columns">): string =>
  columns.map(({ property, column, type }) => `${expressionOf(type, column)} as "${property}"`).join(", ");

/** The column that identifies a row. */
export const keyColumn = ({ columns, key }: ViewTable): ViewColumn => columns.find(({ property }) => property === key)!;

/** The rows of these keys, with the position of the last fact in each. */
export async function loadRows(client: Queryable, view: View, keys: readonly string[]): Promise<Map<string, Kept>> {
  const table = tableOf(view.row);
  const { rows } = await client.query<Row & { position_: string }>({
    name: `load ${table.table}`,
    text: `select ${selectList(table)}, position::text as position_ from "${table.table}" where "${keyColumn(table).column}" = any($1)`,
    values: [keys],
  } as never);
  return new Map(rows.map(({ position_, ...row }) => [String((row as Row)[table.key]), { row, position: BigInt(position_) }]));
}

/** Writes each row once: one statement for those that stay, one for those that go. A row never goes back behind a fact that it holds. */
export async function writeRows(client: Queryable, view: View, changed: ReadonlyMap<string, Kept>): Promise<void> {
  const table = tableOf(view.row);
  const sorted = [...changed].toSorted(([one], [other]) => (one < other ? -1 : 1));
  const gone = sorted.filter(([, { row }]) => row === null).map(([key]) => key);
  if (gone.length > 0)
    await client.query({
      name: `remove ${table.table}`,
      values: [gone],
      text: `delete from "${table.table}" where "${keyColumn(table).column}" = any($1)`,
    });
  const there = sorted.flatMap(([, { row, position }]) => (row ? [{ row, position }] : []));
  if (there.length === 0) return;
  const values = table.columns.map(({ property, type }) => there.map(({ row }) => written(row[property] ?? null, type)));
  const positions = there.map(({ position }) => position.toString());
  await client.query({ name: `write ${table.table}`, text: upsert(table), values: [...values, positions] });
}

/** Lists and structures travel as text, because an array of arrays would be taken apart. */
const travels = (type: string): string => (type.endsWith("[]") || type === "jsonb" ? "text" : type);

/** A value as it travels to Postgres: as a text, where Postgres is to read it, or as the driver knows it. */
export function written(value: unknown, type: string): string | number | boolean | null {
  if (value === null) return null;
  if (type === "jsonb") return JSON.stringify(value);
  return type.endsWith("[]")
    ? `{${(value as readonly string[]).map((each) => `"${each.replaceAll(/["\\]/g, "\\$&")}"`).join(",")}}`
    : (value as string | number | boolean);
}

function upsert(table: ViewTable): string {
  const columns = table.columns.map(({ column }) => `"${column}"`);
  const given = table.columns.map(({ type }, index) => `$${index + 1}::${travels(type)}[]`);
  const values = table.columns.map(({ column, type }) => (travels(type) === type ? `given."${column}"` : `given."${column}"::${type}`));
  const sets = [...columns, "position"].map((column) => `${column} = excluded.${column}`).join(", ");
  return `insert into "${table.table}" (${columns.join(", ")}, position)
    select ${values.join(", ")}, given.position from unnest(${given.join(", ")}, $${given.length + 1}::numeric[]) as given (${columns.join(", ")}, position)
    on conflict ("${keyColumn(table).column}") do update set ${sets} where "${table.table}".position < excluded.position`;
}

/** Marks rows as not told the whole since a revision. */
export async function markStale(client: Queryable, { table, ...rest }: ViewTable, stale: ReadonlyMap<string, bigint>): Promise<void> {
  await client.query({
    name: `stale ${table}`,
    values: [[...stale.keys()], [...stale.values()].map(String)],
    text: `update "${table}" set stale_since = coalesce(stale_since, given.revision)
      from unnest($1::text[], $2::bigint[]) as given (key, revision) where "${keyColumn({ table, ...rest }).column}"::text = given.key`,
  });
}
