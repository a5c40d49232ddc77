import { randomUUID } from "node:crypto";
import {
  END,
  type EventStoreDBClient,
  jsonEvent,
  StreamDeletedError,
  streamNameFilter,
  eventTypeFilter,
  type Filter,
} from "@eventstore/db-client";
import { type EmbeddedPostgres, startPostgres } from "#platform/embedded-postgres.js";
import { type RunningEventStore, startEventStore } from "../../apps/event-store/event-store.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { clientOf, disposeClients, events, take } from "./node.js";

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

describe("a subscription", () => {
  test("to a stream catches up, says so once, and goes on live", async () => {
    const stream = name();
    await client.appendToStream(stream, events(700));
    const told: string[] = [];
    const subscription = client.subscribeToStream(stream, { fromRevision: 99n });
    subscription.on("confirmation", () => told.push("confirmed")).on("caughtUp", () => told.push("caught up"));
    const revisions = take(subscription, 603);
    while (!told.includes("caught up")) await new Promise((resolve) => setTimeout(resolve, 10));
    await client.appendToStream(stream, events(3));
    expect((await revisions).map(({ event }) => Number(event!.revision))).toEqual(Array.from({ length: 603 }, (_, index) => index + 100));
    expect(told).toEqual(["confirmed", "caught up"]);
  });

  test("goes from catch-up to live without gap or repetition while 64 appends are in flight", async () => {
    const prefix = `${randomUUID()}-`;
    const rounds = 40;
    const write = async (writer: number) => {
      for (let round = 0; round < rounds; round++) await client.appendToStream(`${prefix}${writer}`, events(1));
    };
    const writing = Array.from({ length: 64 }, (_, writer) => write(writer));
    const subscribe = () => client.subscribeToAll({ filter: streamNameFilter({ prefixes: [prefix] }) });
    const early = take(subscribe(), 64 * rounds);
    await new Promise((resolve) => setTimeout(resolve, 200));
    const late = take(subscribe(), 64 * rounds);
    const one = take(client.subscribeToStream(`${prefix}7`), rounds);
    await Promise.all(writing);
    for (const seen of [await early, await late]) {
      const positions = seen.map(({ event }) => event!.position.commit);
      expect(positions).toEqual([...new Set(positions)].toSorted((a, b) => (a < b ? -1 : 1)));
    }
    expect((await one).map(({ event }) => Number(event!.revision))).toEqual(Array.from({ length: rounds }, (_, index) => index));
  });

  test("that reads slowly loses nothing", async () => {
    const stream = name();
    await client.appendToStream(stream, events(1));
    const subscription = client.subscribeToStream(stream);
    const reader = subscription[Symbol.asyncIterator]();
    await reader.next();
    const padding = "x".repeat(2_000);
    for (let round = 0; round < 75; round++)
      await client.appendToStream(
        stream,
        Array.from({ length: 40 }, () => jsonEvent({ type: "Long", data: { padding } })),
      );
    for (let revision = 1n; revision <= 3_000n; revision++) expect((await reader.next()).value.event.revision).toBe(revision);
    await subscription.unsubscribe();
  });

  test("with a filter tells checkpoints of what it passed over", async () => {
    const { position } = await client.appendToStream(name(), events(1));
    const checkpoints: bigint[] = [];
    const filter = streamNameFilter({
      prefixes: ["nobody-"],
      maxSearchWindow: 10,
      checkpointInterval: 2,
      checkpointReached: (_, { commit }) => void checkpoints.push(commit),
    });
    const subscription = client.subscribeToAll({ fromPosition: position!, filter });
    subscription.on("error", () => undefined);
    await client.appendToStream(name(), events(65));
    while (checkpoints.length < 3) await new Promise((resolve) => setTimeout(resolve, 10));
    await subscription.unsubscribe();
    expect(checkpoints).toEqual([20n, 40n, 60n].map((step) => position!.commit + step));
  });

  test("filters by expression and by type", async () => {
    const type = `T${randomUUID()}`;
    const { position } = await client.appendToStream(name(), events(1));
    const [stream, other] = [name(), name()];
    await client.appendToStream(other, events(1));
    await client.appendToStream(stream, events(1, type));
    const of = async (filter: Filter) =>
      (await take(client.subscribeToAll({ fromPosition: position!, filter: filter as never }), 1))[0]!.event!.streamId;
    expect(await of(eventTypeFilter({ prefixes: [type] }))).toBe(stream);
    expect(await of(streamNameFilter({ regex: `(?i)^${stream.toUpperCase()}$` }))).toBe(stream);
  });

  test("waits for a stream that is not there, and ends with its tombstone", async () => {
    const stream = name();
    const subscription = client.subscribeToStream(stream);
    const types: string[] = [];
    const ended = (async () => {
      for await (const { event } of subscription) types.push(event!.type);
    })().catch((error: unknown) => error);
    await new Promise((resolve) => setTimeout(resolve, 100));
    await client.appendToStream(stream, events(1));
    while (types.length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    await client.tombstoneStream(stream);
    expect(await ended).toBeInstanceOf(StreamDeletedError);
    expect(types).toEqual(["CaseOpened", "$streamDeleted"]);
  });

  test("from the end begins with what comes", async () => {
    const subscription = client.subscribeToAll({ fromPosition: END });
    const first = take(subscription, 1);
    await new Promise<void>((resolve) => void subscription.once("caughtUp", () => resolve()));
    const stream = name();
    await client.appendToStream(stream, events(1));
    expect((await first)[0]!.event!.streamId).toBe(stream);
  });
});
