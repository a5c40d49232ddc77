import { execFile, fork, type ChildProcess } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { join } from "node:path";
import { promisify } from "node:util";
import { jsonEvent } from "@eventstore/db-client";
import { Client } from "pg";
import { freePort } from "#platform/http/free-port.js";
import { createDatabase } from "../support/postgres.js";
import { all, clientOf, disposeClients, events } from "./node.js";
import { certificate, secureClient } from "./secure.js";

const main = join(import.meta.dirname, "../../dist/apps/event-store/main.js");
const node = join(process.cwd(), "node_modules", ".bin", "node");
let databaseUrl: string;
const children: ChildProcess[] = [];
beforeEach(async () => {
  databaseUrl = await createDatabase();
});
afterEach(async () => {
  await disposeClients();
  for (const child of children.splice(0)) {
    child.kill("SIGTERM");
    if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
  }
});

const start = async (...given: string[]): Promise<string> => {
  const child = fork(main, ["--port", "0", ...given], { env: { ...process.env, DATABASE_URL: databaseUrl }, silent: true });
  children.push(child);
  const [{ ready }] = (await once(child, "message")) as [{ ready: string }];
  return ready;
};
/** Runs a command of the program; answers what it said. */
const run = async (given: string[], env: Record<string, string> = {}): Promise<string> =>
  (await promisify(execFile)(node, [main, ...given], { env: { ...process.env, DATABASE_URL: databaseUrl, ...env } })).stdout;
const query = async (text: string) => {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
};

test("the program tells what it can be asked for", async () => {
  const help = await run(["--help"]);
  for (const word of [
    "--port",
    "--host",
    "--data",
    "--tls-certificate",
    "--tls-key",
    "--metrics-port",
    "stats",
    "scavenge",
    "users",
    "DATABASE_URL",
  ])
    expect(help).toContain(word);
});

test("health and metrics are told on a port of their own, without a name of a stream", async () => {
  const port = await freePort();
  const client = clientOf(await start("--metrics-port", String(port)));
  await client.appendToStream("case-not-told", events(3));
  const ask = (path: string) => fetch(`http://127.0.0.1:${port}${path}`);
  expect([(await ask("/health/live")).status, (await ask("/health/ready")).status, (await ask("/other")).status]).toEqual([200, 200, 404]);
  const text = await (await ask("/metrics")).text();
  expect(text).toMatch(/event_store_events_total [3-9]/);
  expect(text).toMatch(/event_store_commit_seconds_count [1-9]/);
  expect(text).not.toContain("case-not-told");
});

test("stats tell what is stored, and what an event costs in each index", async () => {
  const client = clientOf(await start());
  await client.appendToStream("case-1", events(100));
  const stats = JSON.parse(await run(["stats"])) as {
    events: number;
    streams: number;
    sizes: { name: string; kind: string; perEvent: number }[];
  };
  expect(stats).toMatchObject({ events: 102, streams: 3 });
  expect(stats.sizes).toContainEqual(expect.objectContaining({ name: "event_pkey", kind: "index", perEvent: expect.any(Number) }));
});

test("data that a newer program wrote is refused, and not touched", async () => {
  await start();
  children.pop()!.kill("SIGTERM");
  await query("update layout set version = version + 1");
  await expect(run(["stats"])).rejects.toThrow(/data has layout \d+; this program knows layout \d+/);
});

test("users are made, changed, listed and removed while the store runs", async () => {
  const { certificateFile, keyFile } = await certificate();
  const url = await start("--host", "localhost", "--tls-certificate", certificateFile, "--tls-key", keyFile);
  expect(url).toMatch(/^esdb:\/\/localhost:\d+\?tls=true$/);
  await run(["users", "set", "amina", "workers"], { EVENTSTORE_USER_PASSWORD: "invented" });
  expect(await run(["users", "list"])).toBe("admin  $admins\namina  workers\nops  $ops\n");
  const client = secureClient(new URL(url).port, certificateFile, "amina:invented");
  await client.appendToStream("case-1", events(1));
  await client.dispose();
  await run(["users", "remove", "amina"]);
  await expect(run(["users", "remove", "amina"])).rejects.toThrow("There is no user amina.");
  await expect(run(["users", "set", "neema"])).rejects.toThrow("EVENTSTORE_USER_PASSWORD");
  expect(JSON.stringify(await query("select * from login"))).not.toContain("invented");
});

test("half of a certificate is none", async () => {
  const { certificateFile } = await certificate();
  await expect(run(["--tls-certificate", certificateFile])).rejects.toThrow("TLS needs both");
});

describe("scavenging", () => {
  const revisions = async (stream: string) => (await all(clientOf(url).readStream(stream))).map(({ event }) => Number(event!.revision));
  const kept = async (stream: string) =>
    (await all(clientOf(url).readAll())).filter(({ event }) => event!.streamId === stream).map(({ event }) => Number(event!.revision));
  let url = "";
  const name = () => `case-${randomUUID()}`;

  test("removes what is truncated, deleted or closed, while the store runs; positions and revisions go on as they were", async () => {
    url = await start();
    const client = clientOf(url);
    const [truncated, counted, deleted, closed, whole, emptied] = [name(), name(), name(), name(), name(), name()];
    for (const stream of [truncated, counted, deleted, closed, whole, emptied]) await client.appendToStream(stream, events(6));
    await client.setStreamMetadata(truncated, { truncateBefore: 4 });
    await client.setStreamMetadata(counted, { maxCount: 2 });
    await client.setStreamMetadata(counted, { maxCount: 3 });
    await client.setStreamMetadata(emptied, { truncateBefore: 100 });
    await client.deleteStream(deleted);
    await client.tombstoneStream(closed);
    const before = await all(client.readAll());
    const shown = await Promise.all([truncated, counted, whole].map(revisions));

    expect(await run(["scavenge"])).toMatch(/\d+ events were removed/);

    expect(await Promise.all([truncated, counted, whole].map(revisions))).toEqual(shown);
    expect(await kept(truncated)).toEqual([4, 5]);
    expect(await kept(counted)).toEqual([3, 4, 5]);
    expect(await kept(`$$${counted}`)).toEqual([1]);
    expect(await kept(deleted)).toEqual([5]);
    expect((await kept(closed)).length).toBe(1);
    expect(await kept(emptied)).toEqual([5]);
    const positions = new Map(before.map(({ event }) => [event!.id, event!.position!.commit]));
    for (const { event } of await all(client.readAll())) expect(event!.position!.commit).toBe(positions.get(event!.id));
    for (const [stream, next] of [
      [truncated, 6n],
      [deleted, 6n],
      [emptied, 6n],
    ] as const)
      expect((await client.appendToStream(stream, jsonEvent({ type: "Next", data: {} }))).nextExpectedRevision).toBe(next);
    expect(await revisions(deleted)).toEqual([6]);
    await expect(all(client.readStream(closed))).rejects.toThrow();
    await run(["scavenge"]);
    expect(await run(["scavenge"])).toContain("0 events were removed");
  });

  test("removes what is too old, but never a stream's last event", async () => {
    url = await start();
    const client = clientOf(url);
    const old = name();
    await client.appendToStream(old, events(3));
    await client.setStreamMetadata(old, { maxAge: 1 });
    await query(`update event set created = created - ${3_600n * 10_000_000n}`);
    await client.appendToStream(old, events(1));
    await run(["scavenge"]);
    expect(await kept(old)).toEqual([3]);
  });
});
