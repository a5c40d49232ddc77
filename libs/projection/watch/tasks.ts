import type { Pool } from "pg";
import { v4 as uuidv4 } from "uuid";

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

/** After how long without a word a task's process counts as dead, seconds. */
const silence = 15;

const columns = `id, kind, views, options, state, asked_by as "askedBy", stage, position::text, head::text, result, error,
  asked_at as "askedAt", updated_at as "updatedAt"`;

/** The newest tasks first. */
export async function listTasks(pool: Pool, most = 10): Promise<Task[]> {
  return (await pool.query<Task>(`select ${columns} from projection_task order by asked_at desc limit $1`, [most])).rows;
}

/** The newest reconciliation that has ended well, or that `by` has asked for, however it ended; null where there is none. */
export async function lastReconciliation(pool: Pool, by?: string): Promise<Task | null> {
  const { rows } = await pool.query<Task>(
    `select ${columns} from projection_task where kind = 'reconcile' and case when $1::text is null then state = 'done' else asked_by = $1 end
     order by asked_at desc limit 1`,
    [by ?? null],
  );
  return rows[0] ?? null;
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
export async function takeTask(pool: Pool): Promise<Task | null> {
  const { rows } = await pool.query<Task>(
    `update projection_task set state = 'running', updated_at = now() where id = (
       select id from projection_task where state = 'asked' or (state in ('running', 'stopping') and updated_at < now() - interval '${silence} s')
       order by asked_at limit 1 for update skip locked) returning ${columns}`,
  );
  return rows[0] ?? null;
}

/** Says how a task has ended. */
export async function endTask(
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
