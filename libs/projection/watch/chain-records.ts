import type { Pool } from "pg";

/** A pool, or one session of it. */
export type QueryRunner = Pick<Pool, "query">;

/** A place in the log where something does not fit: never what stands there. */
export interface ChainFinding {
  readonly stream: string;
  readonly revision: bigint;
  readonly position: bigint;
  /**
   * "forged": the application did not write this. "broken": this, or what stood before it, was changed, moved or removed. "missing": from
   * this revision on, facts that had been seen are not there any more.
   */
  readonly kind: "forged" | "broken" | "missing";
}

/** How far a chain was seen. */
export interface ChainEnd {
  readonly revision: bigint;
  readonly position: bigint;
  /** Of the last fact that the application wrote; empty where there is none. */
  readonly hash: string;
}

/** Adds what was not known yet, and answers it. */
export async function addFindings(pool: QueryRunner, findings: readonly ChainFinding[]): Promise<ChainFinding[]> {
  if (findings.length === 0) return [];
  const column = (of: keyof ChainFinding) => findings.map((each) => each[of].toString());
  const { rows } = await pool.query<Record<keyof ChainFinding, string>>(
    `insert into chain_finding (stream, revision, position, kind)
     select * from unnest($1::text[], $2::bigint[], $3::numeric[], $4::text[]) on conflict do nothing
     returning stream, revision::text, position::text, kind`,
    [column("stream"), column("revision"), column("position"), column("kind")],
  );
  return rows.map(({ stream, revision, position, kind }) => ({
    stream,
    revision: BigInt(revision),
    position: BigInt(position),
    kind: kind as ChainFinding["kind"],
  }));
}

/** What was found, as operators see it; what nobody has looked into first, the oldest first. */
export interface ListedFinding {
  readonly stream: string;
  readonly revision: string;
  readonly position: string;
  readonly kind: string;
  readonly foundAt: Date;
  /** When and by whom it was looked into; null: not yet. */
  readonly lookedIntoAt: Date | null;
  readonly lookedIntoBy: string | null;
}

/** The first 1,000 of what was found. */
export async function listFindings(pool: QueryRunner): Promise<ListedFinding[]> {
  const { rows } = await pool.query<ListedFinding>(
    `select stream, revision::text, position::text, kind, found_at as "foundAt", looked_into_at as "lookedIntoAt",
       looked_into_by as "lookedIntoBy"
     from chain_finding order by looked_into_at is not null, found_at, stream, revision limit 1000`,
  );
  return rows;
}

/** How many of each kind nobody has looked into. */
export async function countFindings(pool: QueryRunner): Promise<Record<ChainFinding["kind"], number>> {
  const { rows } = await pool.query<{ kind: ChainFinding["kind"]; count: number }>(
    "select kind, count(*)::int as count from chain_finding where looked_into_at is null group by kind",
  );
  const none = { forged: 0, broken: 0, missing: 0 };
  return Object.assign(none, Object.fromEntries(rows.map(({ kind, count }) => [kind, count])));
}

/** Somebody has looked into what was found in a stream: it alarms no more, and stays shown at the record. Answers how many there were. */
export async function lookedInto(pool: QueryRunner, stream: string, by: string): Promise<number> {
  const { rowCount } = await pool.query(
    "update chain_finding set looked_into_at = now(), looked_into_by = $2 where stream = $1 and looked_into_at is null",
    [stream, by],
  );
  return rowCount ?? 0;
}

/** How far these chains were seen before. */
export async function endsOf(pool: QueryRunner, streams: readonly string[]): Promise<Map<string, ChainEnd>> {
  const { rows } = await pool.query<{ stream: string; revision: string; position: string; hash: string }>(
    "select stream, revision::text, position::text, hash from chain_end where stream = any($1)",
    [streams],
  );
  return new Map(
    rows.map(({ stream, revision, position, hash }) => [stream, { revision: BigInt(revision), position: BigInt(position), hash }]),
  );
}

/** Keeps how far chains were seen; one that was seen further stays. */
export async function keepEnds(pool: QueryRunner, ends: ReadonlyMap<string, ChainEnd>): Promise<void> {
  if (ends.size === 0) return;
  const column = (of: keyof ChainEnd) => [...ends.values()].map((each) => each[of].toString());
  await pool.query(
    `insert into chain_end (stream, revision, position, hash)
     select * from unnest($1::text[], $2::bigint[], $3::numeric[], $4::text[])
     on conflict (stream) do update set revision = excluded.revision, position = excluded.position, hash = excluded.hash
     where chain_end.position < excluded.position`,
    [[...ends.keys()], column("revision"), column("position"), column("hash")],
  );
}
