import type { StoredRecord } from "../semantics/record.js";

const mostRecords = 4_000;
const mostBytes = 16 * 1_024 * 1_024;

const sizeOf = ({ data, metadata, stream, type }: StoredRecord): number => data.length + metadata.length + stream.length + type.length;

/** The newest events of the log, kept in memory for all who follow it: whoever is near its end asks no database. */
export class Tail {
  /** Everything after this position is here; null: nothing is known yet. */
  #floor: bigint | null = null;
  #records: StoredRecord[] = [];
  #start = 0;
  #bytes = 0;
  readonly #byStream = new Map<string, StoredRecord[]>();

  /** What was committed, in order, before it is acknowledged. */
  commit(records: readonly StoredRecord[]): void {
    if (records.length === 0) return this.clear();
    this.#floor ??= records[0]!.position - 1n;
    for (const record of records) {
      this.#records.push(record);
      this.#bytes += sizeOf(record);
      const ofStream = this.#byStream.get(record.stream);
      if (ofStream) ofStream.push(record);
      else this.#byStream.set(record.stream, [record]);
    }
    while (this.#records.length - this.#start > mostRecords || this.#bytes > mostBytes) this.#drop();
    if (this.#start > mostRecords) this.#records = this.#records.slice(this.#start);
    if (this.#start > mostRecords) this.#start = 0;
  }

  /** What was committed is not known: whoever asks is sent to the database. */
  clear(): void {
    this.#floor = null;
    this.#records = [];
    this.#start = 0;
    this.#bytes = 0;
    this.#byStream.clear();
  }

  /** The first events after a position; null where they begin before what is here. */
  after(position: bigint, count: number): StoredRecord[] | null {
    if (this.#floor === null || position < this.#floor) return null;
    let [from, to] = [this.#start, this.#records.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if (this.#records[middle]!.position > position) to = middle;
      else from = middle + 1;
    }
    return this.#records.slice(from, from + count);
  }

  /** The first events of a stream from a revision on; null where they begin before what is here. */
  ofStream(stream: string, revision: bigint, count: number): StoredRecord[] | null {
    const records = this.#byStream.get(stream);
    if (!records || records[0]!.revision > revision) return null;
    const from = records.findIndex((record) => record.revision >= revision);
    return from < 0 ? [] : records.slice(from, from + count);
  }

  #drop(): void {
    const record = this.#records[this.#start]!;
    this.#records[this.#start++] = undefined as never;
    this.#floor = record.position;
    this.#bytes -= sizeOf(record);
    const ofStream = this.#byStream.get(record.stream)!;
    if (ofStream.length === 1) this.#byStream.delete(record.stream);
    else ofStream.shift();
  }
}
