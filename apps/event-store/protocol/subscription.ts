import { randomUUID } from "node:crypto";
import type { Live } from "../live.js";
import { matches } from "../semantics/filter.js";
import { endOfTime } from "../semantics/metadata.js";
import type { StoredRecord } from "../semantics/record.js";
import { isHidden, isReadable, isVisible, metadataStreamOf, type StreamState } from "../semantics/stream.js";
import type { Reading } from "../storage/reading.js";
import { streamDeleted } from "./failure.js";
import { caughtUp, checkpoint, confirmation } from "./messages.js";
import type { Outgoing } from "./outgoing.js";
import type { Question } from "./question.js";
import { messageOf } from "./resolve.js";

const page = 500;
/** More than this waiting for a slow reader is let go, and read again from the log when it has caught up. */
const mostWaiting = 2_000;
const mostWaitingBytes = 16 * 1024 * 1024;

/** One subscription: catches up in pages, goes over to live without gap or repetition, and back when the reader is slow. */
export class Subscription {
  /** Place of the last event looked at: a position in `$all`, a revision in a stream. */
  #last = -1n;
  #considered = 0;
  #waiting: StoredRecord[] = [];
  #waitingBytes = 0;
  #behind = true;
  #touched = false;
  #wake: () => void = () => undefined;
  /** What of the stream may be read while catching up for the first time; live events are shown whatever its metadata says. */
  #window: StreamState | null = null;

  constructor(
    readonly question: Question,
    readonly reading: Reading,
    readonly live: Live,
    readonly outgoing: Outgoing,
  ) {}

  async run(): Promise<void> {
    const { stream, from } = this.question;
    this.#last = await this.#start();
    await this.outgoing.send(confirmation(randomUUID()));
    const stop = this.live.listen((records) => this.#hear(records));
    this.outgoing.gone.addEventListener("abort", () => this.#wake(), { once: true });
    try {
      if (stream !== null && from !== "end") await this.#untilReadable(stream);
      await this.#catchUp();
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
      if (this.#behind) await this.#catchUp();
      while (this.#waiting.length > 0 && !this.outgoing.closed) {
        this.#waitingBytes = 0;
        for (const record of this.#waiting.splice(0)) await this.#look(record);
      }
      await this.#sleepUnless(() => this.#behind || this.#waiting.length > 0);
    }
  }

  #hear(records: readonly StoredRecord[]): void {
    const { stream } = this.question;
    if (records.length === 0) [this.#behind, this.#touched] = [true, true];
    for (const record of records) {
      if (stream !== null && record.stream === metadataStreamOf(stream)) this.#touched = true;
      if (stream !== null && record.stream !== stream) continue;
      this.#touched = true;
      if (!this.#behind) this.#wait(record);
    }
    this.#wake();
  }

  #wait(record: StoredRecord): void {
    this.#waiting.push(record);
    this.#waitingBytes += record.data.length + record.metadata.length;
    if (this.#waiting.length > mostWaiting || this.#waitingBytes > mostWaitingBytes) this.#fallBehind();
  }

  #fallBehind(): void {
    this.#behind = true;
    this.#waiting = [];
    this.#waitingBytes = 0;
  }

  async #catchUp(): Promise<void> {
    for (let more = true; more && !this.outgoing.closed;) {
      // From here on commits are heard; those that the page below also holds are recognised by their place.
      this.#behind = false;
      const records = await this.#page();
      more = records.length === page;
      if (more) this.#fallBehind();
      for (const record of records) await this.#look(record);
    }
  }

  async #page(): Promise<StoredRecord[]> {
    const { stream } = this.question;
    if (stream === null) return this.reading.all(this.#last, false, page);
    if (this.#last === endOfTime) return [];
    return this.reading.stream(this.#window ?? (await this.reading.state(stream)), this.#last + 1n, false, page);
  }

  async #look(record: StoredRecord): Promise<void> {
    const { stream, filter, resolveLinks } = this.question;
    const place = stream === null ? record.position : record.revision;
    if (place <= this.#last || this.outgoing.closed) return;
    this.#last = place;
    const closing = stream !== null && place === endOfTime;
    if (stream === null && isHidden(record.stream)) return;
    const shown = filter ? matches(filter, record) : closing || !this.#window || isVisible(this.#window, record, Date.now());
    if (shown) await this.outgoing.send(await messageOf(record, resolveLinks, this.reading));
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
