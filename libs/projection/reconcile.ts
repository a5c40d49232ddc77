import { isDeepStrictEqual } from "node:util";
import type { Pool } from "pg";
import type { EventLog } from "#store/event-log.js";
import { aggregateOf, type StoredFact } from "#store/stored.js";
import { tableOf } from "./columns.js";
import { concerns, foldFacts, keysOf, located, type Kept } from "./fold.js";
import { partitionOf } from "./partition.js";
import { keyColumn, loadRows } from "./rows.js";
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
  readonly findings: readonly Finding[];
}

/** How far a row should be, and the stream that says so. */
interface Due {
  readonly position: bigint;
  readonly stream: string;
}

const windowSize = 5_000;

/**
 * Holds every view against the log: each row must be as far as the last fact that concerns it, no row may be there that no fact began,
 * and one of `sampleEvery` streams is folded anew and compared whole. What is parked is left out: that is known already. Facts that
 * come while it works are passed over.
 */
export async function reconcile(
  log: EventLog,
  pool: Pool,
  views: readonly View[],
  { sampleEvery = 20, told = () => undefined }: { sampleEvery?: number; told?: (position: bigint, head: bigint) => void } = {},
): Promise<Reconciliation> {
  const head = await reached(pool, views);
  const due = new Map(views.map((view) => [view, new Map<string, Due>()]));
  const sampled = new Map<string, StoredFact[]>();
  const streams = new Set<string>();
  let facts = 0;
  for await (const fact of readUpTo(log, head)) {
    facts++;
    streams.add(fact.stream);
    if (facts % windowSize === 0) told(fact.position.commit, head);
    if (partitionOf(fact.stream, sampleEvery) === 0) sampled.set(fact.stream, [...(sampled.get(fact.stream) ?? []), fact]);
    for (const view of views.filter((each) => concerns(each, fact)))
      due.get(view)!.set(view.key(located(view, fact)), { position: fact.position.commit, stream: fact.stream });
  }
  const findings: Finding[] = [];
  let compared = 0;
  for (const view of views) {
    const all = await compareAll(pool, view, due.get(view)!, head);
    findings.push(...all.findings);
    if (view.routeBy) continue;
    // A fact may concern a key and begin no row, such as a refusal in a register of consents: only the fold tells.
    const absent = new Map<string, StoredFact[]>();
    for (const stream of all.absent) if (!sampled.has(stream)) absent.set(stream, await readStream(log, stream, head));
    for (const [stream, of] of [...sampled, ...absent]) {
      const rows = await compareRows(pool, view, stream, of);
      compared += rows.compared;
      findings.push(...rows.findings);
    }
  }
  return { streams: streams.size, facts, compared, findings };
}

/** Up to where every view has been told everything. */
async function reached(pool: Pool, views: readonly View[]): Promise<bigint> {
  const { rows } = await pool.query<{ commit: string }>(
    "select coalesce(min(coalesce(commit_position, -1)), -1)::text as commit from projection_checkpoint where name = any($1)",
    [views.map(viewName)],
  );
  return BigInt(rows[0]!.commit);
}

async function* readUpTo(log: EventLog, head: bigint): AsyncGenerator<StoredFact> {
  if (head < 0n) return;
  for await (const fact of log.readAll({ count: Number.MAX_SAFE_INTEGER })) {
    if (fact.position.commit > head) return;
    yield fact;
  }
}

async function parkedStreams(pool: Pool, view: View): Promise<Set<string>> {
  const { rows } = await pool.query<{ stream: string }>("select distinct stream from projection_dead_letter where view = $1", [
    viewName(view),
  ]);
  return new Set(rows.map(({ stream }) => stream));
}

async function readStream(log: EventLog, stream: string, head: bigint): Promise<StoredFact[]> {
  const facts: StoredFact[] = [];
  for await (const fact of log.readStream(stream)) if (fact.position.commit <= head) facts.push(fact);
  return facts;
}

/** What every row's position tells, and the streams of rows that are not there. */
async function compareAll(
  pool: Pool,
  view: View,
  due: ReadonlyMap<string, Due>,
  head: bigint,
): Promise<{ findings: Finding[]; absent: Set<string> }> {
  const table = tableOf(view.row);
  const parked = await parkedStreams(pool, view);
  const { rows } = await pool.query<{ key: string; position: string; stale: boolean }>(
    `select "${keyColumn(table).column}"::text as key, position::text as position, stale_since is not null as stale from "${table.table}"`,
  );
  const stored = new Map(rows.filter(({ stale }) => !stale).map(({ key, position }) => [key, BigInt(position)]));
  const stale = new Set(rows.filter((row) => row.stale).map(({ key }) => key));
  const finding = (kind: Finding["kind"], key: string, stream: string): Finding => ({ view: viewName(view), kind, key, stream });
  const findings: Finding[] = [];
  const absent = new Set<string>();
  for (const [key, { position, stream }] of due) {
    if (parked.has(stream) || stale.has(key)) continue;
    const is = stored.get(key);
    if (is === undefined) absent.add(stream);
    else if (is < position && is <= head) findings.push(finding("behind", key, stream));
  }
  for (const key of stored.keys()) if (!due.has(key) && stored.get(key)! <= head) findings.push(finding("unknown", key, ""));
  return { findings, absent };
}

async function compareRows(pool: Pool, view: View, stream: string, facts: readonly StoredFact[]) {
  if (aggregateOf(stream) !== view.of.name || (await parkedStreams(pool, view)).has(stream)) return { compared: 0, findings: [] };
  const { changed } = foldFacts(
    view,
    facts.filter((fact) => concerns(view, fact)),
    new Map<string, Kept>(),
  );
  const stored = await loadRows(pool, view, keysOf(view, facts));
  const findings: Finding[] = [];
  for (const [key, { row, position }] of changed) {
    const is = stored.get(key);
    // What has gone on since the comparison began is compared another time.
    if (is && is.position > position) continue;
    if (!is && row) findings.push({ view: viewName(view), kind: "missing", key, stream });
    else if (is && !isDeepStrictEqual(plain(is.row), plain(row))) findings.push({ view: viewName(view), kind: "different", key, stream });
  }
  return { compared: changed.size, findings };
}

const plain = (row: object | null): unknown => JSON.parse(JSON.stringify(row));
