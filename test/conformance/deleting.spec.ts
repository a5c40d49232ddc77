import { StreamDeletedError, StreamNotFoundError, WrongExpectedVersionError } from "@eventstore/db-client";
import { append, client, deletedStreamOf, events, newStream, revisionsOf, streamOf, take } from "./server.js";

const missing = (stream: string) => expect(take(client.readStream(stream))).rejects.toThrow(StreamNotFoundError);
const metadataOf = async (stream: string) => (await client.getStreamMetadata(stream)).metadata;

test("a deleted stream is not found; its deletion can be read", async () => {
  const stream = await streamOf(3);
  const { position } = await client.deleteStream(stream, { expectedRevision: 2n });
  await missing(stream);
  const [deletion] = await take(client.readAll({ fromPosition: position!, maxCount: 1 }));
  expect(deletion!.event).toMatchObject({ streamId: `$$${stream}`, type: "$metadata", isJson: true });
  const [raw] = await take(client.readStream(`$$${stream}`));
  expect(raw!.event!.data).toEqual({ $tb: Number(2n ** 63n - 1n) });
});

test.each(["any", "no_stream", 2n] as const)("an append expecting %s brings it back where it ended", async (expectedRevision) => {
  const stream = await deletedStreamOf(3);
  const answer = await append(stream, expectedRevision, 2);
  expect(answer.nextExpectedRevision).toBe(4n);
  expect(await revisionsOf(client.readStream(stream))).toEqual([3, 4]);
  expect(await metadataOf(stream)).toEqual({ truncateBefore: 3 });
  const after = await take(client.readAll({ fromPosition: answer.position! }));
  const own = after.map(({ event }) => event!.streamId).filter((name) => name.endsWith(stream));
  expect(own).toEqual([stream, `$$${stream}`]);
});

test("an append expecting it to exist, or another revision, is refused", async () => {
  const stream = await deletedStreamOf(2);
  await expect(append(stream, "stream_exists")).rejects.toThrow(StreamDeletedError);
  for (const expectedRevision of [0n, 2n]) await expect(append(stream, expectedRevision)).rejects.toThrow(WrongExpectedVersionError);
  await missing(stream);
});

test.each(["any", 1n] as const)("no events expecting %s bring it back empty", async (expectedRevision) => {
  const stream = await deletedStreamOf(2);
  await expect(append(stream, "no_stream", 0)).rejects.toThrow(WrongExpectedVersionError);
  await expect(append(stream, "stream_exists", 0)).rejects.toThrow(StreamDeletedError);
  expect((await append(stream, expectedRevision, 0)).nextExpectedRevision).toBe(1n);
  expect(await revisionsOf(client.readStream(stream))).toEqual([]);
  expect(await metadataOf(stream)).toEqual({ truncateBefore: 2 });
});

test("what it had, sent again, is known and does not bring it back", async () => {
  const stream = newStream();
  const batch = events(2);
  await client.appendToStream(stream, batch, { expectedRevision: "no_stream" });
  await client.deleteStream(stream);
  for (const expectedRevision of ["no_stream", "any"] as const)
    expect(await client.appendToStream(stream, batch, { expectedRevision })).toMatchObject({
      success: true,
      nextExpectedRevision: 1n,
      position: undefined,
    });
  await missing(stream);
});

test("the retry of what re-created it is known by its old revision, and refused as no stream", async () => {
  const stream = await deletedStreamOf(2);
  const batch = events(1);
  const first = await client.appendToStream(stream, batch, { expectedRevision: "no_stream" });
  await expect(client.appendToStream(stream, batch, { expectedRevision: "no_stream" })).rejects.toThrow(WrongExpectedVersionError);
  expect(await client.appendToStream(stream, batch, { expectedRevision: 1n })).toEqual(first);
});

test("new metadata brings it back, and stays", async () => {
  const stream = await deletedStreamOf(2);
  await client.setStreamMetadata(stream, { maxCount: 5, shelter: "none" });
  expect(await revisionsOf(client.readStream(stream))).toEqual([]);
  expect(await metadataOf(stream)).toEqual({ maxCount: 5, truncateBefore: 2, shelter: "none" });
  expect((await append(stream, 1n)).nextExpectedRevision).toBe(2n);
});

test("deletion replaces metadata", async () => {
  const stream = await streamOf(2);
  await client.setStreamMetadata(stream, { maxCount: 5 });
  await client.deleteStream(stream);
  await append(stream, "any");
  expect(await metadataOf(stream)).toEqual({ truncateBefore: 2 });
});

test("it is deleted again expecting any, no stream, or its last revision", async () => {
  const stream = await deletedStreamOf(2);
  for (const expectedRevision of ["any", "no_stream", 1n] as const)
    expect((await client.deleteStream(stream, { expectedRevision })).position).toBeDefined();
  await expect(client.deleteStream(stream, { expectedRevision: 0n })).rejects.toThrow(WrongExpectedVersionError);
  await missing(stream);
});

test("what is not there, or elsewhere, is not deleted", async () => {
  for (const expectedRevision of ["any", "no_stream", 0n] as const)
    await expect(client.deleteStream(newStream(), { expectedRevision })).rejects.toThrow(WrongExpectedVersionError);
  const stream = await streamOf(2);
  for (const expectedRevision of ["no_stream", 0n, 2n] as const)
    await expect(client.deleteStream(stream, { expectedRevision })).rejects.toMatchObject({
      constructor: WrongExpectedVersionError,
      streamName: stream,
      actualVersion: 1n,
    });
});

test("a stream of metadata alone is deleted, and begins at 0", async () => {
  const stream = newStream();
  await client.setStreamMetadata(stream, { maxCount: 2 });
  await missing(stream);
  await client.deleteStream(stream);
  expect((await append(stream, "no_stream")).nextExpectedRevision).toBe(0n);
  expect(await revisionsOf(client.readStream(stream))).toEqual([0]);
  expect(await metadataOf(stream)).toEqual({ truncateBefore: 0 });
});
