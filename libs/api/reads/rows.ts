import DataLoader from "dataloader";
import { LRUCache } from "lru-cache";
import type { Pool } from "pg";
import { tableOf, type ViewTable } from "#projection/declare/columns.js";
import type { Sections } from "#projection/declare/view.js";
import { ask, planned, readList, type Reader, type Statement } from "#projection/read/reading.js";
import { keyColumn } from "#projection/run/rows.js";
import { viewName, type View } from "#projection/declare/view.js";

type Row = Readonly<Record<string, unknown>>;

const mostAtOnce = 200;

/**
 * Rows of views. What is asked for at one moment for the same reader is one question to Postgres; nothing is remembered
 * beyond it, because whoever asks after a change must see it.
 */
export class Rows {
  readonly #below = new Map<string, DataLoader<string, readonly Row[]>>();
  readonly #pages = new Map<string, Promise<readonly Row[]>>();
  readonly #loaders = new LRUCache<string, DataLoader<string, Row | null>>({ max: 1_000 });

  constructor(private readonly reading: Pool) {}

  /** As it is now, its sealed parts closed, with these sections of it; null where there is none for this reader. */
  one(view: View<any, any>, id: string, reader: Reader, sections: Sections = {}): Promise<Row | null> {
    const key = `${viewName(view)} ${Object.keys(sections).join()} ${reader.key}`;
    const loader = this.#loaders.get(key) ?? this.#loaderOf(view, reader, sections);
    this.#loaders.set(key, loader);
    return loader.load(id);
  }

  /** The rows of a page. */
  page(statement: Statement, reader: Reader): Promise<readonly Row[]> {
    const key = JSON.stringify([reader.key, statement.text, statement.values]);
    const asked = this.#pages.get(key) ?? this.#ask(key, statement, reader);
    this.#pages.set(key, asked);
    return asked;
  }

  /** A page of each parent: what is asked for of many at one moment is one question. `statement` asks it of these parents. */
  below(parent: string, list: string, reader: Reader, statement: (parents: readonly string[]) => Statement): Promise<readonly Row[]> {
    const key = `${list} ${reader.key}`;
    const loader = this.#below.get(key) ?? this.#belowLoader(key, reader, statement);
    this.#below.set(key, loader);
    return loader.load(parent);
  }

  #belowLoader(key: string, reader: Reader, statement: (parents: readonly string[]) => Statement): DataLoader<string, readonly Row[]> {
    const load = async (parents: readonly string[]) => {
      this.#below.delete(key);
      const found = await ask<Row>(this.reading, statement([...new Set(parents)]), reader);
      const pages = Map.groupBy(found, (row) => row["$of"]);
      return parents.map((parent) => (pages.get(parent) ?? []).map(({ $of: _, ...row }) => row));
    };
    return new DataLoader(load, { cache: false, maxBatchSize: mostAtOnce, batchScheduleFn: (ready) => setImmediate(ready) });
  }

  async #ask(key: string, statement: Statement, reader: Reader): Promise<readonly Row[]> {
    await new Promise(setImmediate);
    this.#pages.delete(key);
    return ask<Row>(this.reading, statement, reader);
  }

  #loaderOf(view: View, reader: Reader, sections: Sections): DataLoader<string, Row | null> {
    const { key } = tableOf(view.row);
    const load = async (ids: readonly string[]) => {
      const found = await ask<Row>(this.reading, rowsStatement(view, [...new Set(ids)], sections), reader);
      const rows = new Map(found.map((row) => [row[key], withSections(row, sections)]));
      return ids.map((id) => rows.get(id) ?? null);
    };
    return new DataLoader(load, { cache: false, maxBatchSize: mostAtOnce, batchScheduleFn: (ready) => setImmediate(ready) });
  }
}

/** The rows of these ids, each with its sections: what of it other topics keep, in columns such as `screening.account`. */
export function rowsStatement({ row }: View<any, any>, ids: readonly string[], sections: Sections = {}): Statement {
  const base = tableOf(row);
  const rows = (table: ViewTable, prefix: string) =>
    `select ${readList(table, table.columns, prefix)} from "${table.table}" where "${keyColumn(table).column}" = any($1)`;
  const joins = Object.entries(sections).map(([name, section], index) => {
    const table = tableOf(section.row);
    return `left join (${rows(table, `${name}.`)}) as s${index} on s${index}."${name}.${table.key}" = base."${base.key}"`;
  });
  return planned(joins.length === 0 ? rows(base, "") : `select * from (${rows(base, "")}) as base ${joins.join(" ")}`, [ids]);
}

/** The row with each section as an object of its own; null where there is none. */
function withSections(row: Row, sections: Sections): Row {
  const names = Object.keys(sections);
  if (names.length === 0) return row;
  const whole: Record<string, unknown> = {};
  for (const [column, value] of Object.entries(row)) {
    const [name, property] = column.split(".") as [string, string | undefined];
    if (property === undefined) whole[column] = value;
    else ((whole[name] ??= {}) as Record<string, unknown>)[property] = value;
  }
  for (const [name, { row: section }] of Object.entries(sections))
    if ((whole[name] as Row)[tableOf(section).key] === null) whole[name] = null;
  return whole;
}
