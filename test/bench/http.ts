import { fork } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { join } from "node:path";
import { EventStoreDBClient, jsonEvent } from "@eventstore/db-client";
import { caseWithConsent, consent } from "../journeys/journey.js";
import type { System } from "../support/system.js";
import { busiestChanges } from "./busiest.js";
import { lean } from "./lean.js";
import { median, rate, report, type Rate } from "./measure.js";

const rounds = 3;

/** A service that only appends, in a process of its own. Answers where it listens. */
async function barest(system: System): Promise<{ base: string; end: () => void }> {
  const child = fork(join(import.meta.dirname, "barest.child.js"), [system.environment["EVENTSTORE_URL"]!]);
  const [{ ready }] = (await once(child, "message")) as [{ ready: string }];
  return { base: ready, end: () => child.disconnect() };
}

const references = ["barest service that appends", "raw appendToStream"];

/**
 * Changes by HTTP, beside the barest service that appends, and raw appends of an event of the same size by the same client library, in turns.
 * `bench -- http 4000`: so many a turn with 64 in flight, and an eighth of them one at a time.
 */
export async function http(system: System): Promise<void> {
  const many = Number(process.argv[3] ?? 4_000);
  const client = EventStoreDBClient.connectionString(system.environment["EVENTSTORE_URL"]!);
  const cases = await Promise.all(Array.from({ length: 64 }, () => caseWithConsent(system)));
  const data = { filler: "x".repeat(330) };
  const ask = await lean(system, "amina");
  const bare = await barest(system);
  const askBarest = await lean(system, "amina", bare.base);
  const changes: Readonly<Record<string, (index: number) => Promise<unknown>>> = {
    "change by HTTP": (index) =>
      ask("POST", `/v1/cases/${cases[index % cases.length]}/refuse-consent`, { purpose: "PhotoMedia", refusedBy: consent.givenBy }),
    ...(await busiestChanges(system)),
  };
  const work: Readonly<Record<string, (index: number) => Promise<unknown>>> = {
    ...changes,
    "barest service that appends": (index) => askBarest("POST", `/v1/streams/barest-${index % 64}-${process.pid}/append`, data),
    "raw appendToStream": (index) =>
      client.appendToStream(`bench-${index % 64}-${process.pid}`, jsonEvent({ id: randomUUID(), type: "Bench", data, metadata: data })),
  };
  const rows: Record<string, string | number>[] = [];
  const ratios: Record<string, number> = {};
  for (const inFlight of [1, 64]) {
    const count = inFlight === 1 ? Math.ceil(many / 8) : many;
    const taken: Readonly<Record<string, Rate>>[] = [];
    for (const each of Object.values(work)) await rate(count / 2, inFlight, each);
    for (let round = 0; round < rounds; round++) {
      const figures: Record<string, Rate> = {};
      for (const [kind, each] of Object.entries(work)) figures[kind] = await rate(count, inFlight, each);
      taken.push(figures);
    }
    const of = (kind: string, figure: keyof Rate) => median(taken.map((each) => each[kind]![figure]));
    for (const kind of Object.keys(work))
      rows.push({ what: kind, inFlight, perSecond: of(kind, "perSecond"), p50: of(kind, "p50"), p99: of(kind, "p99") });
    const compare = (kind: string, other: string): void => {
      ratios[`${kind} / ${other}, ${inFlight} in flight`] = median(taken.map((each) => each[kind]!.perSecond / each[other]!.perSecond));
    };
    for (const kind of Object.keys(changes)) for (const other of references) compare(kind, other);
    for (const kind of Object.keys(changes).slice(1)) compare(kind, "change by HTTP");
  }
  bare.end();
  report("http", rows, ratios);
  await client.dispose();
}
