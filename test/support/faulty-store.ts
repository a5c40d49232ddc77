import { createRequire } from "node:module";
import {
  credentials,
  Metadata,
  Server,
  ServerCredentials,
  status,
  type ServerDuplexStream,
  type ServerWritableStream,
} from "@grpc/grpc-js";
import type { ClusterInfo } from "@eventstore/db-client/generated/gossip_pb.js";
import type { ReadReq, ReadResp, BatchAppendReq, BatchAppendResp } from "@eventstore/db-client/generated/streams_pb.js";

const load = createRequire(import.meta.url);
const { StreamsService, StreamsClient } = load("@eventstore/db-client/generated/streams_grpc_pb.js");
const { GossipService } = load("@eventstore/db-client/generated/gossip_grpc_pb.js");
const { ServerFeaturesService, ServerFeaturesClient } = load("@eventstore/db-client/generated/serverfeatures_grpc_pb.js");
const { ReadResp: Response } = load(
  "@eventstore/db-client/generated/streams_pb.js",
) as typeof import("@eventstore/db-client/generated/streams_pb.js");

/** What becomes of a message on its way to the client. `silence`: this one and all that follow it are held back for ever. */
export type Fate = "pass" | "twice" | "drop" | "silence" | "end" | Failure;

/** How a call fails; `metadata`: its trailers. */
export interface Failure {
  readonly code: number;
  readonly details: string;
  readonly metadata?: Metadata;
}

/** As EventStoreDB 23.10 drops a reader that is slow while live. */
export const tooSlow: Failure = {
  code: status.ABORTED,
  details: "Consumer too slow to handle event while live. Client resubscription required.",
};
export const connectionLost: Failure = { code: status.UNAVAILABLE, details: "the connection was lost" };

/** A real event store behind a server that fails as real ones were seen to fail. */
export class FaultyStore {
  /** Told each message of a read or a subscription, with its place in it. */
  onRead: (message: ReadResp, index: number) => Fate = () => "pass";
  /** Told each answer to an append. */
  onAppended: (answer: BatchAppendResp, index: number) => Fate = () => "pass";
  /** Told each append before it is passed on: "drop" keeps it from the store. */
  onAppend: (request: BatchAppendReq, index: number) => Fate = () => "pass";
  /** Told each call when it begins, and whether only a leader may take it: "silence" leaves it without an answer. */
  onCall: (requiresLeader: boolean) => "pass" | "silence" | Failure = () => "pass";
  /** Which nodes there are, where clients ask. */
  members: (() => ClusterInfo) | undefined;
  onFeatures: (index: number) => Fate = () => "pass";
  reads = 0;
  cancelled = 0;
  /** Calls that are open, so that they can be made to fail. */
  readonly #open = new Set<Call>();
  #appends = 0;
  #answers = 0;
  #features = 0;
  readonly #server = new Server();

  /** In front of the store at `url`. Answers where clients reach it. */
  async start(url: string): Promise<string> {
    const address = new URL(url.replace("esdb:", "http:")).host;
    const streams = new StreamsClient(address, credentials.createInsecure());
    const features = new ServerFeaturesClient(address, credentials.createInsecure());
    this.#server.addService(StreamsService, {
      read: (call: ServerWritableStream<ReadReq, ReadResp>) => this.#read(call, streams),
      batchAppend: (call: ServerDuplexStream<BatchAppendReq, BatchAppendResp>) => this.#append(call, streams),
    });
    this.#server.addService(ServerFeaturesService, {
      getSupportedMethods: (call: { request: unknown }, answer: (error: object | null, reply?: unknown) => void) => {
        const fate = this.onFeatures(this.#features++);
        if (fate === "silence") return;
        if (typeof fate === "object") return answer({ ...fate, metadata: new Metadata() });
        features.getSupportedMethods(call.request, answer);
      },
    });
    this.#server.addService(GossipService, {
      read: (_call: unknown, answer: (error: object | null, reply?: unknown) => void) =>
        this.members ? answer(null, this.members()) : answer({ code: status.UNIMPLEMENTED, details: "alone", metadata: new Metadata() }),
    });
    const port = await new Promise<number>((resolve, reject) =>
      this.#server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) => (error ? reject(error) : resolve(bound))),
    );
    return `esdb://127.0.0.1:${port}?tls=false`;
  }

  /** All calls that are open end so. */
  interrupt(failure: Failure): void {
    for (const call of this.#open) fail(call, failure);
  }

  /** Whether the call goes on. */
  #begin(call: Call): boolean {
    this.#open.add(call);
    call.on("close", () => this.#open.delete(call));
    const fate = this.onCall(call.metadata.get("requires-leader")[0] === "true");
    if (typeof fate === "object") fail(call, fate);
    return fate === "pass";
  }

  stop(): void {
    this.#server.forceShutdown();
  }

  #read(call: ServerWritableStream<ReadReq, ReadResp>, streams: any): void {
    if (!this.#begin(call)) return;
    this.reads++;
    const upstream = streams.read(call.request);
    const deliver = fated<ReadResp>(call, (message, index) => this.onRead(message, index));
    upstream.on("data", (message: ReadResp) => {
      deliver(message);
      if (call.writableNeedDrain) upstream.pause();
    });
    call.on("drain", () => upstream.resume());
    upstream.on("end", () => call.end());
    upstream.on("error", (error: Error) => call.destroyed || call.emit("error", error));
    call.on("cancelled", () => {
      this.cancelled++;
      upstream.cancel();
    });
  }

  #append(call: ServerDuplexStream<BatchAppendReq, BatchAppendResp>, streams: any): void {
    if (!this.#begin(call)) return;
    const upstream = streams.batchAppend();
    const deliver = fated<BatchAppendResp>(call, (answer) => this.onAppended(answer, this.#answers++));
    call.on("data", (request: BatchAppendReq) => this.onAppend(request, this.#appends++) === "pass" && upstream.write(request));
    upstream.on("data", deliver);
    upstream.on("error", () => undefined);
    call.on("cancelled", () => upstream.cancel());
    call.on("end", () => upstream.end());
  }
}

type Call = (ServerWritableStream<ReadReq, ReadResp> | ServerDuplexStream<BatchAppendReq, BatchAppendResp>) & {
  emit(event: "error", error: object): boolean;
};

const fail = (call: { emit(event: "error", error: object): boolean }, failure: Failure): void =>
  void call.emit("error", { metadata: new Metadata(), ...failure });

/** Writes to the client what is fated to reach it. */
function fated<T>(
  call: { write(message: T): boolean; end(): void; emit(event: "error", error: object): boolean },
  fateOf: (message: T, index: number) => Fate,
) {
  let index = 0;
  let over = false;
  return (message: T): void => {
    if (over) return;
    const fate = fateOf(message, index++);
    if (typeof fate === "object") {
      over = true;
      fail(call, fate);
    } else if (fate === "silence") over = true;
    else if (fate === "end") {
      over = true;
      call.end();
    } else if (fate !== "drop") {
      call.write(message);
      if (fate === "twice") call.write(message);
    }
  };
}

/** A checkpoint of a filtered subscription, at that position. */
export const checkpointAt = (position: bigint): ReadResp =>
  new Response().setCheckpoint(new Response.Checkpoint().setCommitPosition(position.toString()).setPreparePosition(position.toString()));
