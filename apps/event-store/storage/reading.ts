import { LRUCache } from "lru-cache";
import type { Pool } from "pg";
import type { StoredRecord } from "../semantics/record.js";
import { type Head, metadataStreamOf, nothing, relatedTo, settingsStream, stateOf, type StreamState } from "../semantics/stream.js";
import { KnownHeads } from "./known-heads.js";
import { SharedPages } from "./shared-pages.js";
import { Tail } from "./tail.js";
import type { Numbered } from "./writing.js";

interface EventRow {
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

const columns = "position, stream, revision, id, type, json, created, data, metadata";

/** Pages of the log, always over an index. */
export class Reading {
  readonly #names = new LRUCache<string, string>({ max: 50_000 });

  readonly #known = new KnownHeads((names) => this.heads(names));
  readonly #tail = new Tail();
  readonly #pages = new SharedPages();

  /** `quick`: connections for what is small, so that it does not wait behind pages. */
  constructor(
    readonly pool: Pool,
    readonly quick: Pool = pool,
  ) {}

  /** What follows a position in `$all`, for those who follow the log side by side: near its end out of memory. */
  async following(position: bigint, count: number): Promise<StoredRecord[]> {
    const known = this.#tail.after(position, count);
    return known ?? this.#pages.get(`${count} ${position}`, count, () => this.all(position, false, count));
  }

  /** The same of a stream, from a revision on, inclusive. */
  async followingIn({ id, name }: Pick<StreamState, "id" | "name">, revision: bigint, count: number): Promise<StoredRecord[]> {
    const known = this.#tail.ofStream(name, revision, count);
    return known ?? this.#pages.get(`${count} ${revision} ${id}`, count, () => this.stream({ id, name }, revision, false, count));
  }

  /** `$all` after (forwards) or before (backwards) a position, both exclusive. */
  async all(from: bigint, backwards: boolean, count: number): Promise<StoredRecord[]> {
    const { rows } = await this.pool.query<EventRow>({
      name: backwards ? "all backwards" : "all forwards",
      text: `select ${columns} from event where position ${backwards ? "<" : ">"} $1 order by position ${backwards ? "desc" : "asc"} limit $2`,
      values: [from.toString(), count],
    });
    return this.#named(rows);
  }

  /** A stream from a revision on, inclusive, as it is stored: whether an event may be read is for others to say. */
  async stream({ id, name }: Pick<StreamState, "id" | "name">, from: bigint, backwards: boolean, count: number): Promise<StoredRecord[]> {
    if (id === 0n) return [];
    const { rows } = await this.pool.query<EventRow>({
      name: backwards ? "stream backwards" : "stream forwards",
      text: `select ${columns} from event where stream = $1 and revision ${backwards ? "<=" : ">="} $2
        order by revision ${backwards ? "desc" : "asc"} limit $3`,
      values: [id.toString(), from.toString(), count],
    });
    return rows.map((row) => recordOf(row, name));
  }

  /** The newest events, oldest first. */
  async newest(count: number): Promise<Pick<StoredRecord, "stream" | "id" | "revision" | "position" | "created">[]> {
    const { rows } = await this.pool.query<Pick<EventRow, "position" | "stream" | "revision" | "id" | "created">>(
      "select position, stream, revision, id, created from event order by position desc limit $1",
      [count],
    );
    const names = await this.#namesOf(rows);
    return rows.toReversed().map(({ position, stream, revision, id, created }) => ({
      stream: names.get(stream)!,
      id,
      revision: BigInt(revision),
      position: BigInt(position),
      created: BigInt(created),
    }));
  }

  /** The heads of those of the streams that exist. */
  async heads(names: readonly string[]): Promise<Map<string, Head>> {
    const { rows } = await this.quick.query<{ name: Buffer; id: string; last: string; latest: Buffer | null }>({
      name: "heads",
      text: `select name, stream.id, newest.revision as last, case when json and (substr(name, 1, 2) = '$$' or name = '${settingsStream}') then data end as latest
        from stream cross join lateral (select revision, json, data from event where event.stream = stream.id order by revision desc limit 1) newest
        where sha256(name) in (select sha256(given) from unnest($1::bytea[]) as given)`,
      values: [names.map((name) => Buffer.from(name))],
    });
    return new Map(rows.map(({ name, id, last, latest }) => [name.toString(), { id: BigInt(id), last: BigInt(last), latest }]));
  }

  /** To be told of every commit before it is acknowledged. */
  commit(records: readonly Numbered[]): void {
    this.#known.commit(records);
    this.#tail.commit(records);
  }

  /** The state of a stream as it is committed. */
  async state(name: string): Promise<StreamState> {
    const heads = await this.#known.of(relatedTo(name));
    return stateOf(name, (asked) => heads.get(asked) ?? nothing);
  }

  /** The metadata of a stream as it is committed: the data of the last event of `$$name`, null where there is none. */
  async metadata(name: string): Promise<Buffer | null> {
    return this.rule(metadataStreamOf(name));
  }

  /** The data of the last event of a stream that rules others, `$$name` or `$settings`, as it is committed; null where there is none. */
  async rule(stream: string): Promise<Buffer | null> {
    return (await this.#known.of([stream])).get(stream)!.latest;
  }

  async ends(): Promise<{ position: bigint; stream: bigint }> {
    const { rows } = await this.pool.query<{ position: string; stream: string }>(
      "select coalesce((select max(position) from event), 0) as position, coalesce((select max(id) from stream), 0) as stream",
    );
    return { position: BigInt(rows[0]!.position), stream: BigInt(rows[0]!.stream) };
  }

  async #named(rows: readonly EventRow[]): Promise<StoredRecord[]> {
    const names = await this.#namesOf(rows);
    return rows.map((row) => recordOf(row, names.get(row.stream)!));
  }

  /** Names of streams never change, so most are known. */
  async #namesOf(rows: readonly Pick<EventRow, "stream">[]): Promise<Map<string, string>> {
    const names = new Map<string, string>();
    const unknown = new Set<string>();
    for (const { stream } of rows) {
      const name = names.get(stream) ?? this.#names.get(stream);
      if (name === undefined) unknown.add(stream);
      else names.set(stream, name);
    }
    if (unknown.size === 0) return names;
    const { rows: found } = await this.quick.query<{ id: string; name: Buffer }>({
      name: "names",
      text: "select id, name from stream where id = any($1::bigint[])",
      values: [[...unknown]],
    });
    for (const { id, name } of found) {
      this.#names.set(id, name.toString());
      names.set(id, name.toString());
    }
    return names;
  }
}

const recordOf = ({ position, revision, created, ...rest }: EventRow, stream: string): StoredRecord => ({
  ...rest,
  stream,
  position: BigInt(position),
  revision: BigInt(revision),
  created: BigInt(created),
});
