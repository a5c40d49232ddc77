import { randomUUID } from "node:crypto";
import {
  DISPATCH_TO_SINGLE,
  END,
  persistentSubscriptionToAllSettingsFromDefaults,
  PersistentSubscriptionDoesNotExistError,
  PersistentSubscriptionDroppedError,
  PersistentSubscriptionExistsError,
  PersistentSubscriptionMaximumSubscribersReachedError,
  PersistentSubscriptionFailedError,
  PINNED,
  streamNameFilter,
} from "@eventstore/db-client";
import { eventually } from "../support/processes.js";
import { client, group, infoOf, reader, settings, startStore, stopStore, type Settings } from "./groups.js";
import { events } from "./node.js";

beforeAll(startStore, 60_000);
afterAll(stopStore);

describe("a group", () => {
  test("is made once, changed, and removed", async () => {
    const stream = await group();
    await expect(client.createPersistentSubscriptionToStream(stream, "readers", settings())).rejects.toThrow(
      PersistentSubscriptionExistsError,
    );
    await client.updatePersistentSubscriptionToStream(stream, "readers", settings({ maxRetryCount: 3 }));
    expect((await infoOf(stream)).settings.maxRetryCount).toBe(3);
    await client.deletePersistentSubscriptionToStream(stream, "readers");
    await expect(client.deletePersistentSubscriptionToStream(stream, "readers")).rejects.toThrow(PersistentSubscriptionDoesNotExistError);
    await expect(infoOf(stream)).rejects.toThrow(`Subscription group readers on stream ${stream} does not exist.`);
    expect(await client.listPersistentSubscriptionsToStream(stream)).toEqual([]);
    await expect(client.listPersistentSubscriptionsToStream(`case-${randomUUID()}`)).rejects.toThrow(
      PersistentSubscriptionDoesNotExistError,
    );
  });

  test("is refused where its settings cannot be", async () => {
    const refused = (over: Settings) => expect(group(over)).rejects.toThrow(PersistentSubscriptionFailedError);
    await refused({ readBatchSize: 500, historyBufferSize: 500 });
    await refused({ readBatchSize: 501 });
  });

  test("is listed with the others, by stream", async () => {
    const stream = await group();
    await client.createPersistentSubscriptionToStream(stream, "others", settings());
    const ofStream = await client.listPersistentSubscriptionsToStream(stream);
    expect(ofStream.map(({ groupName }) => groupName)).toEqual(["readers", "others"]);
    const sources = (await client.listAllPersistentSubscriptions()).map(({ eventSource }) => eventSource);
    expect(sources).toEqual(sources.toSorted((first, second) => (first < second ? -1 : 1)));
  });

  test("knows names outside ASCII in its errors", async () => {
    await expect(infoOf("shauri-ñ-案件", "wasomaji-é")).rejects.toThrow(PersistentSubscriptionDoesNotExistError);
  });
});

describe("several readers", () => {
  test("take turns", async () => {
    const stream = await group();
    const readers = [reader(stream), reader(stream)];
    await eventually("both are connected", async () => (await infoOf(stream)).connections!.length === 2);
    await client.appendToStream(stream, events(10));
    await eventually("all have come", () => readers[0]!.seen.length + readers[1]!.seen.length === 10);
    expect(readers.map(({ seen }) => seen.length)).toEqual([5, 5]);
    await Promise.all(readers.map(({ leave }) => leave()));
  });

  test("wait behind the first, where only one is to have all", async () => {
    const stream = await group({ consumerStrategyName: DISPATCH_TO_SINGLE });
    const readers = [reader(stream, { bufferSize: 20 }), reader(stream, { bufferSize: 20 })];
    await eventually("both are connected", async () => (await infoOf(stream)).connections!.length === 2);
    await client.appendToStream(stream, events(10));
    await eventually("all have come", () => readers[0]!.seen.length + readers[1]!.seen.length === 10);
    expect(readers.map(({ seen }) => seen.length).toSorted((first, second) => first - second)).toEqual([0, 10]);
    await Promise.all(readers.map(({ leave }) => leave()));
  });

  test("each keep the streams that they began with, where they are pinned", async () => {
    const prefix = `${randomUUID()}-`;
    await client.createPersistentSubscriptionToAll(
      prefix,
      persistentSubscriptionToAllSettingsFromDefaults({ consumerStrategyName: PINNED, startFrom: END }),
      { filter: streamNameFilter({ prefixes: [prefix] }) },
    );
    const readers = [reader("$all", { name: prefix }), reader("$all", { name: prefix })];
    await eventually("both are connected", async () => (await client.getPersistentSubscriptionToAllInfo(prefix)).connections!.length === 2);
    for (let round = 0; round < 3; round++)
      for (let stream = 0; stream < 12; stream++) await client.appendToStream(`${prefix}${stream}`, events(1));
    await eventually("all have come", () => readers[0]!.seen.length + readers[1]!.seen.length === 36);
    const streams = readers.map(({ got }) => new Set(got.map(({ event }) => event.streamId as string)));
    expect([...streams[0]!].filter((stream) => streams[1]!.has(stream))).toEqual([]);
    expect(streams.map(({ size }) => size)).toEqual([6, 6]);
    await Promise.all(readers.map(({ leave }) => leave()));
  });

  test("are no more than the group allows; who leaves makes room", async () => {
    const stream = await group({ maxSubscriberCount: 1 });
    const first = reader(stream);
    await eventually("it is connected", async () => (await infoOf(stream)).connections!.length === 1);
    const second = reader(stream);
    await eventually("the second is refused", () => second.errors.length === 1);
    expect(second.errors[0]).toBeInstanceOf(PersistentSubscriptionMaximumSubscribersReachedError);
    await first.leave();
    await eventually("it has gone", async () => (await infoOf(stream)).connections!.length === 0);
    const third = reader(stream);
    await eventually("the third is connected", async () => (await infoOf(stream)).connections!.length === 1);
    await third.leave();
  });

  test("are dropped when the group is changed or removed, and come back to a changed one", async () => {
    const stream = await group();
    const one = reader(stream);
    await eventually("it is connected", async () => (await infoOf(stream)).connections!.length === 1);
    await client.updatePersistentSubscriptionToStream(stream, "readers", settings());
    await eventually("it is dropped", () => one.errors.length === 1);
    const other = reader(stream);
    await eventually("it is connected again", async () => (await infoOf(stream)).connections!.length === 1);
    await client.deletePersistentSubscriptionToStream(stream, "readers");
    await eventually("it is dropped, too", () => other.errors.length === 1);
    expect([one.errors[0], other.errors[0]]).toEqual([
      expect.any(PersistentSubscriptionDroppedError),
      expect.any(PersistentSubscriptionDroppedError),
    ]);
    const none = reader(stream);
    await eventually("there is none to connect to", () => none.errors.length === 1);
    expect(none.errors[0]).toBeInstanceOf(PersistentSubscriptionDoesNotExistError);
  });
});
