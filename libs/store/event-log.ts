import {
  BACKWARDS,
  END,
  EventStoreDBClient,
  FORWARDS,
  START,
  StreamNotFoundError,
  type AllStreamResolvedEvent,
  type StreamingRead,
} from "@eventstore/db-client";
import { Appender, type AppendOptions, type Appended, type NewEvent } from "./appender.js";
import { RecordDestroyed, RecordUnreadable, StreamMoved, storeFailure, withTimeout } from "./failures.js";
import { apart, isForeign, recorded } from "./recorded.js";
import type { Foreign, Position, StoredFact } from "./stored.js";

/** How long calls that are on their way may take to end when the log is closed, milliseconds. */
const farewell = 1_000;

/** A part of the whole log, in its order. */
export interface Window {
  readonly facts: readonly StoredFact[];
  /** Events between them that are no facts. */
  readonly foreign: readonly Foreign[];
  /** Everything up to here has been read; null: there is nothing at all. */
  readonly position: Position | null;
  /** Nothing came after it when it was read. */
  readonly isLast: boolean;
}

/**
 * The log, over the official client. One instance a process: the client keeps its pending appends in a map that all its
 * instances share, so a second appending client could settle the appends of the first.
 */
export class EventLog {
  readonly #appending: Appender;
  /** Reads and subscriptions have a channel of their own: one that is reset by a failing append must not drop them. */
  readonly #reading: EventStoreDBClient;

  constructor(url: string, options: AppendOptions = {}) {
    this.#appending = new Appender(url, options);
    this.#reading = EventStoreDBClient.connectionString(url);
  }

  /** The client for subscriptions; only `follow` uses it. */
  get reading(): EventStoreDBClient {
    return this.#reading;
  }

  /**
   * Appends all of `events` or none, after exactly `expected` (-1n: to a stream that does not exist yet).
   * @throws StreamMoved, StoreUnavailable, AppendTooLarge
   */
  async append(stream: string, expected: bigint, events: readonly NewEvent[]): Promise<Appended> {
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

  /**
   * A stream's facts in order, from a revision on; nothing where the stream does not exist. Leaving early ends the call.
   * @throws RecordUnreadable at an event that is no fact, RecordDestroyed, StoreUnavailable
   */
  async *readStream(stream: string, options: { from?: bigint; count?: number } = {}): AsyncGenerator<StoredFact> {
    for await (const event of this.readEvents(stream, options)) {
      if (isForeign(event)) throw new RecordUnreadable(event.type, event);
      yield event;
    }
  }

  /** The same, and what is no fact as well. @throws RecordDestroyed where something of the stream is no longer there, StoreUnavailable */
  async *readEvents(stream: string, { from = 0n, count }: { from?: bigint; count?: number } = {}): AsyncGenerator<StoredFact | Foreign> {
    const maxCount = count === undefined ? {} : { maxCount: count };
    let next = from;
    try {
      for await (const { event } of reading(this.#reading.readStream(stream, { fromRevision: from, direction: FORWARDS, ...maxCount }))) {
        const { revision, position = null } = event!;
        if (revision !== next) throw new RecordDestroyed("truncated", { stream, revision: next, position });
        next++;
        yield recorded(event)!;
      }
    } catch (error) {
      if (!(error instanceof StreamNotFoundError)) throw storeFailure(error, stream);
      if (from > 0n || (await this.#isCut(stream))) throw new RecordDestroyed("deleted", { stream, revision: from, position: null });
      return;
    }
    // From the start on, a stream that was never there is not found; one that holds nothing has lost everything.
    if (next === 0n) throw new RecordDestroyed("truncated", { stream, revision: 0n, position: null });
  }

  /** A deleted stream is not found either, and could be begun anew as if nothing had ever been in it: its metadata tells. */
  async #isCut(stream: string): Promise<boolean> {
    const last = { fromRevision: END, direction: BACKWARDS, maxCount: 1 } as const;
    try {
      for await (const { event } of reading(this.#reading.readStream(`$$${stream}`, last)))
        return Number((event?.data as { $tb?: unknown } | undefined)?.$tb ?? 0) > 0;
    } catch (error) {
      if (!(error instanceof StreamNotFoundError)) throw storeFailure(error, stream);
    }
    return false;
  }

  /** A window of the whole log, the store's own events and foreign ones left out, from a position (inclusive) on. */
  async *readAll({ from, count }: { from?: Position | null; count: number }): AsyncGenerator<StoredFact> {
    for await (const { event } of this.#forwards(from ?? null, count)) {
      const told = recorded(event);
      if (told && !isForeign(told)) yield told;
    }
  }

  /** The next `count` events of the whole log after a position, the store's own among them passed over. */
  async readWindow(after: Position | null, count: number): Promise<Window> {
    const events: (StoredFact | Foreign)[] = [];
    let [position, read] = [after, 0];
    // The event at `after` itself comes again: a log is read from a position on, not after one.
    for await (const { event } of this.#forwards(after, after ? count + 1 : count)) {
      read++;
      if (!event || (after && event.position!.commit <= after.commit)) continue;
      position = event.position!;
      const told = recorded(event);
      if (told) events.push(told);
    }
    return { ...apart(events), position, isLast: read < count };
  }

  #forwards(from: Position | null, maxCount: number): AsyncGenerator<AllStreamResolvedEvent> {
    return reading(this.#reading.readAll({ fromPosition: from ?? START, direction: FORWARDS, maxCount }));
  }

  /** The position of the newest event of the whole log, an independent witness of how far a reader could be. */
  async head(): Promise<Position | null> {
    return (await this.last(1))[0] ?? null;
  }

  /** The positions of the last events of the whole log, the newest first. */
  async last(count: number): Promise<Position[]> {
    const positions: Position[] = [];
    for await (const { event, commitPosition } of reading(
      this.#reading.readAll({ fromPosition: END, direction: BACKWARDS, maxCount: count }),
    ))
      positions.push(event?.position ?? { commit: commitPosition!, prepare: commitPosition! });
    return positions;
  }

  async close(): Promise<void> {
    // The client waits for each of its streams to end; one that was left early may never say so.
    const disposed = Promise.allSettled([this.#appending.dispose(), this.#reading.dispose()]);
    await withTimeout(disposed, farewell).catch(() => undefined);
  }
}

/**
 * What a read tells. However it ends, the call is ended; that this fails as well, as it does where there never was a call, tells nothing.
 * @throws StreamNotFoundError, and what `storeFailure` makes of anything else
 */
async function* reading<E>(events: StreamingRead<E>): AsyncGenerator<E> {
  try {
    for await (const event of events) yield event as E;
  } catch (error) {
    throw error instanceof StreamNotFoundError ? error : storeFailure(error);
  } finally {
    await events.cancel().catch(() => undefined);
  }
}
