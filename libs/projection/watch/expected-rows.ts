import type { Pool, PoolClient } from "pg";
import { tableOf } from "../declare/columns.js";
import { keyColumn } from "../run/rows.js";
import { viewName, type View } from "../declare/view.js";

/** How far a row should be, and the stream that says so. `refold`: it is to be folded anew and compared whole. */
export interface ExpectedRow {
  readonly view: string;
  readonly key: string;
  readonly position: bigint;
  readonly stream: string;
  readonly refold: boolean;
}

/** A row that is not where the log says it should be. */
export interface Difference {
  readonly kind: "behind" | "unknown";
  readonly key: string;
  readonly stream: string;
}

/** How many of them are held here before Postgres is told, and how many streams are folded anew at a time. */
const heldAtMost = 20_000;
const streamsAtOnce = 200;

/** How far every row should be, kept by Postgres for one session: a country has more rows than a projector can hold. */
export class ExpectedRows {
  readonly #held = new Map<string, ExpectedRow>();
  readonly #corrected = new Set<string>();

  private constructor(readonly client: PoolClient) {}

  static async open(pool: Pool): Promise<ExpectedRows> {
    const client = await pool.connect();
    await client.query(`set statement_timeout = '15min'; create temporary table due (
      view text, key text, position numeric not null, stream text not null, refold boolean not null, primary key (view, key))`);
    return new ExpectedRows(client);
  }

  /** The table goes with its connection. */
  close(): void {
    this.client.release(true);
  }

  async add(due: ExpectedRow): Promise<void> {
    this.#held.set(`${due.view} ${due.key}`, due);
    if (this.#held.size >= heldAtMost) await this.flush();
  }

  /** Something in it was marked as entered by mistake: how far its rows are does not tell whether they are without it. */
  corrected(stream: string): void {
    this.#corrected.add(stream);
  }

  async flush(): Promise<void> {
    const held = [...this.#held.values()];
    this.#held.clear();
    const column = (name: keyof ExpectedRow) => held.map((each) => String(each[name]));
    await this.client.query(
      `insert into due select * from unnest($1::text[], $2::text[], $3::numeric[], $4::text[], $5::boolean[])
       on conflict (view, key) do update set position = excluded.position, stream = excluded.stream, refold = excluded.refold`,
      [column("view"), column("key"), column("position"), column("stream"), column("refold")],
    );
  }

  /** The first of a view's rows, up to `head`, that no fact began or that miss their last fact, and how many there are. What is parked is known already. */
  async differences(view: View, head: bigint, most: number): Promise<{ found: number; first: Difference[] }> {
    const { rows } = await this.client.query<Difference & { found: number }>(
      `select coalesce(due.key, held.key) as key, coalesce(due.stream, '') as stream, case when due.key is null then 'unknown' else 'behind' end as kind,
         count(*) over ()::int as found
       from (select * from due where view = $1) as due full join (${heldOf(view)}) as held using (key)
       where held.stale_since is null and held.position <= $2
         and (due.key is null or (held.position < due.position and not ${isParked}))
       order by 1 limit $3`,
      [viewName(view), head.toString(), most],
    );
    return { found: rows[0]?.found ?? 0, first: rows.map(({ kind, key, stream }) => ({ kind, key, stream })) };
  }

  /** The streams of a view to fold anew, some at a time: those of a sample, and those of rows that are not there. */
  async *toRefold(view: View): AsyncGenerator<string[]> {
    await this.client.query(
      `update due set refold = true where view = $1
         and (stream = any($2) or not exists (select from (${heldOf(view)}) as held where held.key = due.key))`,
      [viewName(view), [...this.#corrected]],
    );
    for (let after = ""; ;) {
      const { rows } = await this.client.query<{ stream: string }>(
        `select distinct stream from due where view = $1 and refold and stream > $2 and not ${isParked} order by stream limit ${streamsAtOnce}`,
        [viewName(view), after],
      );
      if (rows.length === 0) return;
      yield rows.map(({ stream }) => stream);
      after = rows.at(-1)!.stream;
    }
  }
}

const isParked = "exists (select from projection_dead_letter as letter where letter.view = $1 and letter.stream = due.stream)";

function heldOf({ row }: View): string {
  const table = tableOf(row);
  return `select "${keyColumn(table).column}"::text as key, position, stale_since from "${table.table}"`;
}
