import { isDeepStrictEqual } from "node:util";
import { Pool } from "pg";
import { tableOf } from "#projection/columns.js";
import { foldFacts, concerns, type Kept } from "#projection/fold.js";
import { reconcile } from "#projection/reconcile.js";
import { selectList } from "#projection/rows.js";
import type { View } from "#projection/view.js";
import { firstBrokenLink } from "#store/chain.js";
import { EventLog } from "#store/event-log.js";
import type { StoredFact } from "#store/stored.js";
import { views } from "../../apps/projector/views.js";
import { caseWithConsent, eventually, shelterWith } from "../journeys/journey.js";
import type { System } from "../support/system.js";

/** Kills one of two projectors again and again while people work. Answers what is wrong in the end; empty: nothing. */
export async function killProjectors(system: System, rounds: number, told: (round: number) => void = () => undefined): Promise<string[]> {
  const beds = Array.from({ length: Math.max(8, rounds * 2) }, (_, bed) => ({
    bed: `W-${bed}`,
    category: "Women",
    availability: "YearRound",
  }));
  const shelter = await shelterWith(system, beds);
  await system.startProjector(2);
  for (let round = 0; round < rounds; round++) {
    told(round);
    const work = Promise.all(Array.from({ length: 20 }, (_, index) => oneCase(system, index < 2 ? shelter : null)));
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 600));
    const which = Math.random() < 0.5 ? 1 : 2;
    await system.killProjector(which);
    await work;
    await system.startProjector(which);
  }
  told(rounds);
  return wrongIn(system);
}

async function oneCase(system: System, shelter: string | null): Promise<void> {
  const caseId = await caseWithConsent(system);
  if (shelter) await system.post("amina", `/v1/shelters/${shelter}/admit-resident`, { caseId, voluntary: true, houseRulesExplained: true });
  await system.post("amina", `/v1/cases/${caseId}/start-screening`, { formVersion: 1 });
}

/** Where the views differ from the fold of the log, chains are broken, or reconciliation finds something; empty: nowhere. */
export async function wrongIn(system: System): Promise<string[]> {
  const log = new EventLog(system.environment["EVENTSTORE_URL"]!);
  const pool = new Pool({ connectionString: system.environment["DATABASE_URL"]! });
  const facts = async () => {
    const all: StoredFact[] = [];
    for await (const fact of log.readAll({ count: 10_000_000 })) all.push(fact);
    return all;
  };
  try {
    const wrong: string[] = [];
    for (const view of views) {
      const stored = async () =>
        plain((await pool.query<object>(`select ${selectList(tableOf(view.row))} from "${tableOf(view.row).table}"`)).rows);
      // Policies may still be adding facts of their own: both sides are asked again until the work has come to rest.
      const isSame = async () => isDeepStrictEqual(await stored(), foldOf(view, await facts()));
      await eventually(isSame, (same) => same, 40).catch(() => wrong.push(`${tableOf(view.row).table} differs from the fold of the log`));
    }
    for (const chain of Map.groupBy(await facts(), ({ stream }) => stream).values()) {
      const broken = firstBrokenLink(chain);
      if (broken) wrong.push(`the chain of ${broken.stream} is broken at ${broken.revision}`);
    }
    const { findings } = await reconcile(log, pool, views, { sampleEvery: 1 });
    return [...wrong, ...findings.map((finding) => JSON.stringify(finding))];
  } finally {
    await Promise.all([log.close(), pool.end()]);
  }
}

/** The rows that the log means, folded apart from the projector, one fact after the other. */
function foldOf(view: View, facts: readonly StoredFact[]): object[] {
  const rows = new Map<string, Kept>();
  for (const fact of facts.filter((each) => concerns(view, each)))
    for (const [key, kept] of foldFacts(view, [fact], rows).changed) rows.set(key, kept);
  return plain([...rows.values()].flatMap(({ row }) => (row ? [row] : [])));
}

const plain = (rows: readonly object[]): object[] =>
  (JSON.parse(JSON.stringify(rows)) as { id: string }[]).toSorted((one, other) => (one.id < other.id ? -1 : 1));
