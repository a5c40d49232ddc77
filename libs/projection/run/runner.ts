import type { EventLog } from "#store/event-log.js";
import { isFact } from "#store/recorded.js";
import type { Position, StoredEvent } from "#store/stored.js";
import { traced } from "#platform/logging/tracing.js";
import type { Chains } from "../watch/chains.js";
import { followKeeping, turns, type KeepingFollower } from "./keeping.js";
import { PartitionWorker, lowestOf, type Portion } from "./partition-worker.js";
import { partitionOf } from "./partition.js";
import { Poisoned } from "../park/poison.js";
import { ContinuousReader } from "./reader.js";
import type { DeadLetter, ProjectionStore, Standing } from "./store.js";
import { untilAborted } from "./until-aborted.js";
import { prefixesOf, viewName, type View } from "../declare/view.js";

/** Told of what happens, for logs and metrics: names, counts and positions only. */
export interface Observer {
  applied(name: string, partition: number, facts: number, position: Position): void;
  /** A batch of a partition is committed, or told where nothing of it concerns the partition, after so many seconds. */
  committed?(partition: number, facts: number, seconds: number): void;
  interrupted(name: string, error: Error): void;
  /** A stream waits from here on, or this event alone was passed over. */
  leftOut?(letter: DeadLetter): void;
}

export interface Runner {
  /** Knows how far the log goes, and what a stream holds and has lost, apart from any subscription. */
  readonly log: Pick<EventLog, "head" | "lacks" | "readEvents">;
  readonly store: ProjectionStore;
  readonly views: readonly View[];
  /** All of them, whether or not this process has them. */
  readonly partitions: number;
  readonly observer: Observer;
  /** Sees whether what comes is what the application wrote, before anything is written. */
  readonly chains?: Pick<Chains, "begin" | "check">;
}

/**
 * Keeps these partitions of all views in step with the log until `signal` aborts.
 * @throws what is no passing trouble
 */
export async function runViews(runner: Runner & { readonly log: EventLog }, owned: readonly number[], signal: AbortSignal): Promise<void> {
  const interrupted = (error: Error) => runner.observer.interrupted("views", error);
  const follower = { ...followerOf(runner, owned), interrupted };
  await untilAborted(signal, interrupted, async () => {
    await followKeeping(runner.log, () => follower, signal).catch(async (error: unknown) => {
      if (!(error instanceof Poisoned)) throw error;
      // The others go on: only this one must not leave anything out.
      await runner.store.halt(error.view, error.message, error.place);
      interrupted(error);
    });
  });
}

/** One reader serves all partitions: a batch is divided among them, and each writes its part with its checkpoints in a transaction of its own. */
export function followerOf({ log, store, views, partitions, observer, chains }: Runner, owned: readonly number[]): KeepingFollower {
  const names = views.map(viewName);
  const reader = new ContinuousReader(log);
  let standings: readonly Standing[] = [];
  let workers: readonly PartitionWorker[] = [];
  const inTurn = turns();
  const isOwn = ({ stream }: StoredEvent) => owned.includes(partitionOf(stream, partitions));
  return {
    follows: { streams: prefixesOf(views.map(({ of }) => of)) },
    position: () =>
      inTurn(async () => {
        chains?.begin();
        standings = await Promise.all(owned.map((partition) => store.takeOver(partition, names)));
        workers = standings
          .map((standing) => new PartitionWorker(store, views, partitions, standing, log, true))
          .filter((worker) => worker.views.length > 0);
        return reader.begin(workers.length > 0 ? lowestOf(workers.map((worker) => worker.position)) : await log.head());
      }),
    keep: () =>
      inTurn(async () => {
        await Promise.all(workers.map((worker) => keep(worker, observer)));
        return store.holds(standings);
      }),
    async deliver(delivery) {
      const portion = await reader.take(delivery);
      if (!portion) return;
      await chains?.check(portion.events.filter(isFact).filter(isOwn));
      await inTurn(() => Promise.all(workers.map((worker) => advance(worker, portion, partitions, observer))));
    },
  };
}

async function keep(worker: PartitionWorker, observer: Observer): Promise<void> {
  for (const [view, position] of await worker.keep()) observer.applied(view, worker.standing.partition, 0, position);
}

async function advance(worker: PartitionWorker, portion: Portion, partitions: number, observer: Observer): Promise<void> {
  const { partition } = worker.standing;
  const links = portion.events.flatMap((event) => {
    const trace = isFact(event) ? event.metadata.traceparent : undefined;
    return trace !== undefined && partitionOf(event.stream, partitions) === partition ? [trace] : [];
  });
  const attributes = { partition, facts: portion.events.length };
  const begun = performance.now();
  const { taken, letters } = await traced("batch", { attributes, links }, () => worker.advance(portion));
  observer.committed?.(partition, portion.events.length, (performance.now() - begun) / 1_000);
  for (const [view, count] of taken) observer.applied(view, partition, count, portion.position);
  for (const letter of letters) if (letter.error !== null) observer.leftOut?.(letter);
}
