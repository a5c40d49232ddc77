import type { Pool } from "pg";
import { fingerprintOf } from "#store/chain.js";
import { tableOf, type ViewTable } from "../declare/columns.js";
import type { Kept, Row } from "../run/fold.js";
import { keyColumn, selectList } from "../run/rows.js";
import type { View } from "../declare/view.js";

const pageSize = 2_000;

/** What a table holds, whatever order its rows are in. */
export interface Sum {
  readonly rows: number;
  /** Sum of the rows' hashes, modulo 2^64. */
  readonly checksum: bigint;
}

export const nothing: Sum = { rows: 0, checksum: 0n };

/** The value with the keys of its objects in one order; hashed at every pouring and when it is read back. */
function ordered(value: unknown): unknown {
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map(ordered);
  const keys = Object.keys(value).toSorted();
  return Object.fromEntries(keys.map((key) => [key, ordered((value as Row)[key])]));
}

/** A row with the position of the last fact in it, as a number; 0 where there is no row. */
export function hashOf({ columns }: ViewTable, { row, position }: Kept): bigint {
  if (row === null) return 0n;
  // Only what Postgres keeps as jsonb comes back in another order.
  const content = columns.map(({ property, type }) => (type === "jsonb" ? ordered(row[property] ?? null) : (row[property] ?? null)));
  return fingerprintOf(JSON.stringify([content, position.toString()]));
}

/** One row more, one changed or one less: `before` and `after` are the row's hashes, 0 where there was or is none. */
export const changed = ({ rows, checksum }: Sum, before: bigint, after: bigint): Sum => ({
  rows: rows + Number(after !== 0n) - Number(before !== 0n),
  checksum: BigInt.asUintN(64, checksum - before + after),
});

/** Reads a whole table back, page by page, and sums it. */
export async function sumOf(pool: Pool, view: View): Promise<Sum> {
  const table = tableOf(view.row);
  const key = keyColumn(table).column;
  let sum = nothing;
  for (let after: string | null = null; ;) {
    const { rows }: { rows: (Row & { position_: string; key_: string })[] } = await pool.query(
      `select ${selectList(table)}, position::text as position_, "${key}"::text as key_ from "${table.table}"
       where $1::text is null or "${key}" > $1::text order by "${key}" limit ${pageSize}`,
      [after],
    );
    for (const { position_, key_: _, ...row } of rows) sum = changed(sum, 0n, hashOf(table, { row, position: BigInt(position_) }));
    if (rows.length < pageSize) return sum;
    after = rows.at(-1)!.key_;
  }
}
