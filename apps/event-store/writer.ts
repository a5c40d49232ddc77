import { CommitBatch } from "./batch.js";
import type { Write, WriteOutcome } from "./change.js";
import { Heads } from "./heads.js";
import type { Reading } from "./storage/reading.js";
import { Fenced } from "./storage/hold.js";
import type { Numbered, Writing } from "./storage/writing.js";

interface WaitingWrite {
  readonly change: Write;
  readonly settle: (outcome: WriteOutcome) => void;
  readonly fail: (error: unknown) => void;
}

const mostEvents = 2_000;
const mostBytes = 8 * 1024 * 1024;

const sizeOf = ({ events }: Write): number => events.reduce((sum, { data, metadata }) => sum + data.length + metadata.length, 0);

/** Told of every commit, in order. */
export type Committed = (records: readonly Numbered[], position: bigint) => void;

/**
 * The single writer: drains what waits, decides each change in order, stores them in one commit, answers after it. Positions are
 * given here and nowhere else, so the log is never visible out of order.
 */
export class Writer {
  readonly #heads: Heads;
  #waiting: WaitingWrite[] = [];
  #running: Promise<void> | null = null;
  #closed = false;
  /** What became of the last batch is not known: it is read from the database before the next one. */
  #uncertain = true;
  #lastStream = 0n;
  /** Position of the newest committed event. */
  position = -1n;

  /** Told of every batch: how many events, and how many seconds it took. */
  measured: (events: number, seconds: number) => void = () => undefined;

  constructor(
    readonly reading: Reading,
    readonly writing: Writing,
    readonly committed: Committed,
    readonly lost: (error: Error) => void,
  ) {
    this.#heads = new Heads(reading);
  }

  /** Reads where the log ends. A fresh one begins with events of its own, from position 1 on: 0 means "the start". */
  async open(): Promise<void> {
    await this.#recover();
    if (this.position > 0n) return;
    const bootstrap = { type: "$metadata", json: true, data: Buffer.from("{}"), metadata: Buffer.alloc(0) };
    for (const [index, stream] of ["$$$stats", "$$$scavenges"].entries()) {
      const id = `00000000-0000-4000-8000-00000000000${index + 1}`;
      await this.write({ kind: "append", stream, expected: "any", events: [{ id, ...bootstrap }] });
    }
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  /** Answers after the commit. Fails when the storage cannot be reached: what became of the change is then not known. */
  write(change: Write): Promise<WriteOutcome> {
    return new Promise((settle, fail) => {
      if (this.#closed) return fail(new Error("The event store is stopping."));
      this.#waiting.push({ change, settle, fail });
      this.#running ??= this.#run().finally(() => (this.#running = null));
    });
  }

  /** Refuses further changes, and is fulfilled when those under way are answered. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#running;
  }

  async #run(): Promise<void> {
    // Changes that arrive in the same turn of the event loop go into the same commit.
    await new Promise((resolve) => setImmediate(resolve));
    while (this.#waiting.length > 0) await this.#commit(this.#take());
  }

  #take(): WaitingWrite[] {
    let [events, bytes, count] = [0, 0, 0];
    for (const { change } of this.#waiting) {
      events += Math.max(1, change.events.length);
      bytes += sizeOf(change);
      if (count > 0 && (events > mostEvents || bytes > mostBytes)) break;
      count++;
    }
    const taken = this.#waiting.slice(0, count);
    this.#waiting = this.#waiting.slice(count);
    return taken;
  }

  async #commit(taken: readonly WaitingWrite[]): Promise<void> {
    try {
      if (this.#uncertain) await this.#recover();
      await this.#heads.load(taken.map(({ change }) => change.stream));
      const batch = new CommitBatch(this.#heads, this.position, this.#lastStream);
      const answers: (() => void)[] = [];
      this.#uncertain = true;
      for (const { change, settle } of taken) {
        const outcome = await batch.decide(change);
        answers.push(() => settle(outcome));
      }
      const begun = performance.now();
      if (batch.records.length > 0) await this.writing.store(batch.records, batch.streams);
      this.measured(batch.records.length, (performance.now() - begun) / 1_000);
      this.#uncertain = false;
      this.#lastStream = batch.lastStream;
      this.position = batch.position;
      if (batch.records.length > 0) this.committed(batch.records, batch.position);
      for (const answer of answers) answer();
    } catch (error) {
      for (const { fail } of taken) fail(error);
      if (error instanceof Fenced) this.lost(error);
    }
  }

  /** A batch that was stored although its answer was lost is shown to subscribers like any other. */
  async #recover(): Promise<void> {
    const { position, stream } = await this.reading.ends();
    await this.#heads.reset();
    const missed = position > this.position;
    this.position = position;
    this.#lastStream = stream;
    this.#uncertain = false;
    if (missed) this.committed([], position);
  }
}
