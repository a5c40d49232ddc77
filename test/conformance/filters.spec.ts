import { eventTypeFilter, excludeSystemEvents, type Filter, streamNameFilter, UnknownError } from "@eventstore/db-client";
import { better, append, client, events, newStream, take } from "./server.js";

/** The types told of three events appended after the filter's start, the last of which every filter here lets through. */
async function told(stream: string, filter: (last: string) => Filter): Promise<string[]> {
  const { position } = await append(newStream(), "no_stream");
  const last = newStream();
  await client.appendToStream(stream, events(1, "One"));
  await client.setStreamMetadata(stream, { maxCount: 9 });
  await client.appendToStream(last, events(1, last));
  const types: string[] = [];
  for await (const { event } of client.subscribeToAll({ fromPosition: position!, filter: filter(last) as never })) {
    if (event!.streamId.endsWith(stream) || event!.streamId === last) types.push(event!.type === last ? "last" : event!.type);
    if (event!.type === last) break;
  }
  return types;
}

const unique = () => newStream().replaceAll("-", "");
const byName = (part: object) => (last: string) => streamNameFilter({ prefixes: [last], ...part });

test("a prefix matches the raw name, as it is written", async () => {
  const stream = unique();
  expect(await told(stream, (last) => streamNameFilter({ prefixes: [stream, last] }))).toEqual(["One", "last"]);
  expect(await told(unique(), (last) => streamNameFilter({ prefixes: ["CONFORMANCE", last] }))).toEqual(["last"]);
  expect(await told(unique(), byName({ prefixes: [""] }))).toEqual(["One", "$metadata", "last"]);
});

test.each([
  ["%s", ["One", "$metadata", "last"]],
  ["^%s", ["One", "last"]],
  ["(?i)^%S", ["One", "last"]],
  ["^\\p{L}+\\d?[\\w\\-]+$(?<=%s|LAST)", ["One", "last"]],
  ["^(?!\\$)(?=.*%s|LAST)", ["One", "last"]],
] as const)("an expression finds what .NET finds: %s", async (expression, types) => {
  const stream = unique();
  const regex = (last: string) =>
    expression
      .replace("%s", expression.includes("LAST") ? stream : `(${stream}|${last})`)
      .replace("%S", `(${stream.toUpperCase()}|${last.toUpperCase()})`)
      .replace("LAST", last);
  expect(await told(stream, (last) => streamNameFilter({ regex: regex(last) }))).toEqual(types);
});

test("event types are filtered alike", async () => {
  expect(await told(unique(), (last) => eventTypeFilter({ prefixes: ["On", last] }))).toEqual(["One", "last"]);
  expect(await told(unique(), (last) => eventTypeFilter({ regex: `^O.e$|${last}` }))).toEqual(["One", "last"]);
  expect(await told(unique(), () => excludeSystemEvents())).toEqual(["One", "last"]);
});

test("an expression that is none is refused", async () => {
  await expect(take(client.subscribeToAll({ filter: streamNameFilter({ regex: "(" }) }))).rejects.toThrow(UnknownError);
});

describe("checkpoints", () => {
  /** Position of every so manieth event from a position on, exclusive. */
  const every = async (step: number, after: { commit: bigint; prepare: bigint }) => {
    const read = await take(client.readAll({ fromPosition: after }));
    return read
      .slice(1)
      .map(({ event }) => event!.position.commit)
      .filter((_, index) => (index + 1) % step === 0);
  };

  // 23.10 tells where a page began, as long as it catches up and nothing is let through.
  better("come at every (window x interval)-th considered event, through catch-up into live", async () => {
    const { position } = await append(newStream(), "no_stream");
    await append(newStream(), "no_stream", 50);
    const told: bigint[] = [];
    const checkpointReached = (_: unknown, { commit }: { commit: bigint }) => void told.push(commit);
    const filter = streamNameFilter({ prefixes: ["nobody-"], maxSearchWindow: 10, checkpointInterval: 2, checkpointReached });
    const subscription = client.subscribeToAll({ fromPosition: position!, filter });
    subscription.on("error", () => undefined);
    await new Promise<void>((resolve) => void subscription.once("caughtUp", () => resolve()));
    for (let round = 0; round < 5; round++) await append(newStream(), "no_stream", 9);
    while (told.length < 4) await new Promise((resolve) => setTimeout(resolve, 10));
    await subscription.unsubscribe();
    expect(told.slice(0, 4)).toEqual((await every(20, position!)).slice(0, 4));
  });

  test("come every 32 events by default, also where events are let through", async () => {
    const prefix = newStream();
    const { position } = await append(newStream(), "no_stream");
    const told: bigint[] = [];
    const checkpointReached = (_: unknown, { commit }: { commit: bigint }) => void told.push(commit);
    const filter = streamNameFilter({ prefixes: [prefix], checkpointReached });
    const subscription = client.subscribeToAll({ fromPosition: position!, filter });
    await append(prefix, "no_stream", 70);
    expect(await take(subscription, 70)).toHaveLength(70);
    expect(told.slice(0, 2)).toEqual((await every(32, position!)).slice(0, 2));
  });
});
