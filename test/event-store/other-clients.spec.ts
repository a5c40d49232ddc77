import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { ChannelCredentials, credentials, type Metadata, type ServiceError } from "@grpc/grpc-js";
import {
  AccessDeniedError,
  binaryEvent,
  jsonEvent,
  persistentSubscriptionToAllSettingsFromDefaults,
  persistentSubscriptionToStreamSettingsFromDefaults,
  START,
  END,
} from "@eventstore/db-client";
import type * as operations from "@eventstore/db-client/generated/operations_pb.js";
import type { AppendResp, BatchAppendResp, ReadResp } from "@eventstore/db-client/generated/streams_pb.js";
import { startEventStore, type RunningEventStore } from "../../apps/event-store/event-store.js";
import { createDatabase } from "../support/postgres.js";
import { eventually } from "../support/processes.js";
import { all, clientOf, disposeClients, events } from "./node.js";
import { rawClient, shared, signedInAs, streams, appendEvent, batchPart } from "./raw.js";
import { certificate, secureClient } from "./secure.js";

/** What clients other than the official one for Node were seen to need. */
const load = createRequire(import.meta.url);
const { OperationsClient } = load("@eventstore/db-client/generated/operations_grpc_pb.js");
const { StartScavengeReq, StopScavengeReq, ScavengeResp } = load("@eventstore/db-client/generated/operations_pb.js") as typeof operations;

let store: RunningEventStore;
let raw: ReturnType<typeof rawClient>;
beforeAll(async () => {
  store = await startEventStore({ databaseUrl: await createDatabase(), port: 0 });
  raw = rawClient(new URL(store.url).host);
}, 60_000);
afterAll(async () => {
  raw.close();
  await disposeClients();
  await store.stop();
});

const identifier = (stream: string) => new shared.StreamIdentifier().setStreamName(Buffer.from(stream));

/** What a read tells besides its events: where the stream begins and ends. */
async function endsOf(stream: string, { from = "", backwards = false, count = 10 } = {}): Promise<[number, string | null, string | null]> {
  const about = new streams.ReadReq.Options.StreamOptions().setStreamIdentifier(identifier(stream));
  if (from === "") about.setStart(new shared.Empty());
  else if (from === "end") about.setEnd(new shared.Empty());
  else about.setRevision(from);
  const options = new streams.ReadReq.Options()
    .setStream(about)
    .setCount(String(count))
    .setReadDirection(backwards ? streams.ReadReq.Options.ReadDirection.BACKWARDS : streams.ReadReq.Options.ReadDirection.FORWARDS)
    .setNoFilter(new shared.Empty())
    .setUuidOption(new streams.ReadReq.Options.UUIDOption().setString(new shared.Empty()))
    .setControlOption(new streams.ReadReq.Options.ControlOption().setCompatibility(1));
  const told: ReadResp[] = [];
  const call = raw.read(new streams.ReadReq().setOptions(options));
  await new Promise((resolve, reject) =>
    call
      .on("data", (each: ReadResp) => told.push(each))
      .on("end", resolve)
      .on("error", reject),
  );
  const position = (has: (each: ReadResp) => boolean, get: (each: ReadResp) => string) => {
    const found = told.find(has);
    return found ? get(found) : null;
  };
  return [
    told.filter((each) => each.hasEvent()).length,
    position(
      (each) => each.hasFirstStreamPosition(),
      (each) => each.getFirstStreamPosition(),
    ),
    position(
      (each) => each.hasLastStreamPosition(),
      (each) => each.getLastStreamPosition(),
    ),
  ];
}

test("a read tells where the stream ends, and where it begins if nothing was found, to whoever asks for it", async () => {
  const client = clientOf(store.url);
  const stream = randomUUID();
  await client.appendToStream(stream, events(5));
  expect(await endsOf(stream)).toEqual([5, null, "4"]);
  expect(await endsOf(stream, { count: 2 })).toEqual([2, null, "4"]);
  expect(await endsOf(stream, { from: "end", backwards: true, count: 1 })).toEqual([1, null, "4"]);
  expect(await endsOf(stream, { from: "9" })).toEqual([0, "5", "4"]);
  await client.setStreamMetadata(stream, { truncateBefore: 5 });
  expect(await endsOf(stream)).toEqual([0, "5", "4"]);
  expect(await endsOf(randomUUID())).toEqual([0, null, null]);
  expect(await all(client.readStream(stream))).toEqual([]);
});

test("the greatest number stands for no stream as an expected revision, and is told back as that number", async () => {
  const [client, stream, greatest] = [clientOf(store.url), randomUUID(), (2n ** 64n - 1n).toString()];
  await client.appendToStream(stream, events(1));
  const append = await new Promise<AppendResp>((resolve, reject) => {
    const call = raw.append((error: ServiceError | null, response: AppendResp) => (error ? reject(error) : resolve(response)));
    const options = new streams.AppendReq.Options().setStreamIdentifier(identifier(stream)).setRevision(greatest);
    call.write(new streams.AppendReq().setOptions(options));
    call.write(appendEvent());
    call.end();
  });
  expect(append.getWrongExpectedVersion()!.getExpectedRevision()).toBe(greatest);
  const batch = await new Promise<BatchAppendResp>((resolve, reject) => {
    const call = raw.batchAppend().on("data", resolve).on("error", reject);
    const part = batchPart({ stream });
    part.getOptions()!.setStreamPosition(greatest);
    call.write(part);
    call.end();
  });
  expect(batch.getStreamPosition()).toBe(greatest);
});

