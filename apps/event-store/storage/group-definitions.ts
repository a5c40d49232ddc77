import type { Pool } from "pg";
import type { GroupSettings } from "../semantics/groups/settings.js";

/** A filter as it was given, so that it can be made again. */
export interface GivenFilter {
  readonly on: "stream" | "type";
  readonly prefixes: readonly string[];
  readonly expression: string;
}

/** A group as it was made. `source`: a stream, or `$all`. */
export interface GroupDefinition {
  readonly source: string;
  readonly name: string;
  readonly settings: GroupSettings;
  readonly filter: GivenFilter | null;
  /** The first place that it reads, where it has no checkpoint. */
  readonly begin: bigint;
}

/** Brings the table into being. Names are bytes, found by their digest: they may be of any length and hold any character. */
export const groupTable = `
  create table if not exists persistent_group (
    created bigint primary key generated always as identity,
    source bytea not null,
    name bytea not null,
    settings jsonb not null,
    filter jsonb,
    begin numeric not null
  );
  create unique index if not exists persistent_group_name on persistent_group (sha256(source), sha256(name))`;

interface GroupRow {
  source: Buffer;
  name: Buffer;
  settings: Omit<GroupSettings, "startFrom"> & { startFrom: string };
  filter: GivenFilter | null;
  begin: string;
}

/** Where groups are kept. */
export class GroupDefinitions {
  constructor(readonly pool: Pool) {}

  /** In the order in which they were made. */
  async all(): Promise<GroupDefinition[]> {
    const { rows } = await this.pool.query<GroupRow>("select source, name, settings, filter, begin from persistent_group order by created");
    return rows.map(({ source, name, settings, filter, begin }) => ({
      source: source.toString(),
      name: name.toString(),
      settings: { ...settings, startFrom: placeOf(settings.startFrom) },
      filter,
      begin: BigInt(begin),
    }));
  }

  async add({ source, name, settings, filter, begin }: GroupDefinition): Promise<void> {
    await this.pool.query("insert into persistent_group (source, name, settings, filter, begin) values ($1, $2, $3, $4, $5)", [
      ...[Buffer.from(source), Buffer.from(name), written(settings), filter && JSON.stringify(filter), begin.toString()],
    ]);
  }

  async change({ source, name, settings, begin }: GroupDefinition): Promise<void> {
    await this.pool.query(
      "update persistent_group set settings = $3, begin = $4 where sha256(source) = sha256($1) and sha256(name) = sha256($2)",
      [Buffer.from(source), Buffer.from(name), written(settings), begin.toString()],
    );
  }

  async remove({ source, name }: GroupDefinition): Promise<void> {
    await this.pool.query("delete from persistent_group where sha256(source) = sha256($1) and sha256(name) = sha256($2)", [
      Buffer.from(source),
      Buffer.from(name),
    ]);
  }
}

const written = (settings: GroupSettings): string => JSON.stringify({ ...settings, startFrom: settings.startFrom.toString() });
const placeOf = (text: string): GroupSettings["startFrom"] => (text === "start" || text === "end" ? text : BigInt(text));
