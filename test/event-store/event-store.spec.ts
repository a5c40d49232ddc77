import { randomUUID } from "node:crypto";
import {
  BACKWARDS,
  END,
  type EventStoreDBClient,
  jsonEvent,
  MaxAppendSizeExceededError,
  NO_STREAM,
  START,
  StreamDeletedError,
  StreamNotFoundError,
  STREAM_EXISTS,
  ANY,
  WrongExpectedVersionError,
} from "@eventstore/db-client";
import { type EmbeddedPostgres, startPostgres } from "#platform/embedded-postgres.js";
import { type RunningEventStore, startEventStore } from "../../apps/event-store/event-store.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { all, clientOf, disposeClients, events } from "./node.js";

let postgres: EmbeddedPostgres;
let databaseUrl: string;
let store: RunningEventStore;
let client: EventStoreDBClient;

beforeAll(async () => {
  postgres = await startPostgres({ directory: temporaryFolder() });
  databaseUrl = await postgres.ensureDatabase("events");
  store = await startEventStore({ databaseUrl, port: 0 });
  client = clientOf(store.url);
}, 60_000);
afterAll(async () => {
  await disposeClients();
  await store?.stop();
  await postgres?.stop();
});

const name = () => `case-${randomUUID()}`;
const idsOf = async (stream: string) => (await all(client.readStream(stream))).map(({ event }) => event!.id);

