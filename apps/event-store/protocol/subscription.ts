import { randomUUID } from "node:crypto";
import type { LiveFeed } from "../live.js";
import type { MayRead } from "./access.js";
import { matches } from "../semantics/filter.js";
import { endOfTime } from "../semantics/metadata.js";
import type { StoredRecord } from "../semantics/record.js";
import { isHidden, isReadable, isVisible, type StreamState } from "../semantics/stream.js";
import type { Reading } from "../storage/reading.js";
import { streamDeleted } from "./failure.js";
import { caughtUp, checkpoint, confirmation } from "./messages.js";
import type { Outgoing } from "./outgoing.js";
import type { Question } from "./question.js";
import { messageOf } from "./resolve.js";

const page = 500;

/**
 * One subscription: reads on from where it is until the log ends, and again whenever something was committed, no faster than its reader
 * takes it. It keeps nothing that waits: what was committed lately is in memory for all of them, and the rest in the database.
 */
export class Subscription {
  /** Place of the last event looked at: a position in `$all`, a revision in a stream. */
  #last = -1n;
  #considered = 0;
  /** Something was committed that may concern it, and has not been read yet. */
  #touched = false;
  #wake: () => void = () => undefined;
  /** What of the stream may be read while catching up for the first time; live events are shown whatever its metadata says. */
  #window: StreamState | null = null;

  constructor(
    readonly question: Question,
    readonly reading: Reading,
    readonly live: LiveFeed,
    readonly outgoing: Outgoing,
    readonly mayRead: MayRead,
  ) {}

  async run(): Promise<void> {
    const { stream, from } = this.question;
    this.#last = await this.#start();
    await this.outgoing.send(confirmation(randomUUID()));
    const stop = this.live.listen(stream, () => {
      this.#touched = true;
      this.#wake();
    });
    this.outgoing.gone.addEventListener("abort", () => this.#wake(), { once: true });
    try {
      if (stream !== null && from !== "end") await this.#untilReadable(stream);
      await this.#read();
      this.#window = null;
      if (!this.outgoing.closed) await this.outgoing.send(caughtUp());
      await this.#follow();
    } finally {
      stop();
    }
  }

  /** Subscriptions begin after the place they name; beyond the end of the log is its end. */
  async #start(): Promise<bigint> {
    const { stream, from } = this.question;
    if (stream === null) return from === "start" ? -1n : from === "end" || from > this.live.position ? this.live.position : from;
    const { last, tombstoned } = await this.reading.state(stream);
    if (from === "end") return last;
    if (tombstoned) throw streamDeleted(stream);
    return from === "start" ? -1n : from;
  }

  /** A stream that is missing or deleted is waited for. */
  async #untilReadable(stream: string): Promise<void> {
    while (!this.outgoing.closed) {
      this.#touched = false;
      const state = await this.reading.state(stream);
      if (state.tombstoned) throw streamDeleted(stream);
      if (isReadable(state)) {
        this.#window = state;
        if (this.#last < state.first - 1n) this.#last = state.first - 1n;
        return;
      }
      await this.#sleepUnless(() => this.#touched);
    }
  }

  async #follow(): Promise<void> {
    while (!this.outgoing.closed) {
      await this.#sleepUnless(() => this.#touched);
      await this.#read();
    }
  }

  /** Up to the end of what is committed. */
  async #read(): Promise<void> {
    for (let more = true; more && !this.outgoing.closed;) {
      this.#touched = false;
      const records = await this.#page();
      for (const record of records) await this.#look(record);
      more = records.length === page;
    }
  }

  async #page(): Promise<StoredRecord[]> {
    const { stream } = this.question;
    if (stream === null) return this.reading.following(this.#last, page);
    const state = await this.reading.state(stream);
    return this.#last >= state.last ? [] : this.reading.followingIn(state, this.#last + 1n, page);
  }

  async #look(record: StoredRecord): Promise<void> {
    const { stream, filter, resolveLinks } = this.question;
    const place = stream === null ? record.position : record.revision;
    if (place <= this.#last || this.outgoing.closed) return;
    this.#last = place;
    const closing = stream !== null && place === endOfTime;
    if (stream === null && isHidden(record.stream)) return;
    const shown = filter ? matches(filter, record) : closing || !this.#window || isVisible(this.#window, record, Date.now());
    if (shown) await this.outgoing.send(await messageOf(record, resolveLinks, this.reading, this.mayRead));
    if (filter && ++this.#considered % filter.checkpointEvery === 0) await this.outgoing.send(checkpoint(record.position));
    if (closing) throw streamDeleted(stream);
  }

  async #sleepUnless(awake: () => boolean): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
      if (awake() || this.outgoing.closed) resolve();
    });
  }
}
