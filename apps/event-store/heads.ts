import { LRUCache } from "lru-cache";
import type { Proposed, StoredRecord } from "./semantics/record.js";
import { type Head, isRule, nothing, relatedTo, stateOf, type StreamState } from "./semantics/stream.js";
import type { Reading } from "./storage/reading.js";

/** Where and when an event was written. */
export type EventPlace = Pick<StoredRecord, "revision" | "position" | "created">;

/** At least the streams of one batch, with those related to them. */
const mostHeads = 100_000;
const mostRecent = 100_000;
/** How many of the newest events are recognised after a restart. */
const remembered = 20_000;

/** What the writer knows of streams without asking the database, its own batch included. */
export class Heads {
  readonly #heads = new LRUCache<string, Head>({ max: mostHeads });
  /** Where ids were written lately: appends without an expected revision are recognised by it, as long as it goes back. */
  readonly #recent = new LRUCache<string, EventPlace>({ max: mostRecent });

  constructor(readonly reading: Reading) {}

  /** Forgets all that is assumed, and reads anew what was written last. */
  async reset(): Promise<void> {
    this.#heads.clear();
    this.#recent.clear();
    for (const { stream, id, ...place } of await this.reading.newest(remembered)) this.#remember(stream, id, place);
  }

  /** To be called before {@link stateOf} and {@link headOf} are asked about these streams. */
  async load(streams: readonly string[]): Promise<void> {
    const names = new Set(streams.flatMap(relatedTo));
    // Asked for, not only looked for: what this batch needs must not make way for what else it needs.
    const unknown = [...names].filter((name) => !this.#heads.get(name));
    if (unknown.length === 0) return;
    const found = await this.reading.heads(unknown);
    for (const name of unknown) this.#heads.set(name, found.get(name) ?? nothing);
  }

  stateOf(stream: string): StreamState {
    return stateOf(stream, (name) => this.headOf(name));
  }

  headOf(stream: string): Head {
    return this.#heads.get(stream) ?? nothing;
  }

  placeOf(stream: string, id: string): EventPlace | undefined {
    return this.#recent.get(`${stream} ${id}`);
  }

  /** An id that is written to a stream again is answered where it first stood. */
  #remember(stream: string, id: string, place: EventPlace): void {
    const key = `${stream} ${id}`;
    const known = this.#recent.get(key);
    if (!known || place.revision < known.revision) this.#recent.set(key, place);
  }

  advance(stream: string, id: bigint, { json, data, ...event }: Proposed & EventPlace): void {
    this.#heads.set(stream, { id, last: event.revision, latest: json && isRule(stream) ? data : null });
    this.#remember(stream, event.id, { revision: event.revision, position: event.position, created: event.created });
  }
}
