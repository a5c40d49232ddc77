import type { Pool } from "pg";
import { userTable } from "./users.js";
import { groupTable } from "./group-definitions.js";

/** Raised when the layout changes; data of another one is refused. */
export const layoutVersion = 2;

/** Names are bytes, found by their digest: they may be of any length and hold any character. */
const schema = `
  create table if not exists layout (version int not null, epoch bigint not null);
  insert into layout select ${layoutVersion}, 0 where not exists (select 1 from layout);
  create table if not exists stream (id bigint primary key, name bytea not null);
  create unique index if not exists stream_name on stream (sha256(name));
  create table if not exists event (
    position bigint primary key,
    stream bigint not null,
    revision bigint not null,
    id uuid not null,
    type text not null,
    json boolean not null,
    created bigint not null,
    data bytea not null,
    metadata bytea not null,
    unique (stream, revision)
  )`;

/** Makes the tables. Throws with a sentence where the data was written in another layout. */
export async function prepareSchema(pool: Pool): Promise<void> {
  const { rows: tables } = await pool.query<{ layout: string | null }>("select to_regclass('layout') as layout");
  if (tables[0]!.layout) {
    const { rows } = await pool.query<{ version: number }>("select version from layout");
    if (rows[0] && rows[0].version !== layoutVersion)
      throw new Error(
        `This event store's data has layout ${rows[0].version}; this program knows layout ${layoutVersion}. Start the version that wrote it.`,
      );
  }
  await pool.query(schema);
  await pool.query(groupTable);
  await pool.query(userTable);
}
