import { targetOf } from "../link-target.js";
import { linkOf } from "../semantics/link.js";
import type { StoredRecord } from "../semantics/record.js";
import { isReadable } from "../semantics/stream.js";
import type { Reading } from "../storage/reading.js";
import type { GroupStreams } from "./group-streams.js";
import { LatestWrite } from "./latest.js";

const page = 500;

/** Gives out again what was parked. The parked stream is only cut off behind what is done with, so that a restart loses nothing. */
export class Replay {
  #next = 0n;
  #end = 0n;
  /** Given out and not done with, in order. */
  readonly #out = new Set<bigint>();
  readonly #truncations = new LatestWrite<bigint>((revision) => this.streams.truncateParked(revision));

  constructor(
    readonly streams: GroupStreams,
    readonly reading: Reading,
  ) {}

  get isRunning(): boolean {
    return this.#next < this.#end;
  }

  /** Up to that revision of the parked stream, exclusive; null: all that is parked now. */
  async begin(stopAt: bigint | null): Promise<void> {
    const parked = await this.reading.state(this.streams.parked);
    if (!isReadable(parked)) return;
    const { first, last } = parked;
    const end = stopAt !== null && stopAt <= last ? stopAt : last + 1n;
    if (this.#next < first) this.#next = first;
    if (this.#end < end) this.#end = end;
  }

  /** The next ones, each with what it links to. */
  async read(): Promise<{ parked: StoredRecord; record: StoredRecord | null }[]> {
    const state = await this.reading.state(this.streams.parked);
    const records = (await this.reading.stream(state, this.#next, false, page)).filter(({ revision }) => revision < this.#end);
    if (records.length === 0) this.#next = this.#end;
    const given = [];
    for (const parked of records) {
      const target = linkOf(parked)?.target ?? null;
      given.push({ parked, record: target && (await targetOf(target, this.reading)) });
      this.#out.add(parked.revision);
      this.#next = parked.revision + 1n;
    }
    return given;
  }

  done(revision: bigint): void {
    this.#out.delete(revision);
    const [lowest = this.#next] = this.#out;
    this.#truncations.set(lowest);
  }

  /** How many are parked and not being given out. */
  async parkedCount(): Promise<bigint> {
    const state = await this.reading.state(this.streams.parked);
    if (!isReadable(state)) return 0n;
    const from = this.#next > state.first ? this.#next : state.first;
    return state.last >= from ? state.last - from + 1n : 0n;
  }

  settled(): Promise<void> {
    return this.#truncations.settled();
  }
}
