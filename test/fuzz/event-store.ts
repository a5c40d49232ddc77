import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { type ClientHttp2Session, type ClientHttp2Stream, connect, constants } from "node:http2";
import { setTimeout as pause } from "node:timers/promises";
import { EventStoreDBClient, StreamNotFoundError } from "@eventstore/db-client";
import { GossipService } from "@eventstore/db-client/generated/gossip_grpc_pb.js";
import { PersistentSubscriptionsService } from "@eventstore/db-client/generated/persistent_grpc_pb.js";
import { ServerFeaturesService } from "@eventstore/db-client/generated/serverfeatures_grpc_pb.js";
import { StreamsService } from "@eventstore/db-client/generated/streams_grpc_pb.js";
import { startEventStore } from "../../apps/event-store/event-store.js";
import { all, events } from "../event-store/node.js";
import { appendEvent, appendOptions, batchPart, framed, type Message } from "../event-store/raw.js";
import { Random } from "./random.js";

/** How a request ends: as it should, or in one of the ways in which it does not. */
const endings = ["whole", "cut", "reset", "gone", "cut and ended", "flipped", "garbage"] as const;
type Ending = (typeof endings)[number];

/** Every method that the server has. */
const services = [StreamsService, PersistentSubscriptionsService, ServerFeaturesService, GossipService];
const paths = services.flatMap((service) => Object.values(service as object as Record<string, { path: string }>).map(({ path }) => path));
const appends = ["Append", "BatchAppend"].map((name) => `/event_store.client.streams.Streams/${name}`);
const others = paths.filter((path) => !appends.includes(path));

interface Case {
  readonly stream: string;
  readonly method: "Append" | "BatchAppend" | "other";
  readonly path: string;
  readonly ending: Ending;
  readonly count: number;
  /** How many events may be stored. */
  readonly expected: readonly number[];
}

/** What a case sends: messages, whole. */
function messagesOf(method: "Append" | "BatchAppend", stream: string, count: number, random: Random): Message[] {
  const size = () => ({ data: random.upTo(300), metadata: random.upTo(50) });
  if (method === "Append") return [appendOptions(stream), ...Array.from({ length: count }, () => appendEvent(size()))];
  const id = randomUUID();
  return Array.from({ length: count }, (_, index) =>
    batchPart({ id, ...(index === 0 && { stream }), final: index === count - 1, ...size() }),
  );
}

const codes = [constants.NGHTTP2_CANCEL, constants.NGHTTP2_NO_ERROR, constants.NGHTTP2_INTERNAL_ERROR, constants.NGHTTP2_PROTOCOL_ERROR];

/** Sends the bytes in pieces of any size, with pauses in between. */
async function pour(call: ClientHttp2Stream, bytes: Buffer, random: Random): Promise<void> {
  for (let at = 0; at < bytes.length && !call.destroyed;) {
    const size = 1 + random.upTo(Math.max(1, bytes.length - 1));
    call.write(bytes.subarray(at, at + size));
    at += size;
    if (random.chance(0.3)) await pause(random.upTo(3));
  }
}

/** Somewhere before the end, in the midst of a message: between two, what came is an append of fewer events. */
function cutOf(messages: readonly Buffer[], random: Random): number {
  const index = random.upTo(messages.length - 1);
  const before = messages.slice(0, index).reduce((sum, { length }) => sum + length, 0);
  return before + 1 + random.upTo(Math.max(0, messages[index]!.length - 2));
}

/** A message of a length that is true, and of fields that any message might have. */
function anyMessage(stream: string, random: Random): Buffer {
  const field = (): Buffer => {
    const tag = (1 + random.upTo(12)) << 3;
    if (random.chance(0.3)) return Buffer.from([tag, random.upTo(127)]);
    const inner = random.chance(0.3) ? Buffer.from(stream) : Buffer.from(Array.from({ length: random.upTo(20) }, () => random.upTo(255)));
    const held = random.chance(0.4) ? Buffer.concat([field(), inner]) : inner;
    return held.length > 127 ? Buffer.from([tag, 0]) : Buffer.concat([Buffer.from([tag | 2, held.length]), held]);
  };
  const body = Buffer.concat(Array.from({ length: random.upTo(5) }, field));
  const head = Buffer.alloc(5);
  head.writeUInt32BE(body.length, 1);
  return Buffer.concat([head, body]);
}

