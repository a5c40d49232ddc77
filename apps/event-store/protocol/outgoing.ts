import { once } from "node:events";
import type { ServerWritableStream } from "@grpc/grpc-js";
import type { ReadReq, ReadResp } from "@eventstore/db-client/generated/streams_pb.js";
import { passedOf } from "./guard/passed.js";
import { Stuck } from "./guard/stuck.js";
import { pace } from "./pace.js";

/** Larger messages are sent one at a time, so that a reader who takes nothing holds little. */
const largeMessage = 64 * 1_024;

/** What is sent to one reader, no faster than it reads, and not for ever to one who does not. */
export class Outgoing {
  closed = false;
  readonly #stop = new AbortController();
  readonly #stuck: Stuck;

  /** `stuckSeconds`: how long it may take nothing. */
  constructor(
    readonly call: ServerWritableStream<ReadReq, ReadResp | Buffer>,
    stuckSeconds: number,
  ) {
    const close = () => {
      this.closed = true;
      this.#stop.abort();
    };
    this.#stuck = new Stuck(call, stuckSeconds, () => {
      close();
      passedOf(call).cut();
    });
    for (const event of ["cancelled", "close", "error"]) call.on(event, close);
  }

  /** Aborted when the reader has gone. */
  get gone(): AbortSignal {
    return this.#stop.signal;
  }

  async send(message: ReadResp | Buffer): Promise<void> {
    if (this.closed) return;
    if (Buffer.isBuffer(message) && message.length > largeMessage) await this.#sendAlone(message);
    else if (!this.call.write(message)) await this.#drained();
    if (pace.isOver) await pace.next();
  }

  async #drained(): Promise<void> {
    this.#stuck.waits();
    await once(this.call, "drain", { signal: this.gone }).catch(() => undefined);
  }

  #sendAlone(message: Buffer): Promise<void> {
    this.#stuck.waits();
    return new Promise((resolve) => {
      const done = () => {
        this.#stuck.moves();
        this.gone.removeEventListener("abort", done);
        resolve();
      };
      this.gone.addEventListener("abort", done);
      this.call.write(message, done);
    });
  }
}
