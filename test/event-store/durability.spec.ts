import { NO_STREAM } from "@eventstore/db-client";
import { Client } from "pg";
import { startEventStore } from "../../apps/event-store/event-store.js";
import { type EmbeddedPostgres, startPostgres } from "#platform/postgres/embedded-postgres.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { all, clientOf, disposeClients, events, take } from "./node.js";

let postgres: EmbeddedPostgres;
beforeAll(async () => {
  postgres = await startPostgres({ directory: temporaryFolder() });
}, 60_000);
afterAll(() => postgres?.stop());
afterEach(disposeClients);

const query = async (url: string, text: string) => {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(text);
  await client.end();
};

test("a restart keeps everything, and recognises what is sent again", async () => {
  const databaseUrl = await postgres.ensureDatabase("restart");
  const before = await startEventStore({ databaseUrl, port: 0 });
  const client = clientOf(before.url);
  const batch = events(3);
  const first = await client.appendToStream("case-1", batch, { expectedRevision: NO_STREAM });
  const anywhere = await client.appendToStream("case-2", batch);
  await client.dispose();
  await before.stop();
  const after = await startEventStore({ databaseUrl, port: 0 });
  const again = clientOf(after.url);
  expect(await again.appendToStream("case-1", batch, { expectedRevision: NO_STREAM })).toEqual(first);
  expect(await again.appendToStream("case-2", batch)).toEqual(anywhere);
  expect(await all(again.readStream("case-1"))).toHaveLength(3);
  const next = await again.appendToStream("case-1", events(1), { expectedRevision: 2n });
  expect(next.position!.commit).toBe(anywhere.position!.commit + 1n);
  await after.stop();
});

test("a second event store on the same database is refused with a sentence", async () => {
  const databaseUrl = await postgres.ensureDatabase("second");
  const first = await startEventStore({ databaseUrl, port: 0 });
  await expect(startEventStore({ databaseUrl, port: 0 })).rejects.toThrow("Another event store is already running on this database.");
  await first.stop();
});

test("data of another layout is refused with a sentence", async () => {
  const databaseUrl = await postgres.ensureDatabase("layout");
  await (await startEventStore({ databaseUrl, port: 0 })).stop();
  await query(databaseUrl, "update layout set version = 99");
  await expect(startEventStore({ databaseUrl, port: 0 })).rejects.toThrow("has layout 99");
});

test("an event store that was taken over cannot write, and is told", async () => {
  const databaseUrl = await postgres.ensureDatabase("fenced");
  const told: string[] = [];
  const store = await startEventStore({ databaseUrl, port: 0, lost: ({ message }) => told.push(message) });
  await query(databaseUrl, "update layout set epoch = epoch + 1");
  await expect(clientOf(store.url).appendToStream("case-1", events(1))).rejects.toThrow();
  expect(told).toEqual([expect.stringContaining("has taken over this database")]);
  await store.stop();
});

test("when its sessions break, it goes on: appends may fail for a moment, nothing is lost, and subscriptions follow", async () => {
  const databaseUrl = await postgres.ensureDatabase("broken");
  const store = await startEventStore({ databaseUrl, port: 0 });
  const client = clientOf(store.url);
  await client.appendToStream("case-1", events(1));
  const seen = take(client.subscribeToStream("case-1"), 2);
  await query(postgres.urlOf("postgres"), "select pg_terminate_backend(pid) from pg_stat_activity where datname = 'broken'");
  const batch = events(1);
  for (let tries = 0; tries < 20; tries++)
    if (
      await client.appendToStream("case-1", batch, { expectedRevision: 0n }).then(
        () => true,
        () => false,
      )
    )
      break;
  expect(await all(client.readStream("case-1"))).toHaveLength(2);
  await expect(startEventStore({ databaseUrl, port: 0 })).rejects.toThrow("Another event store");
  expect((await seen).map(({ event }) => event!.revision)).toEqual([0n, 1n]);
  await store.stop();
});
