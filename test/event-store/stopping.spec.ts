import { once } from "node:events";
import { EventStoreDBClient, persistentSubscriptionToStreamSettingsFromDefaults, UnavailableError } from "@eventstore/db-client";
import { startEventStore } from "../../apps/event-store/event-store.js";
import { createDatabase } from "../support/postgres.js";

test("whoever is in the midst of a call when the store stops is told that it is unavailable, within a second", async () => {
  const store = await startEventStore({ databaseUrl: await createDatabase(), port: 0 });
  const client = EventStoreDBClient.connectionString(store.url);
  await client.createPersistentSubscriptionToStream("story-1", "readers", persistentSubscriptionToStreamSettingsFromDefaults());
  const calls = [
    client.subscribeToAll(),
    client.subscribeToStream("story-1"),
    client.subscribeToPersistentSubscriptionToStream("story-1", "readers"),
  ];
  await Promise.all([once(calls[0]!, "confirmation"), once(calls[1]!, "confirmation"), once(calls[2]!, "confirmation")]);
  const ended = calls.map((call) => once(call, "error"));
  const begun = performance.now();
  await store.stop();
  const errors = (await Promise.all(ended)).map(([error]) => error as Error);
  expect(errors.map((error) => [error.constructor.name, error instanceof UnavailableError])).toEqual(
    errors.map(() => ["UnavailableError", true]),
  );
  expect(performance.now() - begun).toBeLessThan(2_000);
  await client.dispose();
}, 60_000);
