import type { Pool } from "pg";
import { Gauge, type Registry } from "prom-client";
import { askTask, type Task } from "#projection/tasks.js";
import { paused } from "#projection/postgres-store.js";
import { viewName } from "#projection/view.js";
import type { EventLog } from "#store/event-log.js";
import { views } from "./views.js";

/** How often the log's end is looked at apart from any subscription, milliseconds. */
const lookEvery = 10_000;
/** A view that is behind for longer does not progress. */
const mostBehind = 60_000;
const night = { hour: 2, every: 24 * 3_600_000 };

const prefixes = [...new Set(views.map(({ of }) => `${of.name}-`))];

/** An independent witness: a reader that died without a word is seen because the log's end, asked for apart from it, runs ahead of the views. */
export class Watch {
  readonly #lag: Gauge;
  readonly #halted: Gauge;
  readonly #findings: Gauge;
  readonly #reconciled: Gauge;
  readonly #timers: NodeJS.Timeout[] = [];
  #behindSince: number | null = null;

  constructor(
    readonly log: EventLog,
    readonly pool: Pool,
    registry: Registry,
    /** Only one of several projectors reconciles. */
    readonly reconciles: () => boolean,
    readonly now: () => number = () => performance.now(),
  ) {
    const registers = [registry];
    this.#lag = new Gauge({
      name: "projection_lag_seconds",
      help: "Since the newest fact that a view lacks was recorded",
      labelNames: ["view"],
      registers,
    });
    this.#halted = new Gauge({ name: "projection_halted", help: "1 where a view stands still", labelNames: ["view"], registers });
    this.#findings = new Gauge({
      name: "projection_findings",
      help: "Rows that differed from the log when they were last compared",
      registers,
    });
    this.#reconciled = new Gauge({
      name: "projection_reconciled_timestamp_seconds",
      help: "When views were last compared with the log",
      registers,
    });
  }

  start(): void {
    this.#timers.push(setInterval(() => void this.look().catch(() => undefined), lookEvery));
    const first = new Date();
    first.setUTCHours(first.getUTCHours() < night.hour ? night.hour : night.hour + 24, 0, 0, 0);
    const nightly = () => {
      if (this.reconciles()) void this.#askToReconcile().catch(() => undefined);
      this.#timers.push(setTimeout(nightly, night.every));
    };
    this.#timers.push(setTimeout(nightly, first.getTime() - Date.now()));
    for (const timer of this.#timers) timer.unref();
  }

  async #askToReconcile(): Promise<void> {
    await askTask(this.pool, { kind: "reconcile", views: views.map(viewName), by: "every night" });
  }

  stop(): void {
    for (const timer of this.#timers) clearTimeout(timer);
  }

  /** Whether views go on: none has been behind for a minute. */
  get isProgressing(): boolean {
    return this.#behindSince === null || this.now() - this.#behindSince < mostBehind;
  }

  async look(): Promise<void> {
    const newest = await this.log.newest(prefixes);
    const { rows } = await this.pool.query<{ name: string; commit: string; halted: string | null }>(
      "select name, min(coalesce(commit_position, -1))::text as commit, max(halted) as halted from projection_checkpoint where name = any($1) group by name",
      [views.map(viewName)],
    );
    const isBehind = rows.map(({ name, commit, halted }) => {
      this.#halted.set({ view: name }, halted === null ? 0 : 1);
      const behind = newest !== null && BigInt(commit) < newest.position.commit;
      this.#lag.set({ view: name }, behind ? (Date.now() - Date.parse(newest.recordedAt)) / 1_000 : 0);
      // What an operator has paused is no fault of ours.
      return behind && halted !== paused;
    });
    if (!isBehind.includes(true)) this.#behindSince = null;
    else this.#behindSince ??= this.now();
  }

  /** What an ended task has to tell. */
  done({ kind, state, result }: Task): void {
    if (kind !== "reconcile" || state !== "done") return;
    this.#findings.set((result as { found: number }).found);
    this.#reconciled.set(Date.now() / 1_000);
  }
}
