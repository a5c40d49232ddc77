import type { StoredRecord } from "../record.js";
import { GroupProgress, type Lies } from "./progress.js";
import { isStrategy, type GroupSettings } from "./settings.js";
import { strategyOf, type Slots, type Strategy } from "./strategy.js";

/** However large the buffers that a group asks for: more than this it does not hold in memory. */
export const mostWaiting = 5_000;

/** An event on its way through a group. */
export interface Item {
  /** What it is acknowledged by: the id of the link, where it was read by one. */
  readonly id: string;
  /** The event, or the link's target; null where that cannot be read. */
  readonly record: StoredRecord | null;
  readonly link: StoredRecord | null;
  /** Among what the group has read; null where it comes from the parked stream. */
  readonly lies: Lies | null;
  /** Revision in the parked stream, where it comes from there. */
  readonly parked: bigint | null;
  retries: number;
}

export type Action = "park" | "retry" | "skip";

/** A connected reader. `size`: how many events may be in flight to it. */
export interface GroupReader extends Slots {
  deliver(item: Item): void;
  /** Told how long an event was in flight, in milliseconds. */
  acknowledged(milliseconds: number): void;
  /** The group is no more, or begins anew: it is to connect again. */
  drop(): void;
}

/** What the machine asks for. */
export interface Effects {
  /** To be answered by {@link Group.finished}, or by {@link Group.again} where it could not be written. */
  park(item: Item, reason: string): void;
  /** What came from the parked stream, at that revision, is done with. */
  replayed(revision: bigint): void;
  /** Everything up to here is done with. */
  checkpoint(place: bigint): void;
  /** In milliseconds. */
  now(): number;
}

interface Flight {
  readonly item: Item;
  readonly reader: GroupReader;
  readonly since: number;
}

/**
 * A group of competing readers: what waits, what is in flight to whom, what is tried again. Deterministic; it neither reads nor
 * writes. Each event is delivered until it is acknowledged, parked or skipped; none is in flight twice.
 */
export class Group {
  readonly readers = new Set<GroupReader>();
  readonly inFlight = new Map<string, Flight>();
  retrying: Item[] = [];
  waiting: Item[] = [];
  readonly #progress: GroupProgress;
  readonly #strategy: Strategy<GroupReader>;
  #checkpointAt = -Infinity;

  /** `checkpoint`: the last place that was done with; null: none is stored. */
  constructor(
    readonly settings: GroupSettings,
    readonly effects: Effects,
    checkpoint: bigint | null,
  ) {
    this.#progress = new GroupProgress(checkpoint);
    this.#strategy = strategyOf(isStrategy(settings.strategy) ? settings.strategy : "RoundRobin");
  }

  /** How many more events may be read. */
  get room(): number {
    return Math.min(this.settings.historyBufferSize, mostWaiting) - this.waiting.length;
  }

