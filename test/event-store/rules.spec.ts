import { randomUUID } from "node:crypto";
import {
  type AppendExpectedRevision,
  ANY,
  binaryEvent,
  END,
  type EventStoreDBClient,
  jsonEvent,
  NO_STREAM,
  START,
  STREAM_EXISTS,
  StreamDeletedError,
  StreamNotFoundError,
  UnknownError,
  WrongExpectedVersionError,
  AccessDeniedError,
  DeadlineExceededError,
} from "@eventstore/db-client";
import { type EmbeddedPostgres, startPostgres } from "#platform/embedded-postgres.js";
import { type RunningEventStore, startEventStore } from "../../apps/event-store/event-store.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { all, clientOf, disposeClients, events, take } from "./node.js";

let postgres: EmbeddedPostgres;
let store: RunningEventStore;
let client: EventStoreDBClient;

beforeAll(async () => {
  postgres = await startPostgres({ directory: temporaryFolder() });
  store = await startEventStore({ databaseUrl: await postgres.ensureDatabase("events"), port: 0 });
  client = clientOf(store.url);
}, 60_000);
afterAll(async () => {
  await disposeClients();
  await store?.stop();
  await postgres?.stop();
});

const name = () => `case-${randomUUID()}`;
const of = (stream: string, expectedRevision: AppendExpectedRevision, count = 1) =>
  client.appendToStream(stream, events(count), { expectedRevision });
const deleted = async (count: number): Promise<string> => {
  const stream = name();
  await of(stream, NO_STREAM, count);
  await client.deleteStream(stream);
  return stream;
};
const revisions = async (stream: string) => (await all(client.readStream(stream))).map(({ event }) => event!.revision);
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

describe("a deleted stream", () => {
  test("is deleted again by any, no stream and its last revision", async () => {
    const stream = await deleted(2);
    for (const expectedRevision of [ANY, NO_STREAM, 1n] as const)
      expect((await client.deleteStream(stream, { expectedRevision })).position).toBeDefined();
    await expect(client.deleteStream(stream, { expectedRevision: 0n })).rejects.toThrow(WrongExpectedVersionError);
    await expect(all(client.readStream(stream))).rejects.toThrow(StreamNotFoundError);
  });

  test.each([ANY, 1n] as const)("comes back empty by an append of nothing expecting %s", async (expectedRevision) => {
    const stream = await deleted(2);
    await expect(of(stream, NO_STREAM, 0)).rejects.toThrow(WrongExpectedVersionError);
    await expect(of(stream, STREAM_EXISTS, 0)).rejects.toThrow(StreamDeletedError);
    expect((await of(stream, expectedRevision, 0)).nextExpectedRevision).toBe(1n);
    expect(await revisions(stream)).toEqual([]);
  });

  test("stays deleted when what it had is sent again, and the answer has no position", async () => {
    const stream = name();
    const batch = events(2);
    await client.appendToStream(stream, batch, { expectedRevision: NO_STREAM });
    await client.deleteStream(stream);
    const again = await client.appendToStream(stream, batch, { expectedRevision: NO_STREAM });
    expect(again).toMatchObject({ success: true, nextExpectedRevision: 1n, position: undefined });
    await expect(all(client.readStream(stream))).rejects.toThrow(StreamNotFoundError);
  });

  test("re-created as no stream, refuses the retry by no stream and recognises it by its old revision", async () => {
    const stream = await deleted(2);
    const batch = events(1);
    const first = await client.appendToStream(stream, batch, { expectedRevision: NO_STREAM });
    await expect(client.appendToStream(stream, batch, { expectedRevision: NO_STREAM })).rejects.toThrow(WrongExpectedVersionError);
    expect(await client.appendToStream(stream, batch, { expectedRevision: 1n })).toEqual(first);
  });

  test("of metadata alone begins at 0", async () => {
    const stream = name();
    await client.setStreamMetadata(stream, { maxCount: 2 });
    await expect(all(client.readStream(stream))).rejects.toThrow(StreamNotFoundError);
    await client.deleteStream(stream);
    expect((await of(stream, NO_STREAM)).nextExpectedRevision).toBe(0n);
    expect(await revisions(stream)).toEqual([0n]);
    expect((await client.getStreamMetadata(stream)).metadata).toEqual({ truncateBefore: 0 });
  });

  test("puts its undeletion behind the event that brought it back", async () => {
    const stream = await deleted(1);
    const { position } = await of(stream, ANY);
    const [event, metadata] = await all(client.readAll({ fromPosition: position!, maxCount: 2 }));
    expect([event!.event!.streamId, metadata!.event!.streamId]).toEqual([stream, `$$${stream}`]);
  });
});

