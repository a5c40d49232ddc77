import { columnOf, tableOf, type ViewTable } from "#projection/declare/columns.js";
import { holding } from "#projection/declare/indexes.js";
import { planned, readList, type Statement } from "#projection/read/reading.js";
import { keyColumn } from "#projection/run/rows.js";
import type { Narrowing, Rows as RelationRows } from "../access/standings.js";
import { readCursor } from "./cursor.js";
import { pageSize, partsOf, type Listed, type PageRequest } from "./page.js";

// How a page is asked for in SQL.

/** What a page is cut from. */
export interface PageScope {
  /** Where days are counted, by its IANA name. */
  readonly zone: string;
  /** A column and the one value that its rows may have. */
  readonly own?: readonly [string, string] | undefined;
  /** The records that rows may concern. */
  readonly narrowing?: Narrowing | undefined;
  /** A page for each of these rows, which the column names. */
  readonly below?: Below | undefined;
}

interface Below {
  readonly column: string;
  readonly ids: readonly string[];
}

/** Takes a value and answers how the statement names it. */
type Given = (value: unknown) => string;

/** The instants of a day, as people at a place count it. Parameters: the day, and the zone. */
const duringDay = (column: string, day: string, zone: string): string =>
  `"${column}" >= ${day}::date::timestamp at time zone ${zone} and "${column}" < (${day}::date + 1)::timestamp at time zone ${zone}`;

/** A keyset page: reads one row more than is asked for, which tells whether there is another page. */
export function pageStatement(list: Listed, asked: PageRequest, scope: PageScope): Statement {
  const { zone, own, narrowing, below } = scope;
  const { first, sort, by, narrowed, onDays, after } = partsOf(list, asked, own);
  const table = tableOf(list.view.row);
  const key = keyColumn(table);
  const values: unknown[] = [];
  const given: Given = (value) => `$${values.push(value)}`;
  const where = narrowed.map(([{ column, type }, value]) =>
    type.endsWith("[]") ? holding(column, String(value)) : `"${column}" = ${given(value)}`,
  );
  // A row without what the page is ordered by is not in it: a null has no place in a keyset.
  if (by.nullable) where.push(`"${by.column}" is not null`);
  for (const [{ column }, day] of onDays) where.push(duringDay(column, given(day), given(zone)));
  if (below) where.push(`"${columnOf(table, below.column).column}" = parent.id`);
  const direction = sort.startsWith("-") ? "desc" : "asc";
  if (after !== undefined) {
    const cursor = readCursor(after, sort, by.type);
    const place = `(${given(cursor.value)}::${by.type}, ${given(cursor.key)}::${key.type})`;
    where.push(`("${by.column}", "${key.column}") ${direction === "desc" ? "<" : ">"} ${place}`);
  }
  // Narrowed by the key there is one row or none, and no order.
  const isOne = narrowed.some(([{ property }]) => property === table.key);
  const order = isOne ? "" : `order by "${by.column}" ${direction}, "${key.column}" ${direction}`;
  const page = { table, where, end: `${order} limit ${first + 1}` };
  const filters = narrowed.length - (own ? 1 : 0) + onDays.length;
  const few = below !== undefined || isOne;
  const text = narrowing ? narrowedPage(page, order, narrowing, few, given) : selected(page);
  if (below) {
    const { type } = columnOf(table, below.column);
    const parents = `unnest(${given(below.ids)}::${type}[]) with ordinality as parent (id, place)`;
    const inTurn = `order by parent.place, page."${by.property}" ${direction}, page."${table.key}" ${direction}`;
    const pages = `select parent.id::text as "$of", page.* from ${parents} cross join lateral (${text}) as page ${inTurn}`;
    return filters === 0 && first === pageSize.below ? planned(pages, values) : { text: pages, values };
  }
  // A list that is narrowed is planned with the value that it is narrowed by: a rare one is found by another index than a common one.
  return filters === 0 && !own && first === pageSize.usual ? planned(text, values) : { text, values };
}

/** The rows of a page, before it is said what is read of each. */
interface Page {
  readonly table: ViewTable;
  readonly where: readonly string[];
  /** Order and limit. */
  readonly end: string;
}

/** What a list shows of a row: nothing that is sealed. */
const shownIn = (table: ViewTable): string =>
  readList(
    table,
    table.columns.filter(({ sealed }) => !sealed),
  );

const rowsOf = ({ table, where, end }: Page, columns: string): string =>
  `select ${columns} from "${table.table}" ${where.length > 0 ? `where ${where.join(" and ")}` : ""} ${end}`;
const selected = (page: Page): string => rowsOf(page, shownIn(page.table));

/**
 * To how many records somebody may stand for a page to be looked for among them. Who stands to more finds one sooner by reading on in the order of
 * the page and asking of each row whether it is hers; in a small table that is so sooner: the rows to be passed over grow with the table, and
 * shrink with the records. Asking of a row costs some five times what reading one of hers does.
 */
export const fewRecords = 10_000;
const isFew = (count: string, table: ViewTable): string =>
  `(${count} <= ${fewRecords} and ${count} * ${count} <= ${pageSize.usual * 5} * (select greatest(reltuples, 1000) from pg_class where oid = to_regclass('"${table.table}"')))`;

/** Records, as rows with the one column `record`. */
const records = (of: readonly RelationRows[], given: Given): string =>
  of
    .map(
      ({ table, holders }) =>
        `select record from "${table}" where holder = any(${given(holders)}::text[]) and (until is null or until > now())`,
    )
    .join(" union all ");

/** The rows of a page that concern a record to which somebody stands. `few`: there are few rows to choose from. */
function narrowedPage(page: Page, order: string, { all, reached, barred }: Narrowing, few: boolean, given: Given): string {
  const { table, where, end } = page;
  const concerned = columnOf(table, table.concerns![1]);
  const column = `"${table.table}"."${concerned.column}"`;
  // With an offset, Postgres asks row by row, as is meant here, instead of reading all the records first.
  const isAmong = (some: string): string => `exists (select from (${some}) as r where r.record = ${column}::text offset 0)`;
  const allowed = [...where, ...barred.map((each) => `not ${isAmong(records([each], given))}`)];
  const rows = (...conditions: readonly string[]): Page => ({ table, where: [...allowed, ...conditions], end });
  if (all) return selected(rows());
  if (reached.length === 0) return selected(rows("false"));
  const hers = records(reached, given);
  if (few) return selected(rows(isAmong(hers)));
  const count = "(select count(*) from reached)";
  // With an array and an offset, Postgres finds hers by the index first, instead of reading on in the order of the page until there are enough.
  const isHers = `${column} = any(array(select record::${concerned.type} from reached))`;
  const hersAll = rowsOf({ ...rows(isHers, isFew(count, table)), end: "offset 0" }, "*");
  const among = `select * from (${hersAll}) as hers ${end}`;
  const inTurn = rowsOf(rows(isAmong(hers), `not ${isFew(count, table)}`), "*");
  // Of the two, Postgres only carries out the one whose count is right.
  return `with reached as materialized (select record from (${hers}) as r limit ${fewRecords + 1})
    select ${shownIn(table)} from ((${among}) union all (${inTurn})) as "${table.table}" ${order}`;
}
