import { randomUUID } from "node:crypto";
import { EventStoreDBClient, jsonEvent } from "@eventstore/db-client";
import { caseWithConsent, consent } from "../journeys/journey.js";
import type { System } from "../support/system.js";
import { lean } from "./lean.js";
import { median, rate, report } from "./measure.js";

const rounds = 3;

/** Changes by HTTP, beside raw appends of an event of the same size by the same client library, in turns. */
export async function http(system: System): Promise<void> {
  const client = EventStoreDBClient.connectionString(system.environment["EVENTSTORE_URL"]!);
  const cases = await Promise.all(Array.from({ length: 64 }, () => caseWithConsent(system)));
  const data = { filler: "x".repeat(330) };
  const ask = await lean(system, "amina");
  const change = (index: number) =>
    ask("POST", `/v1/cases/${cases[index % cases.length]}/refuse-consent`, { purpose: "PhotoMedia", refusedBy: consent.givenBy });
  const append = (index: number) =>
    client.appendToStream(`bench-${index % 64}-${process.pid}`, jsonEvent({ id: randomUUID(), type: "Bench", data, metadata: data }));
  const rows: Record<string, string | number>[] = [];
  const ratios: Record<string, number> = {};
  for (const inFlight of [1, 64]) {
    const count = inFlight === 1 ? 500 : 4_000;
    const taken: { changes: Awaited<ReturnType<typeof rate>>; appends: Awaited<ReturnType<typeof rate>> }[] = [];
    await rate(count / 2, inFlight, change);
    for (let round = 0; round < rounds; round++)
      taken.push({ changes: await rate(count, inFlight, change), appends: await rate(count, inFlight, append) });
    const of = (kind: "changes" | "appends", figure: "perSecond" | "p50" | "p99") => median(taken.map((each) => each[kind][figure]));
    for (const kind of ["changes", "appends"] as const)
      rows.push({
        what: kind === "changes" ? "change by HTTP" : "raw appendToStream",
        inFlight,
        perSecond: of(kind, "perSecond"),
        p50: of(kind, "p50"),
        p99: of(kind, "p99"),
      });
    ratios[`HTTP change / raw append, ${inFlight} in flight`] = median(
      taken.map(({ changes, appends }) => changes.perSecond / appends.perSecond),
    );
  }
  report("http", rows, ratios);
  await client.dispose();
}
