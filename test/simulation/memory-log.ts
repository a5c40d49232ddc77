import type { NewEvent, Appended } from "#store/appender.js";
import type { EventLog } from "#store/event-log.js";
import { StreamMoved } from "#store/failures.js";
import { isFact } from "#store/recorded.js";
import type { StoredEvent, StoredFact } from "#store/stored.js";

/** A log in memory, with the same promises as the real one: after exactly the expected revision, or the very events that are there already. */
export class MemoryLog implements Pick<EventLog, "append" | "readStream"> {
  readonly events: StoredEvent[] = [];

  revisionsOf(stream: string): number {
    return this.events.filter((event) => event.stream === stream).length;
  }

  async append(stream: string, expected: bigint, events: readonly NewEvent[]): Promise<Appended> {
    const there = this.events.filter((event) => event.stream === stream);
    const after = there.slice(Number(expected) + 1, Number(expected) + 1 + events.length);
    if (after.length === events.length && after.every(({ id }, index) => id === events[index]!.id)) return after.at(-1)!;
    if (BigInt(there.length) - 1n !== expected) throw new StreamMoved();
    for (const [index, { id, type, body, metadata }] of events.entries()) {
      const commit = BigInt(this.events.length * 10);
      const place = { stream, revision: expected + 1n + BigInt(index), position: { commit, prepare: commit } };
      this.events.push({ ...place, id, type, ...body, metadata, recordedAt: metadata.at });
    }
    return this.events.at(-1)!;
  }

  async *readStream(stream: string, { from = 0n }: { from?: bigint } = {}): AsyncGenerator<StoredFact> {
    for (const event of this.events) if (event.stream === stream && event.revision >= from && isFact(event)) yield event;
  }
}
