import { randomUUID } from "node:crypto";
import { createRequire } from "node:module";
import type { ClientDuplexStream } from "@grpc/grpc-js";
import type { BatchAppendReq, BatchAppendResp } from "@eventstore/db-client/generated/streams_pb.js";
import { eventually } from "../support/processes.js";
import { append, better, client, newStream, rawCredentials, revisionsOf, url } from "./server.js";

const load = createRequire(import.meta.url);
const { StreamsClient } = load("@eventstore/db-client/generated/streams_grpc_pb.js");
const streams = load("@eventstore/db-client/generated/streams_pb.js") as typeof import("@eventstore/db-client/generated/streams_pb.js");
const shared = load("@eventstore/db-client/generated/shared_pb.js") as typeof import("@eventstore/db-client/generated/shared_pb.js");
const { Timestamp } = load("google-protobuf/google/protobuf/timestamp_pb.js");

/** A correlation id in its usual form: 23.10 tells of a deadline by one in two halves. */
function idOf(id: {
  getString(): string;
  getStructured(): { getMostSignificantBits(): string; getLeastSignificantBits(): string } | undefined;
}): string {
  const halves = id.getStructured();
  if (!halves) return id.getString();
  const bits = [halves.getMostSignificantBits(), halves.getLeastSignificantBits()];
  const digits = bits.map((half) => BigInt.asUintN(64, BigInt(half)).toString(16).padStart(16, "0")).join("");
  return digits.replace(/(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

type Answer = ReturnType<typeof answerOf>;
const answerOf = (response: BatchAppendResp) => ({
  id: idOf(response.getCorrelationId()!),
  stream: Buffer.from(response.getStreamIdentifier()!.getStreamName_asU8()).toString(),
  revision: response.getSuccess()?.getCurrentRevision(),
  code: response.getError()?.getCode() as number | undefined,
  message: response.getError()?.getMessage(),
  type: response.getError()?.getDetails()?.getTypeName(),
});

let stub: InstanceType<typeof StreamsClient>;
let call: ClientDuplexStream<BatchAppendReq, BatchAppendResp>;
let answers: Answer[];
let ended: boolean;
beforeEach(() => {
  stub = new StreamsClient(new URL(url).host, rawCredentials(), { "grpc.max_receive_message_length": -1 });
  [answers, ended] = [[], false];
  call = stub.batchAppend();
  call.on("data", (response: BatchAppendResp) => answers.push(answerOf(response)));
  const opened = call;
  // The call of the test before may still be ending.
  const end = () => (ended ||= call === opened);
  call.on("end", end).on("error", end);
});
afterEach(() => {
  call.cancel();
  stub.close();
});

interface Part {
  id: string;
  stream?: string;
  revision?: string;
  events?: number;
  size?: number;
  final?: boolean;
  deadline?: Date;
}

function send({ id, stream, revision, events = 1, size = 10, final = true, deadline }: Part): void {
  const request = new streams.BatchAppendReq().setCorrelationId(new shared.UUID().setString(id)).setIsFinal(final);
  if (stream !== undefined) {
    const options = new streams.BatchAppendReq.Options();
    options.setStreamIdentifier(new shared.StreamIdentifier().setStreamName(Buffer.from(stream)));
    if (revision === undefined) options.setAny(new (load("google-protobuf/google/protobuf/empty_pb.js").Empty)());
    else options.setStreamPosition(revision);
    if (deadline) options.setDeadline(Timestamp.fromDate(deadline));
    request.setOptions(options);
  }
  for (let count = 0; count < events; count++) {
    const message = new streams.BatchAppendReq.ProposedMessage().setId(new shared.UUID().setString(randomUUID()));
    message.setData(Buffer.alloc(size));
    message.getMetadataMap().set("type", "Part").set("content-type", "application/octet-stream");
    request.addProposedMessages(message);
  }
  call.write(request);
}

/** Whatever was sent before it has been answered, if it ever is, when this one is. */
async function everythingAnswered(): Promise<Answer[]> {
  const id = randomUUID();
  send({ id, stream: newStream() });
  await eventually("the last append is answered", () => answers.some((answer) => answer.id === id));
  return answers.filter((answer) => answer.id !== id);
}

test("the parts of several appends may come mixed; each is answered once, and written when its last part has come", async () => {
  const [one, other] = [randomUUID(), randomUUID()];
  const [first, second] = [newStream(), newStream()];
  send({ id: one, stream: first, final: false });
  send({ id: other, stream: second, final: false, events: 2 });
  send({ id: other });
  send({ id: one, events: 3 });
  expect(await everythingAnswered()).toMatchObject([
    { id: other, stream: second, revision: "2", code: undefined },
    { id: one, stream: first, revision: "3", code: undefined },
  ]);
  expect(await revisionsOf(client.readStream(first))).toEqual([0, 1, 2, 3]);
});

test("a refusal names its stream and carries details", async () => {
  const stream = newStream();
  await append(stream, "no_stream");
  send({ id: randomUUID(), stream, revision: "7" });
  await client.tombstoneStream(`${stream}-closed`);
  send({ id: randomUUID(), stream: `${stream}-closed` });
  expect(await everythingAnswered()).toMatchObject([
    { stream, code: 6, type: "event_store.client.WrongExpectedVersion" },
    { stream: `${stream}-closed`, code: 5, type: "event_store.client.StreamDeleted" },
  ]);
});

test("too much is refused at once; later parts of it are passed over", async () => {
  const [id, stream] = [randomUUID(), newStream()];
  send({ id, stream, size: 1_048_577, final: false });
  send({ id, final: false });
  send({ id });
  send({ id });
  const told = await everythingAnswered();
  expect(told).toMatchObject([{ id, stream, code: 3, type: "event_store.client.MaximumAppendSizeExceeded" }]);
});

test("a deadline that has passed, or passes before the last part, is answered with a timeout", async () => {
  const [late, never, stream] = [randomUUID(), randomUUID(), newStream()];
  send({ id: late, stream, deadline: new Date(Date.now() - 1_000) });
  send({ id: never, stream, final: false, deadline: new Date(Date.now() + 300) });
  await eventually("both are answered", () => answers.length === 2);
  send({ id: never });
  expect(await everythingAnswered()).toMatchObject([
    { id: late, stream, code: 4, type: "event_store.client.Timeout" },
    { id: never, stream, code: 4, type: "event_store.client.Timeout" },
  ]);
});

test("a bad request is told by its message, and the stream of appends goes on", async () => {
  send({ id: randomUUID(), stream: "" });
  send({ id: randomUUID(), stream: newStream(), revision: (2n ** 63n).toString() });
  const told = await everythingAnswered();
  expect(told).toMatchObject([
    { code: 3, message: "BadRequest" },
    { code: 3, message: "BadRequest" },
  ]);
});

// Without users 23.10 appends to the whole log as if it were a stream.
better("the whole log is refused", async () => {
  send({ id: randomUUID(), stream: "$all" });
  await eventually("it is refused", () => answers.some(({ code }) => code === 7));
});

// 23.10 answers the first of them alone.
better("when the client has ended, what is pending is answered and the stream ends", async () => {
  const stream = newStream();
  for (let count = 0; count < 20; count++) send({ id: randomUUID(), stream });
  call.end();
  await eventually("the stream has ended", () => ended);
  expect(answers.map(({ revision }) => Number(revision))).toEqual(Array.from({ length: 20 }, (_, index) => index));
});

test("the server says that it appends in batches, and a client that discovers it finds it", async () => {
  const { EventStoreDBClient } = await import("@eventstore/db-client");
  const discovering = EventStoreDBClient.connectionString(url.replace("esdb:", "esdb+discover:"));
  expect((await discovering.appendToStream(newStream(), [])).success).toBe(true);
  await discovering.dispose();
});
