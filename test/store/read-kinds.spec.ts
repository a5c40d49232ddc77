import { randomUUID } from "node:crypto";
import { jsonEvent } from "@eventstore/db-client";
import { EventLog, type Window } from "#store/event-log.js";
import { StoreUnavailable } from "#store/failures.js";
import { readKinds } from "#store/read-kinds.js";
import type { Position, StoredFact } from "#store/stored.js";
import { startEventStore } from "../../apps/event-store/event-store.js";
import { clientOf } from "../event-store/node.js";
import { BehindFaults } from "../support/behind-faults.js";
import { connectionLost, type Fate } from "../support/faulty-store.js";
import { metadata } from "../support/metadata.js";
import { createDatabase } from "../support/postgres.js";
import { eventually } from "../support/processes.js";

/** Of two kinds of streams, what is told of one is read; the other fills most of the log, and all of its middle. */
const [wanted, other] = ["wanted-1", "other-1"];
const here = new BehindFaults();

const append = (stream: string, count: number) =>
  clientOf(here.store.url).appendToStream(
    stream,
    Array.from({ length: count }, () => jsonEvent({ id: randomUUID(), type: "Seen", data: { data: {} }, metadata: { ...metadata } })),
  );

beforeAll(async () => {
  for (let turn = 0; turn < 30; turn++) {
    await append(wanted, 20);
    await append(other, 80);
  }
  for (let turn = 0; turn < 5; turn++) await append(other, 1_000);
  for (let turn = 0; turn < 30; turn++) {
    await append(other, 80);
    await append(wanted, 20);
  }
}, 60_000);
const read = async (size: number, after: Position | null = null): Promise<Window[]> => {
  const windows: Window[] = [];
  for await (const window of readKinds(here.log, { prefixes: ["wanted-"], after, size })) windows.push(window);
  return windows;
};
const factsOf = (windows: readonly Window[]) => windows.flatMap(({ facts }) => facts);
const revisionsOf = (windows: readonly Window[]) =>
  factsOf(windows).flatMap(({ stream, revision }) => (stream === wanted ? [Number(revision)] : []));
const upTo = (count: number) => Array.from({ length: count }, (_, index) => index);

test.each([7, 100, 10_000])("of the kinds that are asked for every fact is told once and in order, %d at a time", async (size) => {
  const windows = await read(size);
  expect(revisionsOf(windows)).toEqual(upTo(1_200));
  const places = windows.map(({ position }) => position!.commit);
  expect(places).toEqual(places.toSorted((one, next) => (one < next ? -1 : 1)));
  expect(windows.at(-1)).toMatchObject({ isLast: true, position: await here.log.head() });
});

test("what is told of others is not even sent, but for the end of the log", async () => {
  const windows = await read(100);
  const others = factsOf(windows).filter(({ stream }) => stream === other);
  expect(others.length).toBeLessThan(2_000);
  expect(factsOf(windows).length).toBeLessThan(1_200 + 2_000);
});

test("a long part of the log with nothing in it is told as well, so that whoever reads knows how far it is", async () => {
  const windows = await read(100);
  expect(windows.filter(({ facts }) => facts.length === 0).length).toBeGreaterThan(3);
});

test("reading goes on after any place of the log that was told before", async () => {
  const windows = await read(50);
  for (const { position } of windows.filter((_, index) => index % 15 === 0)) {
    const before = windows.filter((each) => each.position!.commit <= position!.commit);
    const rest = await read(50, position);
    expect([...revisionsOf(before), ...revisionsOf(rest)]).toEqual(upTo(1_200));
  }
});

test("a log of a few facts, and one of none, is read to its end", async () => {
  const few = await startEventStore({ databaseUrl: await createDatabase(), port: 0 });
  const own = new EventLog(few.url);
  const all = async () => {
    const windows: Window[] = [];
    for await (const window of readKinds(own, { prefixes: ["wanted-"], after: null, size: 10 })) windows.push(window);
    return windows;
  };
  expect(await all()).toMatchObject([{ facts: [], isLast: true }]);
  await clientOf(few.url).appendToStream(wanted, [jsonEvent({ type: "Seen", data: { data: {} }, metadata: { ...metadata } })]);
  expect(factsOf(await all())).toMatchObject([{ stream: wanted }]);
  await own.close();
  await few.stop();
});

test("what is added while it is read is told as well, and no more of others than before", async () => {
  const later = "wanted-2";
  const facts: StoredFact[] = [];
  for await (const window of readKinds(here.log, { prefixes: ["wanted-"], after: null, size: 100 })) {
    if (facts.length === 0) for (let turn = 0; turn < 5; turn++) await Promise.all([append(other, 800), append(later, 10)]);
    facts.push(...window.facts);
  }
  expect(facts.filter(({ stream }) => stream === later).map(({ revision }) => Number(revision))).toEqual(upTo(50));
  expect(facts.filter(({ stream }) => stream === other).length).toBeLessThan(2_000);
});

test("whoever leaves early ends the subscription", async () => {
  for await (const { facts } of readKinds(here.log, { prefixes: ["wanted-"], after: null, size: 10 })) if (facts.length > 0) break;
  const cancelled = () => here.faulty.cancelled;
  await eventually("the store has heard that nobody reads", () => cancelled() > 0);
});

test.each<[string, Fate]>([
  ["is lost", connectionLost],
  ["is ended by the store", "end"],
])("a subscription that %s is an error, and nothing is left out in silence", async (_, fate) => {
  here.faulty.onRead = (message, index) => (message.hasEvent() && here.faulty.reads === 2 && index === 100 ? fate : "pass");
  await expect(read(50)).rejects.toThrow(StoreUnavailable);
});

test("a store that falls silent is an error as well", async () => {
  here.faulty.onRead = (message, index) => (message.hasEvent() && here.faulty.reads === 2 && index === 100 ? "silence" : "pass");
  const reading = async () => {
    for await (const _ of readKinds(here.log, { prefixes: ["wanted-"], after: null, size: 50, silence: 100 }));
  };
  await expect(reading()).rejects.toThrow(StoreUnavailable);
});

test("a log that is closed while it is read is an error as well", async () => {
  const reading = async () => {
    for await (const _ of readKinds(here.log, { prefixes: ["wanted-"], after: null, size: 100 })) await here.log.close();
  };
  await expect(reading()).rejects.toThrow(StoreUnavailable);
});

test("a store that claims to have looked further than its log goes is not believed", async () => {
  let told = 0;
  here.faulty.onRead = (message) => {
    if (message.hasCheckpoint() && told++ % 2 === 0) message.getCheckpoint()!.setCommitPosition((2n ** 40n).toString());
    return "pass";
  };
  const windows = await read(10_000);
  expect(revisionsOf(windows)).toEqual(upTo(1_200));
  expect(windows.at(-1)!.position).toEqual(await here.log.head());
});
