import { jsonEvent, StreamDeletedError, streamNameFilter } from "@eventstore/db-client";
import { eventually } from "../support/processes.js";
import { append, better, client, deletedStreamOf, events, newStream, range, streamOf, take } from "./server.js";

type Options = Parameters<typeof client.subscribeToStream>[1];

/** What a subscription tells, in the order it tells it: revisions and words. */
function follow(stream: string, options: Options = {}) {
  const told: (number | string)[] = [];
  const subscription = client.subscribeToStream(stream, options);
  subscription
    .on("confirmation", () => told.push("confirmed"))
    .on("caughtUp", () => told.push("caught up"))
    .on("data", ({ event }) => told.push(event!.type === "$streamDeleted" ? "closed" : Number(event!.revision)))
    .on("error", (error) => told.push(error.constructor.name));
  return {
    told,
    stop: () => subscription.unsubscribe(),
    until: (what: number | string) => eventually(`${what} is told`, () => told.includes(what)),
  };
}

/** A subscription made now has heard everything that was appended before this is fulfilled. */
const settled = async () => {
  const stream = newStream();
  const subscription = client.subscribeToStream(stream);
  await append(stream, "no_stream");
  await take(subscription, 1);
};

test("is confirmed, catches up from after the revision it names, says so once, and goes on live", async () => {
  const stream = await streamOf(700);
  const { told, until, stop } = follow(stream, { fromRevision: 99n });
  await until("caught up");
  await append(stream, "any", 3);
  await until(702);
  expect(told).toEqual(["confirmed", ...range(100, 700), "caught up", 700, 701, 702]);
  await stop();
});

test("from the end is caught up at once, and begins with what comes", async () => {
  const stream = await streamOf(3);
  const { told, until, stop } = follow(stream, { fromRevision: "end" });
  await until("caught up");
  await append(stream, 2n, 1);
  await until(3);
  expect(told).toEqual(["confirmed", "caught up", 3]);
  await stop();
});

test("from beyond the end passes over what comes before", async () => {
  const stream = await streamOf(2);
  const { told, until, stop } = follow(stream, { fromRevision: 3n });
  await until("caught up");
  await append(stream, 1n, 4);
  await until(5);
  expect(told).toEqual(["confirmed", "caught up", 4, 5]);
  await stop();
});

test.each(["missing", "deleted", "of metadata alone"])("to a stream that is %s waits for it", async (kind) => {
  const stream = kind === "deleted" ? await deletedStreamOf(2) : newStream();
  if (kind === "of metadata alone") await client.setStreamMetadata(stream, { maxCount: 9 });
  const { told, until, stop } = follow(stream, { fromRevision: "start" });
  await until("confirmed");
  await settled();
  expect(told).toEqual(["confirmed"]);
  await append(stream, "no_stream");
  await until("caught up");
  expect(told).toEqual(["confirmed", kind === "deleted" ? 2 : 0, "caught up"]);
  await stop();
});

test("to a stream that is wholly truncated is caught up at once", async () => {
  const stream = await streamOf(2);
  await client.setStreamMetadata(stream, { truncateBefore: 2 });
  const { told, until, stop } = follow(stream);
  await until("caught up");
  await append(stream, 1n);
  await until(2);
  expect(told).toEqual(["confirmed", "caught up", 2]);
  await stop();
});

test("catches up within the window, and shows live events whatever the window", async () => {
  const stream = await streamOf(5);
  await client.setStreamMetadata(stream, { maxCount: 2 });
  const { told, until, stop } = follow(stream);
  await until("caught up");
  await append(stream, 4n, 5);
  await until(9);
  expect(told).toEqual(["confirmed", 3, 4, "caught up", 5, 6, 7, 8, 9]);
  await stop();
});

test("hears nothing of a deletion, and goes on after the return", async () => {
  const stream = await streamOf(1);
  const { told, until, stop } = follow(stream);
  await until("caught up");
  await client.deleteStream(stream);
  await append(stream, "no_stream");
  await until(1);
  expect(told).toEqual(["confirmed", 0, "caught up", 1]);
  await stop();
});

