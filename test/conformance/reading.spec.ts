import { StreamNotFoundError, UnknownError, WrongExpectedVersionError } from "@eventstore/db-client";
import { append, better, client, newStream, range, revisionsOf, streamOf, take } from "./server.js";

describe("a stream of 1,200 events", () => {
  let stream: string;
  beforeAll(async () => (stream = await streamOf(1_200)));
  const read = (options: object) => revisionsOf(client.readStream(stream, options));

  test("is read forwards", async () => {
    expect(await read({})).toEqual(range(0, 1_200));
    expect(await read({ fromRevision: 1_198n })).toEqual([1_198, 1_199]);
    expect(await read({ fromRevision: 1_000n, maxCount: 3 })).toEqual([1_000, 1_001, 1_002]);
    expect(await read({ fromRevision: 5_000n })).toEqual([]);
    expect(await read({ maxCount: 1_100 })).toEqual(range(0, 1_100));
  });

  test("is read backwards", async () => {
    expect(await read({ direction: "backwards", fromRevision: "end" })).toEqual(range(0, 1_200).toReversed());
    expect(await read({ direction: "backwards", fromRevision: "end", maxCount: 2 })).toEqual([1_199, 1_198]);
    expect(await read({ direction: "backwards", fromRevision: 1n })).toEqual([1, 0]);
    expect(await read({ direction: "backwards", fromRevision: "start" })).toEqual([0]);
    for (const fromRevision of [9_999n, 2n ** 64n - 1n])
      expect(await read({ direction: "backwards", fromRevision, maxCount: 1 })).toEqual([1_199]);
  });

  test("tells the same positions as the whole log", async () => {
    const [event] = await take(client.readStream(stream, { fromRevision: 700n, maxCount: 1 }));
    const position = event!.event!.position!;
    expect(position.prepare).toBe(position.commit);
    const [same] = await take(client.readAll({ fromPosition: position, maxCount: 1 }));
    expect(same!.event).toEqual(event!.event);
    expect(same!.commitPosition).toBe(position.commit);
  });
});

test.each(["forwards", "backwards"] as const)("a missing stream is not found, %s", async (direction) => {
  const read = client.readStream(newStream(), { direction, fromRevision: direction === "forwards" ? "start" : "end" });
  await expect(take(read)).rejects.toThrow(StreamNotFoundError);
});

test("what cannot be asked is an error, not silence", async () => {
  const stream = await streamOf(1);
  for (const options of [{ fromRevision: "end" }, { maxCount: 0 }, { fromRevision: 2n ** 63n }] as const)
    await expect(take(client.readStream(stream, options))).rejects.toThrow(UnknownError);
  await expect(take(client.readStream(""))).rejects.toThrow(UnknownError);
  for (const position of [
    { commit: 2n ** 63n, prepare: 0n },
    { commit: 5n, prepare: 6n },
  ])
    await expect(take(client.readAll({ fromPosition: position }))).rejects.toThrow(UnknownError);
});

better("reading nothing of the whole log is answered", async () => {
  await expect(take(client.readAll({ maxCount: 0 }))).rejects.toThrow(UnknownError);
});

test("an expected revision beyond 63 bits is a bad request, the greatest number stands for no stream", async () => {
  await expect(append(newStream(), 2n ** 63n)).rejects.toThrow(UnknownError);
  expect((await append(newStream(), 2n ** 64n - 1n)).nextExpectedRevision).toBe(0n);
  await expect(append(await streamOf(1), 2n ** 64n - 1n)).rejects.toThrow(WrongExpectedVersionError);
});

test("a reader that stops early leaves the connection usable", async () => {
  const stream = await streamOf(1_000);
  for (let round = 0; round < 5; round++) expect(await take(client.readStream(stream), 3)).toHaveLength(3);
  expect(await revisionsOf(client.readStream(stream))).toHaveLength(1_000);
});
