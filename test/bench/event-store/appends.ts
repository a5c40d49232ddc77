import type { EventStoreDBClient } from "@eventstore/db-client";
import { rate } from "../measure.js";
import { event, events } from "./server.js";

/** Single appends to 64 streams. */
export const singles = (client: EventStoreDBClient, count: number, inFlight: number) =>
  rate(count, inFlight, (index) => client.appendToStream(`single-${index % 64}`, event()));

/** A stream written by 500 events a call, one call after another; events a second. */
export async function bulk(client: EventStoreDBClient, stream: string, count: number): Promise<number> {
  const { perSecond } = await rate(count / 500, 1, () => client.appendToStream(stream, events(500)));
  return perSecond * 500;
}

/** From the call of an append until a live subscriber has its event, at so many appends a second. */
export async function latency(client: EventStoreDBClient, perSecond: number, count: number): Promise<{ p50: number; p99: number }> {
  const begun = new Map<string, number>();
  const times: number[] = [];
  const subscription = client.subscribeToAll({ fromPosition: "end" });
  await new Promise<void>((resolve) => void subscription.once("caughtUp", () => resolve()));
  const all = new Promise<void>((resolve) => {
    subscription.on("data", ({ event: { id } = { id: "" } }) => {
      times.push(performance.now() - begun.get(id)!);
      if (times.length === count) resolve();
    });
  });
  const start = performance.now();
  for (let sent = 0; sent < count;) {
    for (const due = ((performance.now() - start) / 1_000) * perSecond; sent < due && sent < count; sent++) {
      const each = event();
      begun.set(each.id, performance.now());
      void client.appendToStream(`live-${sent % 64}`, each);
    }
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await all;
  await subscription.unsubscribe();
  times.sort((one, other) => one - other);
  const at = (part: number) => Number(times[Math.floor(times.length * part)]!.toFixed(2));
  return { p50: at(0.5), p99: at(0.99) };
}
