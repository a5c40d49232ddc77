import {
  BACKWARDS,
  END,
  FORWARDS,
  START,
  StreamNotFoundError,
  type AllStreamResolvedEvent,
  type EventStoreDBClient,
  type StreamingRead,
} from "@eventstore/db-client";
import type { Connection } from "./connection.js";
import { RecordDestroyed, RecordUnreadable } from "./failures.js";
import { read } from "./read-call.js";
import { apart, isForeign, type ReadEvent } from "./recorded.js";
import type { Foreign, Position, StoredFact } from "./stored.js";

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

export interface ReaderOptions {
  /** Only the leader of a cluster is asked: a follower may not have been told yet what was confirmed. */
  readonly requiresLeader: boolean;
  /** Milliseconds without a word after which the store counts as away: the client itself would wait for ever. */
  readonly silence: number;
  /** What makes facts of events. */
  readonly reading: () => Promise<ReadEvent>;
}

/** Reads the log by a connection of its own. */
export class Reader {
  constructor(
    readonly connection: Connection,
    readonly options: ReaderOptions,
  ) {}

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
    const { requiresLeader, reading } = this.options;
    const tell = await reading();
    const options = { fromRevision: from, direction: FORWARDS, requiresLeader, ...(count !== undefined && { maxCount: count }) } as const;
    let next = from;
    try {
      for await (const { event } of this.#read((client) => client.readStream(stream, options), stream)) {
        const { revision, position = null } = event!;
        if (revision !== next) throw new RecordDestroyed("truncated", { stream, revision: next, position });
        next++;
        yield tell(event)!;
      }
    } catch (error) {
      if (!(error instanceof StreamNotFoundError)) throw error;
      if (from > 0n || (await this.#isCut(stream))) throw new RecordDestroyed("deleted", { stream, revision: from, position: null });
      return;
    }
    // From the start on, a stream that was never there is not found; one that holds nothing has lost everything.
    if (next === 0n) throw new RecordDestroyed("truncated", { stream, revision: 0n, position: null });
  }

  /** The last fact of a stream that the application has written; null: there is none. @throws RecordDestroyed, RecordUnreadable, StoreUnavailable */
  async lastOf(stream: string): Promise<{ readonly last: StoredFact | null; readonly end: StoredFact | null }> {
    const { requiresLeader, reading } = this.options;
    const tell = await reading();
    const options = { fromRevision: END, direction: BACKWARDS, requiresLeader } as const;
    let end = null as StoredFact | null;
    // What is forged is no link of the chain, and is few.
    for (const count of [1, 64, undefined])
      try {
        for await (const { event } of this.#read(
          (client) => client.readStream(stream, { ...options, ...(count && { maxCount: count }) }),
          stream,
        )) {
          const told = tell(event!)!;
          if (isForeign(told)) throw new RecordUnreadable(told.type, told);
          const fact: StoredFact = told;
          end ??= fact;
          if (fact.integrity !== "forged") return { last: fact, end };
        }
      } catch (error) {
        if (!(error instanceof StreamNotFoundError)) throw error;
        if (await this.#isCut(stream)) throw new RecordDestroyed("deleted", { stream, revision: 0n, position: null });
        return { last: null, end: null };
      }
    return { last: null, end };
  }

  /** A deleted stream is not found either, and could be begun anew as if nothing had ever been in it: its metadata tells. */
  async #isCut(stream: string): Promise<boolean> {
    const { requiresLeader } = this.options;
    const last = { fromRevision: END, direction: BACKWARDS, maxCount: 1, requiresLeader } as const;
    try {
      for await (const { event } of this.#read((client) => client.readStream(`$$${stream}`, last)))
        return Number((event?.data as { $tb?: unknown } | undefined)?.$tb ?? 0) > 0;
    } catch (error) {
      if (!(error instanceof StreamNotFoundError)) throw error;
    }
    return false;
  }

  /** A window of the whole log, the store's own events and foreign ones left out, from a position (inclusive) on. */
  async *readAll({ from, count }: { from?: Position | null; count: number }): AsyncGenerator<StoredFact> {
    const tell = await this.options.reading();
    for await (const { event } of this.#forwards(from ?? null, count)) {
      const read = tell(event);
      if (read && !isForeign(read)) yield read;
    }
  }

  /** The next `count` events of the whole log after a position, the store's own among them passed over. */
  async readWindow(after: Position | null, count: number): Promise<Window> {
    const events: (StoredFact | Foreign)[] = [];
    const tell = await this.options.reading();
    let [position, read] = [after, 0];
    // The event at `after` itself comes again: a log is read from a position on, not after one.
    for await (const { event } of this.#forwards(after, after ? count + 1 : count)) {
      read++;
      if (!event || (after && event.position!.commit <= after.commit)) continue;
      position = event.position!;
      const found = tell(event);
      if (found) events.push(found);
    }
    return { ...apart(events), position, isLast: read < count };
  }

  #forwards(from: Position | null, maxCount: number): AsyncGenerator<AllStreamResolvedEvent> {
    const { requiresLeader } = this.options;
    return this.#read((client) => client.readAll({ fromPosition: from ?? START, direction: FORWARDS, maxCount, requiresLeader }));
  }

  /** The position of the newest event of the whole log. */
  async head(): Promise<Position | null> {
    return (await this.last(1))[0] ?? null;
  }

  /** The positions of the last events of the whole log, the newest first. */
  async last(count: number): Promise<Position[]> {
    const { requiresLeader } = this.options;
    const backwards = { fromPosition: END, direction: BACKWARDS, maxCount: count, requiresLeader } as const;
    const positions: Position[] = [];
    for await (const { event, commitPosition } of this.#read((client) => client.readAll(backwards)))
      positions.push(event?.position ?? { commit: commitPosition!, prepare: commitPosition! });
    return positions;
  }

  #read<E>(open: (client: EventStoreDBClient) => StreamingRead<E>, stream?: string): AsyncGenerator<E> {
    return read(this.connection, { open, silence: this.options.silence, ...(stream && { stream }) });
  }
}
