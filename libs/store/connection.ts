import { EventStoreDBClient } from "@eventstore/db-client";
import type { Channel } from "@grpc/grpc-js";
import { withTimeout } from "./failures.js";

/** How long calls that are on their way may take to end when a connection is closed, milliseconds. */
const farewell = 1_000;

/** How much the store may send before it hears that it was read, bytes: it need not wait while we fold what has come. */
const ahead = 1_048_576;

/** The client passes no options on; what is set before the first call is used for its connection. */
function widen(channel: Channel): void {
  const { options } = (channel as unknown as { internalChannel?: { options?: Record<string, unknown> } }).internalChannel ?? {};
  if (options) options["grpc-node.flow_control_window"] = ahead;
}

/** A client of the event store whose connection ends with it. */
export class Opened {
  readonly client: EventStoreDBClient;
  /** When something was last heard by it, by `performance.now()`. */
  heardAt = 0;
  isClosed = false;
  #channel: Channel | undefined;

  constructor(address: string) {
    this.client = EventStoreDBClient.connectionString(address);
    // `dispose` ends calls and leaves their channel open, which nothing public tells of: it is noted where the client makes it.
    const client = this.client as unknown as { createChannel: () => Promise<Channel> };
    const create = client.createChannel;
    client.createChannel = async () => {
      const channel = await create();
      widen(channel);
      this.#channel = channel;
      if (this.isClosed) channel.close();
      return channel;
    };
  }

  heard(): void {
    this.heardAt = performance.now();
  }

  /** Ends all calls, then the connection. A read on its way ends early, as if there were no more: ask `isClosed`. */
  async close(): Promise<void> {
    this.isClosed = true;
    // The client waits for each of its streams to end; one that was left early may never say so.
    await withTimeout(this.client.dispose(), farewell).catch(() => undefined);
    this.#channel?.close();
  }
}

/** The way to the event store for one kind of calls. A client that has got stuck is replaced by another one, which looks for a node anew. */
export class Connection {
  #opened: Opened;

  constructor(readonly address: string) {
    this.#opened = new Opened(address);
  }

  get opened(): Opened {
    return this.#opened;
  }

  get client(): EventStoreDBClient {
    return this.#opened.client;
  }

  /**
   * A call that began at `since` has failed. Where nothing has been heard meanwhile the node may stand still, or be no part of its cluster any
   * more, or the client may remember a first question that failed: another one takes its place.
   */
  failed(opened: Opened, since: number): void {
    if (opened.heardAt < since) this.replace(opened);
  }

  replace(opened: Opened): void {
    if (opened !== this.#opened || opened.isClosed) return;
    this.#opened = new Opened(this.address);
    void opened.close();
  }

  close(): Promise<void> {
    return this.#opened.close();
  }
}
