import type { Pool } from "pg";
import type { StoredRecord } from "../semantics/record.js";

interface Row {
  position: string;
  stream: string;
  revision: string;
  id: string;
  type: string;
  json: boolean;
  created: string;
  data: Buffer;
  metadata: Buffer;
}

const columns = "event.position, stream.name as stream, revision, event.id, type, json, created, data, metadata";

const recordOf = ({ position, revision, created, ...rest }: Row): StoredRecord => ({
  ...rest,
  position: BigInt(position),
  revision: BigInt(revision),
  created: BigInt(created),
});

/** Pages of the log, always over an index. */
export class Reading {
  constructor(readonly pool: Pool) {}

  /** `$all` after (forwards) or before (backwards) a position, both exclusive. */
  async all(from: bigint, backwards: boolean, count: number): Promise<StoredRecord[]> {
    const { rows } = await this.pool.query<Row>({
      name: backwards ? "all backwards" : "all forwards",
      text: `select ${columns} from event join stream on stream.id = event.stream
        where position ${backwards ? "<" : ">"} $1 order by position ${backwards ? "desc" : "asc"} limit $2`,
      values: [from.toString(), count],
    });
    return rows.map(recordOf);
  }

  /** A stream from a revision on, inclusive. */
  async stream(name: string, from: bigint, backwards: boolean, count: number): Promise<StoredRecord[]> {
    const { rows } = await this.pool.query<Row>({
      name: backwards ? "stream backwards" : "stream forwards",
      text: `select ${columns} from event join stream on stream.id = event.stream
        where event.stream = (select id from stream where name = $1) and revision ${backwards ? "<=" : ">="} $2
        order by revision ${backwards ? "desc" : "asc"} limit $3`,
      values: [name, from.toString(), count],
    });
    return rows.map(recordOf);
  }

  /** The last revision of each stream, -1n and no id where it does not exist. */
  async heads(names: readonly string[]): Promise<Map<string, { id: bigint; last: bigint }>> {
    const { rows } = await this.pool.query<{ name: string; id: string; last: string }>({
      name: "heads",
      text: `select name, stream.id, coalesce((select revision from event where event.stream = stream.id order by revision desc limit 1), -1) as last
        from stream where name = any($1)`,
      values: [names],
    });
    return new Map(rows.map(({ name, id, last }) => [name, { id: BigInt(id), last: BigInt(last) }]));
  }

  async ends(): Promise<{ position: bigint; stream: bigint }> {
    const { rows } = await this.pool.query<{ position: string; stream: string }>(
      "select coalesce((select max(position) from event), -1) as position, coalesce((select max(id) from stream), 0) as stream",
    );
    return { position: BigInt(rows[0]!.position), stream: BigInt(rows[0]!.stream) };
  }
}
