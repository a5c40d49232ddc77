import { createClient, type Client } from "graphql-ws";
import { WebSocket } from "ws";

/** One server-sent event. */
export interface ServerSentEvent {
  readonly event: string;
  readonly id: string;
  readonly data: any;
}

/** Reads `text/event-stream` as a client does: comments and `retry` are no events. */
export class EventReader {
  #text = "";
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;

  constructor(readonly response: Response) {
    this.#reader = response.body!.getReader();
  }

  /** Undefined: the stream has ended. */
  async next(): Promise<ServerSentEvent | undefined> {
    for (;;) {
      const end = this.#text.indexOf("\n\n");
      if (end < 0) {
        const { done, value } = await this.#reader.read();
        if (done) return undefined;
        this.#text += new TextDecoder().decode(value);
        continue;
      }
      const lines = this.#text.slice(0, end).split("\n");
      this.#text = this.#text.slice(end + 2);
      const field = (name: string) => lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2);
      const data = field("data");
      if (data !== undefined) return { event: field("event") ?? "message", id: field("id") ?? "", data: JSON.parse(data) };
    }
  }

  /** The first event of which it holds; those before it are passed over. */
  async until(holds: (event: ServerSentEvent) => boolean): Promise<ServerSentEvent> {
    for (;;) {
      const event = await this.next();
      if (!event) throw new Error("the stream ended before it was so");
      if (holds(event)) return event;
    }
  }

  close(): Promise<void> {
    return this.#reader.cancel();
  }
}

/** A client of GraphQL subscriptions, unmodified. Without a token it sends none. */
export const graphqlClient = (base: string, token?: string, field = "authorization"): Client =>
  createClient({
    url: `${base.replace("http", "ws")}/graphql`,
    webSocketImpl: WebSocket,
    retryAttempts: 0,
    ...(token !== undefined && { connectionParams: { [field]: `Bearer ${token}` } }),
  });
