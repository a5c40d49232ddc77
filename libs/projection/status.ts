import type { Pool } from "pg";
import type { EventLog } from "#store/event-log.js";
import { countStale } from "./dead-letters.js";
import { viewName, type View } from "./view.js";

/** How one view is doing. */
export interface ViewStatus {
  readonly view: string;
  readonly partitions: number;
  /** The least of its partitions. */
  readonly position: string;
  readonly facts: number;
  /** Positions between it and the log's head; facts of other streams and of the store itself count as well. */
  readonly behind: string;
  /** Since a batch last moved it. */
  readonly secondsSinceProgress: number;
  /** Why it stands still; null: it goes on. */
  readonly halted: string | null;
  readonly parkedStreams: number;
  readonly staleRows: number;
}

/** How every view is doing, against the log's head as the store itself tells it. */
export async function statusOf(log: EventLog, pool: Pool, views: readonly View[]): Promise<ViewStatus[]> {
  const head = (await log.head())?.commit ?? -1n;
  const { rows } = await pool.query<{
    name: string;
    partitions: number;
    commit: string;
    facts: string;
    seconds: number;
    halted: string | null;
    parked: number;
  }>(
    `select name, count(*)::int as partitions, min(coalesce(commit_position, -1))::text as commit, sum(applied)::text as facts, max(halted) as halted,
       extract(epoch from now() - max(updated_at))::int as seconds,
       (select count(distinct stream)::int from projection_dead_letter where view = name) as parked
     from projection_checkpoint where name = any($1) group by name order by name`,
    [views.map(viewName)],
  );
  return Promise.all(
    rows.map(async ({ name, partitions, commit, facts, seconds, halted, parked }) => ({
      ...{ view: name, partitions, position: commit, facts: Number(facts) },
      behind: String(head > BigInt(commit) ? head - BigInt(commit) : 0n),
      ...{ secondsSinceProgress: seconds, halted, parkedStreams: parked },
      staleRows: await countStale(
        pool,
        views.find((view) => viewName(view) === name)!,
      ),
    })),
  );
}
