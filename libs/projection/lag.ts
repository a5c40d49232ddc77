import type { Pool } from "pg";
import type { EventLog, Window } from "#store/event-log.js";
import type { StoredFact } from "#store/stored.js";
import { concerns } from "./fold.js";
import { positionOf } from "./checkpoints.js";
import { viewName, type View } from "./view.js";

/** How far one view is behind the log, by a look at the log apart from any subscription. */
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

interface Place {
  readonly name: string;
  readonly commit: string | null;
  readonly prepare: string | null;
  readonly halted: string | null;
}

/** How far every view is behind the log, now: by the log's observer, which nothing that reads the log can hold up. @throws StoreUnavailable */
export async function lagOf({ observer }: Pick<EventLog, "observer">, pool: Pool, views: readonly View[]): Promise<Lag[]> {
  const head = (await observer.head())?.commit ?? -1n;
  // Asked after the log's end: a view that has reached it meanwhile is not behind.
  const { rows: places } = await pool.query<Place>(
    `select name, case when bool_and(commit_position is not null) then min(commit_position) end::text as commit,
       case when bool_and(commit_position is not null) then min(prepare_position) end::text as prepare, max(halted) as halted
     from projection_checkpoint where name = any($1) group by name order by name`,
    [views.map(viewName)],
  );
  // Views that are equally far are told by one look.
  const looks = new Map<string | null, Promise<Window>>();
  const lookFrom = ({ commit, prepare }: Place): Promise<Window> => {
    const look = looks.get(commit) ?? observer.readWindow(positionOf(commit, prepare), mostCounted);
    looks.set(commit, look);
    return look;
  };
  return Promise.all(
    places.map(async (place) => {
      const commit = BigInt(place.commit ?? -1);
      const told = { view: place.name, commit, halted: place.halted };
      if (commit >= head) return { ...told, facts: 0, seconds: 0 };
      const view = views.find((each) => viewName(each) === place.name)!;
      return { ...told, ...lacking(view, await lookFrom(place), head) };
    }),
  );
}

/** A look that does not reach the log's end and finds nothing for the view still shows that the view is not read on. */
function lacking(view: View, { facts, isLast }: Window, head: bigint): Pick<Lag, "facts" | "seconds"> {
  const own = facts.filter((fact) => fact.position.commit <= head && concerns(view, fact));
  const first = own[0] ?? (isLast ? undefined : facts.at(-1));
  return { facts: own.length, seconds: first ? ageOf(first) : 0 };
}

const ageOf = ({ recordedAt }: StoredFact): number => Math.max(0, (Date.now() - Date.parse(recordedAt)) / 1_000);
