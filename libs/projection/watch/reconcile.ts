import { isDeepStrictEqual } from "node:util";
import type { Pool } from "pg";
import type { EventLog } from "#store/event-log.js";
import { RecordDestroyed } from "#store/failures.js";
import type { StoredFact } from "#store/stored.js";
import { isUnreadable } from "../run/arrival.js";
import { leftOut } from "../run/checkpoints.js";
import { listParked, type Parked } from "../park/dead-letters.js";
import { ChainAudit } from "./chain-audit.js";
import type { ChainFinding } from "./chain-records.js";
import { ExpectedRows } from "./expected-rows.js";
import { Arrival } from "../run/arrival.js";
import { concerns, foldCorrected, foldFacts, isMark, keysOf, type Kept } from "../run/fold.js";
import { partitionOf } from "../run/partition.js";
import { loadRows } from "../run/rows.js";
import { viewName, type View } from "../declare/view.js";

/** What a view holds that the log does not mean, or the other way round: ids of rows and streams only. */
export interface Finding {
  readonly view: string;
  /** `destroyed` and `unreadable`: of the stream, which can no longer be folded and that nobody has noticed yet. */
  readonly kind: "missing" | "behind" | "unknown" | "different" | "destroyed" | "unreadable";
  readonly key: string;
  readonly stream: string;
}

export interface Reconciliation {
  readonly streams: number;
  readonly facts: number;
  /** Rows folded anew from the log and compared as a whole. */
  readonly compared: number;
  readonly found: number;
  /** Places in the log where something is not as the application wrote it; null: the chains were not asked. */
  readonly unfit: number | null;
  /** The first of what was found: of more there is something else to do than to read them one by one. */
  readonly findings: readonly Finding[];
  /** How many streams wait, each in one view, and the first of them: what is left out is known, and is no difference. */
  readonly parked: number;
  readonly parkedStreams: readonly Pick<Parked, "view" | "stream" | "firstRevision" | "error">[];
}

const windowSize = 5_000;
const mostFindings = 100;
/** How many streams are read at the same time. */
const readers = 8;
/** How many rows of views over several streams, such as one a worker, are folded anew in memory. */
const mostWhole = 5_000;

interface ReconcileOptions {
  readonly sampleEvery?: number;
  readonly told?: (position: bigint, head: bigint) => void;
  /** Where it is given, every chain of the log is looked through as well, and what was not known to be wrong with it is told. */
  readonly alarm?: ((finding: ChainFinding) => void) | undefined;
}

/**
 * Holds every view against the log: each row must be as far as the last fact that concerns it, no row may be there that no fact began,
 * and one of `sampleEvery` streams is folded anew and compared whole; of a view over several streams, every row. What is parked is left
 * out: that is known already. Facts that come while it works are passed over. However long the log, it takes little memory.
 */
export async function reconcile(
  log: EventLog,
  pool: Pool,
  views: readonly View[],
  { sampleEvery = 20, told = () => undefined, alarm }: ReconcileOptions = {},
): Promise<Reconciliation> {
  const head = await reached(pool, views);
  const due = await ExpectedRows.open(pool);
  const audit = alarm ? await ChainAudit.open(log, pool, alarm) : null;
  try {
    const read = await gather(log, pool, due, views, { head, sampleEvery, told, audit });
    const unfit = audit ? await audit.conclude(head) : null;
    let [compared, found] = [0, 0];
    const findings: Finding[] = [];
    for (const view of views) {
      const differences = await due.differences(view, head, mostFindings);
      found += differences.found;
      findings.push(...differences.first.map((each) => ({ view: viewName(view), ...each })));
      // A fact may concern a key and begin no row, such as a refusal in a register of consents: only the fold tells.
      const lost: Finding[] = [];
      for await (const meant of view.routeBy ? [read.whole.get(view)!] : refolded(log, due, view, { head, lost })) {
        const differing = await compareWhole(pool, view, meant);
        compared += meant.size;
        found += differing.length;
        findings.push(...differing.slice(0, Math.max(0, mostFindings - findings.length)));
      }
      found += lost.length;
      findings.push(...lost);
    }
    const { streams, facts } = read;
    return { streams, facts, compared, found, unfit, findings: findings.slice(0, mostFindings), ...(await parkedIn(pool, views)) };
  } finally {
    due.close();
    audit?.close();
  }
}

