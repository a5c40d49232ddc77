import { StreamDeletedError, StreamNotFoundError, WrongExpectedVersionError } from "@eventstore/db-client";
import { better, append, client, deletedStreamOf, newStream, streamOf, take } from "./server.js";

const end = 2n ** 63n - 1n;

test("a stream with a tombstone is closed to everything, and so is its metadata", async () => {
  const stream = await streamOf(2);
  const { position } = await client.tombstoneStream(stream, { expectedRevision: 1n });
  for (const expectedRevision of ["any", "no_stream", "stream_exists", 1n] as const) {
    await expect(append(stream, expectedRevision)).rejects.toMatchObject({ constructor: StreamDeletedError, streamName: stream });
    await expect(append(stream, expectedRevision, 0)).rejects.toThrow(StreamDeletedError);
  }
  const closed = { constructor: StreamDeletedError, streamName: stream };
  await expect(take(client.readStream(stream))).rejects.toMatchObject(closed);
  await expect(client.deleteStream(stream)).rejects.toMatchObject(closed);
  await expect(client.tombstoneStream(stream)).rejects.toMatchObject(closed);
  await expect(take(client.subscribeToStream(stream))).rejects.toMatchObject(closed);
  await expect(client.getStreamMetadata(stream)).rejects.toMatchObject({ ...closed, streamName: `$$${stream}` });
  await expect(client.setStreamMetadata(stream, {})).rejects.toThrow(StreamDeletedError);
  const [tombstone] = await take(client.readAll({ fromPosition: position!, maxCount: 1 }));
  expect(tombstone!.event).toMatchObject({ streamId: stream, type: "$streamDeleted", revision: end, isJson: false });
  expect(tombstone!.event!.data).toHaveLength(0);
});

test.each(["any", "no_stream"] as const)("missing, deleted and metadata-only streams are closed expecting %s", async (expectedRevision) => {
  const onlyMetadata = newStream();
  await client.setStreamMetadata(onlyMetadata, {});
  for (const stream of [newStream(), onlyMetadata, await deletedStreamOf(1)]) {
    await client.tombstoneStream(stream, { expectedRevision });
    await expect(append(stream, "any")).rejects.toThrow(StreamDeletedError);
  }
});

test("another revision is refused, and so is a missing stream expected to exist", async () => {
  const stream = await streamOf(2);
  for (const expectedRevision of ["no_stream", 0n, 2n] as const)
    await expect(client.tombstoneStream(stream, { expectedRevision })).rejects.toThrow(WrongExpectedVersionError);
  const absent = client.tombstoneStream(newStream(), { expectedRevision: "stream_exists" as never });
  await expect(absent).rejects.toMatchObject({ type: "wrong-expected-version", expectedVersion: -4n, actualVersion: -1n });
  await expect(take(client.readStream(newStream()))).rejects.toThrow(StreamNotFoundError);
});

// 23.10 answers HTTP 500 where an error names such a stream.
better("names outside ASCII, and those with a space at an end, come back in errors", async () => {
  for (const part of ["مأوى", "家", " "]) {
    const stream = `${await streamOf(1)}${part}`;
    await append(stream, "no_stream");
    await expect(client.deleteStream(stream, { expectedRevision: 7n })).rejects.toMatchObject({
      constructor: WrongExpectedVersionError,
      streamName: stream.replace(part, encodeURIComponent(part)),
    });
    await client.tombstoneStream(stream);
    await expect(take(client.readStream(stream))).rejects.toThrow(StreamDeletedError);
  }
});

test("a subscription from its end is confirmed, caught up, and stays silent", async () => {
  const stream = await streamOf(1);
  await client.tombstoneStream(stream);
  const subscription = client.subscribeToStream(stream, { fromRevision: "end" });
  await new Promise<void>((resolve) => void subscription.once("caughtUp", () => resolve()));
  await subscription.unsubscribe();
});
