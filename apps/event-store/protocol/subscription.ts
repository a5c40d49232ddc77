import { randomUUID } from "node:crypto";
import type { Live } from "../live.js";
import { matches } from "../semantics/filter.js";
import type { StoredRecord } from "../semantics/record.js";
import type { Reading } from "../storage/reading.js";
import { caughtUp, checkpoint, confirmation } from "./messages.js";
import type { Outgoing } from "./outgoing.js";
import type { Question } from "./question.js";
import { messageOf } from "./resolve.js";

const page = 500;
/** More than this waiting for a slow reader is let go, and read again from the log when it has caught up. */
const mostWaiting = 2_000;

/** One subscription: catches up in pages, goes over to live without gap or repetition, and back when the reader is slow. */
export class Subscription {
  /** Place of the last event looked at: a position in `$all`, a revision in a stream. */
  #last = -1n;
  #considered = 0;
  #waiting: StoredRecord[] = [];
  #behind = true;
  #wake: () => void = () => undefined;

  constructor(
    readonly question: Question,
    readonly reading: Reading,
    readonly live: Live,
    readonly outgoing: Outgoing,
  ) {}

  async run(): Promise<void> {
    this.#last = await this.#start();
    await this.outgoing.send(confirmation(randomUUID()));
    const stop = this.live.listen((records) => this.#hear(records));
    this.outgoing.gone.addEventListener("abort", () => this.#wake(), { once: true });
    try {
      for (let first = true; !this.outgoing.closed;) {
        if (this.#behind) {
          await this.#catchUp();
          if (first && !this.outgoing.closed) await this.outgoing.send(caughtUp());
          first = false;
        }
        await this.#sendWaiting();
        if (!this.#behind && this.#waiting.length === 0) await new Promise<void>((resolve) => this.#sleep(resolve));
      }
    } finally {
      stop();
    }
  }

  /** Subscriptions begin after the place they name. */
  async #start(): Promise<bigint> {
    const { stream, from } = this.question;
    if (from === "start") return -1n;
    if (from !== "end") return from;
    if (stream === null) return this.live.position;
    return (await this.reading.heads([stream])).get(stream)?.last ?? -1n;
  }

  #hear(records: readonly StoredRecord[]): void {
    if (records.length === 0) this.#behind = true;
    else if (!this.#behind) {
      const { stream } = this.question;
      for (const record of records) if (stream === null || record.stream === stream) this.#waiting.push(record);
      if (this.#waiting.length > mostWaiting) {
        this.#waiting = [];
        this.#behind = true;
      }
    }
    this.#wake();
  }

  async #catchUp(): Promise<void> {
    const { stream } = this.question;
    while (!this.outgoing.closed) {
      // From here on commits are heard; those that the page below also holds are recognised by their place.
      this.#behind = false;
      const records =
        stream === null ? await this.reading.all(this.#last, false, page) : await this.reading.stream(stream, this.#last + 1n, false, page);
      if (records.length === page) {
        this.#behind = true;
        this.#waiting = [];
      }
      for (const record of records) await this.#look(record);
      if (records.length < page) return;
    }
  }

  async #sendWaiting(): Promise<void> {
    while (this.#waiting.length > 0 && !this.outgoing.closed) for (const record of this.#waiting.splice(0)) await this.#look(record);
  }

  async #look(record: StoredRecord): Promise<void> {
    const { stream, filter, resolveLinks } = this.question;
    const place = stream === null ? record.position : record.revision;
    if (place <= this.#last || this.outgoing.closed) return;
    this.#last = place;
    if (!filter || matches(filter, record)) await this.outgoing.send(await messageOf(record, resolveLinks, this.reading));
    if (filter && ++this.#considered % filter.checkpointEvery === 0) await this.outgoing.send(checkpoint(record.position));
  }

  #sleep(resolve: () => void): void {
    this.#wake = resolve;
    if (this.#waiting.length > 0 || this.#behind || this.outgoing.closed) resolve();
  }
}
