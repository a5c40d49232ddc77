import { Appender, type AppendOptions, type Appended, type NewEvent } from "./appender.js";
import { atLeader, prompt } from "./address.js";
import { Connection } from "./connection.js";
import { RecordDestroyed, StreamMoved } from "./failures.js";
import { Judge, type Marker } from "./marks.js";
import { Reader, type Window } from "./reader.js";
import { judgedBy, recorded, type ReadEvent } from "./recorded.js";
import type { Foreign, Position, StoredFact } from "./stored.js";

export type { Window } from "./reader.js";

/** How long a call may go without a word from the store, milliseconds: where somebody waits for the answer, where somebody watches, and else. */
const silence = { deciding: 5_000, observing: 2_000, following: 30_000 };

export interface LogOptions extends AppendOptions {
  /** With it every fact that is read is told whether the application wrote it. */
  readonly marker?: Marker;
}

/**
 * The log, over the official client. One instance a process: the client keeps its pending appends in a map that all its
 * instances share, so a second appending client could settle the appends of the first.
 *
 * Each kind of calls has a connection of its own: what a failing append or a node that stands still does to one leaves the others alone. In a
 * cluster, what a decision, an answer to a change or a history rests on is asked of the leader, since a follower may not have been told yet what
 * was confirmed; the whole log is followed wherever the address prefers.
 */
export class EventLog {
  readonly #appending: Appender;
  readonly #deciding: Reader;
  readonly #following: Reader;
  /** Looks at the log apart from everything that could be stuck, and is answered soon or not at all. */
  readonly monitor: Reader;
  readonly #marker: Marker | undefined;
  #reading: Promise<ReadEvent> | undefined;

  constructor(url: string, { marker, ...options }: LogOptions = {}) {
    const connection = (address: string) => new Connection(prompt(address));
    const reading = () => this.reading();
    this.#marker = marker;
    this.#appending = new Appender(connection(atLeader(url)), options);
    this.#deciding = new Reader(connection(atLeader(url)), { requiresLeader: true, silence: silence.deciding, reading });
    this.#following = new Reader(connection(url), { requiresLeader: false, silence: silence.following, reading });
    this.monitor = new Reader(connection(atLeader(url)), { requiresLeader: true, silence: silence.observing, reading });
  }

  /** All of them, each opened when it is first used. */
  get connections(): readonly Connection[] {
    return [this.#appending, this.#deciding, this.#following, this.monitor].map(({ connection }) => connection);
  }

  /** The connection for subscriptions. */
  get following(): Connection {
    return this.#following.connection;
  }

  /**
   * Appends all of `events` or none, after exactly `expected` (-1n: to a stream that does not exist yet).
   * @throws StreamMoved, StoreUnavailable, AppendTooLarge, RecordDestroyed, RecordUnreadable
   */
  async append(stream: string, expected: bigint, events: readonly NewEvent[]): Promise<Appended> {
    // Before the first mark is stored it is known which facts may have none.
    await this.reading();
    return (await this.#appending.append(stream, expected, events)) ?? this.#ownAppend(stream, expected, events);
  }

  /** After a conflict: the answer to an earlier try may have been lost, and what lies there may be our own events. */
  async #ownAppend(stream: string, expected: bigint, events: readonly NewEvent[]): Promise<Appended> {
    const there: StoredFact[] = [];
    for await (const fact of this.readStream(stream, { from: expected + 1n, count: events.length })) there.push(fact);
    if (there.length < events.length || there.some(({ id }, index) => id !== events[index]!.id)) throw new StreamMoved();
    const { revision, position } = there.at(-1)!;
    return { revision, position };
  }

  /** What makes facts of events. @throws StoreUnavailable, and what the marker throws */
  reading(): Promise<ReadEvent> {
    this.#reading ??= this.#begin().catch((error: unknown) => {
      this.#reading = undefined;
      throw error;
    });
    return this.#reading;
  }

  async #begin(): Promise<ReadEvent> {
    if (!this.#marker) return recorded;
    const end = async () => (await this.#deciding.head())?.commit ?? -1n;
    return judgedBy(new Judge(this.#marker, await this.#marker.markedAfter(end)));
  }

  /**
   * Whether something could be appended now.
   * @throws StoreUnavailable where no leader answers, or nothing that was appended lately was confirmed
   */
  async assertWritable(): Promise<void> {
    this.#appending.assertConfirming();
    await this.monitor.head();
  }

  /** As {@link Reader.readStream}, as it is now. */
  readStream(stream: string, options: { from?: bigint; count?: number } = {}): AsyncGenerator<StoredFact> {
    return this.#deciding.readStream(stream, options);
  }

  /** As {@link Reader.readEvents}, as it is now. */
  readEvents(stream: string, options: { from?: bigint; count?: number } = {}): AsyncGenerator<StoredFact | Foreign> {
    return this.#deciding.readEvents(stream, options);
  }

  /** As {@link Reader.lastOf}, as it is now. */
  lastOf(stream: string): Promise<{ readonly last: StoredFact | null; readonly end: StoredFact | null }> {
    return this.#deciding.lastOf(stream);
  }

  /** Whether a stream that was there no longer holds this revision. */
  async lacks(stream: string, revision: bigint): Promise<boolean> {
    try {
      for await (const _ of this.readEvents(stream, { from: revision, count: 1 })) return false;
      return false;
    } catch (error) {
      if (error instanceof RecordDestroyed) return true;
      throw error;
    }
  }

  /** As {@link Reader.readAll}, as far as the node that is followed has been told. */
  readAll(options: { from?: Position | null; count: number }): AsyncGenerator<StoredFact> {
    return this.#following.readAll(options);
  }

  /** As {@link Reader.readWindow}, as far as the node that is followed has been told. */
  readWindow(after: Position | null, count: number): Promise<Window> {
    return this.#following.readWindow(after, count);
  }

  /** The newest event's position, as far as the node that is followed has been told. */
  head(): Promise<Position | null> {
    return this.#following.head();
  }

  /** The positions of the last events, the newest first, as far as the node that is followed has been told. */
  last(count: number): Promise<Position[]> {
    return this.#following.last(count);
  }

  async close(): Promise<void> {
    await Promise.allSettled(this.connections.map((connection) => connection.close()));
  }
}
