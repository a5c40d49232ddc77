import { append, client, newStream, streamOf, take } from "./server.js";

type Read = ReturnType<typeof client.readAll>;
const positionsOf = async (read: Read) => (await take(read)).map(({ event }) => event!.position.commit);
const rising = (positions: readonly bigint[]) => positions.every((each, index) => index === 0 || each > positions[index - 1]!);

test("has every event once, in the order of positions, those of one append side by side", async () => {
  const streams = Array.from({ length: 20 }, newStream);
  const answers = await Promise.all(streams.map((stream) => append(stream, "no_stream", 5)));
  const first = answers.map(({ position }) => position!.commit).toSorted((a, b) => Number(a - b))[0]!;
  const from = (await take(client.readAll({ direction: "backwards", fromPosition: { commit: first, prepare: first }, maxCount: 4 }))).at(
    -1,
  )!;
  const read = await take(client.readAll({ fromPosition: from.event!.position }));
  expect(rising(read.map(({ event }) => event!.position.commit))).toBe(true);
  for (const stream of streams) {
    const places = read.flatMap(({ event }, index) => (event!.streamId === stream ? [index] : []));
    expect(places).toEqual(Array.from({ length: 5 }, (_, index) => places[0]! + index));
  }
});

test("is read inclusively forwards and exclusively backwards", async () => {
  const stream = newStream();
  const { position: first } = await append(stream, "no_stream", 1);
  const { position: second } = await append(stream, 0n, 1);
  expect((await positionsOf(client.readAll({ fromPosition: first!, maxCount: 1 })))[0]).toBe(first!.commit);
  const [before] = await positionsOf(client.readAll({ direction: "backwards", fromPosition: second!, maxCount: 1 }));
  expect(before).toBeGreaterThanOrEqual(first!.commit);
  expect(before).toBeLessThan(second!.commit);
});

test("has ends: nothing lies after the last or before the first", async () => {
  await streamOf(1);
  const start = { commit: 0n, prepare: 0n };
  expect(await positionsOf(client.readAll({ direction: "backwards", fromPosition: "start" }))).toEqual([]);
  expect(await positionsOf(client.readAll({ direction: "backwards", fromPosition: start }))).toEqual([]);
  expect(await positionsOf(client.readAll({ fromPosition: "end" }))).toEqual([]);
  expect(await positionsOf(client.readAll({ fromPosition: { commit: 2n ** 62n, prepare: 2n ** 62n } }))).toEqual([]);
  const first = await positionsOf(client.readAll({ maxCount: 3 }));
  expect(await positionsOf(client.readAll({ fromPosition: start, maxCount: 3 }))).toEqual(first);
  expect(first[0]).toBeGreaterThan(0n);
});

test("is read backwards from its end", async () => {
  const stream = await streamOf(3);
  const read = await take(client.readAll({ direction: "backwards", fromPosition: "end", maxCount: 500 }));
  expect(rising(read.map(({ event }) => event!.position.commit).toReversed())).toBe(true);
  expect(read.filter(({ event }) => event!.streamId === stream).map(({ event }) => event!.revision)).toEqual([2n, 1n, 0n]);
});

test("shows what its stream does not: truncated and deleted events, metadata and tombstones", async () => {
  const stream = newStream();
  const { position } = await append(stream, "no_stream", 2);
  await client.setStreamMetadata(stream, { truncateBefore: 2 });
  await client.deleteStream(stream);
  await client.tombstoneStream(stream);
  const read = await take(client.readAll({ fromPosition: position! }));
  const types = read.filter(({ event }) => event!.streamId.endsWith(stream)).map(({ event }) => event!.type);
  expect(types).toEqual(["Happened", "$metadata", "$metadata", "$streamDeleted"]);
});

test("hides what groups of the whole log note about themselves", async () => {
  const group = `$persistentsubscription-$all::${newStream()}`;
  const { position } = await append(newStream(), "no_stream", 1);
  for (const stream of [`${group}-checkpoint`, `${group}-parked`]) await append(stream, "no_stream", 1);
  const read = await take(client.readAll({ fromPosition: position! }));
  expect(read.filter(({ event }) => event!.streamId.startsWith(group))).toEqual([]);
  expect(await take(client.readStream(`${group}-parked`))).toHaveLength(1);
});
