import { START, streamNameFilter, type AllStreamRecordedEvent, type AllStreamSubscription } from "@eventstore/db-client";
import type { Opened } from "./connection.js";
import type { EventLog, Window } from "./event-log.js";
import { StoreUnavailable } from "./failures.js";
import { apart, type ReadEvent } from "./recorded.js";
import type { Foreign, Position, StoredFact } from "./stored.js";

/** Which facts are read: those of streams with these prefixes, such as `case-`. */
export interface Kinds {
  readonly prefixes: readonly string[];
  readonly after: Position | null;
  /** How many facts at a time. */
  readonly size: number;
  /** Milliseconds without a word from the store after which it counts as gone; a minute, if not said. */
  readonly silence?: number;
}

/** How many events the store may look through before it says how far it is. */
const searched = 500;
/**
 * The end of the log is read without a filter: servers were seen to leave facts out where a subscription goes over to what is new, and
 * they say only now and then how far they have looked.
 */
const tail = 4 * searched;

/**
 * The log from a position to its end, as far as it tells of these kinds of streams. All other streams, such as the records of who has seen
 * what, are passed over by the store itself: they are neither sent nor taken apart. Only of the last 2,000 events are all facts told.
 * @throws StoreUnavailable
 */
export async function* readKinds(log: EventLog, kinds: Kinds): AsyncGenerator<Window> {
  let { after } = kinds;
  const tell = await log.reading();
  // What was added meanwhile may be as much again.
  for (let end = await endOf(log); end && (after === null || isBefore(after, end.until)); end = await endOf(log))
    for await (const window of new Filtered(log, tell, { ...kinds, after }, end).windows()) {
      after = window.position;
      yield window;
    }
  for (let isLast = false; !isLast;) {
    const window = await log.readWindow(after, kinds.size);
    ({ position: after, isLast } = window);
    yield window;
  }
}

/** How far a log is known to go, and the place before its end where a filter is left, or a little behind it. */
interface End {
  readonly head: Position;
  readonly until: Position;
}

/** Null where there is not so much in the log. */
async function endOf(log: EventLog): Promise<End | null> {
  const last = await log.last(tail);
  return last.length < tail ? null : { head: last[0]!, until: last.at(-1)! };
}

/** A subscription that is left before it is live. */
class Filtered {
  #waiting: (StoredFact | Foreign)[] = [];
  readonly #opened: Opened;
  readonly #subscription: AllStreamSubscription;
  #looked: Position | null = null;
  /** How often the store has said how far it has looked, since the last window. */
  #searches = 0;
  /** Has anything come since it was last asked? */
  #isAlive = true;
  readonly #begun = performance.now();
  #failure: Error | undefined;
  #wake: () => void = () => undefined;

  constructor(
    readonly log: EventLog,
    readonly tell: ReadEvent,
    readonly kinds: Kinds,
    readonly end: End,
  ) {
    const filter = streamNameFilter({
      prefixes: [...kinds.prefixes],
      maxSearchWindow: searched,
      checkpointInterval: 1,
      // Must never throw: a rejection would stall the subscription silently, for ever.
      checkpointReached: async (_, position) => this.#look(position),
    });
    this.#opened = log.following.opened;
    this.#subscription = this.#opened.client.subscribeToAll({ fromPosition: kinds.after ?? START, filter }, { highWaterMark: searched });
    this.#subscription.on("data", ({ event }) => this.#hear(event));
    this.#subscription.on("error", (error) => this.#fail(error));
    this.#subscription.on("end", () => this.#fail(new Error("the server ended the subscription")));
    this.#subscription.on("close", () => this.#fail(new Error("the subscription was closed")));
  }

  async *windows(): AsyncGenerator<Window> {
    const watchdog = setInterval(() => this.#watch(), this.kinds.silence ?? 60_000).unref();
    try {
      for (let isThere = false; !isThere;) {
        while (!this.#isFull && !this.#failure) await new Promise<void>((resolve) => (this.#wake = resolve));
        if (this.#failure) {
          this.log.following.failed(this.#opened, this.#begun);
          throw new StoreUnavailable("the event store could not be read", { cause: this.#failure });
        }
        const position = this.#reached!;
        isThere = !isBefore(position, this.end.until);
        const events = this.#waiting;
        [this.#waiting, this.#searches] = [[], 0];
        this.#subscription.resume();
        yield { ...apart(events), position, isLast: false };
      }
    } finally {
      clearInterval(watchdog);
      void this.#subscription.unsubscribe().catch(() => undefined);
    }
  }

  /** Up to here everything has been heard. */
  get #reached(): Position | null {
    const heard = this.#waiting.at(-1)?.position ?? null;
    // What was sent before the store said how far it is may not have been heard yet.
    const looked = this.#subscription.readableLength === 0 ? this.#looked : null;
    return looked && !(heard && isBefore(looked, heard)) ? looked : heard;
  }

  /** A window is also told where little was found in much, so that whoever reads can stop, and say how far it is. */
  get #isFull(): boolean {
    const { size } = this.kinds;
    if (this.#waiting.length >= size) return true;
    const reached = this.#reached;
    return reached !== null && (!isBefore(reached, this.end.until) || this.#searches * searched >= 4 * size);
  }

  #hear(event: AllStreamRecordedEvent | undefined): void {
    this.#heard();
    const read = this.tell(event);
    if (read) this.#waiting.push(read);
    if (this.#waiting.length >= this.kinds.size) this.#subscription.pause();
    if (this.#isFull) this.#wake();
  }

  #look(position: Position): void {
    this.#heard();
    // A server was seen to tell of places beyond the end of its log: whoever believed it would pass over what is written there later.
    if (isBefore(this.end.head, position)) return;
    this.#looked = position;
    this.#searches++;
    if (this.#isFull) this.#wake();
  }

  #heard(): void {
    this.#isAlive = true;
    this.#opened.heard();
  }

  #fail(error: Error): void {
    this.#failure ??= error;
    this.#wake();
  }

  #watch(): void {
    if (!this.#isAlive && !this.#subscription.isPaused()) this.#fail(new Error("the store has fallen silent"));
    this.#isAlive = false;
  }
}

const isBefore = (one: Position, other: Position): boolean => one.commit < other.commit;
