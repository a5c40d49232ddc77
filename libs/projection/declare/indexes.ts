import type { ClientBase } from "pg";
import { columnOf, tableOf, type ViewTable } from "./columns.js";
import type { View } from "./view.js";

/** Rows of the view that hold this code in a list of codes; the same text as in the index, which Postgres recognises by it. */
export const holding = (column: string, code: string): string => `"${column}" @> '{"${code.replaceAll(/["'\\]/g, "")}"}'`;

/** The time that a row spans, from one moment until another, which may not be known yet. What ended before it began spans nothing. */
export const span = (from: string, until: string): string =>
  `tstzrange("${from}", case when "${until}" < "${from}" then "${from}" else "${until}" end)`;

/** Brings the table's indexes up to what the view declares. One that is there by its name is left as it is. */
export async function addIndexes(client: Pick<ClientBase, "query">, view: View): Promise<void> {
  const table = tableOf(view.row);
  const indexes = [
    ...table.indexes.flatMap((each) => listed(table, each)),
    ...table.spans.map((each) => spanned(table, each)),
    stale(table),
  ];
  for (const { parts, on, where = "" } of indexes) {
    const name = `${table.table}_${parts.join("_")}_idx`;
    // Postgres would cut it, and then two indexes might have one name.
    if (name.length > 63) throw new Error(`The name of an index of ${table.table} is too long: ${name}`);
    await client.query(`create index if not exists "${name}" on "${table.table}" ${on} ${where}`);
  }
}

interface Index {
  /** What it is called after. */
  readonly parts: readonly string[];
  readonly on: string;
  readonly where?: string;
}

function listed(table: ViewTable, properties: readonly string[]): Index[] {
  const [first, ...rest] = properties.map((property) => columnOf(table, property));
  const on = (columns: readonly string[]) => `(${columns.map((each) => `"${each}"`).join(", ")})`;
  const columns = rest.map(({ column }) => column);
  if (!first!.type.endsWith("[]")) return [{ parts: [first!.column, ...columns], on: on([first!.column, ...columns]) }];
  // No index over lists keeps an order: each code has its own.
  return (first!.codes ?? []).map((code) => ({
    parts: [code.replaceAll(/\W/g, ""), ...columns],
    on: on(columns),
    where: `where ${holding(first!.column, code)}`,
  }));
}

/** Rows that are not told the whole are few, and counted often. */
const stale = ({ key, ...table }: ViewTable): Index => ({
  parts: ["stale"],
  on: `("${columnOf({ key, ...table }, key).column}")`,
  where: "where stale_since is not null",
});

function spanned(table: ViewTable, { of, from, until, telling }: ViewTable["spans"][number]): Index {
  const nameOf = (property: string): string => columnOf(table, property).column;
  const [whose, begins, ends, told] = [nameOf(of), nameOf(from), nameOf(until), telling.map(nameOf)];
  // Of what else is told, the first letters: a name has 63 letters at most.
  const initials = told.map((each) => each[0]).join("");
  const included = [begins, ends, ...told].map((each) => `"${each}"`).join(", ");
  return { parts: [whose, begins, ends, initials, "span"], on: `using gist ("${whose}", ${span(begins, ends)}) include (${included})` };
}
