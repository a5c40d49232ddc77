import { metadataStreamOf } from "./semantics/stream.js";
import type { StoredRecord } from "./semantics/record.js";

/** Told that something was committed that may concern it. */
export type Listener = () => void;

/** From the writer to whoever follows live: each is woken by what it follows, and reads it. */
export class LiveFeed {
  readonly #byStream = new Map<string, Set<Listener>>();
  readonly #ofAll = new Set<Listener>();
  #count = 0;
  /** Position of the newest committed event. */
  position = -1n;

  get listeners(): number {
    return this.#count;
  }

  /** An empty list says: something was committed, and it is not known what. */
  publish(records: readonly StoredRecord[], position: bigint): void {
    this.position = position;
    const streams = records.length > 0 ? new Set(records.map(({ stream }) => stream)) : this.#byStream.keys();
    for (const stream of streams) for (const listener of this.#byStream.get(stream) ?? []) listener();
    for (const listener of this.#ofAll) listener();
  }

  /** To a stream and its metadata, or to all (null). Answers how to stop listening. */
  listen(stream: string | null, listener: Listener): () => void {
    this.#count++;
    if (stream === null) {
      this.#ofAll.add(listener);
      return () => (this.#count -= Number(this.#ofAll.delete(listener)));
    }
    const names = [stream, metadataStreamOf(stream)];
    for (const name of names) this.#byStream.set(name, (this.#byStream.get(name) ?? new Set()).add(listener));
    return () => {
      this.#count--;
      for (const name of names) {
        const listeners = this.#byStream.get(name);
        if (listeners?.delete(listener) && listeners.size === 0) this.#byStream.delete(name);
      }
    };
  }
}
