import { randomUUID } from "node:crypto";
import { jsonEvent, persistentSubscriptionToAllSettingsFromDefaults, START, streamNameFilter } from "@eventstore/db-client";
import { eventually } from "../support/processes.js";
import { client, group, infoOf, reader, restartStore, startStore, stopStore } from "./groups.js";
import { all, events } from "./node.js";

beforeAll(startStore, 60_000);
afterAll(stopStore);

describe("what a group has done", () => {
  test("is stored as it goes, and is where it begins after a restart of the store", async () => {
    const stream = await group({ checkPointLowerBound: 1, checkPointUpperBound: 5 });
    await client.appendToStream(stream, events(20));
    const one = reader(stream);
    await eventually("the checkpoint is stored", async () => (await infoOf(stream)).stats.lastCheckpointedEventRevision === 19n);
    await one.leave();
    const [stored] = await all(
      client.readStream(`$persistentsubscription-${stream}::readers-checkpoint`, {
        direction: "backwards",
        fromRevision: "end",
        maxCount: 1,
      }),
    );
    expect(stored!.event).toMatchObject({ type: "SubscriptionCheckpoint", data: "19" });
    await restartStore();
    const other = reader(stream);
    await client.appendToStream(stream, jsonEvent({ type: "Late", data: { index: 20 } }));
    await eventually("the new one has come", () => other.indexes().includes(20));
    expect(other.indexes()).toEqual([20]);
    await other.leave();
  });

  test("is measured where that is wished", async () => {
    const stream = await group({ extraStatistics: true });
    await client.appendToStream(stream, events(10));
    const one = reader(stream);
    await eventually("all have come", () => one.seen.length === 10);
    await eventually("it is measured", async () => ((await infoOf(stream)).connections![0]!.extraStatistics?.get("highest") ?? -1n) >= 0n);
    const [connection] = (await infoOf(stream)).connections!;
    expect([...connection!.extraStatistics!.keys()]).toEqual(expect.arrayContaining(["mean", "median", "quintile 3", "99.9%"]));
    await one.leave();
  });

  test("in the whole log passes over what its filter leaves out, and what groups keep for themselves", async () => {
    const prefix = `${randomUUID()}-`;
    await client.createPersistentSubscriptionToAll(
      prefix,
      persistentSubscriptionToAllSettingsFromDefaults({ startFrom: START, checkPointLowerBound: 1, checkPointUpperBound: 1 }),
      { filter: streamNameFilter({ prefixes: [prefix] }) },
    );
    await client.appendToStream(`${prefix}1`, events(3));
    await client.appendToStream(`other-${prefix}`, events(30));
    await client.appendToStream(`${prefix}2`, events(3));
    const one = reader("$all", { name: prefix });
    await eventually("all have come", () => one.seen.length === 6);
    expect(one.indexes()).toEqual([0, 1, 2, 0, 1, 2]);
    const every = await all(client.readAll());
    expect(every.filter(({ event }) => /^\$persistentsubscription-\$all::.*-(checkpoint|parked)$/s.test(event!.streamId))).toEqual([]);
    await one.leave();
  });

  test("follows links to what they point to", async () => {
    const stream = await group({ resolveLinkTos: true });
    const target = `case-${randomUUID()}`;
    await client.appendToStream(target, events(1));
    await client.appendToStream(stream, [
      {
        id: randomUUID(),
        type: "$>",
        contentType: "application/octet-stream",
        data: Buffer.from(`0@${target}`),
        metadata: undefined,
      } as never,
      {
        id: randomUUID(),
        type: "$>",
        contentType: "application/octet-stream",
        data: Buffer.from(`9@${target}`),
        metadata: undefined,
      } as never,
    ]);
    const one = reader(stream);
    await eventually("both have come", () => one.got.length === 2);
    expect(one.got.map(({ event, link }) => [event?.streamId, link.streamId])).toEqual([
      [target, stream],
      [undefined, stream],
    ]);
    await eventually("both are done with", async () => (await infoOf(stream)).stats.outstandingMessagesCount === 0);
    await one.leave();
  });
});
