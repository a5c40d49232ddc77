import type { Pool } from "pg";
import type { EventLog, Window } from "#store/event-log.js";
import type { StoredEvent, StoredFact } from "#store/stored.js";
import { concerns } from "../run/fold.js";
import { positionOf } from "../run/checkpoints.js";
import { heeds, policyName, type Policy } from "../declare/policy.js";
import { viewName, type View } from "../declare/view.js";

/** Whoever follows the log, by what of it concerns it. */
export interface LogFollower {
  readonly name: string;
  readonly concerns: (event: StoredEvent) => boolean;
}

export const followedView = (view: View): LogFollower => ({ name: viewName(view), concerns: (event) => concerns(view, event) });
export const followedPolicy = (policy: Policy<any>): LogFollower => ({
  name: policyName(policy),
  concerns: (event) => heeds(policy, event),
});

/** How far one view or policy is behind the log, by a look at the log apart from any subscription. */
export interface Lag {
  readonly view: string;
  /** Facts that the view lacks; of a view that is far behind, those among the next {@link mostCounted} events. */
  readonly facts: number;
  /** Age of the first fact that it lacks, seconds. */
  readonly seconds: number;
  /** The least of its partitions; -1n at the start. */
  readonly commit: bigint;
  /** Why it stands still; null: it goes on. */
  readonly halted: string | null;
}

/** What a view lacks is counted so far: to read on would take the store's time just when it is needed most. */
export const mostCounted = 5_000;

interface CheckpointRow {
  readonly name: string;
  readonly commit: string | null;
  readonly prepare: string | null;
  readonly halted: string | null;
}

/** How far each of them is behind the log, now: by the log's observer, which nothing that reads the log can hold up. @throws StoreUnavailable */
export async function lagOf({ monitor }: Pick<EventLog, "monitor">, pool: Pool, followed: readonly LogFollower[]): Promise<Lag[]> {
  const head = (await monitor.head())?.commit ?? -1n;
  // Asked after the log's end: a view that has reached it meanwhile is not behind.
  const { rows: places } = await pool.query<CheckpointRow>(
    `select name, case when bool_and(commit_position is not null) then min(commit_position) end::text as commit,
       case when bool_and(commit_position is not null) then min(prepare_position) end::text as prepare, max(halted) as halted
     from projection_checkpoint where name = any($1) group by name order by name`,
    [followed.map(({ name }) => name)],
  );
  // Views that are equally far are told by one look.
  const looks = new Map<string | null, Promise<Window>>();
  const lookFrom = ({ commit, prepare }: CheckpointRow): Promise<Window> => {
    const look = looks.get(commit) ?? monitor.readWindow(positionOf(commit, prepare), mostCounted);
    looks.set(commit, look);
    return look;
  };
  return Promise.all(
    places.map(async (place) => {
      const commit = BigInt(place.commit ?? -1);
      const lag = { view: place.name, commit, halted: place.halted };
      if (commit >= head) return { ...lag, facts: 0, seconds: 0 };
      const each = followed.find(({ name }) => name === place.name)!;
      return { ...lag, ...lacking(each, await lookFrom(place), head) };
    }),
  );
}

/** A look that does not reach the log's end and finds nothing for the view still shows that the view is not read on. */
function lacking(followed: LogFollower, { facts, isLast }: Window, head: bigint): Pick<Lag, "facts" | "seconds"> {
  const own = facts.filter((fact) => fact.position.commit <= head && followed.concerns(fact));
  const first = own[0] ?? (isLast ? undefined : facts.at(-1));
  return { facts: own.length, seconds: first ? ageOf(first) : 0 };
}

const ageOf = ({ recordedAt }: StoredFact): number => Math.max(0, (Date.now() - Date.parse(recordedAt)) / 1_000);
