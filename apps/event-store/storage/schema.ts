import type { Pool } from "pg";

/** Raised when the layout changes; data of a newer one is refused. */
export const layoutVersion = 1;

const schema = `
  create table if not exists layout (version int not null, epoch bigint not null);
  insert into layout select ${layoutVersion}, 0 where not exists (select 1 from layout);
  create table if not exists stream (id bigint primary key, name text not null unique);
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

/** Makes the tables. Throws with a sentence where the data was written by a newer version. */
export async function prepareSchema(pool: Pool): Promise<void> {
  await pool.query(schema);
  const { rows } = await pool.query<{ version: number }>("select version from layout");
  if (rows[0]!.version > layoutVersion)
    throw new Error(
      `This event store's data has layout ${rows[0]!.version}, written by a newer version; this one knows ${layoutVersion}. Start the newer version.`,
    );
}