  /** An event has been read. */
  offer(place: bigint, record: StoredRecord | null, link: StoredRecord | null): void {
    const item: Item = { id: (link ?? record)!.id, record, link, lies: this.#progress.read(place), parked: null, retries: 0 };
    this.waiting.push(item);
  }

  /** An event has been read that the group leaves out. */
  pass(place: bigint): void {
    this.#progress.pass(place);
  }

  /** A parked event comes back: after what is tried again, before what is new. */
  replay(parked: StoredRecord, record: StoredRecord | null): void {
    this.retrying.push({ id: parked.id, record, link: parked, lies: null, parked: parked.revision, retries: 0 });
  }

  join(reader: GroupReader): void {
    this.readers.add(reader);
    this.#strategy.joined(reader);
    this.dispatch();
  }

  /** What it had is given to others at once, and never parked for it. */
  leave(reader: GroupReader): void {
    if (!this.readers.delete(reader)) return;
    this.#strategy.left(reader);
    const left = [...this.inFlight.values()].filter((flight) => flight.reader === reader);
    for (const { item } of left) {
      this.#land(item.id);
      item.retries++;
      this.retrying.push(item);
    }
    this.dispatch();
  }

  /** Whose reader it was does not matter; what is not in flight is passed over. */
  acknowledge(ids: readonly string[]): void {
    for (const id of ids) {
      const flight = this.#land(id);
      if (!flight) continue;
      flight.reader.acknowledged(this.effects.now() - flight.since);
      this.finished(flight.item);
    }
    this.#checkpointAfter(this.settings.maxCheckpointCount);
    this.dispatch();
  }

  refuse(ids: readonly string[], action: Action, reason: string): void {
    for (const id of ids) {
      const item = this.#land(id)?.item;
      if (!item) continue;
      if (action === "skip") this.finished(item);
      else if (action === "park") this.effects.park(item, `Client explicitly NAK'ed message.\n${reason}`);
      else this.#retry(item);
    }
    this.#checkpointAfter(this.settings.maxCheckpointCount);
    this.dispatch();
  }

  /** Once a second: what was in flight too long is tried again; what is done with is noted. */
  tick(): void {
    const expired = this.effects.now() - Math.max(0, this.settings.messageTimeout);
    for (const { item } of [...this.inFlight.values()].filter(({ since }) => since <= expired)) {
      this.#land(item.id);
      this.#retry(item);
    }
    const { minCheckpointCount, checkpointAfter } = this.settings;
    const due = checkpointAfter > 0 && this.effects.now() - this.#checkpointAt >= checkpointAfter;
    if (due) this.#checkpointAfter(minCheckpointCount);
    this.dispatch();
  }

  /** Nothing is left to do with it here: it was acknowledged, skipped, or has been parked. */
  finished(item: Item): void {
    if (item.parked !== null) this.effects.replayed(item.parked);
    if (item.lies) this.#progress.finish(item.lies);
  }

  /** It could not be parked. */
  again(item: Item): void {
    this.retrying.push(item);
    this.dispatch();
  }

  /** Gives out what somebody can take: first what is tried again, then what is new. */
  dispatch(): void {
    if (this.readers.size === 0) return;
    if (this.retrying.length > 0) this.retrying = this.#giveOut(this.retrying);
    if (this.retrying.length === 0 || this.#strategy.goesOn) this.waiting = this.#giveOut(this.waiting);
  }

  /** Answers what nobody could take. */
  #giveOut(queue: Item[]): Item[] {
    const kept: Item[] = [];
    for (const [index, item] of queue.entries()) {
      const reader = this.inFlight.has(item.id) ? null : this.#strategy.choose(streamOf(item));
      if (reader) this.#send(item, reader);
      else if (!this.#strategy.goesOn) return index === 0 ? queue : queue.slice(index);
      else kept.push(item);
    }
    return kept;
  }

  #send(item: Item, reader: GroupReader): void {
    this.inFlight.set(item.id, { item, reader, since: this.effects.now() });
    reader.inFlight++;
    this.#strategy.moved(streamOf(item), 1);
    reader.deliver(item);
  }

  #land(id: string): Flight | undefined {
    const flight = this.inFlight.get(id);
    if (!flight) return undefined;
    this.inFlight.delete(id);
    flight.reader.inFlight--;
    this.#strategy.moved(streamOf(flight.item), -1);
    return flight;
  }

  #retry(item: Item): void {
    const { maxRetryCount } = this.settings;
    if (item.retries >= maxRetryCount) return this.effects.park(item, `Reached retry count of ${maxRetryCount}`);
    item.retries++;
    this.retrying.push(item);
  }

  /** Where so many events are done with since the last checkpoint. */
  #checkpointAfter(count: number): void {
    const place = this.#progress.note(count);
    if (place === null) return;
    this.#checkpointAt = this.effects.now();
    this.effects.checkpoint(place);
  }
}

/** Of what it is about: of a link, the target's. */
const streamOf = ({ record, link }: Item): string => (record ?? link)!.stream;
