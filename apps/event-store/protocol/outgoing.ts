import { once } from "node:events";
import type { ServerWritableStream } from "@grpc/grpc-js";
import type { ReadReq, ReadResp } from "@eventstore/db-client/generated/streams_pb.js";

/** What is sent to one reader, no faster than it reads. */
export class Outgoing {
  closed = false;
  readonly #stop = new AbortController();

  constructor(readonly call: ServerWritableStream<ReadReq, ReadResp>) {
    const close = () => {
      this.closed = true;
      this.#stop.abort();
    };
    call.on("cancelled", close);
    call.on("close", close);
    call.on("error", close);
  }

  /** Aborted when the reader has gone. */
  get gone(): AbortSignal {
    return this.#stop.signal;
  }

  async send(message: ReadResp): Promise<void> {
    if (this.closed || this.call.write(message)) return;
    await once(this.call, "drain", { signal: this.gone }).catch(() => undefined);
  }
}
