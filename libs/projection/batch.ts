import type { PoolClient } from "pg";
import { locate } from "#store/states.js";
import { aggregateOf, type Position, type StoredFact } from "#store/stored.js";
import { tableOf, type ViewTable } from "./columns.js";
import type { View } from "./view.js";

/** A stored row as handlers see it, with the position of the last fact in it. */
type Row = Record<string, unknown>;

/** Times as the texts that facts use, so that a row read back equals the row that was folded. */
export const expressionOf = (type: string, column: string): string =>
  type === "timestamptz" ? `to_char("${column}" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')` : `"${column}"`;

/** `"case_id" as "caseId", ...` */
export const selectList = ({ columns }: ViewTable): string =>
  columns.map(({ property, column, type }) => `${expressionOf(type, column)} as "${property}"`).join(", ");

/** Folds the facts of one view in memory and writes each row that changed once. Runs inside the caller's transaction. */
export async function projectBatch(client: PoolClient, view: View, facts: readonly StoredFact[]): Promise<void> {
  const handlers = view.project as Record<string, ((before: Row | null, fact: unknown) => Row | null) | undefined>;
  const concerned = facts
    .filter(({ stream }) => aggregateOf(stream) === view.of.name)
    .map((stored) => ({ stored, fact: locate(view.of, stored) }))
    .filter(({ stored }) => handlers[stored.type] ?? view.always)
    .map(({ stored, fact }) => ({ stored, fact, key: view.key(fact) }));
  if (concerned.length === 0) return;
  const table = tableOf(view.row);
  const rows = await loadRows(client, table, [...new Set(concerned.map(({ key }) => key))]);
  const changed = new Map<string, Position>();
  for (const { stored, fact, key } of concerned) {
    const before = rows.get(key);
    if (before && before.position >= stored.position.commit) continue;
    const row = before?.row ?? null;
    const handled = handlers[stored.type] ? handlers[stored.type]!(row, fact) : row;
    const after = handled && view.always ? (view.always(handled, fact) as Row) : handled;
    rows.set(key, { row: after, position: stored.position.commit });
    changed.set(key, stored.position);
  }
  await writeRows(
    client,
    table,
    [...changed.keys()].sort().map((key) => ({ key, ...rows.get(key)! })),
  );
}

interface Kept {
  readonly row: Row | null;
  readonly position: bigint;
}

async function loadRows(client: PoolClient, table: ViewTable, keys: readonly string[]): Promise<Map<string, Kept>> {
  const key = table.columns.find(({ property }) => property === table.key)!.column;
  const { rows } = await client.query<Row & { position_: string }>({
    name: `load ${table.table}`,
    text: `select ${selectList(table)}, position::text as position_ from "${table.table}" where "${key}" = any($1)`,
    values: [keys],
  });
  return new Map(rows.map(({ position_, ...row }) => [String(row[table.key]), { row, position: BigInt(position_) }]));
}

async function writeRows(client: PoolClient, table: ViewTable, kept: readonly (Kept & { key: string })[]): Promise<void> {
  const key = table.columns.find(({ property }) => property === table.key)!.column;
  const gone = kept.filter(({ row }) => row === null).map(({ key }) => key);
  if (gone.length > 0)
    await client.query({ name: `remove ${table.table}`, text: `delete from "${table.table}" where "${key}" = any($1)`, values: [gone] });
  const there = kept.filter((each): each is Kept & { key: string; row: Row } => each.row !== null);
  if (there.length === 0) return;
  const payload = there.map(({ row, position }) => ({
    ...Object.fromEntries(table.columns.map(({ property, column }) => [column, row[property] ?? null])),
    position: position.toString(),
  }));
  await client.query({ name: `write ${table.table}`, text: upsert(table, key), values: [JSON.stringify(payload)] });
}

/** One statement a table, whatever the batch; a row never goes back behind a fact it already holds. */
function upsert({ table, columns }: ViewTable, key: string): string {
  const all = [...columns.map(({ column, type }) => ({ column, type })), { column: "position", type: "numeric(20)" }];
  const names = all.map(({ column }) => `"${column}"`).join(", ");
  const types = all.map(({ column, type }) => `"${column}" ${type}`).join(", ");
  const sets = all.map(({ column }) => `"${column}" = excluded."${column}"`).join(", ");
  return `insert into "${table}" (${names}) select ${names} from jsonb_to_recordset($1) as row(${types})
    on conflict ("${key}") do update set ${sets} where "${table}".position < excluded.position`;
}
