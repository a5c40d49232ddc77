import type { Pool } from "pg";
import type { EventLog } from "#store/event-log.js";
import { countStale } from "../park/dead-letters.js";
import { followedPolicy, followedView, lagOf } from "./lag.js";
import { policyName, type Policies } from "../declare/policy.js";
import { viewName, type View } from "../declare/view.js";

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
  const lags = new Map((await lagOf(log, pool, views.map(followedView))).map((lag) => [lag.view, lag]));
  const { rows } = await pool.query<Counted>(
    `select name, count(*)::int as partitions, sum(applied)::text as facts, extract(epoch from now() - max(updated_at))::int as seconds,
       (select count(distinct stream)::int from projection_dead_letter where view = name and not skipped) as parked
     from projection_checkpoint where name = any($1) group by name order by name`,
    [[...lags.keys()]],
  );
  return Promise.all(
    rows.map(async ({ name, partitions, facts, seconds, parked }) => {
      const { commit, facts: factsBehind, seconds: secondsBehind, halted } = lags.get(name)!;
      const view = views.find((each) => viewName(each) === name)!;
      return {
        view: name,
        partitions,
        position: commit.toString(),
        facts: Number(facts),
        factsBehind,
        secondsBehind: Math.round(secondsBehind),
        secondsSinceProgress: seconds,
        halted,
        parkedStreams: parked,
        staleRows: await countStale(pool, view),
      };
    }),
  );
}

/** How one policy is doing. */
export interface PolicyStatus extends Omit<ViewStatus, "view" | "partitions" | "staleRows"> {
  readonly policy: string;
  /** How often a rule has said no to what it asked for. */
  readonly refusals: number;
}

/** How every policy is doing, against the log as the store itself tells it. */
export async function policyStatusOf(log: EventLog, pool: Pool, policies: Policies): Promise<PolicyStatus[]> {
  const lags = new Map((await lagOf(log, pool, policies.map(followedPolicy))).map((lag) => [lag.view, lag]));
  const { rows } = await pool.query<Omit<Counted, "partitions"> & { refusals: number }>(
    `select name, applied::text as facts, extract(epoch from now() - updated_at)::int as seconds,
       (select count(distinct stream)::int from projection_dead_letter where view = name and not skipped) as parked,
       (select count(*)::int from policy_refusal where policy = substr(name, 8)) as refusals
     from projection_checkpoint where name = any($1) order by name`,
    [policies.map(policyName)],
  );
  return rows.map(({ name, facts, seconds, parked, refusals }) => {
    const { commit, facts: factsBehind, seconds: secondsBehind, halted } = lags.get(name)!;
    return {
      policy: name,
      position: commit.toString(),
      facts: Number(facts),
      factsBehind,
      secondsBehind: Math.round(secondsBehind),
      secondsSinceProgress: seconds,
      halted,
      parkedStreams: parked,
      refusals,
    };
  });
}

/** What a rule has said no to: ids and codes only. */
export interface Refused {
  readonly policy: string;
  readonly factId: string;
  readonly stream: string | null;
  readonly revision: string | null;
  readonly code: string;
  readonly refusedAt: Date;
}

/** The newest refusals of policies first. */
export async function listRefusals(pool: Pool, most = 100): Promise<Refused[]> {
  const { rows } = await pool.query<Refused>(
    `select policy, fact_id as "factId", stream, revision::text, code, refused_at as "refusedAt" from policy_refusal
     order by refused_at desc limit $1`,
    [most],
  );
  return rows;
}
