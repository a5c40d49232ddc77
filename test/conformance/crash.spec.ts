import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { EventStoreDBClient, START } from "@eventstore/db-client";
import { temporaryFolder } from "../support/temporary-folder.js";
import { better, take } from "./server.js";
import { Writers } from "./writers.js";

const rounds = Number(process.env["CONFORMANCE_CRASHES"] ?? 2);
const main = join(import.meta.dirname, "../../dist/apps/event-store/main.js");

/** The store with a Postgres of its own, which goes down with it. */
async function start(directory: string): Promise<{ server: ChildProcess; client: EventStoreDBClient }> {
  const { DATABASE_URL: _, ...env } = process.env;
  const server = fork(main, ["--port", "0", "--data", directory], { env, execArgv: [], silent: true });
  const [{ ready }] = (await once(server, "message")) as [{ ready: string }];
  return { server, client: EventStoreDBClient.connectionString(ready) };
}

interface Stored {
  readonly stream: string;
  readonly id: string;
  readonly revision: bigint;
  readonly position: bigint;
}

async function readAll(client: EventStoreDBClient): Promise<Stored[]> {
  const read = await take(client.readAll());
  return read
    .map(({ event }) => ({ stream: event!.streamId, id: event!.id, revision: event!.revision, position: event!.position!.commit }))
    .filter(({ stream }) => !stream.startsWith("$"));
}

/** Follows the log from where it was left, until the server is gone or `last` is seen. */
async function follow(client: EventStoreDBClient, seen: { id: string; position: bigint }[], last?: string): Promise<void> {
  if (last !== undefined && seen.at(-1)?.id === last) return;
  const commit = seen.at(-1)?.position;
  const fromPosition = commit === undefined ? START : { commit, prepare: commit };
  try {
    for await (const { event } of client.subscribeToAll({ fromPosition })) {
      if (!event!.streamId.startsWith("$")) seen.push({ id: event!.id, position: event!.position.commit });
      if (event!.id === last) return;
    }
  } catch (error) {
    if (last !== undefined) throw error;
  }
}

/** Every acknowledged append lies where it was said to lie, every other one whole or not at all, and nothing was invented. */
function compare(log: readonly Stored[], { sent, acknowledged }: Writers): void {
  const streams = Map.groupBy(log, ({ stream }) => stream);
  for (const events of streams.values()) expect(events.map(({ revision }) => revision)).toEqual(events.map((_, index) => BigInt(index)));
  expect(log.every(({ position }, index) => index === 0 || position > log[index - 1]!.position)).toBe(true);
  const places = new Map(log.map(({ stream, id, revision }) => [id, `${stream} ${revision}`]));
  expect(places.size).toBe(log.length);
  for (const { stream, ids, last } of acknowledged)
    expect(ids.map((id) => places.get(id))).toEqual(ids.map((_, index) => `${stream} ${last - BigInt(ids.length - 1 - index)}`));
  const whole = sent.filter(({ stream, ids }) => {
    const first = streams.get(stream)?.findIndex(({ id }) => id === ids[0]) ?? -1;
    return first >= 0 && ids.every((id, index) => streams.get(stream)![first + index]?.id === id);
  });
  expect(whole.flatMap(({ ids }) => ids)).toHaveLength(log.length);
}

better(
  `what was acknowledged to 64 writers survives ${rounds} kills, once and in order, and what was in doubt can be sent again`,
  async () => {
    const directory = temporaryFolder();
    const writers = new Writers(64);
    const followed: { id: string; position: bigint }[] = [];
    for (let round = 0; round < rounds; round++) {
      const { server, client } = await start(directory);
      const busy = Promise.all([writers.write(client), follow(client, followed)]);
      const moment = writers.acknowledged.length + 1 + Math.random() * 3_000;
      while (writers.acknowledged.length < moment) await pause(1);
      server.kill("SIGKILL");
      await once(server, "exit");
      await busy;
      await client.dispose();
    }
    const { server, client } = await start(directory);
    compare(await readAll(client), writers);
    await writers.settle(client);
    const log = await readAll(client);
    compare(log, writers);
    expect(log).toHaveLength(writers.sent.reduce((sum, { ids }) => sum + ids.length, 0));
    await follow(client, followed, log.at(-1)?.id);
    expect(followed.map(({ id }) => id)).toEqual(log.map(({ id }) => id));
    await client.dispose();
    server.kill("SIGTERM");
    await once(server, "exit");
  },
  60_000 + rounds * 20_000,
);