async function parkedIn(pool: Pool, views: readonly View[]): Promise<Pick<Reconciliation, "parked" | "parkedStreams">> {
  const names = new Set(views.map(viewName));
  const parked = (await listParked(pool))
    .filter(({ view }) => names.has(view))
    .map(({ view, stream, firstRevision, error }) => ({ view, stream, firstRevision, error }));
  return { parked: parked.length, parkedStreams: parked.slice(0, mostFindings) };
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
  readonly audit: ChainAudit | null;
}

/** A row that the log means, and the stream that says so. */
type Meant = Map<string, Kept & { readonly stream: string }>;

/** Reads the whole log once. */
async function gather(log: EventLog, pool: Pool, due: ExpectedRows, views: readonly View[], { head, sampleEvery, told, audit }: Pass) {
  let [streams, facts] = [0, 0];
  const whole = new Map(views.filter(({ routeBy }) => routeBy).map((view): [View, Meant] => [view, new Map()]));
  const { parked } = await leftOut(pool, views.map(viewName));
  for await (const fact of readUpTo(log, head)) {
    facts++;
    if (fact.revision === 0n) streams++;
    if (facts % windowSize === 0) told(fact.position.commit, head);
    await audit?.take(fact);
    const { stream, position } = fact;
    if (isMark(fact)) due.corrected(stream);
    for (const view of views.filter((each) => concerns(each, fact) && !isMark(fact))) {
      if (fact.revision >= (parked.get(viewName(view))?.get(stream) ?? Infinity)) continue;
      const [key] = keysOf(view, [fact]);
      // Whose row a fact is can only not be told where it is parked, or its view stands still before it.
      if (key === undefined) continue;
      const refold = !view.routeBy && partitionOf(stream, sampleEvery) === 0;
      await due.add({ view: viewName(view), key, position: position.commit, stream, refold });
      if (view.routeBy) foldOn(view, fact, key, whole.get(view)!);
    }
  }
  await due.flush();
  return { streams, facts, whole };
}

function foldOn(view: View, fact: StoredFact, key: string, rows: Meant): void {
  if (!rows.has(key) && rows.size >= mostWhole) return;
  for (const [each, kept] of foldFacts(view, [fact], rows).changed) rows.set(each, { ...kept, stream: fact.stream });
}

async function* readUpTo(log: EventLog, head: bigint): AsyncGenerator<StoredFact> {
  if (head < 0n) return;
  for await (const fact of log.readAll({ count: Number.MAX_SAFE_INTEGER })) {
    if (fact.position.commit > head) return;
    yield fact;
  }
}

/** What streams mean that are folded anew, some at a time. */
async function* refolded(
  log: EventLog,
  due: ExpectedRows,
  view: View,
  { head, lost }: { head: bigint; lost: Finding[] },
): AsyncGenerator<Meant> {
  for await (const streams of due.toRefold(view)) {
    const meant: Meant = new Map();
    const waiting = streams.values();
    const foldEach = async () => {
      for (const stream of waiting) {
        const facts: Arrival[] = [];
        try {
          for await (const fact of log.readStream(stream))
            if (fact.position.commit <= head && concerns(view, fact)) facts.push(new Arrival(view.of, fact));
        } catch (error) {
          if (!isUnreadable(error)) throw error;
          lost.push({ view: viewName(view), kind: error instanceof RecordDestroyed ? "destroyed" : "unreadable", key: "", stream });
          continue;
        }
        for (const [key, kept] of foldCorrected(view, facts).changed) meant.set(key, { ...kept, stream });
      }
    };
    await Promise.all(Array.from({ length: readers }, foldEach));
    yield meant;
  }
}

/** Where rows as they stand differ from what the log means. */
async function compareWhole(pool: Pool, view: View, meant: Meant): Promise<Finding[]> {
  const stored = await loadRows(pool, view, [...meant.keys()]);
  const findings: Finding[] = [];
  for (const [key, { row, position, stream }] of meant) {
    const is = stored.get(key);
    // What has gone on since the comparison began is compared another time.
    if (is && is.position > position) continue;
    if (!is && row) findings.push({ view: viewName(view), kind: "missing", key, stream });
    else if (is && !isDeepStrictEqual(plain(is.row), plain(row))) findings.push({ view: viewName(view), kind: "different", key, stream });
  }
  return findings;
}

const plain = (row: object | null): unknown => JSON.parse(JSON.stringify(row));
