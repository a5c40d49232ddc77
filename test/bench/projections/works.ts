import { Pool } from "pg";
import { DataSource } from "typeorm";
import { tableOf } from "#projection/declare/columns.js";
import { concerns, foldFacts, type Kept } from "#projection/run/fold.js";
import { Chains } from "#projection/watch/chains.js";
import { migrate, readModels } from "#projection/declare/migrations.js";
import { PostgresStore } from "#projection/run/postgres-store.js";
import { rebuild } from "#projection/rebuild/rebuild.js";
import { runViews } from "#projection/run/runner.js";
import { windowSize } from "#projection/rebuild/catch-up.js";
import { prefixesOf, viewName } from "#projection/declare/view.js";
import type { EventLog } from "#store/event-log.js";
import { readKinds } from "#store/read-kinds.js";
import type { Position, StoredFact } from "#store/stored.js";
import { views } from "#domain/domain.js";

/** What a way of doing it did. */
export interface Done {
  /** How many facts of the log it got through, whether or not a view takes them; null: all of them. */
  readonly facts: number | null;
  readonly seconds: number;
  /** Seconds of each of its parts. */
  readonly stages?: Readonly<Record<string, number>>;
}

const partitions = 4;
/** How many facts a way is tried with that would take an hour with all. */
export const few = 10_000;

const since = (begun: number): number => (performance.now() - begun) / 1_000;

async function* windows(log: EventLog, most = Infinity): AsyncGenerator<readonly StoredFact[]> {
  let facts = 0;
  for (let position: Position | null = null; facts < most;) {
    const window = await log.readWindow(position, windowSize);
    yield window.facts;
    facts += window.facts.length;
    position = window.position;
    if (window.isLast) return;
  }
}

/** Reads the whole log, and does nothing with it. */
export async function drain(log: EventLog): Promise<Done> {
  const begun = performance.now();
  let facts = 0;
  for await (const window of windows(log)) facts += window.length;
  return { facts, seconds: since(begun) };
}

/** Reads only what views follow, the rest being passed over by the store, and does nothing with it. */
export async function drainFollowed(log: EventLog): Promise<Done> {
  const begun = performance.now();
  for await (const _ of readKinds(log, { prefixes: prefixesOf(views.map(({ of }) => of)), after: null, size: windowSize }));
  return { facts: null, seconds: since(begun) };
}

/** All views anew, as an operator would have them: read, folded, poured, indexed, read back, compared and caught up. */
export async function foldAnew(log: EventLog, url: string): Promise<Done> {
  await prepare(url);
  const begun = performance.now();
  const stages: Record<string, number> = {};
  let [stage, from] = ["reading", begun];
  const next = (to: string) => {
    stages[stage] = since(from);
    [stage, from] = [to, performance.now()];
  };
  await rebuild(log, url, views, {
    anew: true,
    told(step) {
      if (step.stage !== stage) next(step.stage);
    },
  });
  next("");
  return { facts: null, seconds: since(begun), stages };
}

/** All views from an empty database, as the projector follows the log. */
export async function followLive(log: EventLog, url: string): Promise<Done> {
  await prepare(url);
  const pool = new Pool({ connectionString: url, max: partitions + 4 });
  const head = await lastFact(log);
  const stop = new AbortController();
  const observer = { applied: () => undefined, interrupted: () => undefined };
  // Where the log does not judge facts, there is nothing to see.
  const chains = new Chains(log, pool, ({ stream, revision }) => process.stderr.write(`${stream} does not fit at ${revision}\n`));
  const runner = { log, chains, store: new PostgresStore(pool, views, partitions), views, partitions, observer };
  const begun = performance.now();
  const running = runViews(
    runner,
    Array.from({ length: partitions }, (_, partition) => partition),
    stop.signal,
  );
  while (!(await isAt(pool, head))) await new Promise((resolve) => setTimeout(resolve, 100));
  const seconds = since(begun);
  stop.abort();
  await running;
  await pool.end();
  return { facts: null, seconds };
}

/** The same views, each changed row saved by TypeORM as its fact comes; rows are remembered, so that it need not look them up itself. */
export async function saveEach(log: EventLog, url: string): Promise<Done> {
  const source = await new DataSource({ type: "postgres", url, entities: views.map(({ row }) => row), synchronize: true }).initialize();
  const rows = new Map(views.map((view) => [view, new Map<string, Kept>()]));
  const begun = performance.now();
  let facts = 0;
  for await (const window of windows(log, few))
    for (const fact of window) {
      facts++;
      for (const view of views.filter((each) => concerns(each, fact)))
        for (const [key, kept] of foldFacts(view, [fact], rows.get(view)!).changed) {
          rows.get(view)!.set(key, kept);
          if (kept.row) await source.getRepository(view.row).save(kept.row);
        }
    }
  return { facts, seconds: since(begun) };
}

async function prepare(url: string): Promise<void> {
  const source = await readModels(url, views).initialize();
  await migrate(source, views, partitions);
  await source.destroy();
}

/** The last fact that concerns any view; it is among the last events. */
async function lastFact(log: EventLog): Promise<bigint> {
  const { facts } = await log.readWindow((await log.last(1_000)).at(-1)!, 1_000);
  return facts.findLast((fact) => views.some((view) => concerns(view, fact)))!.position.commit;
}

async function isAt(pool: Pool, commit: bigint): Promise<boolean> {
  const { rows } = await pool.query<{ there: boolean }>(
    "select coalesce(bool_and(coalesce(commit_position, -1) >= $1), false) as there from projection_checkpoint where name = any($2)",
    [commit.toString(), views.map(viewName)],
  );
  return rows[0]!.there;
}

/** For a peer that folds one view: its facts, as they are stored. */
export async function factsOf(log: EventLog, table: string, most: number): Promise<StoredFact[]> {
  const view = views.find((each) => tableOf(each.row).table === table)!;
  const facts: StoredFact[] = [];
  for await (const window of windows(log)) {
    facts.push(...window.filter((fact) => concerns(view, fact)));
    if (facts.length >= most) return facts.slice(0, most);
  }
  return facts;
}
