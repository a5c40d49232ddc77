import { setTimeout as pause } from "node:timers/promises";
import type { Pool } from "pg";
import { traced } from "#platform/logging/tracing.js";
import { Change } from "#store/change.js";
import type { Changes } from "#store/changes.js";
import { policyCommandId } from "#store/decide.js";
import { tableOf } from "../declare/columns.js";
import type { Due, DueRow } from "../declare/due.js";
import { expressionOf } from "./rows.js";
import { codeOf } from "./arrival.js";
import { meaningOf } from "./transient.js";
import { untilAborted } from "./until-aborted.js";

export interface DueDates {
  readonly pool: Pool;
  readonly changes: Pick<Changes, "apply" | "clock">;
  readonly dues: readonly Due<any>[];
  /** Do the dates of records that were brought in by this import still wait? */
  readonly isOpen: (importId: string) => Promise<boolean>;
  readonly observer: DueObserver;
}

export interface DueObserver {
  /** Something that passes by itself is waited for. */
  interrupted(unit: string, error: Error): void;
  /** A change was asked for; `code`: why a rule said no, or null. */
  asked?(due: string, code: string | null): void;
}

const unit = "due dates";
/** How often it is looked whether something has fallen due, milliseconds. */
const lookEvery = 5_000;
/** How many are taken in hand at once. */
const atOnce = 100;
/** After what time that which could not be asked for is tried again, milliseconds. */
const again = 60_000;

interface Fallen extends DueRow {
  readonly name: string;
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

export class AskingDue {
  /** What could not be asked for, until when it is left alone. */
  readonly #leftAlone = new Map<string, number>();

  constructor(readonly dates: DueDates) {}

  /** Asks for what has fallen due by now. Answers whether there may be more. @throws what passes by itself */
  async round(signal?: AbortSignal): Promise<boolean> {
    const { dues, changes } = this.dates;
    if (dues.length === 0) return false;
    const now = changes.clock().toISOString();
    this.#forget(Date.parse(now));
    const open = await this.#openImports(now);
    const fallen = await this.#fallen(now, open);
    for (const each of fallen) {
      if (signal?.aborted) return false;
      await this.#ask(each);
    }
    return fallen.length === atOnce;
  }

  async #ask({ name, id, record, key, at }: Fallen): Promise<void> {
    const { dues, changes, observer } = this.dates;
    const due = dues.find((each) => each.name === name)!;
    const { of, id: asked, rule, request } = due.ask({ id: record, key, at });
    const commandId = policyCommandId(`due:${name}`, `${record}|${key}|${at}`);
    const options = { commandId, occurredAt: at, purpose: "CaseManagement", source: "policy" as const };
    let code: string | null = null;
    try {
      const change = new Change(of, asked, rule, request, { id: name, role: "policy" }, options);
      await traced("due", { attributes: { due: name } }, () => changes.apply(change));
    } catch (error) {
      const meaning = meaningOf(error);
      if (meaning === "wait") throw error;
      code = codeOf(error);
      if (meaning !== "refused") {
        this.#leftAlone.set(`${name} ${id}`, changes.clock().getTime() + again);
        observer.interrupted(`due ${name}`, error as Error);
        return;
      }
    }
    await this.dates.pool.query("insert into due_asked (name, id, at, code) values ($1, $2, $3, $4) on conflict do nothing", [
      name,
      id,
      at,
      code,
    ]);
    observer.asked?.(name, code);
  }

  /** The imports whose records wait, of all that something fell due of. */
  async #openImports(now: string): Promise<string[]> {
    const { rows } = await this.dates.pool.query<{ imported: string }>(
      `select distinct imported from (${this.#all((table, name) => `select imported from "${table}" as due where imported is not null and ${isDue(name)}`)}) as told`,
      [now],
    );
    const open: string[] = [];
    for (const { imported } of rows) if (await this.dates.isOpen(imported)) open.push(imported);
    return open;
  }

  async #fallen(now: string, open: readonly string[]): Promise<Fallen[]> {
    const { rows } = await this.dates.pool.query<Fallen>(
      `select name, id, record, key, imported, ${expressionOf("timestamptz", "at")} as at from (${this.#all(
        (table, name) =>
          `(select '${name}' as name, id, record, key, imported, at from "${table}" as due
            where ${isDue(name)} and (imported is null or imported <> all($2)) and '${name} ' || id <> all($3) order by at, id limit ${atOnce})`,
      )}) as fallen order by fallen.at, fallen.id limit ${atOnce}`,
      [now, open, [...this.#leftAlone.keys()]],
    );
    return rows;
  }

  #all(select: (table: string, name: string) => string): string {
    return this.dates.dues.map(({ name, view }) => select(tableOf(view.row).table, name)).join(" union all ");
  }

  #forget(now: number): void {
    for (const [id, until] of this.#leftAlone) if (until <= now) this.#leftAlone.delete(id);
  }
}

/** Due by `$1`, and not asked for yet at that date. */
const isDue = (name: string): string =>
  `at <= $1 and not exists (select from due_asked as done where done.name = '${name}' and done.id = due.id and done.at = due.at)`;
