import { type EventData, jsonEvent, WrongExpectedVersionError } from "@eventstore/db-client";
import { better, client, events, idsOf, newStream } from "./server.js";

/** A stream of three events under other ids, then these three, sent expecting the revision before them. */
async function sent() {
  const stream = newStream();
  const batch = events(3) as [EventData, EventData, EventData];
  const before = await client.appendToStream(stream, events(3), { expectedRevision: "no_stream" });
  const first = await client.appendToStream(stream, batch, { expectedRevision: 2n });
  await client.appendToStream(stream, events(1));
  return { stream, batch, before, first };
}

describe.each(["any", "stream_exists", 2n] as const)("expecting %s", (expectedRevision) => {
  test("events sent again are answered as before and written once, also with ids in upper case and other data", async () => {
    const { stream, batch, first } = await sent();
    const upper = batch.map(({ id }) => jsonEvent({ id: id.toUpperCase(), type: "Other", data: {} }));
    for (const again of [batch, upper]) expect(await client.appendToStream(stream, again, { expectedRevision })).toEqual(first);
    expect(await idsOf(client.readStream(stream))).toHaveLength(7);
  });

  test("the first of them alone is answered with its own revision", async () => {
    const { stream, batch } = await sent();
    expect(await client.appendToStream(stream, batch[0], { expectedRevision })).toMatchObject({ nextExpectedRevision: 3n });
  });

  test("known ones followed by new ones are refused", async () => {
    const { stream, batch } = await sent();
    const longer = client.appendToStream(stream, [...batch, ...events(1)], { expectedRevision });
    if (expectedRevision === 2n) await expect(longer).rejects.toMatchObject({ actualVersion: 6n });
    else await expect(longer).rejects.toThrow(WrongExpectedVersionError);
    expect(await idsOf(client.readStream(stream))).toHaveLength(7);
  });

  better("in reversed order they are refused", async () => {
    const { stream, batch } = await sent();
    const reversed = client.appendToStream(stream, batch.toReversed(), { expectedRevision });
    await expect(reversed).rejects.toThrow(WrongExpectedVersionError);
  });
});

test("expecting any, a repeated id is known, and a new one first is written with all that follow", async () => {
  const { stream, batch } = await sent();
  const repeated = await client.appendToStream(stream, [batch[0], batch[0], batch[1]]);
  expect(repeated.nextExpectedRevision).toBe(4n);
  const mixed = await client.appendToStream(stream, [...events(1), batch[1]]);
  expect(mixed.nextExpectedRevision).toBe(8n);
});

test("the same id twice in one new batch, or at the expected revision, is written twice", async () => {
  const stream = newStream();
  const [event] = events(1);
  await client.appendToStream(stream, [event!, event!], { expectedRevision: "no_stream" });
  await client.appendToStream(stream, event!, { expectedRevision: 1n });
  expect(await idsOf(client.readStream(stream))).toEqual([event!.id, event!.id, event!.id]);
});

test("an id that was written more than once is answered where it first stood, expecting any", async () => {
  const stream = newStream();
  const [event] = events(1);
  const first = await client.appendToStream(stream, [event!, event!], { expectedRevision: "no_stream" });
  await client.appendToStream(stream, event!, { expectedRevision: 1n });
  const again = await client.appendToStream(stream, event!);
  expect(again.nextExpectedRevision).toBe(0n);
  expect(again.position!.commit).toBeLessThan(first.position!.commit);
  expect(await idsOf(client.readStream(stream))).toHaveLength(3);
});

test("an id of another stream is new here", async () => {
  const [one, other] = [newStream(), newStream()];
  const batch = events(2);
  await client.appendToStream(one, batch);
  expect((await client.appendToStream(other, batch)).nextExpectedRevision).toBe(1n);
});

// 23.10 answers the second with an empty error.
better.each(["any", "no_stream"] as const)(
  "a duplicate sent at the same moment expecting %s is answered alike",
  async (expectedRevision) => {
    const stream = newStream();
    const batch = events(2);
    const first = client.appendToStream(stream, batch, { expectedRevision });
    const second = client.appendToStream(stream, batch, { expectedRevision });
    expect(await second).toEqual(await first);
    expect(await idsOf(client.readStream(stream))).toHaveLength(2);
  },
);

test("what can no longer be read counts as written, and is answered without a position", async () => {
  const { stream, batch } = await sent();
  await client.setStreamMetadata(stream, { truncateBefore: 6 });
  for (const expectedRevision of [2n, "any"] as const)
    expect(await client.appendToStream(stream, batch, { expectedRevision })).toMatchObject({
      success: true,
      nextExpectedRevision: 5n,
      position: undefined,
    });
});
