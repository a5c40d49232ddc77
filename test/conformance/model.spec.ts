import fc from "fast-check";
import { histories } from "./commands.js";
import { History } from "./history.js";
import { append, client, newStream, take } from "./server.js";

/** CONFORMANCE_SEEDS: how many seeds; CONFORMANCE_FIRST_SEED: the first of them, to repeat one that failed. */
const first = Number(process.env["CONFORMANCE_FIRST_SEED"] ?? 1);
const seeds = Array.from({ length: Number(process.env["CONFORMANCE_SEEDS"] ?? 10) }, (_, index) => first + index);
const runsOfEach = 5;

test.each(seeds)("seed %d: whatever is done to streams side by side, the server and the model say the same", async (seed) => {
  const property = fc.asyncProperty(histories, async (commands) => {
    const { position } = await append(newStream(), "no_stream");
    const streams = commands.map(() => new History(newStream()));
    await Promise.all(streams.map((stream, index) => stream.run(commands[index]!)));
    await compareWithWholeLog(streams, position!);
  });
  await fc.assert(property, { seed, numRuns: runsOfEach, endOnFailure: process.env["CI"] !== undefined });
});

/** The whole log has every event once, in order, at the position that was answered. */
async function compareWithWholeLog(streams: readonly History[], fromPosition: { commit: bigint; prepare: bigint }): Promise<void> {
  const read = await take(client.readAll({ fromPosition }));
  for (const { stream, model, answered } of streams) {
    const own = read.flatMap(({ event }) => (event!.streamId === stream && event!.type === "Happened" ? [event!] : []));
    expect(own.map(({ id }) => id)).toEqual(model.ids);
    expect(own.map(({ revision }) => Number(revision))).toEqual(model.ids.map((_, revision) => revision));
    for (const { revision, position } of answered) expect(own[revision]!.position.commit).toBe(position);
    const positions = read.map(({ event }) => event!.position.commit);
    expect(positions.every((each, index) => index === 0 || each > positions[index - 1]!)).toBe(true);
  }
}
