import { randomUUID } from "node:crypto";
import {
  AccessDeniedError,
  type EventStoreDBClient,
  persistentSubscriptionToAllSettingsFromDefaults,
  persistentSubscriptionToStreamSettingsFromDefaults,
} from "@eventstore/db-client";
import { Pool } from "pg";
import { startEventStore, type RunningEventStore } from "../../apps/event-store/event-store.js";
import { Users } from "../../apps/event-store/storage/users.js";
import { createDatabase } from "../support/postgres.js";
import { all, events, take } from "./node.js";
import { certificate, secureClient } from "./secure.js";

let store: RunningEventStore;
const clients: Record<string, EventStoreDBClient> = {};
beforeAll(async () => {
  const databaseUrl = await createDatabase();
  const { certificateFile, ...tls } = await certificate();
  store = await startEventStore({ databaseUrl, port: 0, host: "localhost", tls });
  const pool = new Pool({ connectionString: databaseUrl });
  await new Users(pool).set("amina", ["workers"], "invented");
  await pool.end();
  for (const [name, signedIn] of [
    ["anonymous", undefined],
    ["wrong", "admin:wrong"],
    ["unknown", "nobody:changeit"],
    ["amina", "amina:invented"],
    ["ops", "ops:changeit"],
    ["admin", "admin:changeit"],
  ] as const)
    clients[name] = secureClient(store.port, certificateFile, signedIn);
}, 60_000);
afterAll(async () => {
  await Promise.all(Object.values(clients).map((client) => client.dispose()));
  await store.stop();
});

/** "yes", "denied", or what else went wrong. */
const outcome = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => "yes",
    (error: Error) => (error instanceof AccessDeniedError ? "denied" : error.constructor.name),
  );
/** One after another: the client's pending appends are known to all clients of a process, and one that fails fails the others'. */
const everybody = async (work: (client: EventStoreDBClient, name: string) => Promise<unknown>) => {
  const outcomes: Record<string, string> = {};
  for (const [name, client] of Object.entries(clients)) outcomes[name] = await outcome(work(client, name));
  return outcomes;
};
const nobody = { anonymous: "denied", wrong: "denied", unknown: "denied" };
const signedIn = { ...nobody, amina: "yes", ops: "yes", admin: "yes" };
const operators = { ...nobody, amina: "denied", ops: "yes", admin: "yes" };
const admins = { ...nobody, amina: "denied", ops: "denied", admin: "yes" };

describe("who has signed in", () => {
  test("writes to streams, by either way", async () => {
    expect(await everybody((client) => client.appendToStream(`case-${randomUUID()}`, events(1)))).toEqual(signedIn);
    const { admin, amina } = clients;
    await amina!.appendToStream("case-1", events(1), { credentials: { username: "admin", password: "changeit" } });
    expect(await outcome(amina!.appendToStream("case-1", events(1), { credentials: { username: "admin", password: "wrong" } }))).toBe(
      "denied",
    );
    expect(await all(admin!.readStream("case-1"))).toHaveLength(1);
  });
  test("goes on writing after a refusal", async () => {
    const { amina } = clients;
    expect(await outcome(amina!.appendToStream("$internal", events(1)))).toBe("denied");
    expect(await outcome(amina!.appendToStream(`case-${randomUUID()}`, events(1)))).toBe("yes");
  });
  test("reads streams, also those that are not there", async () => {
    await clients["admin"]!.appendToStream("case-read", events(1));
    expect(await everybody((client) => all(client.readStream("case-read")))).toEqual(signedIn);
    const missing = await everybody((client) => all(client.readStream(`case-${randomUUID()}`)));
    expect([missing["anonymous"], missing["amina"]]).toEqual(["denied", "StreamNotFoundError"]);
    expect(await everybody((client) => take(client.subscribeToStream("case-read"), 1))).toEqual(signedIn);
  });
  test("deletes them, and keeps their metadata", async () => {
    for (const client of Object.values(clients)) await outcome(client.setStreamMetadata("case-meta", { maxAge: 1_000 }));
    expect(await everybody((client) => client.getStreamMetadata("case-meta"))).toEqual(signedIn);
    expect(
      await everybody(async (client, name) => {
        await clients["admin"]!.appendToStream(`case-delete-${name}`, events(1));
        await client.deleteStream(`case-delete-${name}`);
      }),
    ).toEqual(signedIn);
  });
});

