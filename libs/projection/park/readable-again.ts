import { setTimeout as pause } from "node:timers/promises";
import type { Pool } from "pg";
import type { Changes } from "#store/changes.js";
import type { EventLog } from "#store/event-log.js";
import { RecordDestroyed } from "#store/failures.js";
import { Arrival, unreadableCodes } from "../run/arrival.js";
import { partitionsOf } from "../run/checkpoints.js";
import { listParked, replayParked, type Parked } from "./dead-letters.js";
import { policyName, type Policies, type Policy } from "../declare/policy.js";
import { replayPolicy } from "./policy-letters.js";
import { PostgresPolicyStore } from "../run/policy-store.js";
import { PostgresStore } from "../run/postgres-store.js";
import { askTask, TaskUnderWay } from "../watch/tasks.js";
import { isTransient } from "../run/transient.js";
import { viewName, type View } from "../declare/view.js";

/** How often it is looked, milliseconds: an older program that runs beside this one may park it once more. */
const lookEvery = 60_000;
/** A view over several streams is folded anew for it no more often, milliseconds. */
const rebuildEvery = 600_000;
/** Who asks for that. */
const askedBy = "readable again";

interface ReadableAgainServices {
  readonly log: EventLog;
  readonly pool: Pool;
  readonly views: readonly View[];
  readonly policies: Policies;
  readonly changes: Pick<Changes, "apply">;
  /** Told of what could not be taken after all: it goes on to wait. */
  readonly interrupted: (error: Error) => void;
}

/**
 * What waits because nobody could read it is taken, without an operator, by a program that can: a newer one has come, or an older one that
 * ran beside it has gone. What waits for any other reason needs somebody to look into it.
 */
export class ReadableAgain {
  /** What was looked at and is of no use to be looked at again: this program will not learn anything. */
  readonly #looked = new Set<string>();
  #rebuiltAt = -Infinity;

  constructor(readonly given: ReadableAgainServices) {}

  /** Takes it now, and looks again every minute until `signal` aborts. */
  async keepTaking(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.take().catch(this.given.interrupted);
      await pause(lookEvery, undefined, { signal }).catch(() => undefined);
    }
  }

  async take(): Promise<void> {
    const { pool, views, policies } = this.given;
    const unreadable = (await listParked(pool)).filter(({ error }) => unreadableCodes.has(error));
    const anew = new Set<string>();
    for (const parked of unreadable) {
      const view = views.find((each) => viewName(each) === parked.view);
      const follower = view ?? policies.find((each) => policyName(each) === parked.view);
      if (!follower || this.#looked.has(placeOf(parked)) || !(await this.#isReadable(follower, parked))) continue;
      if (view?.routeBy) anew.add(parked.view);
      else await this.#replay(follower, parked);
    }
    if (anew.size > 0) await this.#foldAnew([...anew]);
  }

  async #isReadable({ of }: View | Policy<any>, parked: Parked): Promise<boolean> {
    try {
      for await (const event of this.given.log.readEvents(parked.stream, { from: BigInt(parked.firstRevision), count: 1 }))
        if (event.revision.toString() === parked.firstRevision && new Arrival(of, event).isReadable) return true;
    } catch (error) {
      if (!(error instanceof RecordDestroyed)) throw error;
    }
    this.#looked.add(placeOf(parked));
    return false;
  }

  async #replay(follower: View | Policy<any>, parked: Parked): Promise<void> {
    const { log, pool, views, policies, changes, interrupted } = this.given;
    try {
      if ("when" in follower) await replayPolicy(log, changes, new PostgresPolicyStore(pool), policies, follower, parked.stream);
      else await replayParked(log, new PostgresStore(pool, views, await partitionsOf(pool)), follower, parked.stream);
    } catch (error) {
      if (!isTransient(error)) this.#looked.add(placeOf(parked));
      interrupted(error as Error);
    }
  }

  /** Many streams come together in its rows: one of them cannot be taken alone. */
  async #foldAnew(names: readonly string[]): Promise<void> {
    if (performance.now() - this.#rebuiltAt < rebuildEvery) return;
    try {
      await askTask(this.given.pool, { kind: "rebuild", views: names, options: { anew: true, swap: true }, by: askedBy });
      this.#rebuiltAt = performance.now();
    } catch (error) {
      if (!(error instanceof TaskUnderWay)) throw error;
    }
  }
}

const placeOf = ({ view, stream, firstRevision }: Parked): string => `${view} ${stream} ${firstRevision}`;
