import {
  AccessDeniedError,
  binaryEvent,
  DeadlineExceededError,
  jsonEvent,
  MaxAppendSizeExceededError,
  StreamNotFoundError,
  UnknownError,
  WrongExpectedVersionError,
} from "@eventstore/db-client";
import { better, append, client, events, newStream, range, revisionsOf, streamOf, take } from "./server.js";

const credentials = { username: "admin", password: "changeit" };

test("revisions begin at 0, positions rise, and the answer names those of the last event", async () => {
  const stream = newStream();
  const first = await append(stream, "no_stream", 2);
  const second = await append(stream, 1n, 3);
  expect([first.nextExpectedRevision, second.nextExpectedRevision]).toEqual([1n, 4n]);
  expect(second.position!.commit).toBeGreaterThan(first.position!.commit);
  const read = await take(client.readStream(stream));
  expect(read[1]!.event!.position).toEqual(first.position);
  expect(read[4]!.event!.position).toEqual(second.position);
  expect(first.position!.commit).toBeGreaterThan(0n);
});

test.each([
  ["no_stream", 1n],
  [0n, 1n],
  [5n, 1n],
] as const)("expecting %s of a stream at 1 is refused, with its revision", async (expectedRevision, actualVersion) => {
  const stream = await streamOf(2);
  const refusal = { constructor: WrongExpectedVersionError, streamName: stream, actualVersion };
  await expect(append(stream, expectedRevision)).rejects.toMatchObject(refusal);
  expect(await revisionsOf(client.readStream(stream))).toEqual([0, 1]);
});

test.each(["stream_exists", 0n] as const)("expecting %s of a missing stream is refused", async (expectedRevision) => {
  const stream = newStream();
  await expect(append(stream, expectedRevision)).rejects.toThrow(WrongExpectedVersionError);
  await expect(take(client.readStream(stream))).rejects.toThrow(StreamNotFoundError);
});

test("metadata alone makes a stream exist", async () => {
  const stream = newStream();
  await client.setStreamMetadata(stream, { maxCount: 5 });
  expect((await append(stream, "stream_exists")).nextExpectedRevision).toBe(0n);
});

test("appends that follow each other without waiting keep their order", async () => {
  const stream = newStream();
  const chain = range(0, 50).map((index) => append(stream, index === 0 ? "no_stream" : BigInt(index - 1)));
  expect((await Promise.all(chain)).map(({ nextExpectedRevision }) => Number(nextExpectedRevision))).toEqual(range(0, 50));
});

