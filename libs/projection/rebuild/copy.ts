import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { PoolClient } from "pg";
import { from as copyFrom } from "pg-copy-streams";
import type { ViewTable } from "../declare/columns.js";
import type { Kept } from "../run/fold.js";
import { written } from "../run/rows.js";

/** How many rows are handed over at a time. */
const rowsAtOnce = 200;

/** Pours rows into a table of this shape, by the fastest way Postgres has. Rows that are null are passed over. */
export async function copyRows(client: PoolClient, into: string, table: ViewTable, rows: Iterable<Kept>): Promise<void> {
  const columns = [...table.columns.map(({ column }) => `"${column}"`), "position"].join(", ");
  await pipeline(Readable.from(chunks(table, rows), { objectMode: false }), client.query(copyFrom(`copy ${into} (${columns}) from stdin`)));
}

function* chunks(table: ViewTable, rows: Iterable<Kept>): Generator<string> {
  let lines: string[] = [];
  for (const kept of rows) {
    if (kept.row === null) continue;
    lines.push(lineOf(table, kept));
    if (lines.length === rowsAtOnce) {
      yield lines.join("");
      lines = [];
    }
  }
  if (lines.length > 0) yield lines.join("");
}

const lineOf = ({ columns }: ViewTable, { row, position }: Kept): string => {
  const cells = columns.map(({ property, type }) => cellOf(written(row![property] ?? null, type)));
  return `${cells.join("\t")}\t${position}\n`;
};

/** The text form of COPY: a tab, a line break or a backslash within a value would be taken for the format's own. */
function cellOf(value: ReturnType<typeof written>): string {
  if (value === null) return "\\N";
  const text = String(value);
  return /[\\\t\n\r]/.test(text)
    ? text.replaceAll("\\", "\\\\").replaceAll("\t", "\\t").replaceAll("\n", "\\n").replaceAll("\r", "\\r")
    : text;
}
