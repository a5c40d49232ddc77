import { randomUUID } from "node:crypto";
import { binaryEvent, jsonEvent } from "@eventstore/db-client";
import { access, recordDisclosure } from "#access/disclosure.js";
import type { NewEvent } from "#store/appender.js";
import { Change } from "#store/change.js";
import { Changes, type Sealer } from "#store/changes.js";
import { EventLog } from "#store/event-log.js";
import { follow } from "#store/follow.js";
import { readKinds } from "#store/read-kinds.js";
import type { Foreign, StoredFact } from "#store/stored.js";
import { startEventStore, type RunningEventStore } from "../../apps/event-store/event-store.js";
import { clientOf, disposeClients } from "../event-store/node.js";
import { metadata } from "../support/metadata.js";
import { createDatabase } from "../support/postgres.js";
import { eventually } from "../support/processes.js";

let store: RunningEventStore;
let log: EventLog;
beforeAll(async () => {
  store = await startEventStore({ databaseUrl: await createDatabase(), port: 0 });
  log = new EventLog(store.url);
}, 60_000);
afterAll(async () => {
  await Promise.all([log.close(), disposeClients()]);
  await store.stop();
});

const event = (): NewEvent => ({ id: randomUUID(), type: "Seen", body: { data: {} }, metadata });
const unsealed: Sealer = { seal: async () => ({}), fingerprint: async (value) => JSON.stringify(value), mark: (text) => text };
const stranger = () => clientOf(store.url);
const stored = async (count: number): Promise<string> => {
  const stream = `case-${randomUUID()}`;
  await log.append(stream, -1n, Array.from({ length: count }, event));
  return stream;
};
const read = async (stream: string, from = 0n): Promise<StoredFact[]> => {
  const facts: StoredFact[] = [];
  for await (const fact of log.readStream(stream, { from })) facts.push(fact);
  return facts;
};

describe("a stream that was destroyed in the store is told from one that never was:", () => {
  test("a new one is empty, one without news has nothing new", async () => {
    expect(await read(`case-${randomUUID()}`)).toEqual([]);
    expect(await read(await stored(2), 2n)).toEqual([]);
  });

  test("tombstoned", async () => {
    const stream = await stored(2);
    await stranger().tombstoneStream(stream);
    for (const from of [0n, 2n])
      await expect(read(stream, from)).rejects.toMatchObject({ code: "RecordDestroyed", how: "tombstoned", place: { stream } });
    await expect(log.append(stream, 1n, [event()])).rejects.toMatchObject({
      code: "RecordDestroyed",
      how: "tombstoned",
      place: { stream },
    });
  });

  test("deleted", async () => {
    const stream = await stored(2);
    await stranger().deleteStream(stream);
    for (const from of [0n, 2n])
      await expect(read(stream, from)).rejects.toMatchObject({
        code: "RecordDestroyed",
        how: "deleted",
        place: { stream, revision: from },
      });
  });

  test("deleted and begun anew", async () => {
    const stream = await stored(2);
    await stranger().deleteStream(stream);
    await stranger().appendToStream(stream, jsonEvent({ type: "Seen", data: { data: {} }, metadata: { ...metadata } }));
    await expect(read(stream)).rejects.toMatchObject({
      how: "truncated",
      place: { stream, revision: 0n, position: { commit: expect.any(BigInt) } },
    });
  });

  test.each([
    ["its beginning", { truncateBefore: 2 }, 0n],
    ["what came after what is known", { truncateBefore: 4 }, 2n],
    ["all but the last", { maxCount: 1 }, 0n],
    ["all of it", { truncateBefore: 5 }, 0n],
  ])("without %s", async (_, cut, from) => {
    const stream = await stored(5);
    await stranger().setStreamMetadata(stream, cut);
    await expect(read(stream, from)).rejects.toMatchObject({
      code: "RecordDestroyed",
      how: "truncated",
      place: { stream, revision: from },
    });
  });
});

describe("what was not scavenged yet is restored by the stream's metadata:", () => {
  test.each([
    ["deleted", (stream: string) => stranger().deleteStream(stream), 2],
    ["truncated", (stream: string) => stranger().setStreamMetadata(stream, { truncateBefore: 2, maxCount: 1 }), 1],
  ])("%s", async (_, destroy, times) => {
    const stream = await stored(3);
    await destroy(stream);
    await expect(read(stream)).rejects.toMatchObject({ code: "RecordDestroyed" });
    // The store answers the first metadata of a deleted stream with a beginning of its own.
    for (let time = 0; time < times; time++) await stranger().setStreamMetadata(stream, {});
    expect(await read(stream)).toHaveLength(3);
    await log.append(stream, 2n, [event()]);
    expect(await read(stream)).toHaveLength(4);
  });
});

