import { randomUUID } from "node:crypto";
import { jsonEvent } from "@eventstore/db-client";
import type { NewEvent } from "#store/appender.js";
import { EventLog } from "#store/event-log.js";
import { clientOf } from "../event-store/node.js";
import { BehindFaults } from "../support/behind-faults.js";
import { metadata } from "../support/metadata.js";
import { eventually } from "../support/processes.js";

const here = new BehindFaults((url) => new EventLog(url, { appendTimeout: 1_000, appendRetries: 2 }));

const event = (data: object = {}): NewEvent => ({ id: randomUUID(), type: "Seen", body: { data }, metadata });
const idsIn = async (stream: string) => {
  const ids: string[] = [];
  for await (const { id } of here.log.readStream(stream)) ids.push(id);
  return ids;
};

test("what lies in the log is answered with its place", async () => {
  const stream = `case-${randomUUID()}`;
  const { revision, position } = await here.log.append(stream, -1n, [event(), event()]);
  expect(revision).toBe(1n);
  expect((await here.log.head())!.commit).toBe(position.commit);
});

test("what is no JSON is refused at once, and the next append goes through", async () => {
  const cycle: Record<string, unknown> = {};
  cycle["itself"] = cycle;
  for (const data of [{ count: 1n }, cycle])
    await expect(here.log.append(`case-${randomUUID()}`, -1n, [event(data)])).rejects.toThrow(TypeError);
  await here.log.append(`case-${randomUUID()}`, -1n, [event()]);
});

test("more than one append can hold is refused before anything is sent", async () => {
  let sent = 0;
  here.faulty.onAppend = () => (sent++, "pass");
  await expect(here.log.append(`case-${randomUUID()}`, -1n, [event({ text: "x".repeat(1_048_577) })])).rejects.toMatchObject({
    code: "AppendTooLarge",
  });
  expect(sent).toBe(0);
});

test("whoever was second is told that the stream has moved", async () => {
  const stream = `case-${randomUUID()}`;
  await here.log.append(stream, -1n, [event()]);
  await expect(here.log.append(stream, -1n, [event()])).rejects.toMatchObject({ code: "StreamMoved" });
});

test("a store that never answers is said to be away, not waited for", async () => {
  here.faulty.onAppend = () => "drop";
  await expect(here.log.append(`case-${randomUUID()}`, -1n, [event()])).rejects.toMatchObject({ code: "StoreUnavailable" });
});

test("an append whose answer was lost is stored once, and answered as it was", async () => {
  here.faulty.onAppended = (_, index) => (index === 0 ? "drop" : "pass");
  const stream = `case-${randomUUID()}`;
  const events = [event(), event()];
  expect((await here.log.append(stream, -1n, events)).revision).toBe(1n);
  expect(await idsIn(stream)).toEqual(events.map(({ id }) => id));
});

test("its own events are known again, also when somebody else has written since", async () => {
  const stream = `case-${randomUUID()}`;
  const own = [event(), event()];
  let lost = false;
  here.faulty.onAppended = () => {
    if (lost) return "pass";
    lost = true;
    return "drop";
  };
  const appending = here.log.append(stream, -1n, own);
  await eventually("the answer was lost", () => lost);
  await clientOf(here.store.url).appendToStream(stream, jsonEvent({ type: "Other", data: { data: {} }, metadata: { ...metadata } }));
  const { revision, position } = await appending;
  expect(revision).toBe(1n);
  expect(position.commit).toBeGreaterThan(0n);
  expect((await idsIn(stream)).length).toBe(3);
});

test("a store that could not tell what it can do when it was first asked is asked again", async () => {
  here.faulty.onFeatures = (index) => (index === 0 ? { code: 13, details: "not yet" } : "pass");
  const stream = `case-${randomUUID()}`;
  expect((await here.log.append(stream, -1n, [event()])).revision).toBe(0n);
});

test("who leaves a read midway leaves nothing open at the server", async () => {
  const stream = `case-${randomUUID()}`;
  await here.log.append(
    stream,
    -1n,
    Array.from({ length: 200 }, () => event({ text: "x".repeat(2_000) })),
  );
  for await (const { revision } of here.log.readStream(stream)) if (revision === 3n) break;
  await eventually("the read was cancelled", () => here.faulty.cancelled === 1);
});
