import type { Pool } from "pg";
import type { EventLog } from "#store/event-log.js";
import type { StoredEvent } from "#store/stored.js";
import { haltView } from "../run/checkpoints.js";

/** Why an event is passed over. Codes only: a text could tell of a person. */
export const skipReasons = ["ValueNotStorable", "FaultInProgram", "WrittenByMistake", "NotWrittenByUs"] as const;
export type SkipReason = (typeof skipReasons)[number];

/** An event that a view or a policy cannot take, and that it is to pass over. */
export interface SkipPlace {
  /** Name of the view or the policy. */
  readonly view: string;
  readonly stream: string;
  readonly revision: bigint;
}

/** Who asked for what, and who allowed it. Kept for ever, apart from everything that is folded anew. */
export interface Skip {
  readonly view: string;
  readonly stream: string;
  readonly revision: string;
  readonly type: string;
  readonly reason: string;
  readonly askedBy: string;
  readonly askedAt: Date;
  /** Null: it waits for a second person. */
  readonly approvedBy: string | null;
  readonly approvedAt: Date | null;
}

/** There is nothing at this place that is waited for. */
export class NothingToSkip extends Error {
  readonly code = "NothingToSkip";
}

/** Whoever asked cannot allow it. */
export class SecondPersonNeeded extends Error {
  readonly code = "SecondPersonNeeded";
}

const columns = `view, stream, revision::text, type, reason, asked_by as "askedBy", asked_at as "askedAt", approved_by as "approvedBy",
  approved_at as "approvedAt"`;

const tableIn = (view: string): string => view.split(" ")[0]!;

/** Everything that was asked for, the newest first. */
export async function listSkips(pool: Pool): Promise<Skip[]> {
  return (await pool.query<Skip>(`select ${columns} from projection_skip order by asked_at desc`)).rows;
}

/**
 * Asks that a view or a policy pass over the event at which it stands still, or that is parked first in its stream. It is passed over as long
 * as it cannot be taken: a program that can takes it when the view is folded anew. `needsTwo`: it waits until somebody else allows it, because
 * a safeguarding view would leave something out. Asked again, it is as it was. @throws NothingToSkip
 */
export async function askSkip(
  log: EventLog,
  pool: Pool,
  place: SkipPlace,
  { reason, by, needsTwo }: { reason: SkipReason; by: string; needsTwo: boolean },
): Promise<Skip> {
  await requireBlocking(pool, place);
  const event = await eventAt(log, place);
  await pool.query(
    `insert into projection_skip (view, stream, revision, fact_id, type, reason, asked_by) values ($1, $2, $3, $4, $5, $6, $7)
     on conflict do nothing`,
    [tableIn(place.view), place.stream, place.revision.toString(), event.id, event.type.replaceAll("\0", "\uFFFD"), reason, by],
  );
  return needsTwo ? found(pool, place) : allow(pool, place, by);
}

/** Somebody else than who asked allows it. @throws NothingToSkip, SecondPersonNeeded */
export async function approveSkip(pool: Pool, place: SkipPlace, by: string): Promise<Skip> {
  const { askedBy, approvedBy } = await found(pool, place);
  if (approvedBy === null && askedBy === by) throw new SecondPersonNeeded(`${by} has asked for it: somebody else must allow it.`);
  return allow(pool, place, by);
}

/** Whoever stood still there goes on; what is parked is taken up by a replay. */
async function allow(pool: Pool, place: SkipPlace, by: string): Promise<Skip> {
  await pool.query(
    `update projection_skip set approved_by = $4, approved_at = now() where view = $1 and stream = $2 and revision = $3 and approved_at is null`,
    [tableIn(place.view), place.stream, place.revision.toString(), by],
  );
  const { rowCount } = await pool.query(
    "select from projection_checkpoint where name = $1 and halted_stream = $2 and halted_revision = $3",
    [place.view, place.stream, place.revision.toString()],
  );
  if (rowCount! > 0) await haltView(pool, place.view, null);
  return found(pool, place);
}

async function found(pool: Pool, { view, stream, revision }: SkipPlace): Promise<Skip> {
  const { rows } = await pool.query<Skip>(`select ${columns} from projection_skip where view = $1 and stream = $2 and revision = $3`, [
    tableIn(view),
    stream,
    revision.toString(),
  ]);
  if (!rows[0]) throw new NothingToSkip(`Nobody has asked that ${view} pass over revision ${revision} of ${stream}.`);
  return rows[0];
}

async function requireBlocking(pool: Pool, { view, stream, revision }: SkipPlace): Promise<void> {
  const { rowCount } = await pool.query(
    `select from projection_checkpoint where name = $1 and halted_stream = $2 and halted_revision = $3
     union all select from projection_dead_letter where view = $1 and stream = $2 and revision = $3 and error is not null
     union all select from projection_skip where view = $4 and stream = $2 and revision = $3`,
    [view, stream, revision.toString(), tableIn(view)],
  );
  if (rowCount === 0)
    throw new NothingToSkip(`${view} neither stands still at revision ${revision} of ${stream}, nor is it the first that is parked there.`);
}

async function eventAt(log: EventLog, { stream, revision, view }: SkipPlace): Promise<StoredEvent> {
  for await (const event of log.readEvents(stream, { from: revision, count: 1 })) return event;
  throw new NothingToSkip(`There is no revision ${revision} of ${stream} that ${view} could pass over.`);
}
