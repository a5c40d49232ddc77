import { eventTypeFilter, START, streamNameFilter, type AllStreamSubscription } from "@eventstore/db-client";
import { setTimeout as pause } from "node:timers/promises";
import { batchSizes, nextSize } from "./batch-size.js";
import type { Opened } from "./connection.js";
import type { EventLog } from "./event-log.js";
import { apart, type ReadEvent } from "./recorded.js";
import type { Foreign, Position, StoredFact } from "./stored.js";

/** Facts in the order of the log, and how far the log has been looked through with them. */
export interface Batch {
  readonly facts: readonly StoredFact[];
  /** Everything up to here is in this batch or the ones before it; facts that the filter leaves out count as well. */
  readonly position: Position;
}

/** A batch, and the events of these streams among its facts that are none: whoever follows must take note of them, nothing else does. */
export interface Delivery extends Batch {
  readonly foreign: readonly Foreign[];
}

/** Streams by the beginning of their names, such as `case-`; or types of fact, in whatever stream. */
export type Followed = { readonly streams: readonly string[] } | { readonly types: readonly string[] };

export interface Follower {
  readonly follows: Followed;
  /** Where to go on: the position *committed* last, asked anew after every interruption; null: from the start. */
  position(): Promise<Position | null>;
  /** Handles a batch. What it throws stops the following; the caller decides what a failure means. */
  deliver(delivery: Delivery): Promise<void>;
  /** Told whenever the store has begun to tell again. */
  confirmed?(): void;
  /** Told of every interruption, for logs and metrics. */
  interrupted?(error: Error): void;
  /** Milliseconds without news, while the log's head moved, after which the subscription counts as dead. */
  readonly silence?: number;
}

/** What was recorded so long ago is being caught up, and for how long more may be gathered then, milliseconds. */
const longPast = 3_000;
const gathering = 200;
/** So many facts in a batch tell that more come than one at a time; batches then begin so long after each other, milliseconds. */
const busy = 4;
const apartWhenBusy = 50;

/** The store tells how far it has looked after so many events that are not followed. */
const lookedAfter = 500;

const slowReader = /Consumer too slow/;

/**
 * Follows the log until `signal` aborts: catches up, stays live, and begins again from the committed position when the
 * connection is lost, when the server drops a slow reader (routine on a busy 23.10 server), or when the subscription falls silent.
 * @throws what `deliver` or `position` throws
 */
export async function follow(log: EventLog, follower: Follower, signal: AbortSignal): Promise<void> {
  for (let failures = 0; !signal.aborted;) {
    const run = new Subscribed(log, follower, signal);
    const error = await run.untilInterrupted();
    if (signal.aborted) return;
    follower.interrupted?.(error);
    if (run.progressed) failures = 0;
    if (slowReader.test(error.message)) continue;
    const backoff = Math.min(500 * 2 ** failures++, 10_000);
    await pause(backoff * (0.5 + Math.random() / 2), undefined, { signal }).catch(() => undefined);
  }
}

/** One subscription from its start to its interruption. */
class Subscribed {
  progressed = false;
  readonly #opened: Opened;
  readonly #waiting: (StoredFact | Foreign)[] = [];
  #size: number = batchSizes.first;
  #looked: Position | null = null;
  #delivered: Position | null = null;
  #interruption: Error | undefined;
  #isStuck = false;
  /** The batch before: how many facts it held, and when it was begun. */
  #last = { facts: 0, begun: 0 };
  #wake: () => void = () => undefined;

  constructor(
    readonly log: EventLog,
    readonly follower: Follower,
    readonly signal: AbortSignal,
  ) {
    this.#opened = log.following.opened;
  }