describe("a tombstone", () => {
  test("is told live, and ends the subscription", async () => {
    const stream = await streamOf(1);
    const { told, until } = follow(stream);
    await until("caught up");
    await client.tombstoneStream(stream);
    await until(StreamDeletedError.name);
    expect(told).toEqual(["confirmed", 0, "caught up", "closed", StreamDeletedError.name]);
  });

  test("ends one that waits, which from the end hears of it first", async () => {
    const stream = newStream();
    const [waiting, live] = [follow(stream), follow(stream, { fromRevision: "end" })];
    await Promise.all([waiting.until("confirmed"), live.until("caught up")]);
    await settled();
    await client.tombstoneStream(stream);
    await Promise.all([waiting.until(StreamDeletedError.name), live.until(StreamDeletedError.name)]);
    expect(waiting.told).toEqual(["confirmed", StreamDeletedError.name]);
    expect(live.told).toEqual(["confirmed", "caught up", "closed", StreamDeletedError.name]);
  });

  test("is an event like others to who follows the whole log", async () => {
    const stream = await streamOf(1);
    const seen = take(client.subscribeToAll({ filter: streamNameFilter({ prefixes: [stream] }) }), 3);
    await client.tombstoneStream(stream);
    await append(`${stream}-next`, "no_stream");
    expect((await seen).map(({ event }) => event!.type)).toEqual(["Happened", "$streamDeleted", "Happened"]);
  });
});

test("to the whole log begins after its position; the end and what is beyond it are the same", async () => {
  const prefix = newStream();
  const { position } = await append(`${prefix}-1`, "no_stream", 2);
  const filter = streamNameFilter({ prefixes: [prefix] });
  const far = { commit: 2n ** 62n, prepare: 2n ** 62n };
  const subscriptions = [position!, "end" as const, far].map((fromPosition) => client.subscribeToAll({ fromPosition, filter }));
  const seen = subscriptions.map((subscription) => take(subscription, 1));
  await Promise.all(
    subscriptions.map((subscription) => new Promise<void>((resolve) => void subscription.once("caughtUp", () => resolve()))),
  );
  await append(`${prefix}-2`, "no_stream");
  for (const each of seen) expect((await each)[0]!.event!.streamId).toBe(`${prefix}-2`);
});

// With so many in flight 23.10 may drop whoever follows them: too slow, it says.
better("goes over to live without gap or repetition while 64 appends are in flight", async () => {
  const prefix = `${newStream()}-`;
  const rounds = 40;
  const write = async (writer: number) => {
    for (let round = 0; round < rounds; round++) await append(`${prefix}${writer}`, "any");
  };
  const subscribe = () => take(client.subscribeToAll({ filter: streamNameFilter({ prefixes: [prefix] }) }), 64 * rounds);
  const early = subscribe();
  const writing = Promise.all(range(0, 64).map(write));
  await append(newStream(), "no_stream");
  const late = subscribe();
  const one = take(client.subscribeToStream(`${prefix}7`), rounds);
  await writing;
  for (const seen of [await early, await late]) {
    const positions = seen.map(({ event }) => event!.position.commit);
    expect(positions).toEqual([...new Set(positions)].toSorted((a, b) => (a < b ? -1 : 1)));
  }
  expect((await one).map(({ event }) => Number(event!.revision))).toEqual(range(0, rounds));
});

better("a reader that is slow loses nothing and is not dropped", async () => {
  const stream = await streamOf(1);
  const subscription = client.subscribeToStream(stream);
  const reader = subscription[Symbol.asyncIterator]();
  await reader.next();
  const padding = "x".repeat(2_000);
  const long = () => Array.from({ length: 100 }, () => jsonEvent({ type: "Long", data: { padding } }));
  for (let round = 0; round < 60; round++) await client.appendToStream(stream, long());
  for (let revision = 1n; revision <= 6_000n; revision++) expect((await reader.next()).value.event.revision).toBe(revision);
  await client.appendToStream(stream, events(1));
  expect((await reader.next()).value.event.revision).toBe(6_001n);
  await subscription.unsubscribe();
});
