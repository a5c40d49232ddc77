import { randomUUID } from "node:crypto";
import { Pool, type PoolClient } from "pg";
import { rate } from "../measure.js";

const layout = `create table record (
    position bigserial primary key, stream text not null, revision bigint not null, id uuid not null, data bytea not null,
    unique (stream, revision)
  )`;
const insert = {
  name: "insert",
  text: "insert into record (stream, revision, id, data) values ($1, $2, $3, $4)",
};
const data = Buffer.alloc(330, "x");

/** What the same Postgres can do without an event store in front: commits of one record of 330 bytes. */
export class Commits {
  readonly #pool: Pool;
  #count = 0;

  constructor(url: string) {
    this.#pool = new Pool({ connectionString: url, max: 64 });
  }

  async prepare(): Promise<void> {
    await this.#pool.query(layout);
    const connections = await Promise.all(Array.from({ length: 64 }, () => this.#pool.connect()));
    for (const connection of connections) connection.release();
  }

  /** One insert, one commit; nothing is checked and nobody has to wait for another. */
  plain(count: number, connections: number) {
    return rate(count, connections, () => this.#pool.query({ ...insert, values: [`plain-${this.#count++}`, 0, randomUUID(), data] }));
  }

  /** One transaction an append, as event stores are often built on Postgres: the order is locked, the revision checked, then written. */
  ordered(count: number, connections: number) {
    return rate(count, connections, async (index) => {
      const connection = await this.#pool.connect();
      try {
        await append(connection, `ordered-${index % connections}`);
      } finally {
        connection.release();
      }
    });
  }

  close(): Promise<void> {
    return this.#pool.end();
  }
}

async function append(connection: PoolClient, stream: string): Promise<void> {
  await connection.query("begin");
  await connection.query({ name: "lock", text: "select pg_advisory_xact_lock(1)" });
  const { rows } = await connection.query<{ next: string }>({
    name: "next",
    text: "select coalesce(max(revision), -1) + 1 as next from record where stream = $1",
    values: [stream],
  });
  await connection.query({ ...insert, values: [stream, rows[0]!.next, randomUUID(), data] });
  await connection.query("commit");
}