  /** Answers why it ended; throws what the follower threw. */
  async untilInterrupted(): Promise<Error> {
    const tell = await this.log.reading();
    const from = await this.follower.position();
    const since = performance.now();
    const subscription = this.#subscribe(from, tell);
    const stop = () => this.#interrupt(new Error("stopped"));
    this.signal.addEventListener("abort", stop, { once: true });
    // It may have been told so before it listened.
    if (this.signal.aborted) stop();
    const watchdog = this.#watch();
    try {
      while (!this.#interruption) {
        if (!(await this.#deliverNext(subscription))) await new Promise<void>((resolve) => this.#sleep(resolve));
      }
      if (this.#isStuck) this.log.following.replace(this.#opened);
      else this.log.following.failed(this.#opened, since);
      return this.#interruption;
    } finally {
      clearInterval(watchdog);
      this.signal.removeEventListener("abort", stop);
      // Where there never was a call, ending it fails as well; it may also take as long as a call that nobody answers.
      void subscription.unsubscribe().catch(() => undefined);
    }
  }

  #subscribe(from: Position | null, tell: ReadEvent): AllStreamSubscription {
    this.#delivered = from;
    const { follows } = this.follower;
    const filter = ("types" in follows ? eventTypeFilter : streamNameFilter)({
      prefixes: [...("types" in follows ? follows.types : follows.streams)],
      maxSearchWindow: lookedAfter,
      checkpointInterval: 1,
      // Must never throw: a rejection would stall the subscription silently, for ever.
      checkpointReached: async (_subscription, position) => this.#look(position),
    });
    const subscription = this.#opened.client.subscribeToAll({ fromPosition: from ?? START, filter }, { highWaterMark: batchSizes.first });
    subscription.on("confirmation", () => {
      this.#opened.heard();
      this.follower.confirmed?.();
    });
    subscription.on("data", ({ event }) => {
      this.#opened.heard();
      const read = tell(event);
      if (!read) return;
      this.#waiting.push(read);
      if (this.#waiting.length >= this.#size) subscription.pause();
      this.#wake();
    });
    subscription.on("error", (error) => this.#interrupt(error));
    subscription.on("end", () => this.#interrupt(new Error("the server ended the subscription")));
    subscription.on("close", () => this.#interrupt(new Error("the subscription was closed")));
    return subscription;
  }

  async #deliverNext(subscription: AllStreamSubscription): Promise<boolean> {
    await this.#gather();
    const events = this.#waiting.splice(0);
    subscription.resume();
    const position = events.at(-1)?.position ?? (subscription.readableLength === 0 ? this.#looked : null);
    // A checkpoint only ever moves forward, and only past facts that were delivered.
    if (!position || (this.#delivered && position.commit <= this.#delivered.commit)) return false;
    const begun = performance.now();
    await this.follower.deliver({ ...apart(events), position });
    this.#size = nextSize(this.#size, events.length, performance.now() - begun);
    this.#last = { facts: events.length, begun };
    this.#delivered = position;
    this.progressed = true;
    return true;
  }

  /**
   * What is long past may wait a moment for what comes after it: large batches cost less for each fact. What is new may not, but where facts come
   * so fast that the batch before held several: then a batch begins a few milliseconds after the other, and holds more.
   */
  async #gather(): Promise<void> {
    const [first] = this.#waiting;
    if (!first) return;
    const isPast = Date.now() - Date.parse(first.recordedAt) >= longPast;
    if (!isPast && this.#last.facts < busy) return;
    const until = isPast ? performance.now() + gathering : this.#last.begun + apartWhenBusy;
    while (this.#waiting.length < this.#size && performance.now() < until && !this.#interruption) await pause(5);
  }

  #look(position: Position): void {
    this.#opened.heard();
    if (!this.#looked || position.commit > this.#looked.commit) this.#looked = position;
    this.#wake();
  }

  #interrupt(error: Error): void {
    this.#interruption ??= error;
    this.#wake();
  }

  #sleep(resolve: () => void): void {
    this.#wake = resolve;
    const looked = this.#looked && this.#looked.commit > (this.#delivered?.commit ?? -1n);
    if (this.#waiting.length > 0 || this.#interruption || looked) setImmediate(resolve);
  }

  /** A subscription can die without a word: what the log holds, read apart from it, tells. */
  #watch(): NodeJS.Timeout {
    const silence = this.follower.silence ?? 60_000;
    let seen: bigint | undefined;
    let owed: bigint | null = null;
    return setInterval(() => {
      const now = this.#delivered?.commit;
      if (seen === now && owed !== null && owed > (now ?? -1n) && this.#waiting.length === 0) {
        this.#isStuck = true;
        this.#interrupt(new Error("no news while the log's head moved on"));
      }
      seen = now;
      void this.#owed().then(
        (position) => (owed = position),
        () => undefined,
      );
    }, silence).unref();
  }

  /** The position that the store has to have told by now; null: none. What is not followed may go on for long without a word. */
  async #owed(): Promise<bigint | null> {
    const { monitor } = this.log;
    const [delivered, head] = [this.#delivered, await monitor.head()];
    if (!head || head.commit <= (delivered?.commit ?? -1n)) return null;
    const { facts, foreign, position, isLast } = await monitor.readWindow(delivered, 2 * lookedAfter);
    const followed = [...facts, ...foreign].filter((event) => this.#isFollowed(event)).map((event) => event.position.commit);
    if (followed.length > 0) return followed.reduce((first, each) => (each < first ? each : first));
    return isLast ? null : (position?.commit ?? null);
  }

  #isFollowed({ stream, type }: StoredFact | Foreign): boolean {
    const { follows } = this.follower;
    if ("types" in follows) return follows.types.some((each) => type.startsWith(each));
    return follows.streams.some((each) => stream.startsWith(each));
  }
}
