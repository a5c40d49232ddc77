import type { Pool } from "pg";
import { Gauge, type Registry } from "prom-client";
import { lagOf, mostCounted, type Lag } from "#projection/lag.js";
import { paused } from "#projection/checkpoints.js";
import type { Reconciliation } from "#projection/reconcile.js";
import { askTask, lastReconciliation } from "#projection/tasks.js";
import { viewName } from "#projection/view.js";
import type { EventLog } from "#store/event-log.js";
import { StoreUnavailable } from "#store/failures.js";
import { views } from "./views.js";

/** How often the log's end is looked at apart from any subscription, milliseconds. */
const lookEvery = 5_000;
/** A view that lacks facts and has taken none for longer does not progress. */
const mostIdle = 60_000;
/** When views are held against the log, UTC: two o'clock at night in East Africa. */
const nightlyHour = 23;
/** Who asks for it. */
const everyNight = "every night";

interface Seen {
  readonly commit: bigint;
  /** When it was seen to take something, or to lack nothing. */
  readonly at: number;
}

/** An independent witness: a reader that died without a word is seen because the log, read apart from it, runs ahead of the views. */
export class Watch {
  readonly #lagSeconds: Gauge;
  readonly #lagFacts: Gauge;
  readonly #halted: Gauge;
  readonly #findings: Gauge;
  readonly #reconciled: Gauge;
  readonly #reachable: Gauge;
  readonly #started: Date;
  readonly #seen = new Map<string, Seen>();
  #isStoreThere = true;
  #timer: NodeJS.Timeout | undefined;

  constructor(
    readonly log: EventLog,
    readonly pool: Pool,
    registry: Registry,
    /** Only one of several projectors reconciles. */
    readonly reconciles: () => boolean,
    readonly now: () => Date = () => new Date(),
  ) {
    const gauge = (name: string, help: string, labelNames: string[] = []) => new Gauge({ name, help, labelNames, registers: [registry] });
    this.#started = now();
    this.#lagSeconds = gauge("projection_lag_seconds", "Age of the first fact that a view lacks", ["view"]);
    this.#lagFacts = gauge("projection_lag_facts", `Facts that a view lacks, counted in the next ${mostCounted} events of the log`, [
      "view",
    ]);
    this.#halted = gauge("projection_halted", "1 where a view stands still", ["view"]);
    this.#reachable = gauge("event_store_reachable", "1 where the leader of the event store answered when it was looked at last");
    this.#findings = gauge("projection_findings", "Rows that differed from the log when they were last compared");
    this.#reconciled = gauge("projection_reconciled_timestamp_seconds", "When views were last compared with the log");
  }

  /** Whether the event store answered when it was looked at last; without it nobody knows how far the views are behind. */
  get isStoreThere(): boolean {
    return this.#isStoreThere;
  }

  start(): void {
    this.#timer = setInterval(() => void this.look().catch(() => undefined), lookEvery).unref();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** Whether views go on: none that lacks something has taken nothing for a minute. */
  get isProgressing(): boolean {
    return [...this.#seen.values()].every(({ at }) => this.now().getTime() - at < mostIdle);
  }

  async look(): Promise<void> {
    for (const lag of await this.#lag()) this.#note(lag);
    const reconciled = await lastReconciliation(this.pool);
    if (reconciled?.result) {
      this.#findings.set((reconciled.result as Reconciliation).found);
      this.#reconciled.set(reconciled.updatedAt.getTime() / 1_000);
    }
    if (this.reconciles()) await this.#reconcileNightly();
  }

  /** A lag that cannot be seen is told as none at all, neither as nothing nor as what it was. */
  async #lag(): Promise<readonly Lag[]> {
    try {
      const lag = await lagOf(this.log, this.pool, views);
      this.#tellStore(true);
      return lag;
    } catch (error) {
      if (error instanceof StoreUnavailable) {
        this.#tellStore(false);
        this.#lagSeconds.reset();
        this.#lagFacts.reset();
      }
      throw error;
    }
  }

  #tellStore(isThere: boolean): void {
    this.#isStoreThere = isThere;
    this.#reachable.set(isThere ? 1 : 0);
  }

  #note({ view, facts, seconds, commit, halted }: Lag): void {
    this.#halted.set({ view }, halted === null ? 0 : 1);
    this.#lagSeconds.set({ view }, seconds);
    this.#lagFacts.set({ view }, facts);
    const before = this.#seen.get(view);
    // What an operator has paused is no fault of ours.
    const goesOn = seconds === 0 || halted === paused || !before || commit > before.commit;
    this.#seen.set(view, { commit, at: goesOn ? this.now().getTime() : before.at });
  }

  /** A night that was missed, because no projector ran, is made up for. */
  async #reconcileNightly(): Promise<void> {
    const due = new Date(this.now());
    due.setUTCHours(nightlyHour, 0, 0, 0);
    if (due > this.now()) due.setUTCDate(due.getUTCDate() - 1);
    const last = await lastReconciliation(this.pool, everyNight);
    if ((last?.askedAt ?? this.#started) >= due) return;
    await askTask(this.pool, { kind: "reconcile", views: views.map(viewName), by: everyNight });
  }
}
