import { isDeepStrictEqual } from "node:util";
import type { Pool } from "pg";
import type { EventLog } from "#store/event-log.js";
import type { StoredFact } from "#store/stored.js";
import { DueRows } from "./due.js";
import { concerns, foldFacts, located, type Kept } from "./fold.js";
import { partitionOf } from "./partition.js";
import { loadRows } from "./rows.js";
import { viewName, type View } from "./view.js";

/** What a view holds that the log does not mean, or the other way round: ids of rows and streams only. */
export interface Finding {
  readonly view: string;
  readonly kind: "missing" | "behind" | "unknown" | "different";
  readonly key: string;
  readonly stream: string;
}

export interface Reconciliation {
  readonly streams: number;
  readonly facts: number;
  /** Rows folded anew from the log and compared as a whole. */
  readonly compared: number;
  readonly found: number;
  /** The first of what was found: of more there is something else to do than to read them one by one. */
  readonly findings: readonly Finding[];
}

const windowSize = 5_000;
const mostFindings = 100;
/** How many streams are read at the same time. */
const readers = 8;

/**
 * Holds every view against the log: each row must be as far as the last fact that concerns it, no row may be there that no fact began,
 * and one of `sampleEvery` streams is folded anew and compared whole. What is parked is left out: that is known already. Facts that
 * come while it works are passed over. However long the log, it takes little memory.
 */
export async function reconcile(
  log: EventLog,
  pool: Pool,
  views: readonly View[],
  { sampleEvery = 20, told = () => undefined }: { sampleEvery?: number; told?: (position: bigint, head: bigint) => void } = {},
): Promise<Reconciliation> {
  const head = await reached(pool, views);
  const due = await DueRows.open(pool);
  try {
    const read = await gather(log, due, views, { head, sampleEvery, told });
    let [compared, found] = [0, 0];
    const findings: Finding[] = [];
    for (const view of views) {
      const differences = await due.differences(view, head, mostFindings);
      found += differences.found;
      findings.push(...differences.first.map((each) => ({ view: viewName(view), ...each })));
      if (view.routeBy) continue;
      // A fact may concern a key and begin no row, such as a refusal in a register of consents: only the fold tells.
      for await (const streams of due.toRefold(view)) {
        const refolded = await compareWhole(log, pool, view, { streams, head });
        compared += refolded.compared;
        found += refolded.findings.length;
        findings.push(...refolded.findings.slice(0, Math.max(0, mostFindings - findings.length)));
      }
    }
    return { ...read, compared, found, findings: findings.slice(0, mostFindings) };
  } finally {
    due.close();
  }
}

/** Up to where every view has been told everything. */
async function reached(pool: Pool, views: readonly View[]): Promise<bigint> {
  const { rows } = await pool.query<{ commit: string }>(
    "select coalesce(min(coalesce(commit_position, -1)), -1)::text as commit from projection_checkpoint where name = any($1)",
    [views.map(viewName)],
  );
  return BigInt(rows[0]!.commit);
}

interface Pass {
  readonly head: bigint;
  readonly sampleEvery: number;
  readonly told: (position: bigint, head: bigint) => void;
}

/** Reads the whole log once. */
async function gather(log: EventLog, due: DueRows, views: readonly View[], { head, sampleEvery, told }: Pass) {
  let [streams, facts] = [0, 0];
  for await (const fact of readUpTo(log, head)) {
    facts++;
    if (fact.revision === 0n) streams++;
    if (facts % windowSize === 0) told(fact.position.commit, head);
    const refold = partitionOf(fact.stream, sampleEvery) === 0;
    const { stream, position } = fact;
    for (const view of views.filter((each) => concerns(each, fact)))
      await due.add({ view: viewName(view), key: view.key(located(view, fact)), position: position.commit, stream, refold });
  }
  await due.flush();
  return { streams, facts };
}

async function* readUpTo(log: EventLog, head: bigint): AsyncGenerator<StoredFact> {
  if (head < 0n) return;
  for await (const fact of log.readAll({ count: Number.MAX_SAFE_INTEGER })) {
    if (fact.position.commit > head) return;
    yield fact;
  }
}

/** Folds streams anew and compares what becomes of them with the rows as they stand. */
async function compareWhole(log: EventLog, pool: Pool, view: View, { streams, head }: { streams: readonly string[]; head: bigint }) {
  const meant = new Map<string, Kept & { readonly stream: string }>();
  const waiting = streams.values();
  const foldEach = async () => {
    for (const stream of waiting) {
      const facts: StoredFact[] = [];
      for await (const fact of log.readStream(stream)) if (fact.position.commit <= head && concerns(view, fact)) facts.push(fact);
      for (const [key, kept] of foldFacts(view, facts, new Map()).changed) meant.set(key, { ...kept, stream });
    }
  };
  await Promise.all(Array.from({ length: readers }, foldEach));
  const stored = await loadRows(pool, view, [...meant.keys()]);
  const findings: Finding[] = [];
  for (const [key, { row, position, stream }] of meant) {
    const is = stored.get(key);
    // What has gone on since the comparison began is compared another time.
    if (is && is.position > position) continue;
    if (!is && row) findings.push({ view: viewName(view), kind: "missing", key, stream });
    else if (is && !isDeepStrictEqual(plain(is.row), plain(row))) findings.push({ view: viewName(view), kind: "different", key, stream });
  }
  return { compared: meant.size, findings };
}

const plain = (row: object | null): unknown => JSON.parse(JSON.stringify(row));