async function send(session: ClientHttp2Session, { method, path, stream, ending, count }: Case, random: Random): Promise<void> {
  const deadline = random.chance(0.1) ? { "grpc-timeout": "5S" } : {};
  const call = session.request({ ":method": "POST", ":path": path, "content-type": "application/grpc", te: "trailers", ...deadline });
  call.on("error", () => undefined).resume();
  const messages =
    method === "other"
      ? Array.from({ length: count }, () => anyMessage(stream, random))
      : messagesOf(method, stream, count, random).map(framed);
  const bytes = Buffer.concat(messages);
  const part = bytes.subarray(0, cutOf(messages, random));
  switch (ending) {
    case "whole":
      await pour(call, bytes, random);
      call.end();
      break;
    case "flipped":
      for (let flips = 1 + random.upTo(3); flips > 0; flips--) bytes[random.upTo(bytes.length - 1)]! ^= 1 << random.upTo(7);
      await pour(call, bytes, random);
      call.end();
      break;
    case "garbage":
      await pour(call, Buffer.from(Array.from({ length: random.upTo(400) }, () => random.upTo(255))), random);
      call.end();
      break;
    case "cut and ended":
      await pour(call, part, random);
      call.end();
      break;
    case "cut":
      await pour(call, part, random);
      break;
    case "reset":
      // Of a classic append all may have come but for its end; a batch append is whole with its last part.
      await pour(call, method === "Append" && random.chance(0.5) ? bytes : part, random);
      call.close(random.one(codes));
      break;
    case "gone":
      await pour(call, method === "Append" && random.chance(0.5) ? bytes : part, random);
      if (random.chance(0.5)) await pause(random.upTo(5));
      session.socket.destroy();
  }
  if (ending === "cut") await pause(20);
  else if (!call.closed) await Promise.race([once(call, "close"), pause(method === "other" ? 200 : 15_000)]);
}

/** What may be stored of a request that was sent so. Flipped bits may make another append of it, of no more events than it had. */
const expectedOf = (ending: Ending, count: number): readonly number[] =>
  ending === "whole" ? [count] : ending === "flipped" ? Array.from({ length: count + 1 }, (_, index) => index) : [0];

function caseOf(random: Random): Case {
  const method = random.one(["Append", "BatchAppend", "other"] as const);
  const path = method === "other" ? random.one(others) : `/event_store.client.streams.Streams/${method}`;
  const ending = random.one(endings);
  const count = 1 + random.upTo(5);
  const expected = method === "other" ? [0] : expectedOf(ending, count);
  return { stream: `fuzz-${randomUUID()}`, method, path, ending, count, expected };
}

async function storedOf(client: EventStoreDBClient, stream: string): Promise<number> {
  return all(client.readStream(stream)).then(
    (read) => read.length,
    (error: Error) => (error instanceof StreamNotFoundError ? 0 : Promise.reject(error)),
  );
}

/**
 * Sends malformed and half-finished appends, and whatever to every other method, to an event store of its own on the database, on connections of their own, beside one
 * client who appends as she should. Answers what was found: events stored that were not wholly sent, whole ones that were not stored,
 * and appends of the other that failed or took over five seconds, more than a busy machine stands still.
 */
export async function fuzzEventStore(databaseUrl: string, cases: number, seed: number): Promise<string[]> {
  const store = await startEventStore({ databaseUrl, port: 0 });
  const client = EventStoreDBClient.connectionString(store.url);
  const found: string[] = [];
  const address = `http://${new URL(store.url).host}`;
  const run = async (index: number): Promise<void> => {
    const random = new Random(seed * 1_000_003 + index);
    const each = caseOf(random);
    const session = connect(address).on("error", () => undefined);
    await send(session, each, random);
    session.destroy();
    const begun = performance.now();
    const beside = client
      .appendToStream("fuzz-beside", events(1))
      .catch((error: Error) => void found.push(`case ${index}: ${error.message}`));
    await beside;
    if (performance.now() - begun > 5_000) found.push(`case ${index}: another's append took over five seconds`);
    await pause(20);
    const stored = await storedOf(client, each.stream);
    if (!each.expected.includes(stored))
      found.push(`case ${index} (${each.method}, ${each.ending}): ${stored} events of ${each.count} are stored`);
  };
  let next = 0;
  await Promise.all(
    Array.from({ length: 8 }, async () => {
      while (next < cases) await run(next++);
    }),
  );
  await pause(300);
  if (store.pendingBytes() > 0) found.push(`${store.pendingBytes()} bytes are still held`);
  await client.dispose();
  await store.stop();
  return found;
}