test("what a group parks is a binary link, and comes again when it is replayed", async () => {
  const [client, stream] = [clientOf(store.url), randomUUID()];
  await client.appendToStream(stream, events(1));
  const settings = persistentSubscriptionToStreamSettingsFromDefaults({ startFrom: START });
  await client.createPersistentSubscriptionToStream(stream, "group", settings);
  const parked = `$persistentsubscription-${stream}::group-parked`;
  const subscription = client.subscribeToPersistentSubscriptionToStream(stream, "group");
  const seen: number[] = [];
  subscription.on("data", (event) => {
    seen.push(event.retryCount);
    void (seen.length === 1 ? subscription.nack("park", "not now", event) : subscription.ack(event));
  });
  const links = async () => all(client.readStream(parked)).catch(() => []);
  await eventually("it is parked", async () => (await links()).length === 1);
  const [link] = await links();
  expect([link!.event!.type, link!.event!.isJson, Buffer.from(link!.event!.data as Uint8Array).toString()]).toEqual([
    "$>",
    false,
    `0@${stream}`,
  ]);
  await client.replayParkedMessagesToStream(stream, "group");
  await eventually("it has come again", () => seen.length === 2);
  await subscription.unsubscribe();
});

test("a checkpoint is told of a group as soon as it can be read, and a group on the whole log from its end is live at once", async () => {
  const [client, stream] = [clientOf(store.url), randomUUID()];
  await client.appendToStream(stream, events(3));
  const settings = { startFrom: START, checkPointLowerBound: 1, checkPointAfter: 10 } as const;
  await client.createPersistentSubscriptionToStream(stream, "group", persistentSubscriptionToStreamSettingsFromDefaults(settings));
  const subscription = client.subscribeToPersistentSubscriptionToStream(stream, "group");
  subscription.on("data", (event) => void subscription.ack(event));
  const checkpoints = client.subscribeToStream(`$persistentsubscription-${stream}::group-checkpoint`);
  for await (const { event } of checkpoints) {
    const stored = event!.data as string;
    const { stats } = await client.getPersistentSubscriptionToStreamInfo(stream, "group");
    expect(stats.lastCheckpointedEventRevision!).toBeGreaterThanOrEqual(BigInt(stored));
    if (stored === "2") break;
  }
  await subscription.unsubscribe();
  const live = persistentSubscriptionToAllSettingsFromDefaults({ startFrom: END });
  await client.createPersistentSubscriptionToAll("at the end", live);
  expect((await client.getPersistentSubscriptionToAllInfo("at the end")).status).toBe("Live");
});

test("reading the log backwards from inside a write leaves that event out", async () => {
  const client = clientOf(store.url);
  const stream = randomUUID();
  const { position } = await client.appendToStream(stream, events(2));
  const { commit } = position!;
  const read = await all(client.readAll({ direction: "backwards", fromPosition: { commit, prepare: commit - 1n }, maxCount: 1 }));
  expect(read.map(({ event }) => event!.revision)).toEqual([0n]);
});

test("scavenges are begun and stopped by operators, and all groups started again", async () => {
  const stub = new OperationsClient(new URL(store.url).host, credentials.createInsecure());
  const call = (method: string, request: unknown): Promise<operations.ScavengeResp | ServiceError> =>
    new Promise((resolve) =>
      stub[method](request, (error: ServiceError | null, response: operations.ScavengeResp) => resolve(error ?? response)),
    );
  const begun = (await call("startScavenge", new StartScavengeReq().setOptions(new StartScavengeReq.Options()))) as operations.ScavengeResp;
  expect([ScavengeResp.ScavengeResult.STARTED]).toContain(begun.getScavengeResult());
  const stop = new StopScavengeReq().setOptions(new StopScavengeReq.Options().setScavengeId(randomUUID()));
  expect(((await call("stopScavenge", stop)) as ServiceError).metadata.get("exception")).toEqual(["scavenge-not-found"]);
  expect(await call("restartPersistentSubscriptions", new shared.Empty())).toBeInstanceOf(shared.Empty);
  stub.close();
});

describe("with users", () => {
  let secured: RunningEventStore;
  let certificateFile: string;
  beforeAll(async () => {
    const tls = await certificate();
    ({ certificateFile } = tls);
    secured = await startEventStore({ databaseUrl: await createDatabase(), port: 0, host: "localhost", tls });
  }, 60_000);
  afterAll(() => secured.stop());

  test("nobody deletes a stream of metadata, administrators neither", async () => {
    const admin = secureClient(secured.port, certificateFile, "admin:changeit");
    const stream = randomUUID();
    await admin.appendToStream(stream, jsonEvent({ type: "Told", data: {} }));
    await admin.setStreamMetadata(stream, { maxCount: 3 });
    for (const gone of [() => admin.deleteStream(`$$${stream}`), () => admin.tombstoneStream(`$$${stream}`)])
      await expect(gone()).rejects.toThrow(AccessDeniedError);
    await admin.appendToStream(stream, binaryEvent({ type: "Told", data: Buffer.alloc(1) }));
    await admin.deleteStream(stream);
    await admin.dispose();
  });

  test("scavenges and restarts are for administrators and operators", async () => {
    const stub = new OperationsClient(`localhost:${secured.port}`, ChannelCredentials.createSsl(readFileSync(certificateFile)));
    const restart = (as: Metadata): Promise<number | undefined> =>
      new Promise((resolve) =>
        stub.restartPersistentSubscriptions(new shared.Empty(), as, (error: ServiceError | null) => resolve(error?.code)),
      );
    expect(await restart(signedInAs("ops", "changeit"))).toBeUndefined();
    expect(await restart(signedInAs("ops", "wrong"))).toBe(16);
    stub.close();
  });
});
