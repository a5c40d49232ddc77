import { NO_STREAM, jsonEvent } from "@eventstore/db-client";
import { setTimeout as pause } from "node:timers/promises";
import type { Connection, Opened } from "./connection.js";
import { AppendTooLarge, StoreUnavailable, StreamMoved, storeFailure, withTimeout } from "./failures.js";
import type { Metadata, Position, StoredBody } from "./stored.js";

/** What is about to be appended. */
export interface NewEvent {
  readonly id: string;
  readonly type: string;
  readonly body: StoredBody;
  readonly metadata: Metadata;
}

/** Where an append came to lie: the revision and the position of its last event. */
export interface Appended {
  readonly revision: bigint;
  readonly position: Position;
}

export interface AppendOptions {
  /** Milliseconds until an append without an answer is tried again: the client itself would wait for ever. */
  readonly appendTimeout?: number;
  /** How often an append whose outcome is unknown is tried again, with the same ids and the same expected revision. */
  readonly appendRetries?: number;
}

/** One append is at most this many bytes of data: the server's limit, told before anything is sent. */
const maximumAppendBytes = 1_048_576;

/** As bytes: the client would take metadata that is an object through base64 and back. */
const encoded = (metadata: object): Uint8Array => new TextEncoder().encode(JSON.stringify(metadata));

/** After so long an append is not tried again, milliseconds: whoever waits is told, and can send the same request again. */
const patience = 8_000;
/** For so long an append that nobody confirmed counts, where none was confirmed since, milliseconds. */
const doubt = 10_000;

/** Appends to the log, by a connection of its own. */
export class Appender {
  readonly #timeout: number;
  readonly #retries: number;
  #unconfirmedAt = -Infinity;

  constructor(
    readonly connection: Connection,
    { appendTimeout = 5_000, appendRetries = 4 }: AppendOptions,
  ) {
    this.#timeout = appendTimeout;
    this.#retries = appendRetries;
  }

  /**
   * Appends all of `events` or none, after exactly `expected`. Answers null where something else than expected is there, which may be these
   * very events: the answer to an earlier try may have been lost.
   * @throws StoreUnavailable, AppendTooLarge, RecordDestroyed
   */
  async append(stream: string, expected: bigint, events: readonly NewEvent[]): Promise<Appended | null> {
    const messages = events.map(({ id, type, body, metadata }) => jsonEvent({ id, type, data: { ...body }, metadata: encoded(metadata) }));
    const bytes = messages.reduce((sum, { data }) => sum + Buffer.byteLength(JSON.stringify(data)), 0);
    if (bytes > maximumAppendBytes) throw new AppendTooLarge(`${bytes} bytes in one change; at most ${maximumAppendBytes} are possible`);
    const expectedRevision = expected < 0n ? NO_STREAM : expected;
    const begun = performance.now();
    for (let tried = 0; ; tried++) {
      const { opened } = this.connection;
      const since = performance.now();
      try {
        const appending = opened.client.appendToStream(stream, messages, { expectedRevision });
        const { nextExpectedRevision, position } = await withTimeout(appending, this.#timeout);
        this.#confirmed(opened);
        return { revision: nextExpectedRevision, position: position! };
      } catch (error) {
        const failure = storeFailure(error, stream);
        if (!(failure instanceof StoreUnavailable)) this.#confirmed(opened);
        if (failure instanceof StreamMoved) return null;
        if (!(failure instanceof StoreUnavailable)) throw failure;
        this.#unconfirmedAt = performance.now();
        if (tried >= this.#retries || performance.now() - begun > patience)
          throw new StoreUnavailable("the event store did not confirm the append", { cause: error });
        this.connection.failed(opened, since);
        // A retry that arrives while its original is still being written is dropped without an answer: give it time.
        await pause(500 * 2 ** Math.min(tried, 2));
      }
    }
  }

  /** @throws StoreUnavailable where an append was not confirmed a moment ago, and none since */
  assertConfirming(): void {
    if (performance.now() - this.#unconfirmedAt < doubt) throw new StoreUnavailable("the event store did not confirm the last append");
  }

  #confirmed(opened: Opened): void {
    opened.heard();
    this.#unconfirmedAt = -Infinity;
  }
}
