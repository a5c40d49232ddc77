import {
  BACKWARDS,
  END,
  EventStoreDBClient,
  FORWARDS,
  START,
  StreamNotFoundError,
  type AllStreamRecordedEvent,
  type RecordedEvent,
} from "@eventstore/db-client";
import { Appender, type AppendOptions, type Appended, type NewEvent } from "./appender.js";
import { StoreUnavailable, StreamMoved, withTimeout } from "./failures.js";
import type { Metadata, Position, StoredBody, StoredFact } from "./stored.js";

/** How long calls that are on their way may take to end when the log is closed, milliseconds. */
const farewell = 1_000;

/** A part of the whole log, in its order. */
export interface Window {
  readonly facts: readonly StoredFact[];
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

  /** A stream's facts in order, from a revision on; nothing where the stream does not exist. Leaving early ends the call. */
  async *readStream(stream: string, { from = 0n, count }: { from?: bigint; count?: number } = {}): AsyncGenerator<StoredFact> {
    const maxCount = count === undefined ? {} : { maxCount: count };
    const events = this.#reading.readStream(stream, { fromRevision: from, direction: FORWARDS, ...maxCount });
    try {
      for await (const { event } of events) if (event) yield storedFact(event);
    } catch (error) {
      if (!(error instanceof StreamNotFoundError)) throw unavailable(error);
    } finally {
      await events.cancel();
    }
  }

  /** A window of the whole log, system events left out, from a position (inclusive) on. */
  async *readAll({ from, count }: { from?: Position | null; count: number }): AsyncGenerator<StoredFact> {
    const events = this.#reading.readAll({ fromPosition: from ?? START, direction: FORWARDS, maxCount: count });
    try {
      for await (const { event } of events) if (event && isFact(event)) yield storedFact(event);
    } catch (error) {
      throw unavailable(error);
    } finally {
      await events.cancel();
    }
  }

  /** The next `count` events of the whole log after a position, the store's own among them passed over. */
  async readWindow(after: Position | null, count: number): Promise<Window> {
    // The event at `after` itself comes again: a log is read from a position on, not after one.
    const events = this.#reading.readAll({ fromPosition: after ?? START, direction: FORWARDS, maxCount: after ? count + 1 : count });
    const facts: StoredFact[] = [];
    let [position, read] = [after, 0];
    try {
      for await (const { event } of events) {
        read++;
        if (!event || (after && event.position!.commit <= after.commit)) continue;
        position = event.position!;
        if (isFact(event)) facts.push(storedFact(event));
      }
    } catch (error) {
      throw unavailable(error);
    } finally {
      await events.cancel();
    }
    return { facts, position, isLast: read < count };
  }

  /** The position of the newest event of the whole log, an independent witness of how far a reader could be. */
  async head(): Promise<Position | null> {
    return (await this.last(1))[0] ?? null;
  }

  /** The positions of the last events of the whole log, the newest first. */
  async last(count: number): Promise<Position[]> {
    const events = this.#reading.readAll({ fromPosition: END, direction: BACKWARDS, maxCount: count });
    const positions: Position[] = [];
    try {
      for await (const { event, commitPosition } of events)
        positions.push(event?.position ?? { commit: commitPosition!, prepare: commitPosition! });
      return positions;
    } catch (error) {
      throw unavailable(error);
    } finally {
      await events.cancel();
    }
  }

  async close(): Promise<void> {
    // The client waits for each of its streams to end; one that was left early may never say so.
    const disposed = Promise.allSettled([this.#appending.dispose(), this.#reading.dispose()]);
    await withTimeout(disposed, farewell).catch(() => undefined);
  }
}

/** System events (`$...`) are the store's own; ours are JSON. */
export const isFact = (event: RecordedEvent): boolean => event.isJson && !event.type.startsWith("$") && !event.streamId.startsWith("$");

export function storedFact(event: RecordedEvent | AllStreamRecordedEvent): StoredFact {
  const { data, personal } = event.data as unknown as StoredBody;
  return {
    stream: event.streamId,
    revision: event.revision,
    position: event.position!,
    id: event.id,
    type: event.type,
    data,
    ...(personal && { personal }),
    metadata: event.metadata as unknown as Metadata,
    recordedAt: event.created.toISOString(),
  };
}

const unavailable = (error: unknown): unknown =>
  error instanceof StoreUnavailable ? error : new StoreUnavailable("the event store could not be read", { cause: error });