describe("admins alone", () => {
  test("read the whole log", async () => {
    expect(await everybody((client) => all(client.readAll({ maxCount: 1 })))).toEqual(admins);
    expect(await everybody((client) => take(client.subscribeToAll(), 1))).toEqual(admins);
  });
  test("use the store's own streams", async () =>
    expect(await everybody((client) => client.appendToStream("$internal", events(1)))).toEqual(admins));
});

test("nobody writes to the whole log", async () => {
  for (const work of [
    (client: EventStoreDBClient) => client.appendToStream("$all", events(1)),
    (client: EventStoreDBClient) => client.deleteStream("$all"),
  ])
    expect(await outcome(work(clients["admin"]!))).toBe("denied");
});

describe("a stream's own list", () => {
  test("takes effect with the answer to the change, right by right", async () => {
    const { admin, amina } = clients;
    const stream = `case-${randomUUID()}`;
    await amina!.appendToStream(stream, events(1));
    await admin!.setStreamMetadata(stream, { acl: { readRoles: ["nurses"] } });
    expect(await outcome(all(amina!.readStream(stream)))).toBe("denied");
    expect(await outcome(amina!.appendToStream(stream, events(1)))).toBe("yes");
    await admin!.setStreamMetadata(stream, { acl: { readRoles: ["workers"], metaReadRoles: ["amina"], metaWriteRoles: [] } });
    expect(await outcome(all(amina!.readStream(stream)))).toBe("yes");
    expect(await outcome(amina!.getStreamMetadata(stream))).toBe("yes");
    expect(await outcome(amina!.setStreamMetadata(stream, {}))).toBe("denied");
  });
  test("opens the whole log to readers", async () => {
    const { admin, amina } = clients;
    await admin!.setStreamMetadata("$all", { acl: { readRoles: ["workers"] } });
    expect(await outcome(all(amina!.readAll({ maxCount: 1 })))).toBe("yes");
    await admin!.setStreamMetadata("$all", {});
    expect(await outcome(all(amina!.readAll({ maxCount: 1 })))).toBe("denied");
  });
});

describe("groups", () => {
  const settings = persistentSubscriptionToStreamSettingsFromDefaults();

  test("are looked after by admins and operators", async () => {
    const made = await everybody((client, name) => client.createPersistentSubscriptionToStream("case-groups", name, settings));
    expect(made).toEqual(operators);
    expect(await everybody((client) => client.replayParkedMessagesToStream("case-groups", "admin"))).toEqual(operators);
    expect(await everybody((client) => client.restartPersistentSubscriptionSubsystem())).toEqual(operators);
  });
  test("are seen by whoever has signed in", async () =>
    expect(await everybody((client) => client.listAllPersistentSubscriptions())).toEqual(signedIn));
  test("are read by whoever may read their stream, and tell nobody else whether they exist", async () => {
    const { admin, ops } = clients;
    await admin!.createPersistentSubscriptionToAll("everything", persistentSubscriptionToAllSettingsFromDefaults({ startFrom: "start" }));
    expect(await everybody((client) => take(client.subscribeToPersistentSubscriptionToAll("everything"), 1))).toEqual(admins);
    expect(await outcome(take(ops!.subscribeToPersistentSubscriptionToAll("nothing"), 1))).toBe("denied");
  });
});

test("without a certificate the store listens on this machine only", async () =>
  expect(startEventStore({ databaseUrl: await createDatabase(), port: 0, host: "0.0.0.0" })).rejects.toThrow("Give it a certificate"));
