import { randomUUID } from "node:crypto";
import {
  END,
  jsonEvent,
  PARK,
  PersistentSubscriptionDoesNotExistError,
  PersistentSubscriptionDroppedError,
  RETRY,
  SKIP,
  STOP,
} from "@eventstore/db-client";
import { eventually } from "../support/processes.js";
import { client, group, infoOf, parkedOf, reader, settings, startStore, stopStore, upTo } from "./groups.js";
import { all, events } from "./node.js";

beforeAll(startStore, 60_000);
afterAll(stopStore);

describe("events", () => {
  test("come from where the group begins, old and new, once each and in order", async () => {
    const stream = await group({ startFrom: 3n });
    await client.appendToStream(stream, events(100));
    const one = reader(stream);
    await eventually("the old ones have come", () => one.seen.length === 97);
    await client.appendToStream(stream, events(5));
    await eventually("the new ones have come", () => one.seen.length === 102);
    expect(one.seen.map(({ revision }) => revision)).toEqual(upTo(105).slice(3));
    expect(one.seen.every(({ retries }) => retries === 0)).toBe(true);
    await one.leave();
  });

  test("are given to a group that begins at the end only as they come", async () => {
    const stream = `case-${randomUUID()}`;
    await client.appendToStream(stream, events(3));
    await client.createPersistentSubscriptionToStream(stream, "readers", settings({ startFrom: END }));
    await client.appendToStream(stream, jsonEvent({ type: "Late", data: { index: 77 } }));
    const one = reader(stream);
    await eventually("it has come", () => one.seen.length === 1);
    expect(one.indexes()).toEqual([77]);
    await one.leave();
  });

  test("wait where nobody acknowledges, up to the reader's buffer", async () => {
    const stream = await group();
    await client.appendToStream(stream, events(50));
    const one = reader(stream, { bufferSize: 7, answer: "none" });
    await eventually("the buffer is full", () => one.seen.length === 7);
    const { stats, connections } = await infoOf(stream).then((info) => ({ stats: info.stats, connections: info.connections! }));
    expect(stats.outstandingMessagesCount).toBe(7);
    expect(connections[0]).toMatchObject({ availableSlots: 0, inFlightMessages: 7, username: "system", from: "" });
    await one.subscription.ack(...one.got.slice(0, 2));
    await eventually("two more have come", () => one.seen.length === 9);
    await one.leave();
  });

  test("that a reader leaves behind go to another at once, before new ones, once more counted", async () => {
    const stream = await group();
    await client.appendToStream(stream, events(20));
    const one = reader(stream, { bufferSize: 5, answer: "none" });
    await eventually("five are in flight", () => one.seen.length === 5);
    await one.leave();
    const other = reader(stream);
    await eventually("all have come", () => other.seen.length === 20);
    expect(other.indexes()).toEqual(upTo(20));
    expect(other.seen.map(({ retries }) => retries)).toEqual(upTo(20).map((index) => (index < 5 ? 1 : 0)));
    await other.leave();
  });

  test("that are refused come again until they are parked", async () => {
    const stream = await group({ maxRetryCount: 2 });
    await client.appendToStream(stream, events(1));
    const one = reader(stream, { answer: RETRY });
    await eventually("it is parked", async () => (await infoOf(stream)).stats.parkedMessageCount === 1n);
    expect(one.seen.map(({ retries }) => retries)).toEqual([0, 1, 2]);
    const [parked] = await all(client.readStream(parkedOf(stream)));
    expect(parked!.event).toMatchObject({ type: "$>", metadata: { reason: "Reached retry count of 2" } });
    await one.leave();
  });

  test("that are not acknowledged in time come again", async () => {
    const stream = await group({ messageTimeout: 500 });
    await client.appendToStream(stream, events(1));
    const one = reader(stream, { answer: "none" });
    await eventually("it has come again", () => one.seen.length >= 2);
    expect(one.seen.map(({ retries }) => retries).slice(0, 2)).toEqual([0, 1]);
    await one.leave();
  });

  test.each([SKIP, STOP] as const)("that are refused for good (%s) do not come again", async (answer) => {
    const stream = await group();
    await client.appendToStream(stream, events(3));
    const one = reader(stream, { answer });
    await eventually("all are done with", async () => (await infoOf(stream)).stats.outstandingMessagesCount === 0 && one.seen.length === 3);
    expect((await infoOf(stream)).stats.parkedMessageCount).toBe(0n);
    await one.leave();
  });

  test("go on after the stream was deleted and begun again", async () => {
    const stream = await group();
    await client.appendToStream(stream, events(2));
    const one = reader(stream);
    await eventually("both have come", () => one.seen.length === 2);
    await client.deleteStream(stream);
    await client.appendToStream(stream, events(2));
    await eventually("the new ones have come", () => one.seen.length === 4);
    expect(one.seen.map(({ revision }) => revision)).toEqual([0, 1, 2, 3]);
    await one.leave();
  });

  test("end with the tombstone, and the group stays", async () => {
    const stream = await group();
    await client.appendToStream(stream, events(1));
    const one = reader(stream);
    await client.tombstoneStream(stream);
    await eventually("it has come", () => one.got.length === 2);
    expect(one.got[1].event.type).toBe("$streamDeleted");
    expect(one.errors).toEqual([]);
    await one.leave();
  });
});

