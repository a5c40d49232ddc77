import type { Pool } from "pg";
import { Gauge, type Registry } from "prom-client";
import { countParked } from "#projection/park/dead-letters.js";
import { followedPolicy, followedView, lagOf, mostCounted, type Lag } from "#projection/watch/lag.js";
import { policyName } from "#projection/declare/policy.js";
import { countFindings } from "#projection/watch/chain-records.js";
import type { Reconciliation } from "#projection/watch/reconcile.js";
import { askTask, lastReconciliation } from "#projection/watch/tasks.js";
import { viewName } from "#projection/declare/view.js";
import type { EventLog } from "#store/event-log.js";
import { StoreUnavailable } from "#store/failures.js";
import { policies, views } from "#domain/domain.js";

/** How often the log's end is looked at apart from any subscription, milliseconds. */
const lookEvery = 5_000;
/** A view that lacks facts and has taken none for longer does not progress. */
const mostIdle = 60_000;
/** When views are held against the log, UTC: two o'clock at night in East Africa. */
const nightlyHour = 23;
/** Who asks for it. */
const everyNight = "every night";

const followed = [...views.map(followedView), ...policies.map(followedPolicy)];

interface SeenLag {
  readonly commit: bigint;
  /** When it was seen to take something, or to lack nothing. */
  readonly at: number;
}

/** An independent observer: a reader that died without a word is seen because the log, read apart from it, runs ahead of the views. */
export class Watch {
  readonly #lagSeconds: Gauge;
  readonly #lagFacts: Gauge;
  readonly #halted: Gauge;
  readonly #findings: Gauge;
  readonly #reconciled: Gauge;
  readonly #reachable: Gauge;
  readonly #letters: Gauge;
  readonly #policyLetters: Gauge;
  readonly #refusals: Gauge;
  readonly #chains: Gauge;
  #unfit = 0;
  readonly #started: Date;
  readonly #seen = new Map<string, SeenLag>();
  #isStoreThere = true;
  #timer: NodeJS.Timeout | undefined;

  constructor(
    readonly log: EventLog,
    readonly pool: Pool,
    registry: Registry,
    /** Only one of several projectors reconciles. */
    readonly reconciles: () => boolean,
    readonly now: () => Date = () => new Date(),
    /** Told in a sentence what somebody should look into, whenever it is another than before. */
    readonly notice: (sentence: string) => void = () => undefined,
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
    this.#letters = gauge("projection_dead_letters", "Streams that are parked in a view", ["view"]);
    this.#policyLetters = gauge("policy_dead_letters", "Streams that are parked in a policy", ["policy"]);
    this.#refusals = gauge("policy_refusals", "How often a rule has said no to what a policy asked for", ["policy"]);
    this.#chains = gauge("chain_findings", "Facts that are not as the application wrote them, and that nobody has looked into", ["kind"]);
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

  /** `degraded`: all goes on, but some streams are parked, a view stands still, or a fact is not as the application wrote it. */
  get status(): "ready" | "degraded" {
    return this.#parked > 0 || this.#isHalted || this.#unfit > 0 ? "degraded" : "ready";
  }

  #parked = 0;
  #isHalted = false;

  async #countLeftOut(): Promise<void> {
    const parked = await countParked(this.pool);
    const { rows } = await this.pool.query<{ policy: string; count: number }>(
      "select policy, count(*)::int as count from policy_refusal group by policy",
    );
    for (const { name } of views.map(followedView)) this.#letters.set({ view: name }, parked.get(name) ?? 0);
    for (const policy of policies) {
      this.#policyLetters.set({ policy: policy.name }, parked.get(policyName(policy)) ?? 0);
      this.#refusals.set({ policy: policy.name }, rows.find((row) => row.policy === policy.name)?.count ?? 0);
    }
    this.#parked = [...parked.values()].reduce((sum, count) => sum + count, 0);
  }

  #noticed = "";

  #tellNotice(): void {
    const notice = [
      ...(this.#parked > 0 ? [`streams that are parked: ${this.#parked}`] : []),
      ...(this.#isHalted ? ["a view stands still"] : []),
      ...(this.#unfit > 0 ? [`facts that are not as the application wrote them: ${this.#unfit}`] : []),
    ].join(", ");
    if (notice === this.#noticed) return;
    this.#noticed = notice;
    if (notice) this.notice(`Somebody should look into this: ${notice}. See: npm run projections -- status`);
  }

  async #countUnfit(): Promise<void> {
    const findings = await countFindings(this.pool);
    for (const [kind, count] of Object.entries(findings)) this.#chains.set({ kind }, count);
    this.#unfit = findings.forged + findings.broken + findings.missing;
  }

  async look(): Promise<void> {
    const lags = await this.#lag();
    this.#isHalted = false;
    for (const lag of lags) this.#note(lag);
    await this.#countLeftOut();
    await this.#countUnfit();
    this.#tellNotice();
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
      const lag = await lagOf(this.log, this.pool, followed);
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
    this.#isHalted ||= halted !== null;
    this.#lagSeconds.set({ view }, seconds);
    this.#lagFacts.set({ view }, facts);
    const before = this.#seen.get(view);
    // What stands still, at an operator's word or at a fact that it cannot take, does not go on by starting the projector again.
    const goesOn = seconds === 0 || halted !== null || !before || commit > before.commit;
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
