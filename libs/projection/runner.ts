import { setTimeout as pause } from "node:timers/promises";
import type { EventLog } from "#store/event-log.js";
import { Continuity, inOrder } from "#store/continuity.js";
import { follow, type Follower } from "#store/follow.js";
import type { Position } from "#store/stored.js";
import { traced } from "#platform/tracing.js";
import { Lane, lowestOf } from "./lane.js";
import { partitionOf } from "./partition.js";
import { Poisoned } from "./poison.js";
import type { ProjectionStore, Standing } from "./store.js";
import { isTransient } from "./transient.js";
import { prefixesOf, viewName, type View } from "./view.js";

/** Told of what happens, for logs and metrics: names, counts and positions only. */
export interface Witness {
  applied(name: string, partition: number, facts: number, position: Position): void;
  /** A batch of a partition is committed, after so many seconds. */
  committed?(partition: number, facts: number, seconds: number): void;
  interrupted(name: string, error: Error): void;
}

export interface Runner {
  /** Knows how far the log goes, apart from any subscription. */
  readonly log: { head(): Promise<Position | null> };
  readonly store: ProjectionStore;
  readonly views: readonly View[];
  /** All of them, whether or not this process has them. */
  readonly partitions: number;
  readonly witness: Witness;
}

/**
 * Keeps these partitions of all views in step with the log until `signal` aborts.
 * @throws what is no passing trouble
 */
export async function runViews(runner: Runner & { readonly log: EventLog }, owned: readonly number[], signal: AbortSignal): Promise<void> {
  const interrupted = (error: Error) => runner.witness.interrupted("views", error);
  const follower = { ...followerOf(runner, owned), interrupted };
  await untilAborted(signal, interrupted, async () => {
    const moved = new AbortController();
    const look = setInterval(() => {
      follower.isCurrent().then((is) => is || moved.abort(), interrupted);
    }, lookEvery);
    try {
      await follow(runner.log, follower, AbortSignal.any([signal, moved.signal]));
    } catch (error) {
      if (!(error instanceof Poisoned)) throw error;
      // The others go on: only this one must not leave anything out.
      await runner.store.halt(error.view, error.message);
      interrupted(error);
    } finally {
      clearInterval(look);
    }
  });
}

/** How often it is asked whether a partition is still one's own, where there is nothing to write that would tell, milliseconds. */
const lookEvery = 1_000;

/** One reader serves all partitions: a batch is divided among them, and each writes its part with its checkpoints in a transaction of its own. */
export function followerOf(
  { log, store, views, partitions, witness }: Runner,
  owned: readonly number[],
): Follower & { isCurrent(): Promise<boolean> } {
  const names = views.map(viewName);
  let standings: readonly Standing[] = [];
  let lanes: readonly Lane[] = [];
  let head = -1n;
  let continuity = new Continuity();
  return {
    prefixes: prefixesOf(views),
    async position() {
      continuity = new Continuity();
      standings = await Promise.all(owned.map((partition) => store.takeOver(partition, names)));
      lanes = standings.map((standing) => new Lane(store, views, partitions, standing)).filter((lane) => lane.views.length > 0);
      return lanes.length > 0 ? lowestOf(lanes.map((lane) => lane.position)) : log.head();
    },
    isCurrent: async () => (await Promise.all(standings.map((standing) => store.holds(standing)))).every(Boolean),
    async deliver(delivered) {
      const { position } = delivered;
      const facts = inOrder(delivered.facts);
      continuity.check(facts);
      // A server was seen to send checkpoints beyond the end of its log: whoever believed one would pass over what is written there
      // later. Only a head that was known before the checkpoint came can bear it out.
      if (facts.length === 0 && position.commit > head) {
        head = (await log.head())?.commit ?? head;
        return;
      }
      await Promise.all(
        lanes.map(async (lane) => {
          const { partition } = lane.standing;
          const links = facts
            .filter(({ metadata, stream }) => metadata.traceparent && partitionOf(stream, partitions) === partition)
            .map(({ metadata }) => metadata.traceparent);
          const attributes = { partition, facts: facts.length };
          const begun = performance.now();
          const taken = await traced("batch", { attributes, links }, () => lane.advance({ facts, position }));
          witness.committed?.(partition, facts.length, (performance.now() - begun) / 1_000);
          for (const [view, count] of taken) witness.applied(view, partition, count, position);
        }),
      );
    },
  };
}

/** Begins again after what passes by itself; throws what does not. */
export async function untilAborted(signal: AbortSignal, interrupted: (error: Error) => void, run: () => Promise<void>): Promise<void> {
  while (!signal.aborted) {
    try {
      await run();
    } catch (error) {
      if (signal.aborted) return;
      if (!isTransient(error)) throw error;
      interrupted(error as Error);
      await pause(500, undefined, { signal }).catch(() => undefined);
    }
  }
}
