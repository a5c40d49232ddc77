import { randomUUID } from "node:crypto";
import {
  binaryEvent,
  type EventStoreDBClient,
  persistentSubscriptionToAllSettingsFromDefaults,
  persistentSubscriptionToStreamSettingsFromDefaults,
  START,
  streamNameFilter,
} from "@eventstore/db-client";
import { Pool } from "pg";
import { startEventStore, type RunningEventStore } from "../../apps/event-store/event-store.js";
import { Users } from "../../apps/event-store/storage/users.js";
import { createDatabase } from "../support/postgres.js";
import { all, events, take } from "./node.js";
import { certificate, secureClient } from "./secure.js";

let store: RunningEventStore;
let admin: EventStoreDBClient;
let amina: EventStoreDBClient;
/** Amina may read the first of the links' targets, and not the second. */
let links: string;
const [open, closed] = [`case-${randomUUID()}`, `case-${randomUUID()}`];
beforeAll(async () => {
  const databaseUrl = await createDatabase();
  const { certificateFile, ...tls } = await certificate();
  store = await startEventStore({ databaseUrl, port: 0, host: "localhost", tls });
  const pool = new Pool({ connectionString: databaseUrl });
  await new Users(pool).set("amina", [], "invented");
  await pool.end();
  admin = secureClient(store.port, certificateFile, "admin:changeit");
  amina = secureClient(store.port, certificateFile, "amina:invented");
  for (const stream of [open, closed]) await admin.appendToStream(stream, events(1));
  await admin.setStreamMetadata(closed, { acl: { readRoles: ["$admins"] } });
  await admin.setStreamMetadata("$all", { acl: { readRoles: ["amina"] } });
  links = `links-${randomUUID()}`;
  await amina.appendToStream(
    links,
    [open, closed].map((stream) => binaryEvent({ type: "$>", data: Buffer.from(`0@${stream}`) })),
  );
}, 60_000);
afterAll(async () => {
  await Promise.all([admin, amina].map((client) => client.dispose()));
  await store.stop();
});

type Seen = { event?: { streamId: string }; link?: { streamId: string } };
type Way = (client: EventStoreDBClient) => Promise<Seen[]>;
/** What each link showed; undefined: the link alone. */
const shown = (read: readonly Seen[]) => read.map(({ event, link }) => (link?.streamId === links ? event?.streamId : "no link"));
const ways: Record<string, Way> = {
  "read of the stream": (client) => all(client.readStream(links, { resolveLinkTos: true })),
  "read of the stream backwards": async (client) =>
    (await all(client.readStream(links, { resolveLinkTos: true, direction: "backwards", fromRevision: "end" }))).toReversed(),
  "read of the whole log": async (client) =>
    (await all(client.readAll({ resolveLinkTos: true }))).filter(({ link }) => link?.streamId === links),
  "subscription to the stream": (client) => take(client.subscribeToStream(links, { resolveLinkTos: true }), 2),
  "filtered subscription to the whole log": (client) =>
    take(client.subscribeToAll({ resolveLinkTos: true, filter: streamNameFilter({ prefixes: [links] }) }) as AsyncIterable<Seen>, 2),
  "group on the stream": async (client) => {
    const name = randomUUID();
    const settings = persistentSubscriptionToStreamSettingsFromDefaults({ startFrom: START, resolveLinkTos: true });
    await admin.createPersistentSubscriptionToStream(links, name, settings);
    return take(client.subscribeToPersistentSubscriptionToStream(links, name), 2);
  },
  "group on the whole log": async (client) => {
    const name = randomUUID();
    const settings = persistentSubscriptionToAllSettingsFromDefaults({ startFrom: START, resolveLinkTos: true });
    await admin.createPersistentSubscriptionToAll(name, settings, { filter: streamNameFilter({ prefixes: [links] }) });
    return take(client.subscribeToPersistentSubscriptionToAll(name), 2);
  },
};

test.each(Object.entries(ways))("a %s shows what a link points to only to who may read it", async (_, way) => {
  expect(shown(await way(amina))).toEqual([open, undefined]);
  expect(shown(await way(admin))).toEqual([open, closed]);
});
