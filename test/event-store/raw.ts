import { randomUUID } from "node:crypto";
import { createRequire } from "node:module";
import { type ChannelCredentials, type ClientDuplexStream, type ClientWritableStream, credentials, Metadata } from "@grpc/grpc-js";
import type { AppendReq, AppendResp, BatchAppendReq, BatchAppendResp } from "@eventstore/db-client/generated/streams_pb.js";
import type { ProtobufEmpty as Empty } from "../../apps/event-store/protocol/generated.js";

const load = createRequire(import.meta.url);
const { StreamsClient } = load("@eventstore/db-client/generated/streams_grpc_pb.js");
export const streams = load(
  "@eventstore/db-client/generated/streams_pb.js",
) as typeof import("@eventstore/db-client/generated/streams_pb.js");
export const shared = load("@eventstore/db-client/generated/shared_pb.js") as typeof import("@eventstore/db-client/generated/shared_pb.js");
const { Empty: ProtobufEmpty } = load("google-protobuf/google/protobuf/empty_pb.js") as { Empty: typeof Empty };

/** Calls as a client makes them that is not the official one: a message at a time, and ended when it pleases. */
export const rawClient = (address: string, channel: ChannelCredentials = credentials.createInsecure()) =>
  new StreamsClient(address, channel, { "grpc.max_receive_message_length": -1, "grpc.use_local_subchannel_pool": 1 });

/** The headers of whoever signs in. */
export const signedInAs = (login: string, password: string): Metadata => {
  const metadata = new Metadata();
  metadata.set("authorization", `Basic ${Buffer.from(`${login}:${password}`).toString("base64")}`);
  return metadata;
};

export type Appending = ClientWritableStream<AppendReq>;
export type Batching = ClientDuplexStream<BatchAppendReq, BatchAppendResp>;
export type Answered = (error: { code: number; details: string } | null, response?: AppendResp) => void;

const identifier = (stream: string) => new shared.StreamIdentifier().setStreamName(Buffer.from(stream));

export const appendOptions = (stream: string): AppendReq =>
  new streams.AppendReq().setOptions(
    new streams.AppendReq.Options().setStreamIdentifier(identifier(stream)).setAny(new shared.Empty() as never),
  );

/** One event of a classic append. Sizes in bytes. */
export function appendEvent({ data = 10, metadata = 0 } = {}): AppendReq {
  const message = new streams.AppendReq.ProposedMessage().setId(new shared.UUID().setString(randomUUID()));
  message.setData(Buffer.alloc(data)).setCustomMetadata(Buffer.alloc(metadata));
  message.getMetadataMap().set("type", "HalfSent").set("content-type", "application/octet-stream");
  return new streams.AppendReq().setProposedMessage(message);
}

/** A part of a batch append; `stream` with the first one. */
export function batchPart({ id = randomUUID(), stream = "", events = 1, final = true, data = 10, metadata = 0 }): BatchAppendReq {
  const request = new streams.BatchAppendReq().setCorrelationId(new shared.UUID().setString(id)).setIsFinal(final);
  if (stream) request.setOptions(new streams.BatchAppendReq.Options().setStreamIdentifier(identifier(stream)).setAny(new ProtobufEmpty()));
  for (let count = 0; count < events; count++) {
    const message = new streams.BatchAppendReq.ProposedMessage().setId(new shared.UUID().setString(randomUUID()));
    message.setData(Buffer.alloc(data)).setCustomMetadata(Buffer.alloc(metadata));
    message.getMetadataMap().set("type", "HalfSent").set("content-type", "application/octet-stream");
    request.addProposedMessages(message);
  }
  return request;
}

export type Message = { serializeBinary(): Uint8Array };

/** A message as it goes over the wire. */
export const framed = (message: Message): Buffer => {
  const bytes = Buffer.from(message.serializeBinary());
  const prefix = Buffer.alloc(5);
  prefix.writeUInt32BE(bytes.length, 1);
  return Buffer.concat([prefix, bytes]);
};
