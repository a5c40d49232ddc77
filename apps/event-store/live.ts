import type { StoredRecord } from "./semantics/record.js";

/** Told of every commit, in order. An empty list says: something was committed that is to be read. */
export type Listener = (records: readonly StoredRecord[]) => void;

/** From the writer to whoever follows live. */
export class Live {
  readonly #listeners = new Set<Listener>();
  /** Position of the newest committed event. */
  position = -1n;

  get listeners(): number {
    return this.#listeners.size;
  }

  publish(records: readonly StoredRecord[], position: bigint): void {
    this.position = position;
    for (const listener of this.#listeners) listener(records);
  }

  /** Answers how to stop listening. */
  listen(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