describe("a refused append", () => {
  test("of known events in reversed order is answered", async () => {
    const stream = name();
    const batch = events(2);
    await client.appendToStream(stream, batch);
    await expect(client.appendToStream(stream, batch.toReversed())).rejects.toThrow(WrongExpectedVersionError);
    expect(await client.appendToStream(stream, [batch[0]!])).toMatchObject({ nextExpectedRevision: 0n });
  });

  test("of an id that is none, a type that is empty or a stream without a name leaves the connection usable", async () => {
    const stream = name();
    const bad = [
      { ...events(1)[0]!, id: "no id" },
      { ...events(1)[0]!, id: "00000000-0000-0000-0000-000000000000" },
      { ...events(1)[0]!, type: "" },
    ];
    const settled = await Promise.allSettled([
      ...bad.map((event) => client.appendToStream(stream, event)),
      client.appendToStream("", events(1)),
    ]);
    for (const each of settled) expect(each).toMatchObject({ status: "rejected", reason: { constructor: UnknownError } });
    await expect(client.appendToStream("$all", events(1))).rejects.toThrow(AccessDeniedError);
    expect((await of(stream, NO_STREAM)).nextExpectedRevision).toBe(0n);
  });

  test("that comes after its deadline is answered so", async () => {
    await expect(client.appendToStream(name(), events(1), { deadline: -1_000 })).rejects.toThrow(DeadlineExceededError);
  });
});

test("a closed stream: missing ones can be, revisions must fit, and the whole log knows", async () => {
  const stream = name();
  await expect(client.tombstoneStream(stream, { expectedRevision: STREAM_EXISTS as never })).rejects.toMatchObject({
    type: "wrong-expected-version",
    expectedVersion: -4n,
    actualVersion: -1n,
  });
  await client.tombstoneStream(stream, { expectedRevision: NO_STREAM });
  const [last] = await all(client.readAll({ direction: "backwards", fromPosition: END, maxCount: 1 }));
  expect(last!.event!).toMatchObject({ type: "$streamDeleted", revision: 9223372036854775807n, isJson: false });
  const silent = client.subscribeToStream(stream, { fromRevision: END });
  await new Promise<void>((resolve) => void silent.once("caughtUp", () => resolve()));
  await silent.unsubscribe();
});

test("metadata that is not JSON hides an older one, and an unreadable window shows nothing", async () => {
  const stream = name();
  await of(stream, NO_STREAM, 4);
  await client.setStreamMetadata(stream, { truncateBefore: 100 });
  expect(await revisions(stream)).toEqual([]);
  await of(stream, 3n);
  expect(await revisions(stream)).toEqual([]);
  await client.appendToStream(`$$${stream}`, binaryEvent({ type: "$metadata", data: Buffer.from('{"$tb":3}') }));
  expect(await revisions(stream)).toHaveLength(5);
  await client.appendToStream(`$$${stream}`, jsonEvent({ type: "Anything", data: { $maxCount: 1 } }));
  expect(await revisions(stream)).toEqual([4n]);
});

describe("a subscription to a stream", () => {
  test("that is deleted waits, goes on after its return, and is not ended by a deletion", async () => {
    const stream = await deleted(2);
    const subscription = client.subscribeToStream(stream, { fromRevision: START });
    const seen: bigint[] = [];
    let caughtUp = 0;
    subscription.on("data", ({ event }) => seen.push(event!.revision)).on("caughtUp", () => caughtUp++);
    await pause(150);
    expect([seen, caughtUp]).toEqual([[], 0]);
    await of(stream, NO_STREAM);
    await pause(150);
    expect([seen, caughtUp]).toEqual([[2n], 1]);
    await client.deleteStream(stream);
    await of(stream, NO_STREAM);
    await pause(150);
    expect(seen).toEqual([2n, 3n]);
    await subscription.unsubscribe();
  });

  test("from beyond its end passes over what comes before", async () => {
    const stream = name();
    await of(stream, NO_STREAM, 2);
    const first = take(client.subscribeToStream(stream, { fromRevision: 3n }), 1);
    await pause(100);
    await of(stream, 1n, 4);
    expect((await first)[0]!.event!.revision).toBe(4n);
  });

  test("catches up within its window and shows live events whatever the window", async () => {
    const stream = name();
    await of(stream, NO_STREAM, 5);
    await client.setStreamMetadata(stream, { maxCount: 2 });
    const subscription = client.subscribeToStream(stream);
    const seen = take(subscription, 7);
    await new Promise<void>((resolve) => void subscription.once("caughtUp", () => resolve()));
    await of(stream, 4n, 5);
    expect((await seen).map(({ event }) => event!.revision)).toEqual([3n, 4n, 5n, 6n, 7n, 8n, 9n]);
  });
});

test("what cannot be read is an error, not silence", async () => {
  const stream = name();
  await of(stream, NO_STREAM);
  await expect(all(client.readStream(stream, { fromRevision: END }))).rejects.toThrow(UnknownError);
  await expect(all(client.readStream(stream, { maxCount: 0 }))).rejects.toThrow(UnknownError);
  await expect(all(client.readAll({ maxCount: 0 }))).rejects.toThrow(UnknownError);
  await expect(all(client.readAll({ fromPosition: { commit: 2n ** 63n, prepare: 0n } }))).rejects.toThrow(UnknownError);
});
