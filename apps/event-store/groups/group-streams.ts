import { randomUUID } from "node:crypto";
import type { Proposed, StoredRecord } from "../semantics/record.js";
import { isReadable, metadataStreamOf } from "../semantics/stream.js";
import type { Reading } from "../storage/reading.js";
import type { Writer } from "../writer.js";

const event = (type: string, data: string): Proposed => ({
  id: randomUUID(),
  type,
  json: true,
  data: Buffer.from(data),
  metadata: Buffer.alloc(0),
});

/** The two streams in which a group keeps what it must not forget: how far it is, and what was parked. */
export class GroupStreams {
  readonly checkpoints: string;
  readonly parked: string;

  constructor(
    readonly source: string,
    name: string,
    readonly reading: Reading,
    readonly writer: Writer,
  ) {
    this.checkpoints = `$persistentsubscription-${source}::${name}-checkpoint`;
    this.parked = `$persistentsubscription-${source}::${name}-parked`;
  }

  /** `"2"`, or `"C:x/P:x"` in `$all`. */
  placeText(place: bigint): string {
    return this.source === "$all" ? `C:${place}/P:${place}` : String(place);
  }

  /** The place that was done with last; null: none is stored. */
  async checkpoint(): Promise<bigint | null> {
    const state = await this.reading.state(this.checkpoints);
    if (!isReadable(state)) return null;
    const [last] = await this.reading.stream(state, state.last, true, 1);
    const place = /^"(?:C:)?(\d+)/.exec(last?.data.toString("utf8") ?? "")?.[1];
    return place === undefined ? null : BigInt(place);
  }

  async writeCheckpoint(place: bigint): Promise<void> {
    await this.#append(this.checkpoints, event("SubscriptionCheckpoint", JSON.stringify(this.placeText(place))));
  }

  /** Parks a link to the event; `place`: where it stands in what the group reads. */
  async park({ stream, revision }: StoredRecord, place: bigint, reason: string): Promise<void> {
    const metadata = { added: new Date().toISOString(), reason, ...(place > 0n && { subscriptionEventNumber: Number(place) }) };
    // A link is no JSON, and says so.
    const link = { ...event("$>", `${revision}@${stream}`), json: false, metadata: Buffer.from(JSON.stringify(metadata)) };
    await this.#append(this.parked, link);
  }

  /** What was parked before this revision is done with. */
  async truncateParked(revision: bigint): Promise<void> {
    await this.#append(metadataStreamOf(this.parked), event("$metadata", `{"$tb":${revision}}`));
  }

  /** A group that is made anew under the same name knows nothing of this one. */
  async remove(): Promise<void> {
    for (const stream of [this.checkpoints, this.parked])
      if (isReadable(await this.reading.state(stream))) await this.writer.write({ kind: "delete", stream, expected: "any", events: [] });
  }

  async #append(stream: string, ...events: Proposed[]): Promise<void> {
    await this.writer.write({ kind: "append", stream, expected: "any", events });
  }
}
