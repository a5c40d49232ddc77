import { randomUUID } from "node:crypto";
import type { NewEvent } from "#store/appender.js";
import { EventLog } from "#store/event-log.js";
import { Pool } from "pg";
import { Users } from "../../apps/event-store/storage/users.js";
import { startEventStore, type RunningEventStore } from "../../apps/event-store/event-store.js";
import { certificate } from "../event-store/secure.js";
import { metadata } from "../support/metadata.js";
import { createDatabase } from "../support/postgres.js";
import { eventually } from "../support/processes.js";
import { SilentProxy } from "../support/silent-proxy.js";

/** By TLS: without it, clients share their connections to one address. */
let store: RunningEventStore;
let wire: SilentProxy;
let url: string;
beforeAll(async () => {
  const { certificateFile, ...tls } = await certificate();
  const databaseUrl = await createDatabase();
  store = await startEventStore({ databaseUrl, port: 0, host: "localhost", tls });
  const pool = new Pool({ connectionString: databaseUrl });
  await new Users(pool).set("amina", ["$admins"], "invented");
  await pool.end();
  const through = await SilentProxy.before(`esdb://localhost:${store.port}`);
  wire = through.proxy;
  url = `esdb://amina:invented@localhost:${new URL(through.url).port}?tls=true&tlsCAFile=${encodeURIComponent(certificateFile)}`;
}, 60_000);
afterAll(async () => {
  wire.close();
  await store.stop();
});

const event = (): NewEvent => ({ id: randomUUID(), type: "Seen", body: { data: {} }, metadata });

test("however often a client is replaced, only the connections that serve are open; closed, none is", async () => {
  const log = new EventLog(url);
  const use = async () => {
    const stream = `case-${randomUUID()}`;
    await log.append(stream, -1n, [event()]);
    for await (const _ of log.readStream(stream));
    await log.readWindow(null, 1);
    await log.monitor.head();
  };
  await use();
  expect(wire.connections).toBe(4);
  for (let time = 0; time < 6; time++) {
    for (const connection of log.connections) connection.replace(connection.opened);
    await use();
  }
  await eventually("only those that serve are open", () => wire.connections === 4, 30);
  await log.close();
  await eventually("none is open", () => wire.connections === 0, 30);
}, 90_000);

test("however often streams are asked for that there are none of, the connection is not taken from those that there are", async () => {
  const log = new EventLog(url);
  try {
    const stream = `case-${randomUUID()}`;
    await log.append(stream, -1n, [event()]);
    const ask = async () => {
      for (let asked = 0; asked < 80; asked++)
        for await (const _ of log.readStream(`case-${randomUUID()}`)) throw new Error("there is none");
    };
    // A thousand resets at once, and 33 a second, are what Node's HTTP/2 servers bear.
    await Promise.all(Array.from({ length: 16 }, ask));
    const found: string[] = [];
    for await (const { id } of log.readStream(stream)) found.push(id);
    expect(found).toHaveLength(1);
  } finally {
    await log.close();
  }
}, 60_000);
