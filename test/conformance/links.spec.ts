import { binaryEvent, jsonEvent } from "@eventstore/db-client";
import { append, client, events, newStream, streamOf, take } from "./server.js";

/** JSON by its flag, as system streams write them; what counts is the text. */
const link = (text: string) => ({ ...binaryEvent({ type: "$>", data: Buffer.from(text) }) });

const resolved = async (stream: string) => (await take(client.readStream(stream, { resolveLinkTos: true }))) as any[];

test("a link is read as its target, beside itself, and where it is not asked for, as it is", async () => {
  const [target, stream] = [await streamOf(3), newStream()];
  await client.appendToStream(stream, link(`1@${target}`));
  const [read] = await resolved(stream);
  expect(read).toMatchObject({ event: { streamId: target, revision: 1n, type: "Happened" }, link: { streamId: stream, type: "$>" } });
  expect(read.commitPosition).toBe(read.link.position.commit);
  const [plain] = await take(client.readStream(stream));
  expect(plain!.event!.type).toBe("$>");
  expect(plain!.link).toBeUndefined();
});

test("a link without a target that can be read stands alone", async () => {
  const [truncated, deleted, closed, stream] = [await streamOf(2), await streamOf(1), await streamOf(1), newStream()];
  await client.setStreamMetadata(truncated, { truncateBefore: 1 });
  await client.deleteStream(deleted);
  await client.tombstoneStream(closed);
  const nowhere = [`0@${truncated}`, `0@${deleted}`, `0@${closed}`, `7@${truncated}`, `0@${newStream()}`, "0@", "1", ` 0@${truncated}`];
  await client.appendToStream(stream, nowhere.map(link));
  const read = await resolved(stream);
  expect(read.map(({ event, link }) => [event, link?.revision])).toEqual(nowhere.map((_, index) => [undefined, BigInt(index)]));
});

test("a link to revision -1 is read as the last event", async () => {
  const [target, stream] = [await streamOf(3), newStream()];
  await client.appendToStream(stream, link(`-1@${target}`));
  expect((await resolved(stream))[0].event).toMatchObject({ streamId: target, revision: 2n });
});

test("what names no revision is a plain event, and a reference to a stream is not followed", async () => {
  const stream = newStream();
  await client.appendToStream(stream, [link(`x@${stream}`), { ...link(`0@${stream}`), type: "$@" }]);
  for (const { event, link: none } of await resolved(stream)) expect([event.streamId, none]).toEqual([stream, undefined]);
});

test("a name may hold what parts it, and the target may come later", async () => {
  const [target, stream] = [`${newStream()}@home @`, newStream()];
  await client.appendToStream(stream, link(`0@${target}`));
  expect((await resolved(stream))[0].event).toBeUndefined();
  await append(target, "no_stream");
  expect((await resolved(stream))[0].event.streamId).toBe(target);
});

test("a link to a link is followed once", async () => {
  const [target, first, second] = [await streamOf(1), newStream(), newStream()];
  await client.appendToStream(first, link(`0@${target}`));
  await client.appendToStream(second, link(`0@${first}`));
  expect((await resolved(second))[0].event).toMatchObject({ streamId: first, type: "$>" });
});

test("subscriptions resolve, and the whole log as well", async () => {
  const [target, stream] = [await streamOf(1), newStream()];
  const { position } = await client.appendToStream(stream, [...events(1), link(`0@${target}`), jsonEvent({ type: "Last", data: {} })]);
  const seen = (await take(client.subscribeToStream(stream, { resolveLinkTos: true }), 3)) as any[];
  expect(seen.map(({ event }) => event.streamId)).toEqual([stream, target, stream]);
  const before = await take(client.readAll({ direction: "backwards", fromPosition: position!, maxCount: 100, resolveLinkTos: true }));
  expect(before.some(({ event, link }) => link?.streamId === stream && event?.streamId === target)).toBe(true);
});
