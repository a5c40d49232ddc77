import { type EventData, type EventStoreDBClient, WrongExpectedVersionError } from "@eventstore/db-client";
import { events } from "./server.js";

interface Append {
  readonly stream: string;
  readonly ids: readonly string[];
}

interface Acknowledged extends Append {
  readonly last: bigint;
}

interface Writer {
  readonly stream: string;
  /** Others write to the same stream: nothing can be expected of it. */
  readonly shared: boolean;
  last: bigint;
  /** Sent and never answered: to be sent again, as it was. */
  doubtful: EventData[] | null;
}

const sharedStreams = 4;

/** Writers that know what they sent and what of it was acknowledged, over the lives of a server. */
export class Writers {
  readonly sent: Append[] = [];
  readonly acknowledged: Acknowledged[] = [];
  readonly #writers: Writer[];

  /** One half writes to streams of their own, expecting exact revisions, the other half together to a few. */
  constructor(count: number) {
    this.#writers = Array.from({ length: count }, (_, index) => {
      const shared = index % 2 === 1;
      const stream = shared ? `shared-${index % (2 * sharedStreams)}` : `own-${index}`;
      return { stream, shared, last: -1n, doubtful: null };
    });
  }

  /** All write, one append after another, until the server is gone. What was in doubt before is sent again first. */
  async write(client: EventStoreDBClient): Promise<void> {
    await Promise.all(this.#writers.map((writer) => this.#untilGone(writer, client)));
  }

  /** Everything that was in doubt is sent again, and has to be taken. */
  async settle(client: EventStoreDBClient): Promise<void> {
    await Promise.all(this.#writers.filter(({ doubtful }) => doubtful).map((writer) => this.#append(writer, client)));
  }

  async #untilGone(writer: Writer, client: EventStoreDBClient): Promise<void> {
    try {
      for (;;) await this.#append(writer, client);
    } catch (error) {
      // A refusal would mean that the store has lost, or doubled, what it was sent.
      if (error instanceof WrongExpectedVersionError) throw error;
    }
  }

  async #append(writer: Writer, client: EventStoreDBClient): Promise<void> {
    const { stream, shared, last } = writer;
    if (!writer.doubtful) {
      writer.doubtful = events(1 + Math.floor(Math.random() * 3));
      this.sent.push({ stream, ids: idsOf(writer.doubtful) });
    }
    const expectedRevision = shared ? "any" : last < 0n ? "no_stream" : last;
    const { nextExpectedRevision } = await client.appendToStream(stream, writer.doubtful, { expectedRevision });
    this.acknowledged.push({ stream, ids: idsOf(writer.doubtful), last: nextExpectedRevision });
    writer.last = nextExpectedRevision;
    writer.doubtful = null;
  }
}

const idsOf = (batch: readonly EventData[]): string[] => batch.map(({ id }) => id);