describe("an event that the application did not write", () => {
  const strange = [
    ["has no metadata", jsonEvent({ type: "Seen", data: { data: {} } })],
    ["has other metadata", jsonEvent({ type: "Seen", data: { data: {} }, metadata: { user: "nobody" } })],
    ["lacks a part of the metadata", jsonEvent({ type: "Seen", data: { data: {} }, metadata: { ...metadata, by: "amina" as never } })],
    ["has another body", jsonEvent({ type: "Seen", data: { text: "x" }, metadata: { ...metadata } })],
    [
      "has nothing sealed where that should be",
      jsonEvent({ type: "Seen", data: { data: {}, personal: { s: 1 } }, metadata: { ...metadata } }),
    ],
    ["has no body", jsonEvent({ type: "Seen", data: null as never, metadata: { ...metadata } })],
    ["is no JSON", binaryEvent({ type: "Seen", data: Buffer.from("x"), metadata: { ...metadata } as never })],
    ["is a link", jsonEvent({ type: "$>", data: "0@other" as never })],
  ] as const;

  test.each(strange)("and that %s is read as foreign, and ends the reading of a stream", async (_, foreign) => {
    const stream = await stored(1);
    await stranger().appendToStream(stream, foreign);
    await log.append(stream, 1n, [event()]);
    await expect(read(stream)).rejects.toMatchObject({ code: "RecordUnreadable", type: foreign.type, place: { stream, revision: 1n } });
    const events: (StoredFact | Foreign)[] = [];
    for await (const each of log.readEvents(stream)) events.push(each);
    expect(events).toMatchObject([{ metadata }, { stream, revision: 1n, type: foreign.type }, { metadata }]);
    expect(events[1]).not.toHaveProperty("metadata");
    expect(events[1]).not.toHaveProperty("data");
  });

  test("is passed over by whoever reads the whole log, and told", async () => {
    const stream = await stored(1);
    for (const [, foreign] of strange) await stranger().appendToStream(stream, foreign);
    await stranger().tombstoneStream(stream);
    const foreign: Foreign[] = [];
    for await (const window of readKinds(log, { prefixes: [stream], after: null, size: 100 })) foreign.push(...window.foreign);
    const own = foreign.filter((each) => each.stream === stream);
    expect(own.map(({ type }) => type)).toEqual([...strange.map(([, { type }]) => type), "$streamDeleted"]);
    const followed: Foreign[] = [];
    const facts: StoredFact[] = [];
    const stop = new AbortController();
    const deliver = async (delivery: { facts: readonly StoredFact[]; foreign: readonly Foreign[] }) => {
      facts.push(...delivery.facts);
      followed.push(...delivery.foreign);
    };
    const following = follow(log, { follows: { streams: [stream] }, position: async () => null, deliver }, stop.signal);
    await eventually("all is told", () => followed.length === own.length);
    stop.abort();
    await following;
    expect(followed).toEqual(own);
    expect(facts).toHaveLength(1);
  });
});

describe("a change of a record that was damaged in the store is refused, and tells what is so:", () => {
  const place = { id: "a", role: "shelter-case-manager" };
  const change = (id: string, commandId = randomUUID()) =>
    new Change(
      access,
      id,
      recordDisclosure,
      { subjects: ["s-1"], classes: ["identity"], purpose: "CaseManagement", route: "case" },
      place,
      {
        commandId,
      },
    );
  /** One process has begun the record, another one has never heard of it. */
  const begun = async () => {
    const [one, other] = [new Changes(log, unsealed), new Changes(log, unsealed)];
    const id = randomUUID();
    await one.apply(change(id));
    return { one, other, id, stream: `access-${id}` };
  };

  test("tombstoned", async () => {
    const { one, other, id, stream } = await begun();
    await stranger().tombstoneStream(stream);
    for (const changes of [one, other])
      await expect(changes.apply(change(id))).rejects.toMatchObject({ code: "RecordDestroyed", place: { stream } });
  });

  test("deleted; whoever knows nothing of it does not begin it anew", async () => {
    const { other, id, stream } = await begun();
    await stranger().deleteStream(stream);
    await expect(other.apply(change(id))).rejects.toMatchObject({ code: "RecordDestroyed", how: "deleted", place: { stream } });
    await expect(read(stream)).rejects.toMatchObject({ how: "deleted" });
  });

  test("truncated", async () => {
    const { one, other, id, stream } = await begun();
    await one.apply(change(id));
    await stranger().setStreamMetadata(stream, { maxCount: 1 });
    await expect(other.apply(change(id))).rejects.toMatchObject({
      code: "RecordDestroyed",
      how: "truncated",
      place: { stream, revision: 0n },
    });
  });

  test.each([
    ["with a stranger's event", jsonEvent({ type: "Seen", data: {} })],
    ["with a fact of a type that is not known here", jsonEvent({ type: "Seen", data: { data: {} }, metadata: { ...metadata } })],
    [
      "with a fact of a version that is not known here",
      jsonEvent({ type: "PersonalDataDisclosed", data: { data: {} }, metadata: { ...metadata, schema: 9 } }),
    ],
  ])("%s", async (_, event) => {
    const { one, other, id, stream } = await begun();
    await stranger().appendToStream(stream, event);
    for (const changes of [one, other])
      await expect(changes.apply(change(id))).rejects.toMatchObject({
        code: "RecordUnreadable",
        type: event.type,
        place: { stream, revision: 1n, position: { commit: expect.any(BigInt) } },
      });
  });

  test("and the next record is changed as ever", async () => {
    await begun();
  });
});
