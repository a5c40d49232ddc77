import { binaryEvent, jsonEvent } from "@eventstore/db-client";
import { append, client, newStream, revisionsOf, streamOf } from "./server.js";

const forwards = (stream: string, options: object = {}) => revisionsOf(client.readStream(stream, options));
const backwards = (stream: string, options: object = {}) =>
  revisionsOf(client.readStream(stream, { direction: "backwards", fromRevision: "end", ...options }));
const write = (stream: string, text: string) =>
  client.appendToStream(`$$${stream}`, { ...jsonEvent({ type: "$metadata", data: {} }), data: JSON.parse(text) as object } as never);

test("a count shows the newest, also as the stream grows, and when it is raised, the older ones again", async () => {
  const stream = await streamOf(10);
  await client.setStreamMetadata(stream, { maxCount: 3 });
  expect(await forwards(stream)).toEqual([7, 8, 9]);
  expect(await forwards(stream, { fromRevision: 2n, maxCount: 2 })).toEqual([7, 8]);
  expect(await backwards(stream)).toEqual([9, 8, 7]);
  expect(await backwards(stream, { fromRevision: 6n })).toEqual([]);
  await append(stream, 9n, 2);
  expect(await forwards(stream)).toEqual([9, 10, 11]);
  await client.setStreamMetadata(stream, { maxCount: 100 });
  expect(await forwards(stream)).toHaveLength(12);
});

test("truncation hides what lies before, if need be all, until the stream reaches it", async () => {
  const stream = await streamOf(4);
  await client.setStreamMetadata(stream, { truncateBefore: 3 });
  expect([await forwards(stream), await backwards(stream)]).toEqual([[3], [3]]);
  await client.setStreamMetadata(stream, { truncateBefore: 5 });
  expect([await forwards(stream), await backwards(stream)]).toEqual([[], []]);
  expect((await append(stream, 3n)).nextExpectedRevision).toBe(4n);
  expect(await forwards(stream)).toEqual([]);
  await append(stream, 4n);
  expect(await forwards(stream)).toEqual([5]);
  await client.setStreamMetadata(stream, { truncateBefore: 1 });
  expect(await forwards(stream)).toEqual([1, 2, 3, 4, 5]);
});

test("an age hides what is older; of several limits the narrowest counts", async () => {
  const stream = await streamOf(4);
  await client.setStreamMetadata(stream, { maxAge: 3_600 });
  expect(await forwards(stream)).toHaveLength(4);
  await client.setStreamMetadata(stream, { maxAge: 3_600, maxCount: 3, truncateBefore: 2 });
  expect(await forwards(stream)).toEqual([2, 3]);
  await client.setStreamMetadata(stream, { maxAge: 1 });
  while ((await forwards(stream)).length > 0) await new Promise((resolve) => setTimeout(resolve, 100));
  await append(stream, 3n);
  expect(await forwards(stream)).toContain(4);
});

test("the last event of a metadata stream decides, whatever its type, if it is JSON", async () => {
  const stream = await streamOf(5);
  await client.setStreamMetadata(stream, { maxCount: 2 });
  expect(await forwards(`$$${stream}`)).toEqual([0]);
  await client.appendToStream(`$$${stream}`, binaryEvent({ type: "$metadata", data: Buffer.from('{"$tb":3}') }));
  expect(await forwards(stream)).toHaveLength(5);
  expect((await client.getStreamMetadata(stream)).metadata).toBeUndefined();
  await client.appendToStream(`$$${stream}`, jsonEvent({ type: "Anything", data: { $maxCount: 1 } }));
  expect(await forwards(stream)).toEqual([4]);
  expect(await forwards(`$$${stream}`)).toEqual([2]);
});

test("metadata of a metadata stream is kept without effect", async () => {
  const stream = await streamOf(2);
  for (const maxCount of [5, 1]) await client.setStreamMetadata(stream, { maxCount });
  await client.setStreamMetadata(`$$${stream}`, { maxCount: 2 });
  expect((await client.getStreamMetadata(`$$${stream}`)).metadata).toEqual({ maxCount: 2 });
  expect(await forwards(`$$${stream}`)).toEqual([1]);
});

test("it has revisions of its own to expect", async () => {
  const stream = newStream();
  await client.setStreamMetadata(stream, { owner: "nobody" }, { expectedRevision: "no_stream" });
  await expect(client.setStreamMetadata(stream, {}, { expectedRevision: 3n })).rejects.toMatchObject({ type: "wrong-expected-version" });
  await client.setStreamMetadata(stream, { owner: "somebody" }, { expectedRevision: 0n });
  expect((await client.getStreamMetadata(stream)).metadata).toEqual({ owner: "somebody" });
});

test.each([
  ['{"$maxCount":0,"$tb":3}', [3, 4]],
  ['{"$maxCount":-1,"$maxAge":-5,"$tb":3}', [3, 4]],
  ['{"$tb":-1,"$maxCount":1}', [4]],
  ['{"$maxCount":"2","$tb":3}', [0, 1, 2, 3, 4]],
  ['{"$maxCount":null,"$tb":3}', [0, 1, 2, 3, 4]],
  ['{"$maxAge":2.5,"$tb":3}', [0, 1, 2, 3, 4]],
  ['{"$acl":null,"$tb":3}', [0, 1, 2, 3, 4]],
  ['{"$acl":"all","$tb":3}', [0, 1, 2, 3, 4]],
  ['{"$acl":{"$x":"all"},"$tb":3}', [0, 1, 2, 3, 4]],
  ['{"unknown":{"$tb":1},"$tb":3}', [3, 4]],
])("%s", async (text, visible) => {
  const stream = await streamOf(5);
  await write(stream, text);
  expect(await forwards(stream)).toEqual(visible);
});
