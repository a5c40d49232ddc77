import { randomUUID } from "node:crypto";
import {
  type EventStoreDBClient,
  persistentSubscriptionToStreamSettingsFromDefaults,
  START,
  streamNameFilter,
} from "@eventstore/db-client";
import { rate } from "../measure.js";

/** Everything that a read gives; events a second. */
export async function drain(source: AsyncIterable<unknown>): Promise<number> {
  let count = 0;
  const begun = performance.now();
  for await (const _ of source) count++;
  return perSecond(count, begun);
}

/** A subscription to `$all` for one prefix, from the start until it has caught up; events a second. */
export async function catchUp(client: EventStoreDBClient, prefix: string): Promise<number> {
  let count = 0;
  const begun = performance.now();
  const subscription = client.subscribeToAll({ filter: streamNameFilter({ prefixes: [prefix] }) });
  subscription.on("data", () => count++);
  await new Promise<void>((resolve) => void subscription.once("caughtUp", () => resolve()));
  const result = perSecond(count, begun);
  await subscription.unsubscribe();
  return result;
}

/** A group's only reader, which acknowledges each event as it comes; events a second. */
export async function acknowledge(client: EventStoreDBClient, stream: string, count: number, bufferSize: number): Promise<number> {
  const group = `bench-${bufferSize}-${randomUUID()}`;
  await client.createPersistentSubscriptionToStream(
    stream,
    group,
    persistentSubscriptionToStreamSettingsFromDefaults({ startFrom: START }),
  );
  const begun = performance.now();
  const subscription = client.subscribeToPersistentSubscriptionToStream(stream, group, { bufferSize });
  let acknowledged = 0;
  await new Promise<void>((resolve) => {
    subscription.on("data", (event) => {
      void subscription.ack(event);
      if (++acknowledged === count) resolve();
    });
  });
  const result = perSecond(count, begun);
  await subscription.unsubscribe();
  await client.deletePersistentSubscriptionToStream(stream, group);
  return result;
}

/** The last event of a stream, one read after another. */
export const lastEvents = (client: EventStoreDBClient, count: number) =>
  rate(count, 1, async (index) => {
    for await (const _ of client.readStream(`single-${index % 64}`, { direction: "backwards", fromRevision: "end", maxCount: 1 }));
  });

/** Opens subscriptions to as many streams, which stay silent. */
export async function subscribe(client: EventStoreDBClient, count: number): Promise<() => Promise<void>> {
  const subscriptions = Array.from({ length: count }, (_, index) => client.subscribeToStream(`idle-${index}`, { fromRevision: "end" }));
  await Promise.all(subscriptions.map((each) => new Promise<void>((resolve) => void each.once("caughtUp", () => resolve()))));
  return async () => {
    await Promise.all(subscriptions.map((each) => each.unsubscribe()));
  };
}

const perSecond = (count: number, begun: number): number => Math.round(count / ((performance.now() - begun) / 1_000));
