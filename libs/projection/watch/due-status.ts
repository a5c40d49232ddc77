import type { Pool } from "pg";
import { tableOf } from "../declare/columns.js";
import type { Due } from "../declare/due.js";
import { expressionOf } from "../run/rows.js";

/** How one kind of date is doing. */
export interface DueStatus {
  readonly due: string;
  /** Dates that are told and not asked for yet. */
  readonly waiting: number;
  /** Of these, how many have come. */
  readonly fallenDue: number;
  /** The next of them. */
  readonly next: string | null;
  /** What was asked for so far, and how often a rule said no. */
  readonly asked: number;
  readonly refusals: number;
}

/** What falls due next, of every kind. */
export async function dueStatusOf(pool: Pool, dues: readonly Due<any>[]): Promise<DueStatus[]> {
  return Promise.all(
    dues.map(async ({ name, view }) => {
      const { rows } = await pool.query<DueStatus>(
        `with waiting as (select at from "${tableOf(view.row).table}" as due
           where not exists (select from due_asked as done where done.name = $1 and done.id = due.id and done.at = due.at))
         select $1 as due, count(*)::int as waiting, (count(*) filter (where at <= now()))::int as "fallenDue",
           (select ${expressionOf("timestamptz", "at")} from (select min(at) as at from waiting) as first) as next,
           (select count(*)::int from due_asked where name = $1) as asked,
           (select count(*)::int from due_asked where name = $1 and code is not null) as refusals
         from waiting`,
        [name],
      );
      return rows[0]!;
    }),
  );
}