test("of many who expect the same revision, one wins", async () => {
  const stream = newStream();
  const settled = await Promise.allSettled(range(0, 20).map(() => append(stream, "no_stream")));
  expect(settled.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  expect(await revisionsOf(client.readStream(stream))).toEqual([0]);
});

describe("no events", () => {
  test.each(["any", "no_stream"] as const)("expecting %s leave a missing stream missing", async (expectedRevision) => {
    const stream = newStream();
    expect(await append(stream, expectedRevision, 0)).toMatchObject({ success: true, position: { commit: expect.any(BigInt) } });
    await expect(take(client.readStream(stream))).rejects.toThrow(StreamNotFoundError);
  });

  test.each(["stream_exists", 0n] as const)("expecting %s of a missing stream are refused", async (expectedRevision) => {
    await expect(append(newStream(), expectedRevision, 0)).rejects.toThrow(WrongExpectedVersionError);
  });

  test.each(["any", "stream_exists", 1n] as const)("expecting %s of a stream at 1 change nothing", async (expectedRevision) => {
    const stream = await streamOf(2);
    expect((await append(stream, expectedRevision, 0)).nextExpectedRevision).toBe(1n);
    expect(await revisionsOf(client.readStream(stream))).toEqual([0, 1]);
  });

  test.each(["no_stream", 0n, 2n] as const)("expecting %s of a stream at 1 are refused", async (expectedRevision) => {
    await expect(append(await streamOf(2), expectedRevision, 0)).rejects.toThrow(WrongExpectedVersionError);
  });
});

describe("size", () => {
  const of = (size: number) => binaryEvent({ type: "Big", data: Buffer.alloc(size, "x"), metadata: Buffer.alloc(1_000) });

  test("1 MiB of data is stored; metadata does not count", async () => {
    const stream = newStream();
    await client.appendToStream(stream, of(1_048_576));
    expect((await take(client.readStream(stream)))[0]!.event!.data).toHaveLength(1_048_576);
  });

  test.each([{}, { credentials }])("one byte more is refused, and so are 12 MiB, also in several events (%j)", async (options) => {
    const stream = newStream();
    for (const batch of [[of(1_048_577)], [of(600_000), of(600_000)], [of(12 * 1_048_576)]])
      await expect(client.appendToStream(stream, batch, options)).rejects.toThrow(MaxAppendSizeExceededError);
    await expect(take(client.readStream(stream))).rejects.toThrow(StreamNotFoundError);
    expect((await append(stream, "no_stream")).nextExpectedRevision).toBe(0n);
  });
});

describe("names", () => {
  test.each([`n`.repeat(5_000), "مأوى 家 \u0000 %20", " led and followed by spaces ", "a@b/c$d"])("may be any text: %s", async (part) => {
    const stream = `${newStream()}${part}`;
    expect((await append(stream, "no_stream")).nextExpectedRevision).toBe(0n);
    expect((await take(client.readStream(stream)))[0]!.event!.streamId).toBe(stream);
    await expect(append(stream, 7n)).rejects.toMatchObject({ constructor: WrongExpectedVersionError, streamName: stream });
  });

  test("are told apart by case and by form", async () => {
    const stream = newStream();
    for (const name of [`${stream}-e`, `${stream}-E`, `${stream}-\u00e9`, `${stream}-e\u0301`])
      expect((await append(name, "no_stream")).nextExpectedRevision).toBe(0n);
  });

  test.each([{}, { credentials }])("may not be empty (%j)", async (options) => {
    for (const name of ["", "$$"]) await expect(client.appendToStream(name, events(1), options)).rejects.toThrow(UnknownError);
  });

  // Without users 23.10 appends to the whole log as if it were a stream.
  better("may not be that of the whole log", async () => {
    for (const options of [{}, { credentials }])
      await expect(client.appendToStream("$all", events(1), options)).rejects.toThrow(AccessDeniedError);
  });
});

describe("an event", () => {
  test.each([{}, { credentials }])("needs an id and a type; the connection stays usable (%j)", async (options) => {
    const stream = newStream();
    const [event] = events(1);
    for (const bad of [
      { ...event!, id: "no id" },
      { ...event!, id: "00000000-0000-0000-0000-000000000000" },
      { ...event!, type: "" },
    ])
      await expect(client.appendToStream(stream, [...events(1), bad], options)).rejects.toThrow(UnknownError);
    await expect(take(client.readStream(stream))).rejects.toThrow(StreamNotFoundError);
    expect((await client.appendToStream(stream, event!, options)).nextExpectedRevision).toBe(0n);
  });

  test("keeps its bytes, and its id in lower case, however it is written", async () => {
    const stream = newStream();
    const id = "6F9619FF-8B86-4011-B42D-00C04FC964FF";
    const event = jsonEvent({ id, type: "Happened 家", data: { place: "家" }, metadata: { by: "nobody" } });
    const forms = [id.replaceAll("-", ""), `{${id}}`].map((form) => ({ ...event, id: form }));
    await client.appendToStream(stream, [event, ...forms, binaryEvent({ type: "Bytes", data: Buffer.from([0, 255, 10]) })]);
    const read = (await take(client.readStream(stream))) as unknown as { event: { created: Date; id: string } }[];
    for (const { event: each } of read.slice(0, 3)) expect(each.id).toBe(id.toLowerCase());
    expect(read[0]!.event).toMatchObject({ type: event.type, isJson: true, data: event.data, metadata: event.metadata });
    expect(read[3]!.event).toMatchObject({ type: "Bytes", isJson: false, data: Buffer.from([0, 255, 10]), metadata: undefined });
    expect(Math.abs(Date.now() - read[0]!.event.created.getTime())).toBeLessThan(60_000);
  });
});

test("with credentials goes the other way in, to the same end", async () => {
  const stream = newStream();
  const { nextExpectedRevision } = await client.appendToStream(stream, events(2), { expectedRevision: "no_stream", credentials });
  expect(nextExpectedRevision).toBe(1n);
  const refused = client.appendToStream(stream, events(1), { expectedRevision: 7n, credentials });
  await expect(refused).rejects.toMatchObject({ constructor: WrongExpectedVersionError, actualVersion: 1n });
});

test("after its deadline is answered so", async () => {
  await expect(client.appendToStream(newStream(), events(1), { deadline: -1_000 })).rejects.toThrow(DeadlineExceededError);
});
