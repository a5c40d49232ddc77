import { randomUUID } from "node:crypto";
import {
  type EventStoreDBClient,
  type PersistentAction,
  type PersistentSubscriptionToStreamSettings,
  persistentSubscriptionToStreamSettingsFromDefaults,
  START,
} from "@eventstore/db-client";
import { startEventStore, type RunningEventStore } from "../../apps/event-store/event-store.js";
import { createDatabase } from "../support/postgres.js";
import { clientOf, disposeClients } from "./node.js";

/** An event store of the tests' own, and a client of it. */
export let client: EventStoreDBClient;
let store: RunningEventStore;
let databaseUrl: string;

export async function startStore(): Promise<void> {
  databaseUrl = await createDatabase();
  store = await startEventStore({ databaseUrl, port: 0 });
  client = clientOf(store.url);
}
export async function restartStore(): Promise<void> {
  const { port } = store;
  await stopStore();
  store = await startEventStore({ databaseUrl, port });
  client = clientOf(store.url);
}
export async function stopStore(): Promise<void> {
  await disposeClients();
  await store.stop();
}

export type Settings = Partial<PersistentSubscriptionToStreamSettings>;
export const settings = (over: Settings = {}) => persistentSubscriptionToStreamSettingsFromDefaults({ startFrom: START, ...over });
export const group = async (over: Settings = {}, name = "readers") => {
  const stream = `case-${randomUUID()}`;
  await client.createPersistentSubscriptionToStream(stream, name, settings(over));
  return stream;
};

/** A connected reader that keeps what comes, and answers as it is told. */
export const reader = (stream: string, { bufferSize = 10, answer = "ack" as "ack" | "none" | PersistentAction, name = "readers" } = {}) => {
  const subscription =
    stream === "$all"
      ? client.subscribeToPersistentSubscriptionToAll(name, { bufferSize })
      : client.subscribeToPersistentSubscriptionToStream(stream, name, { bufferSize });
  const seen: { index: number; retries: number; revision: number; id: string }[] = [];
  const errors: Error[] = [];
  const got: any[] = [];
  subscription.on("data", (resolved) => {
    const { event, link, retryCount } = resolved;
    got.push(resolved);
    seen.push({
      index: (event?.data as { index?: number } | undefined)?.index ?? -1,
      retries: retryCount,
      revision: Number((link ?? event)!.revision),
      id: (link ?? event)!.id,
    });
    if (answer === "ack") void subscription.ack(resolved);
    else if (answer !== "none") void subscription.nack(answer, "invented reason", resolved);
  });
  subscription.on("error", (error) => errors.push(error));
  const indexes = () => seen.map(({ index }) => index);
  return { subscription, seen, errors, got, indexes, leave: () => subscription.unsubscribe().catch(() => undefined) };
};
export const upTo = (count: number) => Array.from({ length: count }, (_, index) => index);
export const infoOf = (stream: string, name = "readers") => client.getPersistentSubscriptionToStreamInfo(stream, name);
export const parkedOf = (stream: string) => `$persistentsubscription-${stream}::readers-parked`;
