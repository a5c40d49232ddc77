import { LRUCache } from "lru-cache";
import type { StoredRecord } from "../semantics/record.js";

const mostBytes = 16 * 1_024 * 1_024;
/** Long enough for those who catch up side by side, milliseconds. */
const keptFor = 5_000;

const sizeOf = (records: readonly StoredRecord[]): number =>
  records.reduce((sum, { data, metadata }) => sum + data.length + metadata.length + 200, 200);

/**
 * Pages of the log for those who catch up: who asks for the same page at about the same time is given the same records. A page that one
 * asks for is not kept; whoever catches up alone costs no memory.
 */
export class SharedPages {
  readonly #asked = new LRUCache<string, true>({ max: 5_000, ttl: keptFor });
  readonly #kept = new LRUCache<string, StoredRecord[]>({ maxSize: mostBytes, ttl: keptFor, sizeCalculation: sizeOf });
  readonly #reading = new Map<string, Promise<StoredRecord[]>>();

  /** A page that is not full ends where the log ended: it is read anew by whoever asks later. */
  async get(key: string, count: number, read: () => Promise<StoredRecord[]>): Promise<StoredRecord[]> {
    const kept = this.#kept.get(key);
    if (kept) return kept;
    const isShared = this.#asked.has(key);
    this.#asked.set(key, true);
    const reading = this.#reading.get(key) ?? read().finally(() => this.#reading.delete(key));
    this.#reading.set(key, reading);
    const records = await reading;
    if (isShared && records.length === count) this.#kept.set(key, records);
    return records;
  }
}
