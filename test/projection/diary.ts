import { randomUUID } from "node:crypto";
import type { Pool } from "pg";
import { aggregate, Refusal, slice, type Instant, type Rule } from "#kernel/kernel.js";
import { tableOf } from "#projection/declare/columns.js";
import { due, dueAt, settled } from "#projection/declare/due.js";
import { ask } from "#projection/declare/policy.js";
import { viewName } from "#projection/declare/view.js";
import { AskingDue } from "#projection/run/due-dates.js";
import { Change, type ChangeReceipt } from "#store/change.js";
import { Changes, type Sealer } from "#store/changes.js";
import { eventually } from "../support/processes.js";
import type { Stories } from "../support/stories.js";

export type AppointmentFact =
  | { type: "AppointmentSet"; data: { key: string; at: Instant } }
  | { type: "AppointmentCancelled"; data: { key: string } }
  | { type: "AppointmentCame"; data: { key: string; at: Instant } };
const came = slice<AppointmentFact>()<readonly string[]>([], {
  AppointmentSet: (all) => all,
  AppointmentCancelled: (all) => all,
  AppointmentCame: (all, { key, at }) => [...all, `${key} ${at}`],
});
const appointments = aggregate("appointment", { came });
const say: Rule<unknown, AppointmentFact, AppointmentFact> = (_, fact) => [fact];
/** The rule keeps no count of its own: whatever asks twice is seen twice. */
const come: Rule<unknown, { key: string; at: Instant }, AppointmentFact> = (_, { key, at }) => {
  if (key === "never") throw new Refusal("NeverComes");
  return [{ type: "AppointmentCame", data: { key, at } }];
};
export const appointment = due(appointments)(
  "appointment",
  {
    AppointmentSet: ({ data: { key, at } }) => dueAt(key, at),
    AppointmentCancelled: ({ data: { key } }) => settled(key),
  },
  ({ id, key, at }) => ask(appointments, id, come, { key, at }),
);

const unsealed: Sealer = { seal: async () => ({}), fingerprint: async (value) => JSON.stringify(value), mark: (text) => text };
export const minute = 60_000;
export const beginning = Date.parse("2026-03-01T08:00:00.000Z");

/** A record of appointments, its clock, and programs that come and go. */
export class Diary {
  now = beginning;
  readonly id = randomUUID();
  readonly changes: Changes;
  readonly open = new Set<string>();
  /** A program that lives on, and remembers what it has dealt with. */
  #living: AskingDue;
  #running: ReturnType<Stories["run"]>;

  constructor(private readonly here: Stories) {
    this.#running = here.run([appointment.view]);
    this.changes = new Changes(here.log, unsealed, { clock: () => new Date(this.now) });
    this.#living = this.asking();
  }

  async tell(fact: AppointmentFact, imported?: { import: string; by: string }): Promise<void> {
    const options = {
      commandId: randomUUID(),
      occurredAt: new Date(this.now).toISOString(),
      ...(imported && { imported, source: "import" as const }),
    };
    await this.folded(await this.changes.apply(new Change(appointments, this.id, say, fact, { id: "amina", role: "nurse" }, options)));
  }

  /** Waits until the table holds it. */
  async folded({ position }: ChangeReceipt): Promise<void> {
    await eventually("the table holds it", async () => {
      const { rows } = await this.here.pool.query(
        "select bool_and(commit_position >= $2) as there from projection_checkpoint where name = $1 and commit_position is not null",
        [viewName(appointment.view), position!.commit.toString()],
      );
      return rows[0].there === true;
    });
  }

  asking(pool: Pool = this.here.pool): AskingDue {
    const observer = { interrupted: () => undefined };
    return new AskingDue({ pool, changes: this.changes, dues: [appointment], isOpen: async (id) => this.open.has(id), observer });
  }

  async round(asking = this.#living): Promise<void> {
    while (await asking.round());
  }

  /** Asks, and dies before it has noted that it did; another one takes its place. */
  async roundThatDies(): Promise<void> {
    const dying = {
      query: (text: string, values: unknown[]) =>
        text.startsWith("insert")
          ? Promise.reject(Object.assign(new Error("gone"), { code: "57P01" }))
          : this.here.pool.query(text, values),
    } as unknown as Pool;
    await this.asking(dying)
      .round()
      .catch(() => undefined);
    this.#living = this.asking();
  }

  /** The table is made anew, as by a rebuild. */
  async rebuilt(): Promise<void> {
    await this.#running.stop();
    await this.here.pool.query(`delete from "${tableOf(appointment.view.row).table}"`);
    await this.here.pool.query("update projection_checkpoint set commit_position = null, prepare_position = null where name = $1", [
      viewName(appointment.view),
    ]);
    this.#running = this.here.run([appointment.view]);
    const { revision, position } = await this.changes.states.fresh(appointments, this.id);
    if (revision >= 0n) await this.folded({ id: this.id, revision, position });
  }

  async came(): Promise<readonly string[]> {
    return (await this.changes.states.fresh(appointments, this.id)).state.came;
  }

  stop(): Promise<void> {
    return this.#running.stop();
  }
}

export async function withDiary(here: Stories, work: (diary: Diary) => Promise<void>): Promise<void> {
  await here.prepare([appointment.view]);
  const diary = new Diary(here);
  try {
    await work(diary);
  } finally {
    await diary.stop();
  }
}
export const inMinutes = (count: number): Instant => new Date(beginning + count * minute).toISOString();
