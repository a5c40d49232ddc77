import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { UnavailableError } from "@eventstore/db-client";
import { startPostgres } from "#platform/postgres/embedded-postgres.js";
import { startEventStore } from "../../apps/event-store/event-store.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { all, clientOf, disposeClients, events } from "./node.js";

const main = join(import.meta.dirname, "../../dist/apps/event-store/main.js");
const start = (...given: string[]): ChildProcess => {
  const { DATABASE_URL: _, ...env } = process.env;
  return fork(main, given, { env, silent: true });
};
const readyUrl = async (child: ChildProcess): Promise<string> => {
  const [{ ready }] = (await once(child, "message")) as [{ ready: string }];
  return ready;
};

afterEach(disposeClients);

test("the program says where it is ready, stops at SIGTERM and at the end of its parent, and keeps what it was given", async () => {
  const directory = temporaryFolder();
  const first = start("--port", "0", "--data", directory);
  const said = text(first.stdout!);
  const url = await readyUrl(first);
  await clientOf(url).appendToStream("case-1", events(2));
  await disposeClients();
  first.kill("SIGTERM");
  expect(await once(first, "exit")).toEqual([0, null]);
  expect(await said).toBe(`event store ready at ${url}\n`);

  const second = start("--port", "0", "--data", directory);
  expect(await all(clientOf(await readyUrl(second)).readStream("case-1"))).toHaveLength(2);
  second.disconnect();
  expect(await once(second, "exit")).toEqual([0, null]);
});

test("the program ends with a sentence when its port is taken", async () => {
  const first = start("--port", "0", "--data", temporaryFolder());
  const { port } = new URL(await readyUrl(first));
  const second = start("--port", port, "--data", temporaryFolder());
  const said = text(second.stderr!);
  expect(await once(second, "exit")).toEqual([1, null]);
  expect(await said).toBe(`The event store cannot listen on 127.0.0.1:${port}: it is taken. Choose another port with --port.\n`);
  first.kill("SIGTERM");
  await once(first, "exit");
});

test("while Postgres is away the store is unavailable, and when it is back, goes on", async () => {
  const directory = temporaryFolder();
  const before = await startPostgres({ directory });
  const { port } = before;
  const store = await startEventStore({ databaseUrl: await before.ensureDatabase("events"), port: 0 });
  const client = clientOf(store.url);
  const batch = events(2);
  await client.appendToStream("case-1", batch);
  await before.stop();
  await expect(client.appendToStream("case-1", events(1))).rejects.toThrow(UnavailableError);
  await expect(all(client.readAll())).rejects.toThrow(UnavailableError);
  const after = await startPostgres({ directory, port });
  expect((await client.appendToStream("case-1", events(1), { expectedRevision: 1n })).nextExpectedRevision).toBe(2n);
  expect(await all(client.readStream("case-1"))).toHaveLength(3);
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  await expect(startEventStore({ databaseUrl: after.urlOf("events"), port: 0 })).rejects.toThrow("Another event store");
  await disposeClients();
  await store.stop();
  await after.stop();
});
