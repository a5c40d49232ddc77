import { fork } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { join } from "node:path";
import { EventStoreDBClient, jsonEvent } from "@eventstore/db-client";
import { caseWithConsent, consent } from "../journeys/journey.js";
import type { System } from "../support/system.js";
import { lean } from "./lean.js";
import { median, rate, report, type Rate } from "./measure.js";

const rounds = 3;

/** A service that only appends, in a process of its own. Answers where it listens. */
async function barest(system: System): Promise<{ base: string; end: () => void }> {
  const child = fork(join(import.meta.dirname, "barest.child.js"), [system.environment["EVENTSTORE_URL"]!]);
  const [{ ready }] = (await once(child, "message")) as [{ ready: string }];
  return { base: ready, end: () => child.disconnect() };
}

const kinds = ["change by HTTP", "barest service that appends", "raw appendToStream"] as const;

/** Changes by HTTP, beside the barest service that appends, and raw appends of an event of the same size by the same client library, in turns. */
export async function http(system: System): Promise<void> {
  const client = EventStoreDBClient.connectionString(system.environment["EVENTSTORE_URL"]!);
  const cases = await Promise.all(Array.from({ length: 64 }, () => caseWithConsent(system)));
  const data = { filler: "x".repeat(330) };
  const ask = await lean(system, "amina");
  const change = (index: number) =>
    ask("POST", `/v1/cases/${cases[index % cases.length]}/refuse-consent`, { purpose: "PhotoMedia", refusedBy: consent.givenBy });
  const append = (index: number) =>
    client.appendToStream(`bench-${index % 64}-${process.pid}`, jsonEvent({ id: randomUUID(), type: "Bench", data, metadata: data }));
  const bare = await barest(system);
  const askBarest = await lean(system, "amina", bare.base);
  const work: Record<(typeof kinds)[number], (index: number) => Promise<unknown>> = {
    "change by HTTP": change,
    "barest service that appends": (index) => askBarest("POST", `/v1/streams/barest-${index % 64}-${process.pid}/append`, data),
    "raw appendToStream": append,
  };
  const rows: Record<string, string | number>[] = [];
  const ratios: Record<string, number> = {};
  for (const inFlight of [1, 64]) {
    const count = inFlight === 1 ? 500 : 4_000;
    const taken: Record<(typeof kinds)[number], Rate>[] = [];
    for (const kind of kinds) await rate(count / 2, inFlight, work[kind]);
    for (let round = 0; round < rounds; round++) {
      const figures = {} as Record<(typeof kinds)[number], Rate>;
      for (const kind of kinds) figures[kind] = await rate(count, inFlight, work[kind]);
      taken.push(figures);
    }
    const of = (kind: (typeof kinds)[number], figure: keyof Rate) => median(taken.map((each) => each[kind][figure]));
    for (const kind of kinds)
      rows.push({ what: kind, inFlight, perSecond: of(kind, "perSecond"), p50: of(kind, "p50"), p99: of(kind, "p99") });
    for (const other of kinds.slice(1))
      ratios[`change by HTTP / ${other}, ${inFlight} in flight`] = median(
        taken.map((each) => each["change by HTTP"].perSecond / each[other].perSecond),
      );
  }
  bare.end();
  report("http", rows, ratios);
  await client.dispose();
}
