import { setTimeout as pause } from "node:timers/promises";
import type { Pool } from "pg";
import { traced } from "#platform/logging/tracing.js";
import { Change } from "#store/change.js";
import type { Changes } from "#store/changes.js";
import { policyCommandId } from "#store/decide.js";
import { tableOf } from "../declare/columns.js";
import type { Due, DueRow } from "../declare/due.js";
import { viewName } from "../declare/view.js";
import { expressionOf } from "./rows.js";
import { codeOf } from "./arrival.js";
import { meaningOf } from "./transient.js";
import type { Observer } from "./runner.js";
import { untilAborted } from "./until-aborted.js";

export interface DueDates {
  readonly pool: Pool;
  readonly changes: Pick<Changes, "apply" | "clock">;
  readonly dues: readonly Due<any>[];
  /** Do the dates of records that were brought in by this import still wait? */
  readonly isOpen: (importId: string) => Promise<boolean>;
  /** Told of what could not be asked for now. */
  readonly observer: Pick<Observer, "interrupted">;
}

const unit = "due dates";
/** How often it is looked whether something has fallen due, milliseconds. */
const lookEvery = 5_000;
/** How many are taken in hand at once. */
const atOnce = 100;
/** After what time that which could not be asked for is tried again, milliseconds. */
const again = 60_000;
/** After what time all dates are looked at again, milliseconds: another program may have folded a table anew beside this one. */
const sweepEvery = 600_000;

interface Fallen extends DueRow {
  readonly name: string;
}

/** What was dealt with already: every date up to `at`, of all that was told up to a position of the log. */
interface Seen {
  readonly at: string;
  readonly told: string;
}

/**
 * Asks for what has fallen due, in the order of the dates, until `signal` aborts. The command id derives from what is due and when, so that
 * it is done once, whoever asks, and however often; a date that was moved asks anew.
 */
export async function askWhatIsDue(dates: DueDates, signal: AbortSignal, every = lookEvery): Promise<void> {
  const asking = new AskingDue(dates);
  const interrupted = (error: Error) => dates.observer.interrupted(unit, error);
  await untilAborted(signal, interrupted, async () => {
    while (!signal.aborted) {
      const more = await asking.round(signal);
      if (!more) await pause(every, undefined, { signal }).catch(() => undefined);
    }
  });
}

/** One program that asks, and what it remembers from look to look. */
export class AskingDue {
  /** What could not be asked for, until when it is left alone. */
  readonly #leftAlone = new Map<string, number>();
  /** Imports that were open when something of theirs fell due. */
  readonly #open = new Set<string>();
  /** Null: all dates are to be looked at. */
  #seen: Seen | null = null;
  #sweptAt = 0;

  constructor(readonly dates: DueDates) {}

  /** Asks for what has fallen due by now. Answers whether there may be more. @throws what passes by itself */
  async round(signal?: AbortSignal): Promise<boolean> {
    const { dues, changes } = this.dates;
    if (dues.length === 0) return false;
    const now = changes.clock().toISOString();
    await this.#beginAnew(Date.parse(now));
    const told = await this.#toldUpTo();
    const fallen = await this.#fallen(now);
    for (const each of fallen) {
      if (signal?.aborted) return false;
      await this.#take(each);
    }
    if (fallen.length === atOnce) return true;
    this.#seen = { at: now, told };
    return false;
  }

