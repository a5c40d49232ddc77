import type { Pool } from "pg";
import type { StoredRecord } from "../semantics/record.js";
import { bigintArray, booleanArray, bytesArray, textArray, uuidArray } from "./binary-array.js";
import { Fenced, type Hold } from "./hold.js";

/** A record with the number of its stream. */
export interface Numbered extends StoredRecord {
  readonly streamId: bigint;
}

/** A stream that its first event brings into being. */
export interface NewStream {
  readonly id: bigint;
  readonly name: string;
}

/** Stores batches, for as long as this event store has its hold on the database. */
export class Writing {
  constructor(
    readonly pool: Pool,
    readonly hold: Hold,
  ) {}

  /** One statement, one commit, however many appends are in it. Throws {@link Fenced} where another event store took over. */
  async store(records: readonly Numbered[], streams: readonly NewStream[]): Promise<void> {
    const { rowCount } = await this.pool.query({
      name: "store",
      text: `with holder as (select 1 from layout where epoch = $1 for share),
          new_stream as (insert into stream (id, name) select id, name from unnest($2::bigint[], $3::bytea[]) as given (id, name), holder)
        insert into event (position, stream, revision, id, type, json, created, data, metadata)
        select given.* from unnest($4::bigint[], $5::bigint[], $6::bigint[], $7::uuid[], $8::text[], $9::boolean[], $10::bigint[], $11::bytea[], $12::bytea[]) as given, holder`,
      values: [
        this.hold.epoch.toString(),
        bigintArray(streams.map(({ id }) => id)),
        bytesArray(streams.map(({ name }) => Buffer.from(name))),
        bigintArray(records.map(({ position }) => position)),
        bigintArray(records.map(({ streamId }) => streamId)),
        bigintArray(records.map(({ revision }) => revision)),
        uuidArray(records.map(({ id }) => id)),
        textArray(records.map(({ type }) => type)),
        booleanArray(records.map(({ json }) => json)),
        bigintArray(records.map(({ created }) => created)),
        bytesArray(records.map(({ data }) => data)),
        bytesArray(records.map(({ metadata }) => metadata)),
      ],
    });
    if (rowCount !== records.length) throw new Fenced();
  }
}
