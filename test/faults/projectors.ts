import { randomUUID } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { EventStoreDBClient, jsonEvent } from "@eventstore/db-client";
import { Pool } from "pg";
import { tableOf } from "#projection/declare/columns.js";
import { foldFacts, concerns, type Kept } from "#projection/run/fold.js";
import { reconcile } from "#projection/watch/reconcile.js";
import { selectList } from "#projection/run/rows.js";
import type { View } from "#projection/declare/view.js";
import { firstBrokenLink } from "#store/chain.js";
import { EventLog } from "#store/event-log.js";
import { isForged } from "#store/recorded.js";
import { keyFromFile } from "#seal/key-encryption-key.js";
import { openSeal } from "#seal/seal.js";
import type { StoredFact } from "#store/stored.js";
import { views as ownViews } from "#domain/domain.js";
import { caseWithConsent, eventually, shelterWith } from "../journeys/journey.js";
import { NewerProgram, newerViews } from "./newer-program.js";
import { metadata } from "../support/metadata.js";
import type { System } from "../support/system.js";

/**
 * Kills one of two projectors again and again while people work at two api processes, send the same change to both, and a stranger writes
 * into their records. Beside them a program of the next version tells what these cannot read, so that a house waits with all behind it, and
 * has every fact come to policies again that are called otherwise; in the end it takes what has waited. Answers what is wrong then; empty:
 * nothing.
 */
export async function killProjectors(system: System, rounds: number, told: (round: number) => void = () => undefined): Promise<string[]> {
  const beds = Array.from({ length: Math.max(8, rounds * 2) }, (_, bed) => ({
    bed: `W-${bed}`,
    category: "Women",
    availability: "YearRound",
  }));
  const shelter = await shelterWith(system, beds);
  await system.startProjector(2);
  const another = await system.startAnotherApi();
  const newer = await NewerProgram.begin(system);
  const house = await newer.open(beds);
  // It waits before anything is redelivered: a newer program would take it at once.
  await newer.isParked(house, 1);
  let strangers = 0;
  for (let round = 0; round < rounds; round++) {
    told(round);
    const work = Promise.all(Array.from({ length: 20 }, (_, index) => oneCase(system, another, index < 2 ? shelter : null)));
    const foreign = work.then(([first]) => asStranger(system, first!)).then((count) => (strangers += count));
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 600));
    const which = Math.random() < 0.5 ? 1 : 2;
    await system.killProjector(which);
    await newer.admit(house, await caseWithConsent(system));
    await newer.redeliver(300 + Math.random() * 600);
    await Promise.all([work, foreign]);
    await system.startProjector(which);
    await newer.isParked(house, round + 2);
  }
  told(rounds);
  await newer.takeAll();
  await newer.end();
  return wrongIn(system, strangers, newerViews);
}

async function oneCase(system: System, another: string, shelter: string | null): Promise<string> {
  const caseId = await caseWithConsent(system);
  if (shelter) {
    const { body } = await system.post("amina", `/v1/shelters/${shelter}/admit-resident`, {
      caseId,
      voluntary: true,
      houseRulesExplained: true,
    });
    await system.get("amina", `/v1/stays?caseId=${caseId}`, { "consistent-after": body.position ?? "0" });
  }
  // A proxy that hears no answer sends the same to the other process.
  const key = randomUUID();
  const receipts = await Promise.all(
    [system.base, another].map(async (base) => {
      const headers = {
        "idempotency-key": key,
        "content-type": "application/json",
        authorization: `Bearer ${await system.token("amina", base)}`,
      };
      const request = { method: "POST", headers, body: JSON.stringify({ formVersion: 1 }) };
      return (await fetch(`${base}/v1/cases/${caseId}/start-screening`, request)).json();
    }),
  );
  if (!isDeepStrictEqual(receipts[0], receipts[1])) throw new Error(`one key was answered twice: ${JSON.stringify(receipts)}`);
  return caseId;
}

/** Writes what is no fact, and what looks like one, into a record. Answers how much. */
async function asStranger(system: System, caseId: string): Promise<number> {
  const client = EventStoreDBClient.connectionString(system.environment["EVENTSTORE_URL"]!);
  const withdrawn = { data: { consentId: randomUUID() } };
  const written = { ...metadata, prev: "0".repeat(64), hash: "0".repeat(64), mark: `1:${"0".repeat(64)}` };
  await client.appendToStream(`case-${caseId}`, jsonEvent({ type: "Scribbled", data: { by: "nobody" } }));
  await client.appendToStream(`case-${caseId}`, jsonEvent({ type: "ConsentWithdrawn", data: withdrawn, metadata: written as never }));
  await client.dispose();
  return 2;
}

/**
 * Where the views differ from the fold of the log, chains are broken, other facts are forged than the strangers', a policy has not done its
 * part once, or reconciliation finds something; empty: nowhere.
 */
export async function wrongIn(system: System, strangers = 0, views: readonly View[] = ownViews): Promise<string[]> {
  const { EVENTSTORE_URL, KEYRING_URL, KEY_FILE } = system.environment;
  const seal = await openSeal({ keyringUrl: KEYRING_URL!, key: await keyFromFile(KEY_FILE!) });
  const log = new EventLog(EVENTSTORE_URL!, { marker: seal });
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
    const all = await facts();
    const own = all.filter((fact) => !isForged(fact));
    if (all.length - own.length !== strangers) wrong.push(`${all.length - own.length} facts are forged, and not ${strangers}`);
    const came = own.filter(({ type }) => type === "ResidentAdmitted").map(({ data }) => (data as { stay: string }).stay);
    const told = own.filter(({ type }) => type === "PlacedInShelter").map(({ data }) => (data as { stay: string }).stay);
    if (!isDeepStrictEqual(told.toSorted(), came.toSorted())) wrong.push("cases were not told once of each stay");
    for (const chain of Map.groupBy(own, ({ stream }) => stream).values()) {
      const broken = firstBrokenLink(chain);
      if (broken) wrong.push(`the chain of ${broken.stream} is broken at ${broken.revision}`);
    }
    const { findings, unfit } = await reconcile(log, pool, views, { sampleEvery: 1, alarm: () => undefined });
    if (unfit !== strangers) wrong.push(`reconciliation found ${unfit} facts that do not fit, and not ${strangers}`);
    return [...wrong, ...findings.map((finding) => JSON.stringify(finding))];
  } finally {
    await Promise.all([log.close(), pool.end(), seal.close()]);
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