  /** What was left out of earlier looks is looked at again, when its reason has passed. */
  async #beginAnew(now: number): Promise<void> {
    for (const [id, until] of this.#leftAlone)
      if (until <= now) {
        this.#leftAlone.delete(id);
        this.#seen = null;
      }
    for (const each of this.#open)
      if (!(await this.#isStillOpen(each))) {
        this.#open.delete(each);
        this.#seen = null;
      }
    // The clock of a machine is also put back: then dates come again that had come.
    if (this.#seen && Date.parse(this.#seen.at) > now) this.#seen = { ...this.#seen, at: new Date(now).toISOString() };
    if (Math.abs(now - this.#sweptAt) > sweepEvery) this.#seen = null;
    if (!this.#seen) this.#sweptAt = now;
  }

  /** Of an import whose stream nobody can read any more it is not known: its dates wait on, and whoever looks after this hears of it. */
  async #isStillOpen(importId: string): Promise<boolean> {
    try {
      return await this.dates.isOpen(importId);
    } catch (error) {
      if (meaningOf(error) === "wait") throw error;
      this.dates.observer.interrupted(unit, error as Error);
      return true;
    }
  }

  /** While history is brought in, its dates wait. */
  async #waits({ imported }: Fallen): Promise<boolean> {
    if (imported === null) return false;
    if (!this.#open.has(imported) && (await this.dates.isOpen(imported))) this.#open.add(imported);
    return this.#open.has(imported);
  }

  /** Asks, and notes what was answered. What cannot be asked for now is left alone for a while: nothing else waits for it. */
  async #take(fallen: Fallen): Promise<void> {
    const { pool, changes, observer } = this.dates;
    const { name, id, at } = fallen;
    try {
      if (await this.#waits(fallen)) return;
      const code = await this.#ask(fallen);
      await pool.query("insert into due_asked (name, id, at, code) values ($1, $2, $3, $4) on conflict do nothing", [name, id, at, code]);
    } catch (error) {
      if (meaningOf(error) === "wait") throw error;
      this.#leftAlone.set(`${name} ${id}`, changes.clock().getTime() + again);
      observer.interrupted(`due ${name}`, error as Error);
    }
  }

  /** Why a rule said no; null: it was done, or was so already. */
  async #ask({ name, record, key, at }: Fallen): Promise<string | null> {
    const { dues, changes } = this.dates;
    const { of, id, rule, request } = dues.find((each) => each.name === name)!.ask({ id: record, key, at });
    const commandId = policyCommandId(`due:${name}`, `${record}|${key}|${at}`);
    const options = { commandId, occurredAt: at, purpose: "CaseManagement", source: "policy" as const };
    try {
      const change = new Change(of, id, rule, request, { id: name, role: "policy" }, options);
      await traced("due", { attributes: { due: name } }, () => changes.apply(change));
      return null;
    } catch (error) {
      if (meaningOf(error) === "refused") return codeOf(error);
      throw error;
    }
  }

  /** Up to where the tables hold everything that was told. */
  async #toldUpTo(): Promise<string> {
    const { rows } = await this.dates.pool.query<{ told: string }>(
      "select coalesce(min(coalesce(commit_position, 0)), 0)::text as told from projection_checkpoint where name = any($1)",
      [this.dates.dues.map(({ view }) => viewName(view))],
    );
    return rows[0]!.told;
  }

  /** What has come by now, and was not dealt with: what has come since the last look, and what was told since of a time before it. */
  async #fallen(now: string): Promise<Fallen[]> {
    const since = this.#seen;
    // Each by its own index: what came long ago is not looked through again.
    const looks = since ? ["at > $4", "told > $5"] : ["true"];
    const { rows } = await this.dates.pool.query<Fallen>(
      `select name, id, record, key, imported, ${expressionOf("timestamptz", "at")} as at from (${this.#all((table, name) =>
        looks
          .map(
            (isNew) => `(select '${name}' as name, id, record, key, imported, at from "${table}" as due
              where ${isNew} and ${isDue(name)} and (imported is null or imported <> all($2)) and '${name} ' || id <> all($3)
              order by at, id limit ${atOnce})`,
          )
          .join(" union "),
      )}) as fallen order by fallen.at, fallen.id limit ${atOnce}`,
      [now, [...this.#open], [...this.#leftAlone.keys()], ...(since ? [since.at, since.told] : [])],
    );
    return rows;
  }

  #all(select: (table: string, name: string) => string): string {
    return this.dates.dues.map(({ name, view }) => `(${select(tableOf(view.row).table, name)})`).join(" union all ");
  }
}

/** Due by `$1`, and not asked for yet at that date. */
const isDue = (name: string): string =>
  `at <= $1 and not exists (select from due_asked as done where done.name = '${name}' and done.id = due.id and done.at = due.at)`;
