import { LRUCache } from "lru-cache";
import { firstAfter, isSame, judge } from "./semantics/expected.js";
import type { Expected, Proposed, StoredRecord } from "./semantics/record.js";
import type { Reading } from "./storage/reading.js";
import { Fenced, type Numbered, type Writing } from "./storage/writing.js";

/** How an append ended. `position` is that of its last event; null where nothing has ever been written. */
export type Outcome =
  | { readonly kind: "success"; readonly last: bigint; readonly position: bigint | null }
  | { readonly kind: "wrong"; readonly last: bigint; readonly expected: Expected };

interface Waiting {
  readonly stream: string;
  readonly expected: Expected;
  readonly events: readonly Proposed[];
  settle(outcome: Outcome): void;
  fail(error: Error): void;
}

interface Head {
  id: bigint;
  last: bigint;
}

const mostEvents = 2_000;

/**
 * The single writer: drains what waits, decides each append in order, stores them in one commit, answers after it. Positions are
 * given here and nowhere else, so the log is never visible out of order.
 */
export class Writer {
  readonly #waiting: Waiting[] = [];
  readonly #heads = new LRUCache<string, Head>({ max: 200_000 });
  /** Ids written lately by `any`, as the real server keeps them: best effort, bounded. */
  readonly #recent = new LRUCache<string, { revision: bigint; position: bigint }>({ max: 100_000 });
  #running: Promise<void> | null = null;
  #lastStream: bigint;
  /** Position of the newest committed event. */
  position: bigint;

  private constructor(
    readonly reading: Reading,
    readonly writing: Writing,
    readonly committed: (records: readonly StoredRecord[], position: bigint) => void,
    readonly lost: (error: Error) => void,
    ends: { position: bigint; stream: bigint },
  ) {
    this.position = ends.position;
    this.#lastStream = ends.stream;
  }

  static async open(
    reading: Reading,
    writing: Writing,
    committed: (records: readonly StoredRecord[], position: bigint) => void,
    lost: (error: Error) => void,
  ): Promise<Writer> {
    const writer = new Writer(reading, writing, committed, lost, await reading.ends());
    if (writer.position < 0n) {
      // A fresh server has events of its own, so that no user's event lies at position 0, which means "the start".
      const bootstrap = {
        id: "00000000-0000-4000-8000-000000000001",
        type: "$metadata",
        json: true,
        data: Buffer.from("{}"),
        metadata: Buffer.alloc(0),
      };
      for (const stream of ["$$$stats", "$$$scavenges"]) await writer.append(stream, "any", [bootstrap]);
    }
    return writer;
  }

  append(stream: string, expected: Expected, events: readonly Proposed[]): Promise<Outcome> {
    return new Promise((settle, fail) => {
      this.#waiting.push({ stream, expected, events, settle, fail });
      this.#running ??= this.#run().finally(() => (this.#running = null));
    });
  }

  async idle(): Promise<void> {
    while (this.#running) await this.#running;
  }

  async #run(): Promise<void> {
    // Appends that arrive in the same turn of the event loop go into the same commit.
    await new Promise((resolve) => setImmediate(resolve));
    while (this.#waiting.length > 0) await this.#commit();
  }

  async #commit(): Promise<void> {
    const taken = this.#take();
    const batch: Numbered[] = [];
    const streams: { id: bigint; name: string }[] = [];
    const answers: (() => void)[] = [];
    const before = { position: this.position, stream: this.#lastStream };
    try {
      await this.#loadHeads(taken);
      let next = this.position;
      for (const each of taken) {
        const outcome = await this.#decide(each, batch);
        if (outcome) {
          answers.push(() => each.settle(outcome));
          continue;
        }
        next = this.#add(each, next, batch, streams);
        const position = next;
        const { last } = this.#heads.get(each.stream)!;
        answers.push(() => each.settle({ kind: "success", last, position }));
      }
      if (batch.length > 0) await this.writing.store(batch, streams);
      this.position = next;
      if (batch.length > 0) this.committed(batch, next);
      for (const answer of answers) answer();
    } catch (error) {
      // What became of the batch is not known: everything assumed of it is forgotten, and read anew.
      this.#heads.clear();
      this.#recent.clear();
      this.#lastStream = before.stream;
      await this.reading.ends().then(
        ({ position, stream }) => this.#recover(position, stream),
        () => undefined,
      );
      for (const each of taken) each.fail(error as Error);
      if (error instanceof Fenced) this.lost(error);
    }
  }

  /** A batch that was stored although its answer was lost is shown to subscribers like any other. */
  #recover(position: bigint, stream: bigint): void {
    const missed = position > this.position;
    this.position = position;
    this.#lastStream = stream;
    if (missed) this.committed([], position);
  }

  #take(): Waiting[] {
    let events = 0;
    let count = 0;
    while (count < this.#waiting.length && (count === 0 || events < mostEvents)) events += this.#waiting[count++]!.events.length;
    return this.#waiting.splice(0, count);
  }

  async #loadHeads(taken: readonly Waiting[]): Promise<void> {
    const unknown = [...new Set(taken.map(({ stream }) => stream).filter((stream) => !this.#heads.has(stream)))];
    if (unknown.length === 0) return;
    const heads = await this.reading.heads(unknown);
    for (const name of unknown) this.#heads.set(name, heads.get(name) ?? { id: 0n, last: -1n });
  }

  /** The outcome where nothing is to be written; null where it is. */
  async #decide({ stream, expected, events }: Waiting, batch: readonly Numbered[]): Promise<Outcome | null> {
    const { last } = this.#heads.get(stream)!;
    const verdict = judge(expected, last);
    if (verdict === "wrong") return { kind: "wrong", last, expected };
    if (verdict === "compare") {
      const first = firstAfter(expected);
      const there = await this.#idsFrom(stream, first, events.length, batch);
      if (
        !isSame(
          events.map(({ id }) => id),
          there.map(({ id }) => id),
        )
      )
        return { kind: "wrong", last, expected };
      return { kind: "success", last: first + BigInt(events.length - 1), position: there[events.length - 1]!.position };
    }
    if (events.length === 0) return { kind: "success", last, position: this.position };
    if (typeof expected === "bigint" || expected === "no-stream") return null;
    const known = events.map(({ id }) => this.#recent.get(`${stream} ${id}`));
    if (!known[0]) return null;
    const end = known.at(-1);
    return known.every(Boolean) ? { kind: "success", last: end!.revision, position: end!.position } : { kind: "wrong", last, expected };
  }

  async #idsFrom(stream: string, first: bigint, count: number, batch: readonly Numbered[]): Promise<{ id: string; position: bigint }[]> {
    if (count === 0) return [];
    const stored = await this.reading.stream(stream, first, false, count);
    const pending = batch.filter((record) => record.stream === stream && record.revision >= first);
    return [...stored, ...pending].slice(0, count);
  }

  #add({ stream, events }: Waiting, from: bigint, batch: Numbered[], streams: { id: bigint; name: string }[]): bigint {
    const head = this.#heads.get(stream)!;
    if (head.id === 0n) {
      head.id = ++this.#lastStream;
      streams.push({ id: head.id, name: stream });
    }
    const created = BigInt(Date.now()) * 10_000n;
    let position = from;
    for (const event of events) {
      head.last += 1n;
      position += 1n;
      batch.push({ ...event, stream, streamId: head.id, revision: head.last, position, created });
      this.#recent.set(`${stream} ${event.id}`, { revision: head.last, position });
    }
    return position;
  }
}
