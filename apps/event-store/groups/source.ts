import { matches, type Filter } from "../semantics/filter.js";
import { endOfTime } from "../semantics/metadata.js";
import type { StoredRecord } from "../semantics/record.js";
import { isHidden, isReadable, isVisible } from "../semantics/stream.js";
import type { Reading } from "../storage/reading.js";

/** An event that was looked at; `record` null: the group leaves it out. */
export interface Looked {
  readonly place: bigint;
  readonly record: StoredRecord | null;
}

const page = 500;

/** What a group reads: a stream, or `$all`, from a place on. */
export class GroupSource {
  constructor(
    readonly name: string,
    readonly filter: Filter | null,
    readonly reading: Reading,
    /** The next place to look at. */
    public next: bigint,
  ) {}

  get isAll(): boolean {
    return this.name === "$all";
  }

  placeOf({ position, revision }: StoredRecord): bigint {
    return this.isAll ? position : revision;
  }

  /** The next ones, in order: `count` of those that may be shown, or fewer. */
  async read(count: number): Promise<Looked[]> {
    return this.isAll ? this.#all() : this.#stream(Math.min(count, page));
  }

  async #all(): Promise<Looked[]> {
    const records = await this.reading.following(this.next - 1n, page);
    return records.map((record) => ({ place: record.position, record: this.#isLeftOut(record) ? null : record }));
  }

  #isLeftOut(record: StoredRecord): boolean {
    return isHidden(record.stream) || (this.filter !== null && !matches(this.filter, record));
  }

  /** What can be read of the stream now, and its end where it was closed for ever. */
  async #stream(count: number): Promise<Looked[]> {
    const state = await this.reading.state(this.name);
    if (!isReadable(state) || this.next > state.last) return [];
    const records = await this.reading.followingIn(state, this.next > state.first ? this.next : state.first, count);
    const now = Date.now();
    return records.map((record) => ({
      place: record.revision,
      record: record.revision === endOfTime || isVisible(state, record, now) ? record : null,
    }));
  }
}