describe("an append", () => {
  test("gives revisions from 0 and positions that rise", async () => {
    const stream = name();
    const first = await client.appendToStream(stream, events(2), { expectedRevision: NO_STREAM });
    const second = await client.appendToStream(stream, events(1), { expectedRevision: 1n });
    expect([first.nextExpectedRevision, second.nextExpectedRevision]).toEqual([1n, 2n]);
    expect(second.position!.commit).toBeGreaterThan(first.position!.commit);
    expect(first.position!.commit).toBeGreaterThan(1n);
  });

  test("is refused when the stream is not where it was expected", async () => {
    const stream = name();
    await client.appendToStream(stream, events(2));
    for (const expectedRevision of [NO_STREAM, 0n, 5n] as const)
      await expect(client.appendToStream(stream, events(1), { expectedRevision })).rejects.toMatchObject({
        constructor: WrongExpectedVersionError,
        actualVersion: 1n,
      });
    await expect(client.appendToStream(name(), events(1), { expectedRevision: STREAM_EXISTS })).rejects.toThrow(WrongExpectedVersionError);
    expect(await idsOf(stream)).toHaveLength(2);
  });

  test.each([NO_STREAM, ANY] as const)("sent again with %s is answered as before and written once", async (expectedRevision) => {
    const stream = name();
    const batch = events(3);
    const first = await client.appendToStream(stream, batch, { expectedRevision });
    await client.appendToStream(stream, events(1));
    expect(await client.appendToStream(stream, batch, { expectedRevision })).toEqual(first);
    const upper = batch.map((event) => ({ ...event, id: event.id.toUpperCase() }));
    expect(await client.appendToStream(stream, upper, { expectedRevision })).toEqual(first);
    expect(await idsOf(stream)).toHaveLength(4);
    const partly = [batch[0]!, ...events(1)];
    await expect(client.appendToStream(stream, partly, { expectedRevision })).rejects.toThrow(WrongExpectedVersionError);
  });

  test("and its duplicate sent at the same moment are both answered alike", async () => {
    const stream = name();
    const batch = events(2);
    const answers = await Promise.all([1, 2].map(() => client.appendToStream(stream, batch, { expectedRevision: NO_STREAM })));
    expect(answers[1]).toEqual(answers[0]);
    expect(await idsOf(stream)).toHaveLength(2);
  });

  test("that follows another without waiting keeps its place", async () => {
    const stream = name();
    const chain = Array.from({ length: 50 }, (_, index) =>
      client.appendToStream(stream, events(1), { expectedRevision: index === 0 ? NO_STREAM : BigInt(index - 1) }),
    );
    expect((await Promise.all(chain)).map(({ nextExpectedRevision }) => nextExpectedRevision)).toEqual(
      chain.map((_, index) => BigInt(index)),
    );
  });

  test("of one revision by many is won by one", async () => {
    const stream = name();
    const racing = Array.from({ length: 20 }, () => client.appendToStream(stream, events(1), { expectedRevision: NO_STREAM }));
    const settled = await Promise.allSettled(racing);
    expect(settled.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });

  test("of nothing leaves a missing stream missing", async () => {
    const stream = name();
    await client.appendToStream(stream, [], { expectedRevision: NO_STREAM });
    await expect(all(client.readStream(stream))).rejects.toThrow(StreamNotFoundError);
    await expect(client.appendToStream(stream, [], { expectedRevision: 0n })).rejects.toThrow(WrongExpectedVersionError);
  });

  test("of 1 MiB is stored, of one byte more refused", async () => {
    const stream = name();
    const of = (size: number) => jsonEvent({ type: "Big", data: "x".repeat(size - 2) });
    await client.appendToStream(stream, of(1_048_576));
    await expect(client.appendToStream(stream, of(1_048_577))).rejects.toThrow(MaxAppendSizeExceededError);
    const credentials = { username: "admin", password: "changeit" };
    await expect(client.appendToStream(stream, of(1_048_577), { credentials })).rejects.toThrow(MaxAppendSizeExceededError);
    expect((await all(client.readStream(stream)))[0]!.event!.data).toHaveLength(1_048_574);
  });

  test("takes any name, also a very long one and one outside ASCII", async () => {
    for (const stream of [`${name()}-${"n".repeat(5_000)}`, `${name()}-مأوى 家 \u0000`]) {
      await client.appendToStream(stream, events(1), { expectedRevision: NO_STREAM });
      expect((await all(client.readStream(stream)))[0]!.event!.streamId).toBe(stream);
      await expect(client.deleteStream(stream, { expectedRevision: 7n })).rejects.toThrow(WrongExpectedVersionError);
      await client.tombstoneStream(stream);
      await expect(client.tombstoneStream(stream)).rejects.toThrow(StreamDeletedError);
    }
  });

  test("with credentials goes the other way in, to the same end", async () => {
    const stream = name();
    const credentials = { username: "admin", password: "changeit" };
    const { nextExpectedRevision } = await client.appendToStream(stream, events(2), { expectedRevision: NO_STREAM, credentials });
    expect(nextExpectedRevision).toBe(1n);
    await expect(client.appendToStream(stream, events(1), { expectedRevision: 7n, credentials })).rejects.toThrow(
      WrongExpectedVersionError,
    );
  });
});

describe("a read", () => {
  test("goes forwards and backwards, from anywhere, as far as it is asked", async () => {
    const stream = name();
    await client.appendToStream(stream, events(1_200));
    const revisions = async (options: object) =>
      (await all(client.readStream(stream, options))).map(({ event }) => Number(event!.revision));
    expect(await revisions({})).toEqual(Array.from({ length: 1_200 }, (_, index) => index));
    expect(await revisions({ fromRevision: 1_198n })).toEqual([1_198, 1_199]);
    expect(await revisions({ fromRevision: 5_000n })).toEqual([]);
    expect(await revisions({ direction: BACKWARDS, fromRevision: END, maxCount: 2 })).toEqual([1_199, 1_198]);
    expect(await revisions({ direction: BACKWARDS, fromRevision: 1n })).toEqual([1, 0]);
    expect(await revisions({ direction: BACKWARDS, fromRevision: 9_999n, maxCount: 1 })).toEqual([1_199]);
    expect(await revisions({ direction: BACKWARDS, fromRevision: START })).toEqual([0]);
  });

  test("of $all is inclusive forwards and exclusive backwards", async () => {
    const stream = name();
    const { position } = await client.appendToStream(stream, events(1));
    const after = await client.appendToStream(stream, events(1));
    const [forwards] = await all(client.readAll({ fromPosition: position!, maxCount: 1 }));
    expect(forwards!.event!).toMatchObject({ streamId: stream, revision: 0n, position });
    const [backwards] = await all(client.readAll({ fromPosition: after.position!, direction: BACKWARDS, maxCount: 1 }));
    expect(backwards!.event!.revision).toBe(0n);
    const [newest] = await all(client.readAll({ fromPosition: END, direction: BACKWARDS, maxCount: 1 }));
    expect(newest!.event!.revision).toBe(1n);
    expect(await all(client.readAll({ fromPosition: END }))).toEqual([]);
  });

  test("gives back what was written, bytes and all", async () => {
    const stream = name();
    const event = jsonEvent({ type: "CaseOpened", data: { place: "家" }, metadata: { by: "worker-1" } });
    await client.appendToStream(stream, event);
    const [{ event: read }] = (await all(client.readStream(stream))) as unknown as [{ event: { created: Date } }];
    expect(read).toMatchObject({
      id: event.id,
      type: "CaseOpened",
      isJson: true,
      data: event.data,
      metadata: event.metadata,
      revision: 0n,
    });
    expect(Date.now() - read.created.getTime()).toBeLessThan(10_000);
  });

  test("resolves links when asked, and leaves those that lead nowhere alone", async () => {
    const [target, links] = [name(), name()];
    await client.appendToStream(target, events(1));
    const link = (text: string) => ({
      ...jsonEvent({ type: "$>", data: {} }),
      contentType: "application/octet-stream" as const,
      data: Buffer.from(text),
    });
    await client.appendToStream(links, [link(`0@${target}`), link(`7@${target}`), link("0@")] as never);
    const [found, missing, nameless] = await all(client.readStream(links, { resolveLinkTos: true }));
    expect(found).toMatchObject({ event: { streamId: target }, link: { streamId: links } });
    expect(missing!.event).toBeUndefined();
    expect(nameless!.link!.revision).toBe(2n);
    expect((await all(client.readStream(links)))[0]!.event!.type).toBe("$>");
  });
});

describe("a deleted stream", () => {
  test("is not found, and goes on where it ended", async () => {
    const stream = name();
    await client.appendToStream(stream, events(3));
    await client.deleteStream(stream);
    await expect(all(client.readStream(stream))).rejects.toThrow(StreamNotFoundError);
    await expect(client.appendToStream(stream, events(1), { expectedRevision: STREAM_EXISTS })).rejects.toThrow(StreamDeletedError);
    expect((await client.appendToStream(stream, events(1), { expectedRevision: NO_STREAM })).nextExpectedRevision).toBe(3n);
    expect((await all(client.readStream(stream))).map(({ event }) => event!.revision)).toEqual([3n]);
    expect((await client.getStreamMetadata(stream)).metadata).toEqual({ truncateBefore: 3 });
  });

  test("comes back also by new metadata, which then stays", async () => {
    const stream = name();
    await client.appendToStream(stream, events(2));
    await client.deleteStream(stream);
    await client.setStreamMetadata(stream, { maxCount: 5 });
    expect(await idsOf(stream)).toEqual([]);
    expect((await client.getStreamMetadata(stream)).metadata).toEqual({ maxCount: 5, truncateBefore: 2 });
  });

  test("must have been there", async () => {
    await expect(client.deleteStream(name())).rejects.toThrow(WrongExpectedVersionError);
  });

  test("with a tombstone is closed for ever", async () => {
    const stream = name();
    await client.appendToStream(stream, events(1));
    await client.tombstoneStream(stream, { expectedRevision: 0n });
    await expect(client.appendToStream(stream, events(1))).rejects.toThrow(StreamDeletedError);
    await expect(all(client.readStream(stream))).rejects.toThrow(StreamDeletedError);
    await expect(client.deleteStream(stream)).rejects.toThrow(StreamDeletedError);
    await expect(all(client.subscribeToStream(stream))).rejects.toThrow(StreamDeletedError);
    await expect(client.getStreamMetadata(stream)).rejects.toThrow(StreamDeletedError);
  });
});

describe("metadata", () => {
  test("limits what is read, not what is kept", async () => {
    const stream = name();
    await client.appendToStream(stream, events(10));
    await client.setStreamMetadata(stream, { maxCount: 3 });
    expect(await idsOf(stream)).toHaveLength(3);
    const backwards = await all(client.readStream(stream, { direction: BACKWARDS, fromRevision: END }));
    expect(backwards.map(({ event }) => event!.revision)).toEqual([9n, 8n, 7n]);
    await client.setStreamMetadata(stream, { truncateBefore: 9 });
    expect(await idsOf(stream)).toHaveLength(1);
    await client.setStreamMetadata(stream, { maxAge: 3_600 });
    expect(await idsOf(stream)).toHaveLength(10);
    expect(await idsOf(`$$${stream}`)).toHaveLength(1);
  });
});

test("a client that discovers its node finds it", async () => {
  const discovering = clientOf(`esdb+discover://127.0.0.1:${store.port}?tls=false`);
  expect((await discovering.appendToStream(name(), events(1))).success).toBe(true);
});