describe("parked events", () => {
  test("are links with a reason, and come again when they are asked for, once", async () => {
    const stream = await group();
    await client.appendToStream(stream, events(4));
    const one = reader(stream, { answer: PARK });
    await eventually("all are parked", async () => (await infoOf(stream)).stats.parkedMessageCount === 4n);
    await one.leave();
    const parked = await all(client.readStream(parkedOf(stream)));
    expect(parked.map(({ event }) => event!.metadata as { reason: string })).toMatchObject(
      upTo(4).map((index) => ({
        reason: "Client explicitly NAK'ed message.\ninvented reason",
        ...(index > 0 && { subscriptionEventNumber: index }),
      })),
    );
    await client.replayParkedMessagesToStream(stream, "readers", { stopAt: 2 });
    const other = reader(stream);
    await eventually("two have come", () => other.seen.length === 2);
    expect(other.got.map(({ event, link }) => [event.data.index, link.type, Number(link.revision)])).toEqual([
      [0, "$>", 0],
      [1, "$>", 1],
    ]);
    expect(other.seen.map(({ retries }) => retries)).toEqual([0, 0]);
    await client.replayParkedMessagesToStream(stream, "readers");
    await eventually("all have come", () => other.seen.length === 4);
    await eventually("none is parked", async () => (await all(client.readStream(parkedOf(stream)))).length === 0);
    expect((await infoOf(stream)).stats.parkedMessageCount).toBe(0n);
    await other.leave();
  });

  test("that were given out and not acknowledged are still parked after a restart", async () => {
    const stream = await group();
    await client.appendToStream(stream, events(2));
    const one = reader(stream, { answer: PARK });
    await eventually("both are parked", async () => (await infoOf(stream)).stats.parkedMessageCount === 2n);
    await one.leave();
    await client.replayParkedMessagesToStream(stream, "readers");
    const other = reader(stream, { answer: "none" });
    await eventually("both have come", () => other.seen.length === 2);
    await client.restartPersistentSubscriptionSubsystem();
    await eventually("the reader is dropped", () => other.errors.length === 1);
    expect(other.errors[0]).toBeInstanceOf(PersistentSubscriptionDroppedError);
    expect((await infoOf(stream)).stats.parkedMessageCount).toBe(2n);
  });

  test("may be none", async () => {
    const stream = await group();
    await client.replayParkedMessagesToStream(stream, "readers");
    await expect(client.replayParkedMessagesToStream(`case-${randomUUID()}`, "readers")).rejects.toThrow(
      PersistentSubscriptionDoesNotExistError,
    );
  });
});
