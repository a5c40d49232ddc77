import type { Pool } from "pg";
import { endOfTime, retentionOf } from "../semantics/metadata.js";
import { nothing, stateOf } from "../semantics/stream.js";

const streamsAtOnce = 500;
const eventsAtOnce = 10_000;

interface StreamRow {
  id: string;
  name: Buffer;
  last: string;
  metadata: Buffer | null;
  metadataLast: string | null;
}

/**
 * Removes what can be read no more: of metadata streams and of groups' checkpoints all but the last event, of other streams what
 * lies before their window, of tombstoned ones all but the tombstone. The last event of a stream always stays, so that its revisions
 * go on. Positions stay as they are. It may be stopped at any time; what it had not come to is removed the next time.
 */
export async function scavenge(pool: Pool, told: (done: number, total: number) => void, signal?: AbortSignal): Promise<number> {
  const { rows } = await pool.query<{ total: string }>("select count(*) as total from stream");
  const total = Number(rows[0]!.total);
  let [after, done, removed] = ["0", 0, 0];
  for (;;) {
    told(done, total);
    const streams = await streamsAfter(pool, after);
    if (streams.length === 0 || signal?.aborted) break;
    for (const stream of streams) if (!signal?.aborted) removed += await scavengeStream(pool, stream);
    after = streams.at(-1)!.id;
    done += streams.length;
  }
  if (removed > 0) await pool.query("vacuum (analyze) event");
  return removed;
}

async function streamsAfter(pool: Pool, after: string): Promise<StreamRow[]> {
  const { rows } = await pool.query<StreamRow>(
    `select stream.id, stream.name, newest.revision::text as last, about.data as metadata, about.revision::text as "metadataLast"
    from stream cross join lateral (select revision from event where event.stream = stream.id order by revision desc limit 1) newest
    left join lateral (
      select data, revision from event
      where event.stream = (select id from stream as other where sha256(other.name) = sha256('\\x2424'::bytea || stream.name))
      order by revision desc limit 1) about on true
    where stream.id > $1 order by stream.id limit $2`,
    [after, streamsAtOnce],
  );
  return rows;
}

async function scavengeStream(pool: Pool, { id, name, last, metadata, metadataLast }: StreamRow): Promise<number> {
  const stream = name.toString();
  const head = { id: BigInt(id), last: BigInt(last), latest: null };
  const about = { id: 0n, last: metadataLast === null ? -1n : BigInt(metadataLast), latest: metadata };
  const { first, tombstoned } = stateOf(stream, (asked) => (asked === stream ? head : asked === `$$${stream}` ? about : nothing));
  const keepsLast = tombstoned || /^\$persistentsubscription-.*-checkpoint$/s.test(stream);
  const before = keepsLast || first > head.last ? head.last : first;
  const { maxAge } = retentionOf(metadata);
  const oldest = maxAge === undefined ? 0n : BigInt(Date.now()) * 10_000n - maxAge * 10_000_000n;
  let removed = 0;
  for (;;) {
    const { rowCount } = await pool.query(
      `delete from event where position in (
        select position from event where stream = $1 and revision < $2 and (revision < $3 or created < $4) order by revision limit $5)`,
      [id, head.last.toString(), (before > endOfTime ? endOfTime : before).toString(), oldest.toString(), eventsAtOnce],
    );
    removed += rowCount ?? 0;
    if ((rowCount ?? 0) < eventsAtOnce) return removed;
  }
}
