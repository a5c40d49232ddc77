import { setTimeout as pause } from "node:timers/promises";
import type { Pool } from "pg";
import { v4 as uuidv4 } from "uuid";
import type { EventLog } from "#store/event-log.js";
import { Poisoned } from "./lane.js";
import { exchange, NothingToExchange } from "./rebuild/exchange.js";
import { NotVerified, rebuild, RebuildRunning } from "./rebuild/rebuild.js";
import { openSet } from "./rebuild/sets.js";
import { reconcile } from "./reconcile.js";
import { viewName, type View } from "./view.js";

export const taskKinds = ["rebuild", "verify", "reconcile"] as const;
export type TaskKind = (typeof taskKinds)[number];

export interface TaskOptions {
  /** Rebuild: facts a second at most. */
  readonly throttle?: number;
  /** Rebuild: from the start, even if an earlier one was stopped on its way. */
  readonly anew?: boolean;
  /** Rebuild: put the views in the place of the live ones when they are verified. */
  readonly swap?: boolean;
  /** Verify and reconcile: one of so many streams is folded anew and compared whole. */
  readonly sampleEvery?: number;
}

/** Long work that an operator asked for, kept where every process sees it. */
export interface Task {
  readonly id: string;
  readonly kind: TaskKind;
  readonly views: readonly string[];
  readonly options: TaskOptions;
  /** `stopping`: it has been told to; `stopped`: asked again, it goes on from where it was. */
  readonly state: "asked" | "running" | "stopping" | "stopped" | "done" | "failed";
  readonly askedBy: string;
  readonly stage: string | null;
  readonly position: string | null;
  readonly head: string | null;
  readonly result: object | null;
  readonly error: string | null;
  readonly askedAt: Date;
  readonly updatedAt: Date;
}

/** One of its kind is under way: two would do the same work. */
export class TaskUnderWay extends Error {
  readonly code = "TaskUnderWay";
}

export interface Workshop {
  readonly log: EventLog;
  /** Of the live views. */
  readonly pool: Pool;
  readonly url: string;
  readonly views: readonly View[];
}

/** How often a running task says how far it is, milliseconds; and after how long without a word its process counts as dead, seconds. */
const heartbeat = 1_000;
const silence = 15;

const columns = `id, kind, views, options, state, asked_by as "askedBy", stage, position::text, head::text, result, error,
  asked_at as "askedAt", updated_at as "updatedAt"`;

/** The newest tasks first. */
export async function listTasks(pool: Pool, most = 10): Promise<Task[]> {
  return (await pool.query<Task>(`select ${columns} from projection_task order by asked_at desc limit $1`, [most])).rows;
}

/** Asks for work; some projector takes it up within seconds, or (`state` "running") the caller does. @throws TaskUnderWay */
export async function askTask(
  pool: Pool,
  {
    kind,
    views,
    options = {},
    by,
    state = "asked",
  }: Pick<Task, "kind" | "views"> & { options?: TaskOptions; by: string; state?: "asked" | "running" },
): Promise<Task> {
  const { rows } = await pool.query<Task>(
    `insert into projection_task (id, kind, views, options, state, asked_by)
     values ($1, $2, $3, $4, $5, $6) on conflict do nothing returning ${columns}`,
    [uuidv4(), kind, views, JSON.stringify(options), state, by],
  );
  if (!rows[0]) throw new TaskUnderWay(`A ${kind} is under way already. See how far it is, or stop it.`);
  return rows[0];
}

/** Tells a task to stop; what it did so far is kept. Answers null where it is not under way. */
export async function stopTask(pool: Pool, id: string): Promise<Task | null> {
  const { rows } = await pool.query<Task>(
    `update projection_task set state = case state when 'asked' then 'stopped' else 'stopping' end, updated_at = now()
     where id = $1 and state in ('asked', 'running', 'stopping') returning ${columns}`,
    [id],
  );
  return rows[0] ?? null;
}

/** The longest asked task that nobody does, or one whose process has died. */
async function takeTask(pool: Pool): Promise<Task | null> {
  const { rows } = await pool.query<Task>(
    `update projection_task set state = 'running', updated_at = now() where id = (
       select id from projection_task where state = 'asked' or (state in ('running', 'stopping') and updated_at < now() - interval '${silence} s')
       order by asked_at limit 1 for update skip locked) returning ${columns}`,
  );
  return rows[0] ?? null;
}

/** Takes up what is asked for, one task after the other, until `signal` aborts; what is interrupted then is taken up by somebody else. */
export async function runTasks(workshop: Workshop, signal: AbortSignal, ended: (task: Task) => void = () => undefined): Promise<void> {
  while (!signal.aborted) {
    const task = await takeTask(workshop.pool).catch(() => null);
    if (task) ended(await runTask(workshop, task, signal));
    else await pause(2_000, undefined, { signal }).catch(() => undefined);
  }
}

type Told = (stage: string, position: bigint, head: bigint) => void;

/** Does the work, says how far it is, and stops when it is told to. Answers the task as it ended; it never throws for the work's own sake. */
export async function runTask(workshop: Workshop, task: Task, signal: AbortSignal, told: Told = () => undefined): Promise<Task> {
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
      told(...step);
    });
    // Interrupted because the process ends: somebody else goes on.
    const state = result ? "done" : signal.aborted ? "asked" : "stopped";
    return await end(pool, task, state, result, null, at);
  } catch (error) {
    return await end(pool, task, "failed", null, reasonOf(error as Error), at);
  } finally {
    clearInterval(beat);
    signal.removeEventListener("abort", abort);
  }
}

async function workOf({ log, pool, url, views }: Workshop, task: Task, signal: AbortSignal, told: Told): Promise<object | null> {
  const { kind, options } = task;
  const wanted = views.filter((view) => task.views.includes(viewName(view)));
  if (kind === "rebuild") {
    const rebuilt = await rebuild(log, url, wanted, {
      ...options,
      signal,
      told: ({ stage, position, head }) => told(stage, position, head),
    });
    if (rebuilt && options.swap) await exchange(log, url, "rebuilt", wanted);
    return rebuilt && { views: rebuilt, swapped: options.swap ?? false };
  }
  const of = kind === "verify" ? openSet(url, "rebuilt", 2) : pool;
  try {
    return await reconcile(log, of, wanted, {
      sampleEvery: options.sampleEvery ?? 20,
      told: (position, head) => told("reading", position, head),
    });
  } finally {
    if (of !== pool) await of.end();
  }
}

async function end(
  pool: Pool,
  { id }: Task,
  state: Task["state"],
  result: object | null,
  error: string | null,
  at?: readonly [string, bigint, bigint],
): Promise<Task> {
  const { rows } = await pool.query<Task>(
    `update projection_task set state = $2, result = $3, error = $4, stage = coalesce($5, stage), position = coalesce($6, position),
       head = coalesce($7, head), updated_at = now() where id = $1 returning ${columns}`,
    [id, state, result && JSON.stringify(result), error, at?.[0] ?? null, at?.[1].toString() ?? null, at?.[2].toString() ?? null],
  );
  return rows[0]!;
}

/** Our own words, which hold names, ids and numbers only; of anything else no more than what kind of error it was. */
function reasonOf(error: Error): string {
  const own = [NotVerified, NothingToExchange, RebuildRunning, Poisoned].some((type) => error instanceof type);
  return own ? error.message : ((error as { code?: string }).code ?? error.name);
}
