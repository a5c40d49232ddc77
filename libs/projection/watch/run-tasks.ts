import { setTimeout as pause } from "node:timers/promises";
import type { Pool } from "pg";
import type { EventLog } from "#store/event-log.js";
import type { ChainFinding } from "./chain-records.js";
import { Poisoned } from "../park/poison.js";
import type { Due } from "../declare/due.js";
import type { Policies } from "../declare/policy.js";
import { exchange, NothingToExchange } from "../rebuild/exchange.js";
import { NotVerified, rebuild } from "../rebuild/rebuild.js";
import { openSet } from "../rebuild/sets.js";
import { RebuildRunning } from "../rebuild/turn.js";
import { reconcile } from "./reconcile.js";
import { endTask, takeTask, type Task } from "./tasks.js";
import { viewName, type View } from "../declare/view.js";

export interface Workshop {
  readonly log: EventLog;
  /** Of the live views. */
  readonly pool: Pool;
  readonly url: string;
  readonly views: readonly View[];
  readonly policies: Policies;
  readonly dues: readonly Due<any>[];
  /** Told of what is not as the application wrote it. */
  readonly alarm?: (finding: ChainFinding) => void;
}

/** How often a running task says how far it is, milliseconds. */
const heartbeat = 1_000;

/** Takes up what is asked for, one task after the other, until `signal` aborts; what is interrupted then is taken up by somebody else. */
export async function runTasks(workshop: Workshop, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const task = await takeTask(workshop.pool).catch(() => null);
    if (task) await runTask(workshop, task, signal);
    else await pause(2_000, undefined, { signal }).catch(() => undefined);
  }
}

type TaskProgress = (stage: string, position: bigint, head: bigint) => void;

/** Does the work, says how far it is, and stops when it is told to. Answers the task as it ended; it never throws for the work's own sake. */
export async function runTask(workshop: Workshop, task: Task, signal: AbortSignal, report: TaskProgress = () => undefined): Promise<Task> {
  const { pool } = workshop;
  const stop = new AbortController();
  const abort = () => stop.abort();
  signal.addEventListener("abort", abort, { once: true });
  let at: readonly [string, bigint, bigint] | undefined;
  const beat = setInterval(() => {
    void pool
      .query<{ state: string }>(
        `update projection_task set stage = coalesce($2, stage), position = coalesce($3, position), head = coalesce($4, head), updated_at = now()
         where id = $1 returning state`,
        [task.id, at?.[0] ?? null, at?.[1].toString() ?? null, at?.[2].toString() ?? null],
      )
      .then(({ rows }) => rows[0]?.state === "stopping" && abort())
      .catch(() => undefined);
  }, heartbeat);
  try {
    const result = await workOf(workshop, task, stop.signal, (...step) => {
      at = step;
      report(...step);
    });
    // Interrupted because the process ends: somebody else goes on.
    const state = result ? "done" : signal.aborted ? "asked" : "stopped";
    return await endTask(pool, task, state, result, null, at);
  } catch (error) {
    return await endTask(pool, task, "failed", null, reasonOf(error as Error), at);
  } finally {
    clearInterval(beat);
    signal.removeEventListener("abort", abort);
  }
}

async function workOf(
  { log, pool, url, views, alarm = () => undefined }: Workshop,
  task: Task,
  signal: AbortSignal,
  report: TaskProgress,
): Promise<object | null> {
  const { kind, options } = task;
  const wanted = views.filter((view) => task.views.includes(viewName(view)));
  if (kind === "rebuild") {
    const rebuilt = await rebuild(log, url, wanted, {
      ...options,
      signal,
      told: ({ stage, position, head }) => report(stage, position, head),
    });
    if (rebuilt && options.swap) await exchange(log, url, "rebuilt", wanted);
    return rebuilt && { views: rebuilt, swapped: options.swap ?? false };
  }
  const of = kind === "verify" ? openSet(url, "rebuilt", 2) : pool;
  try {
    return await reconcile(log, of, wanted, {
      sampleEvery: options.sampleEvery ?? 20,
      told: (position, head) => report("reading", position, head),
      // The log is the same whichever views are held against it.
      ...(kind === "reconcile" && { alarm }),
    });
  } finally {
    if (of !== pool) await of.end();
  }
}

/** Our own words, which hold names, ids and numbers only; of anything else no more than what kind of error it was. */
function reasonOf(error: Error): string {
  const own = [NotVerified, NothingToExchange, RebuildRunning, Poisoned].some((type) => error instanceof type);
  return own ? error.message : ((error as { code?: string }).code ?? error.name);
}
