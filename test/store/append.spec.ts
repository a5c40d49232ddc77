import { randomUUID } from "node:crypto";
import { jsonEvent } from "@eventstore/db-client";
import type { NewEvent } from "#store/appender.js";
import { EventLog } from "#store/event-log.js";
import type { Metadata } from "#store/stored.js";
import { startEventStore, type RunningEventStore } from "../../apps/event-store/event-store.js";
import { clientOf, disposeClients } from "../event-store/node.js";
import { FaultyStore } from "../support/faulty-store.js";
import { createDatabase } from "../support/postgres.js";
import { eventually } from "../support/processes.js";

let store: RunningEventStore;
let faulty: FaultyStore;
let log: EventLog;
beforeAll(async () => {
  store = await startEventStore({ databaseUrl: await createDatabase(), port: 0 });
}, 60_000);
beforeEach(async () => {
  faulty = new FaultyStore();
  log = new EventLog(await faulty.start(store.url), { appendTimeout: 300, appendRetries: 2 });
});
afterEach(async () => {
  await log.close();
  faulty.stop();
});
afterAll(async () => {
  await disposeClients();
  await store.stop();
});

const event = (data: object = {}): NewEvent => ({ id: randomUUID(), type: "Seen", body: { data }, metadata: {} as Metadata });
const idsIn = async (stream: string) => {
  const ids: string[] = [];
  for await (const { id } of log.readStream(stream)) ids.push(id);
  return ids;
};

test("what lies in the log is answered with its place", async () => {
  const stream = `case-${randomUUID()}`;
  const { revision, position } = await log.append(stream, -1n, [event(), event()]);
  expect(revision).toBe(1n);
  expect((await log.head())!.commit).toBe(position.commit);
});

test("what is no JSON is refused at once, and the next append goes through", async () => {
  const cycle: Record<string, unknown> = {};
  cycle["itself"] = cycle;
  for (const data of [{ count: 1n }, cycle])
    await expect(log.append(`case-${randomUUID()}`, -1n, [event(data)])).rejects.toThrow(TypeError);
  await log.append(`case-${randomUUID()}`, -1n, [event()]);
});

test("more than one append can hold is refused before anything is sent", async () => {
  let sent = 0;
  faulty.onAppend = () => (sent++, "pass");
  await expect(log.append(`case-${randomUUID()}`, -1n, [event({ text: "x".repeat(1_048_577) })])).rejects.toMatchObject({
    code: "AppendTooLarge",
  });
  expect(sent).toBe(0);
});

test("whoever was second is told that the stream has moved", async () => {
  const stream = `case-${randomUUID()}`;
  await log.append(stream, -1n, [event()]);
  await expect(log.append(stream, -1n, [event()])).rejects.toMatchObject({ code: "StreamMoved" });
});

test("a store that never answers is said to be away, not waited for", async () => {
  faulty.onAppend = () => "drop";
  await expect(log.append(`case-${randomUUID()}`, -1n, [event()])).rejects.toMatchObject({ code: "StoreUnavailable" });
});

test("an append whose answer was lost is stored once, and answered as it was", async () => {
  faulty.onAppended = (_, index) => (index === 0 ? "drop" : "pass");
  const stream = `case-${randomUUID()}`;
  const events = [event(), event()];
  expect((await log.append(stream, -1n, events)).revision).toBe(1n);
  expect(await idsIn(stream)).toEqual(events.map(({ id }) => id));
});

test("its own events are known again, also when somebody else has written since", async () => {
  const stream = `case-${randomUUID()}`;
  const own = [event(), event()];
  let lost = false;
  faulty.onAppended = () => {
    if (lost) return "pass";
    lost = true;
    return "drop";
  };
  const appending = log.append(stream, -1n, own);
  await eventually("the answer was lost", () => lost);
  await clientOf(store.url).appendToStream(stream, jsonEvent({ type: "Other", data: {} }));
  const { revision, position } = await appending;
  expect(revision).toBe(1n);
  expect(position.commit).toBeGreaterThan(0n);
  expect((await idsIn(stream)).length).toBe(3);
});

test("a store that could not tell what it can do when it was first asked is asked again", async () => {
  faulty.onFeatures = (index) => (index === 0 ? { code: 13, details: "not yet" } : "pass");
  const stream = `case-${randomUUID()}`;
  expect((await log.append(stream, -1n, [event()])).revision).toBe(0n);
});

test("who leaves a read midway leaves nothing open at the server", async () => {
  const stream = `case-${randomUUID()}`;
  await log.append(
    stream,
    -1n,
    Array.from({ length: 200 }, () => event({ text: "x".repeat(2_000) })),
  );
  for await (const { revision } of log.readStream(stream)) if (revision === 3n) break;
  await eventually("the read was cancelled", () => faulty.cancelled === 1);
});
