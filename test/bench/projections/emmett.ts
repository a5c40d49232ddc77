import { execFileSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { foldFacts } from "#projection/run/fold.js";
import type { EventLog } from "#store/event-log.js";
import type { StoredFact } from "#store/stored.js";
import { caseView } from "#cases/intake/case.view.js";
import type { View } from "#projection/declare/view.js";
import { factsOf, few, type Done } from "./works.js";

/** The peer's version; it is fetched for the comparison only, and is no part of the project. */
export const version = "0.42.0";

/** The case list, folded by the peer on an event store of its own, from the same facts. */
export async function emmett(log: EventLog, url: string): Promise<Done> {
  const peer = fetched();
  const store = peer.getPostgreSQLEventStore(url);
  const facts = await factsOf(log, "case", few);
  // In the order of the log, a run of facts of one stream at a time.
  for (let index = 0; index < facts.length;) {
    const { stream } = facts[index]!;
    let end = index;
    while (end < facts.length && facts[end]!.stream === stream) end++;
    await store.appendToStream(stream, facts.slice(index, end).map(carried));
    index = end;
  }
  const projection = peer.pongoSingleStreamProjection({
    collectionName: "cases",
    canHandle: [...new Set(facts.map(({ type }) => type))],
    evolve: (document: object | null, { data }: { data: { fact: string } }) => folded(document, revived(data.fact)),
  });
  const consumer = peer.rebuildPostgreSQLProjections({ connectionString: url, projections: [projection], pulling: { batchSize: 1_000 } });
  const begun = performance.now();
  await consumer.start();
  const seconds = (performance.now() - begun) / 1_000;
  await consumer.close?.();
  await store.close();
  return { facts: facts.length, seconds };
}

function fetched(): any {
  const directory = mkdtempSync(join(tmpdir(), "hifadhi-peer-"));
  const names = ["emmett", "emmett-postgresql"].map((name) => `@event-driven-io/${name}@${version}`);
  execFileSync("npm", ["install", "--silent", "--no-audit", "--no-fund", "--prefix", directory, ...names], { stdio: "ignore" });
  return createRequire(join(directory, "peer.js"))("@event-driven-io/emmett-postgresql");
}

const carried = (fact: StoredFact) => ({
  type: fact.type,
  data: { fact: JSON.stringify(fact, (_, value: unknown) => (typeof value === "bigint" ? value.toString() : value)) },
});

function revived(text: string): StoredFact {
  const { revision, position, ...rest } = JSON.parse(text) as { revision: string; position: { commit: string; prepare: string } };
  return {
    ...rest,
    revision: BigInt(revision),
    position: { commit: BigInt(position.commit), prepare: BigInt(position.prepare) },
  } as unknown as StoredFact;
}

function folded(document: object | null, fact: StoredFact): object | null {
  const view = caseView as unknown as View;
  const key = fact.stream.slice("case-".length);
  const before = document
    ? new Map([[key, { row: document as Readonly<Record<string, unknown>>, position: -1n }]])
    : new Map<string, never>();
  return foldFacts(view, [fact], before).changed.get(key)?.row ?? null;
}
