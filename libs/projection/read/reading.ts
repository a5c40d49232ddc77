import { DatabaseError, types, type CustomTypesConfig, type Pool, type PoolClient, type QueryConfig } from "pg";
import { openPool } from "#platform/postgres/postgres.js";
import { columnOf, type ViewTable } from "../declare/columns.js";
import { readerRole } from "../declare/reader-role.js";

/** A question to the read models. One with a name is planned once by each connection: what has the same name has the same text. */
export interface Statement {
  readonly name?: string;
  readonly text: string;
  readonly values: readonly unknown[];
}

const [timestamptz, texts, uuids] = [1184, 1009, 2951];
/** Wide enough for the queries of one process; what needs more waits its turn. */
const mostConnections = 20;
/** How long a connection that nobody needs is kept, milliseconds: it has planned its statements, and has the tables' pages mapped. */
const keptFor = 300_000;

const readTexts = types.getTypeParser(texts) as (text: string) => string[];
/** A list of codes or ids seldom needs more than to be taken apart. */
const readCodes = (text: string): string[] => {
  if (/["\\{]|NULL/i.test(text.slice(1))) return readTexts(text);
  return text === "{}" ? [] : text.slice(1, -1).split(",");
};
const own = new Map<number, (text: string) => unknown>([
  [timestamptz, readMoment],
  [texts, readCodes],
  [uuids, readCodes],
]);

/** Moments as facts write them; everything else as the driver does. */
const parsers = {
  getTypeParser: ((oid: number, format?: "text") => own.get(oid) ?? types.getTypeParser(oid, format)) as never,
} satisfies CustomTypesConfig;

/** Opens the read models to be read. */
export function openReading(url: string): Pool {
  return openPool(url, { max: mostConnections, idleTimeoutMillis: keptFor, statement_timeout: 30_000, types: parsers });
}

/** As whom Postgres is asked: what it is told of who reads, by the names of its settings. */
export interface Reader {
  /** The same for whoever is told the same of. */
  readonly key: string;
  readonly settings: Readonly<Record<string, string>>;
}

/** Of each connection, the reader that Postgres was told of last. */
const readers = new WeakMap<PoolClient, string>();

/** A question that looks into several tables, and an exchange of these tables for others, may each hold what the other waits for. */
const deadlock = "40P01";
const tries = 5;

/** The rows that answer, as far as the tables' policies let this reader through. */
export async function ask<Answer extends object>(reading: Pool, statement: Statement, reader: Reader): Promise<Answer[]> {
  for (let tried = 1; ; tried++) {
    try {
      return await askOnce<Answer>(reading, statement, reader);
    } catch (error) {
      if (tried === tries || (error as { code?: unknown }).code !== deadlock) throw error;
    }
  }
}

async function askOnce<Answer extends object>(reading: Pool, statement: Statement, reader: Reader): Promise<Answer[]> {
  const { name, text, values } = statement;
  const client = await reading.connect();
  let failed: Error | undefined;
  try {
    await become(client, reader);
    const query = { ...(name !== undefined && { name }), text, values: [...values] } satisfies QueryConfig;
    return (await client.query<Answer>(query)).rows;
  } catch (error) {
    // What Postgres itself answered leaves the connection as it was; anything else may not.
    if (!(error instanceof DatabaseError)) failed = error as Error;
    throw error;
  } finally {
    client.release(failed);
  }
}

/** No question is asked over a connection before Postgres knows for whom: it lets nobody through of whom it was told nothing. */
async function become(client: PoolClient, { key, settings }: Reader): Promise<void> {
  if (readers.get(client) === key) return;
  readers.delete(client);
  const named = Object.keys(settings).map((name, index) => `set_config('${name}', $${index + 1}, false)`);
  await client.query({
    name: `reader ${named.length}`,
    text: `select set_config('role', '${readerRole}', false), ${named.join(", ")}`,
    values: Object.values(settings),
  });
  readers.set(client, key);
}

/** Revisions that were passed over in a row, as operators let it; null where none was. Asked only of rows that are not told the whole. */
const skippedIn = (table: string, key: string): string =>
  `case when "${table}".stale_since is not null then (select array_agg(letter.revision::text order by letter.revision)
    from projection_dead_letter as letter
    where letter.skipped and letter.key = "${table}"."${key}"::text and split_part(letter.view, ' ', 1) = '${table}') end`;

/** `"case_id" as "caseId", ...`, and what is known of the row beside what it says. `columns`: those that are asked for; `prefix`: of each name. */
export const readList = (table: ViewTable, columns = table.columns, prefix = ""): string =>
  [
    ...columns.filter(({ inner }) => !inner).map(({ property, column }) => `"${column}" as "${prefix}${property}"`),
    ...conditionOf(table, prefix),
  ].join(", ");

/** Whether the row is told the whole, what was passed over in it, and whether all that it is folded from is as the application wrote it. */
export function conditionOf(table: ViewTable, prefix = ""): string[] {
  const skipped = skippedIn(table.table, columnOf(table, table.key).column);
  const selected = [`stale_since is not null as "${prefix}stale"`, `${skipped} as "${prefix}skipped"`];
  if (!table.about) return selected;
  const [aggregate, property] = table.about;
  const stream = `'${aggregate}-' || "${table.table}"."${columnOf(table, property).column}"::text`;
  return [...selected, `(select false from chain_finding where chain_finding.stream = ${stream} limit 1) is null as "${prefix}intact"`];
}

const names = new Map<string, string>();

/** A statement that each connection plans once, whatever its values. For texts of which there are as many as things that can be asked, and no more. */
export function planned(text: string, values: readonly unknown[]): Statement {
  const name = names.get(text) ?? `asked ${names.size + 1}`;
  names.set(text, name);
  return { name, text, values };
}

/** Postgres's text of a moment in UTC: `2026-11-23 10:00:00.5+00`. */
const written = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.(\d{1,3}))?\+00$/;

/** A moment as facts tell it, such as `2026-11-23T10:00:00.500Z`, from Postgres's text of it in whatever zone the session has. */
export function readMoment(text: string): string {
  const parts = written.exec(text);
  if (parts) return `${parts[1]}T${parts[2]}.${(parts[3] ?? "").padEnd(3, "0")}Z`;
  return new Date(/[+-]\d\d$/.test(text) ? `${text}:00` : text).toISOString();
}
