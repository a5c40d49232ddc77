import { targetOf } from "../link-target.js";
import type { LiveFeed } from "../live.js";
import type { Filter } from "../semantics/filter.js";
import { Group, mostWaiting, type Action, type Effects, type Item, type GroupReader } from "../semantics/groups/group.js";
import { linkOf } from "../semantics/link.js";
import type { GroupDefinition } from "../storage/group-definitions.js";
import type { Reading } from "../storage/reading.js";
import type { Writer } from "../writer.js";
import { GroupStreams } from "./group-streams.js";
import { LatestWrite } from "./latest.js";
import { Replay } from "./replay.js";
import { GroupSource, type Looked } from "./source.js";

export interface GroupServices {
  readonly reading: Reading;
  readonly live: LiveFeed;
  readonly writer: Writer;
}

const mostRetrying = 500;
const second = 1_000;

/** A group at work: reads the log for it, writes what it must not forget, whether or not anybody is connected. */
export class RunningGroup implements Effects {
  readonly streams: GroupStreams;
  readonly source: GroupSource;
  readonly replay: Replay;
  group!: Group;
  state: "loading" | "behind" | "live" | "stopped" = "loading";
  /** Deliveries, in all and in the last second. */
  total = 0;
  perSecond = 0;
  #counted = 0;
  #wake: () => void = () => undefined;
  #stirred = false;
  #stopListening: () => void = () => undefined;
  #ticking: NodeJS.Timeout | undefined;
  readonly #checkpoints = new LatestWrite<bigint>((place) => this.streams.writeCheckpoint(place));

  constructor(
    readonly definition: GroupDefinition,
    filter: Filter | null,
    readonly services: GroupServices,
  ) {
    const { reading, writer } = services;
    this.streams = new GroupStreams(definition.source, definition.name, reading, writer);
    this.source = new GroupSource(definition.source, filter, reading, definition.begin);
    this.replay = new Replay(this.streams, reading);
  }

  async start(): Promise<void> {
    const checkpointed = await this.streams.checkpoint();
    if (checkpointed !== null) this.source.next = checkpointed + 1n;
    this.group = new Group(this.definition.settings, this, checkpointed);
    // Where the whole log is read from its end, nothing is behind.
    const startsLive = this.source.isAll && checkpointed === null && this.definition.settings.startFrom === "end";
    this.state = startsLive ? "live" : "behind";
    this.#stopListening = this.services.live.listen(this.source.isAll ? null : this.source.name, () => this.#stir());
    this.#ticking = setInterval(() => this.#tick(), second);
    void this.#run();
  }

  /** Everybody who is connected is sent away. */
  drop(): void {
    for (const reader of this.group.readers) reader.drop();
  }

  /** Nobody is served any more; what is not acknowledged comes again when it is started again. */
  async stop(): Promise<void> {
    this.state = "stopped";
    clearInterval(this.#ticking);
    this.#stopListening();
    this.#stir();
    await Promise.all([this.#checkpoints.settled(), this.replay.settled()]);
  }

  acknowledge(ids: readonly string[]): void {
    this.group.acknowledge(ids);
    this.#stir();
  }

  refuse(ids: readonly string[], action: Action, reason: string): void {
    this.group.refuse(ids, action, reason);
    this.#stir();
  }

  join(reader: GroupReader): void {
    this.group.join(reader);
    this.#stir();
  }

  /** A reader can take more again. */
  goOn(): void {
    this.group.dispatch();
    this.#stir();
  }

  leave(reader: GroupReader): void {
    this.group.leave(reader);
    this.#stir();
  }

  /** Gives out again what is parked before that revision of the parked stream; null: all of it. */
  async replayParked(stopAt: bigint | null): Promise<void> {
    await this.replay.begin(stopAt);
    this.#stir();
  }

  now(): number {
    return performance.now();
  }

  checkpoint(place: bigint): void {
    this.#checkpoints.set(place);
  }

  replayed(revision: bigint): void {
    this.replay.done(revision);
  }

  park(item: Item, reason: string): void {
    const about = item.record ?? item.link!;
    this.streams.park(about, this.source.placeOf(item.link ?? about), reason).then(
      () => this.group.finished(item),
      () => this.group.again(item),
    );
  }

  #stir(): void {
    this.#stirred = true;
    this.#wake();
  }

  #tick(): void {
    this.perSecond = this.total - this.#counted;
    this.#counted = this.total;
    this.group.tick();
    this.#stir();
  }

  async #run(): Promise<void> {
    while (this.state !== "stopped") {
      this.#stirred = false;
      // What cannot be read now is read when the clock ticks.
      const more = await this.#read().catch(() => false);
      if (more || this.#stirred) continue;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
        if (this.#stirred || this.state === "stopped") resolve();
      });
    }
  }

  /** Answers whether there may be more to read at once. */
  async #read(): Promise<boolean> {
    if (this.replay.isRunning && this.group.retrying.length < mostRetrying)
      for (const { parked, record } of await this.replay.read()) this.group.replay(parked, record);
    const { readBatchSize, historyBufferSize } = this.definition.settings;
    const full = this.group.waiting.length >= Math.min(Math.max(readBatchSize, historyBufferSize / 2), mostWaiting / 2);
    const looked = full ? [] : await this.source.read(Math.max(1, this.group.room));
    if (this.state !== "stopped" && !full) this.state = looked.length > 0 ? "behind" : "live";
    for (const each of looked) {
      if (this.group.room <= 0) break;
      await this.#take(each);
    }
    this.group.dispatch();
    return looked.length > 0 || this.replay.isRunning;
  }

  async #take({ place, record }: Looked): Promise<void> {
    this.source.next = place + 1n;
    if (record === null) return this.group.pass(place);
    const link = this.definition.settings.resolveLinks ? linkOf(record) : null;
    if (!link) return this.group.offer(place, record, null);
    this.group.offer(place, link.target && (await targetOf(link.target, this.services.reading)), record);
  }
}
