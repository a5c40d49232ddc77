import { randomUUID } from "node:crypto";
import type { Write, WriteOutcome } from "./change.js";
import type { Heads, EventPlace } from "./heads.js";
import { beginsAgain, firstAfter, isSame, judge, judgeDeletion, judgeKnown, judgeTombstone } from "./semantics/expected.js";
import { deletion, endOfTime, undeleted } from "./semantics/metadata.js";
import type { Expected, Proposed, StoredRecord } from "./semantics/record.js";
import { isVisible, metadataStreamOf, type StreamState, subjectOf } from "./semantics/stream.js";
import type { NewStream, Numbered } from "./storage/writing.js";

const systemEvent = (type: string, json: boolean, data: Buffer): Proposed => ({
  id: randomUUID(),
  type,
  json,
  data,
  metadata: Buffer.alloc(0),
});

/** Decides change after change, each on what the ones before it leave, and collects what is to be stored in one commit. */
export class CommitBatch {
  readonly records: Numbered[] = [];
  readonly streams: NewStream[] = [];

  constructor(
    readonly heads: Heads,
    public position: bigint,
    public lastStream: bigint,
  ) {}

  /** The heads of the change's stream must have been loaded. */
  async decide({ kind, stream, expected, events }: Write): Promise<WriteOutcome> {
    const state = this.heads.stateOf(stream);
    if (kind === "append") return this.#append(state, expected, events);
    return kind === "delete" ? this.#delete(state, expected) : this.#tombstone(state, expected);
  }

  async #append(state: StreamState, expected: Expected, events: readonly Proposed[]): Promise<WriteOutcome> {
    const verdict = judge(expected, state);
    if (verdict === "deleted") return { kind: "deleted" };
    if (verdict === "wrong") return { kind: "wrong", last: state.last, expected };
    if (verdict === "compare") return this.#compare(state, expected, events);
    if (expected === "any" || expected === "stream-exists") {
      const places = events.map(({ id }) => this.heads.placeOf(state.name, id));
      const known = judgeKnown(places.map((place) => place?.revision));
      if (known === "wrong") return { kind: "wrong", last: state.last, expected };
      if (known === "same") return this.#again(state, places.at(-1)!);
    }
    return this.#write(state, events);
  }

  /** Events lie where these would go: the same ones have been sent again, or somebody else was faster. */
  async #compare(state: StreamState, expected: Expected, events: readonly Proposed[]): Promise<WriteOutcome> {
    const first = firstAfter(expected);
    const there = await this.#from(state, first, events.length);
    const ids = there.map(({ id }) => id);
    const proposed = events.map(({ id }) => id);
    if (isSame(proposed, ids)) return this.#again(state, there[events.length - 1]!);
    if (beginsAgain(expected, state, proposed, ids)) return this.#write(state, events);
    return { kind: "wrong", last: state.last, expected };
  }

  async #from(state: StreamState, first: bigint, count: number): Promise<StoredRecord[]> {
    if (count === 0) return [];
    const stored = await this.heads.reading.stream(state, first, false, count);
    const pending = this.records.filter(({ stream, revision }) => stream === state.name && revision >= first);
    return [...stored, ...pending].slice(0, count).filter(({ revision }, index) => revision === first + BigInt(index));
  }

  /** The same events, sent again, are answered as they were, for as long as they can be read. */
  #again(state: StreamState, place: EventPlace): WriteOutcome {
    const readable = !state.deleted && isVisible(state, place, Date.now());
    return { kind: "success", last: place.revision, position: readable ? place.position : null };
  }

  #delete(state: StreamState, expected: Expected): WriteOutcome {
    const metadata = metadataStreamOf(state.name);
    const verdict = judgeDeletion(expected, state);
    if (verdict === "deleted" || this.heads.headOf(metadata).last === endOfTime) return { kind: "deleted" };
    if (verdict === "wrong") return { kind: "wrong", last: state.last, expected };
    this.#add(metadata, [systemEvent("$metadata", true, deletion)]);
    return { kind: "success", last: state.last, position: this.position };
  }

  #tombstone(state: StreamState, expected: Expected): WriteOutcome {
    const verdict = judgeTombstone(expected, state);
    if (verdict === "deleted") return { kind: "deleted" };
    if (verdict === "wrong") return { kind: "wrong", last: state.last, expected };
    this.#add(state.name, [systemEvent("$streamDeleted", false, Buffer.alloc(0))], endOfTime);
    return { kind: "success", last: endOfTime, position: this.position };
  }

  /** A deleted stream begins again where it ended, by what is written to it or to its metadata. */
  #write(state: StreamState, events: readonly Proposed[]): WriteOutcome {
    const subject = subjectOf(state.name);
    const begun = subject === null ? state : this.heads.stateOf(subject);
    this.#add(state.name, events);
    const { position } = this;
    if (begun.deleted && (subject === null || events.length > 0)) this.#undelete(begun);
    return { kind: "success", last: state.last + BigInt(events.length), position: events.length > 0 ? position : this.position };
  }

  #undelete({ name, last }: StreamState): void {
    const metadata = metadataStreamOf(name);
    this.#add(metadata, [systemEvent("$metadata", true, undeleted(this.heads.headOf(metadata).latest, last + 1n))]);
  }

  #add(stream: string, events: readonly Proposed[], first = this.heads.headOf(stream).last + 1n): void {
    if (events.length === 0) return;
    const streamId = this.heads.headOf(stream).id || ++this.lastStream;
    if (this.heads.headOf(stream).id === 0n) this.streams.push({ id: streamId, name: stream });
    const created = BigInt(Date.now()) * 10_000n;
    let revision = first;
    for (const event of events) {
      const record = { ...event, stream, streamId, revision, position: ++this.position, created };
      this.records.push(record);
      this.heads.advance(stream, streamId, record);
      revision += 1n;
    }
  }
}
