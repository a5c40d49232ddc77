import type { Pool } from "pg";
import type { EventLog } from "#store/event-log.js";
import { countStale } from "./dead-letters.js";
import { lagOf } from "./lag.js";
import { viewName, type View } from "./view.js";

/** How one view is doing. */
export interface ViewStatus {
  readonly view: string;
  readonly partitions: number;
  /** The least of its partitions. */
  readonly position: string;
  readonly facts: number;
  /** Facts that it lacks, counted in the next 5,000 events of the log, as the store itself tells it. */
  readonly factsBehind: number;
  /** Age of the first of them. */
  readonly secondsBehind: number;
  /** Since a batch last moved it. */
  readonly secondsSinceProgress: number;
  /** Why it stands still; null: it goes on. */
  readonly halted: string | null;
  readonly parkedStreams: number;
  readonly staleRows: number;
}

interface Counted {
  readonly name: string;
  readonly partitions: number;
  readonly facts: string;
  readonly seconds: number;
  readonly parked: number;
}

/** How every view is doing, against the log as the store itself tells it. */
export async function statusOf(log: EventLog, pool: Pool, views: readonly View[]): Promise<ViewStatus[]> {
  const lags = new Map((await lagOf(log, pool, views)).map((lag) => [lag.view, lag]));
  const { rows } = await pool.query<Counted>(
    `select name, count(*)::int as partitions, sum(applied)::text as facts, extract(epoch from now() - max(updated_at))::int as seconds,
       (select count(distinct stream)::int from projection_dead_letter where view = name) as parked
     from projection_checkpoint where name = any($1) group by name order by name`,
    [[...lags.keys()]],
  );
  return Promise.all(
    rows.map(async ({ name, partitions, facts, seconds, parked }) => {
      const { commit, facts: factsBehind, seconds: secondsBehind, halted } = lags.get(name)!;
      const view = views.find((each) => viewName(each) === name)!;
      return {
        ...{ view: name, partitions, position: commit.toString(), facts: Number(facts) },
        ...{ factsBehind, secondsBehind: Math.round(secondsBehind), secondsSinceProgress: seconds, halted },
        ...{ parkedStreams: parked, staleRows: await countStale(pool, view) },
      };
    }),
  );
}
