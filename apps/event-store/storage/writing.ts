import type { Client, Pool } from "pg";
import { Client as PostgresClient } from "pg";
import type { StoredRecord } from "../semantics/record.js";

/** A record with the number of its stream. */
export interface Numbered extends StoredRecord {
  readonly streamId: bigint;
}

/** Another writer has taken over this database: nothing of the batch was stored. */
export class Fenced extends Error {}

const lockKey = 4_815_162_342;

/** The one writer's hold on the database: an advisory lock on a session of its own, and an epoch that every batch must match. */
export class Writing {
  private constructor(
    readonly pool: Pool,
    readonly session: Client,
    readonly epoch: bigint,
  ) {}

  /** Throws with a sentence when another event store holds the database. */
  static async claim(url: string, pool: Pool): Promise<Writing> {
    const session = new PostgresClient({ connectionString: url });
    session.on("error", () => undefined);
    await session.connect();
    const { rows } = await session.query<{ held: boolean }>("select pg_try_advisory_lock($1) as held", [lockKey]);
    if (!rows[0]!.held) {
      await session.end();
      throw new Error("Another event store is already running on this database. Stop it first, or use another database.");
    }
    const { rows: claimed } = await session.query<{ epoch: string }>("update layout set epoch = epoch + 1 returning epoch");
    return new Writing(pool, session, BigInt(claimed[0]!.epoch));
  }

  /** One statement, one commit, however many appends are in it. */
  async store(records: readonly Numbered[], streams: readonly { id: bigint; name: string }[]): Promise<void> {
    const { rowCount } = await this.pool.query({
      name: "store",
      text: `with holder as (select 1 from layout where epoch = $1 for share),
          new_stream as (insert into stream (id, name) select id, name from unnest($2::bigint[], $3::text[]) as given (id, name), holder)
        insert into event (position, stream, revision, id, type, json, created, data, metadata)
        select given.* from unnest($4::bigint[], $5::bigint[], $6::bigint[], $7::uuid[], $8::text[], $9::boolean[], $10::bigint[], $11::bytea[], $12::bytea[]) as given, holder`,
      values: [
        this.epoch.toString(),
        streams.map(({ id }) => id.toString()),
        streams.map(({ name }) => name),
        records.map(({ position }) => position.toString()),
        records.map(({ streamId }) => streamId.toString()),
        records.map(({ revision }) => revision.toString()),
        records.map(({ id }) => id),
        records.map(({ type }) => type),
        records.map(({ json }) => json),
        records.map(({ created }) => created.toString()),
        records.map(({ data }) => data),
        records.map(({ metadata }) => metadata),
      ],
    });
    if (rowCount !== records.length) throw new Fenced("another writer has taken over");
  }

  async release(): Promise<void> {
    await this.session.end();
  }
}
