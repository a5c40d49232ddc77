import type { Pool, PoolClient } from "pg";
import type { Position } from "#store/stored.js";
import { tableOf } from "../columns.js";
import type { Kept } from "../fold.js";
import { park } from "../postgres-store.js";
import { keyColumn } from "../rows.js";
import { RowsRefused, type DeadLetter } from "../store.js";
import { addKey } from "../tables.js";
import { inTransaction } from "../transaction.js";
import { isTransient } from "../transient.js";
import { viewName, type View } from "../view.js";
import { changed, hashOf, nothing, type Sum } from "./checksum.js";
import { copyRows } from "./copy.js";

/** A row in memory, and what of it the table holds. */
interface Held {
  kept: Kept;
  /** Hash of the row in the table, 0 where it holds none. */
  poured: bigint;
  dirty: boolean;
}

/** One view while it is folded anew: rows in memory, poured into its table by COPY. */
export class Filling {
  /** The least recently used first. */
  readonly #held = new Map<string, Held>();
  facts = 0;
  letters: DeadLetter[] = [];

  constructor(
    readonly view: View,
    /** What the table holds. */
    public sum: Sum = nothing,
    /** Has the table rows that are not in memory? */
    public isFilled = false,
  ) {}

  /** How many rows are in memory. */
  get size(): number {
    return this.#held.size;
  }

  row(key: string): Kept | undefined {
    return this.#held.get(key)?.kept;
  }

  /** A row as it was read back from the table. */
  remember(key: string, kept: Kept): void {
    this.#put(key, { kept, poured: hashOf(tableOf(this.view.row), kept), dirty: false });
  }

  /** A row that the table does not hold so yet. */
  change(key: string, kept: Kept): void {
    this.#put(key, { kept, poured: this.#held.get(key)?.poured ?? 0n, dirty: true });
  }

  /** The row is again what the table holds. */
  forget(key: string): void {
    this.#held.delete(key);
  }

  /** Forgets the longest unused rows until no more than `most` are in memory. Only what was poured may be forgotten. */
  shrink(most: number): void {
    for (const key of this.#held.keys()) {
      if (this.#held.size <= most) return;
      this.#held.delete(key);
    }
  }

  /** Rows that are not in the table yet. */
  get changed(): Map<string, Kept> {
    return new Map([...this.#held].flatMap(([key, { kept, dirty }]) => (dirty ? [[key, kept] as const] : [])));
  }

  /** Writes what has changed, with the checkpoint, in one transaction. @throws RowsRefused */
  async pour(pool: Pool, to: Position): Promise<void> {
    const { view, letters, facts } = this;
    const table = tableOf(view.row);
    const rows = this.changed;
    const hashes = new Map([...rows].map(([key, kept]) => [key, hashOf(table, kept)]));
    const sum = [...hashes].reduce((before, [key, hash]) => changed(before, this.#held.get(key)!.poured, hash), this.sum);
    await inTransaction(pool, async (client) => {
      await this.#write(client, rows);
      if (letters.length > 0) await park(client, [view], letters);
      await client.query(
        `update projection_checkpoint set commit_position = $2, prepare_position = $3, applied = applied + $4, updated_at = now()
         where name = $1`,
        [viewName(view), to.commit.toString(), to.prepare.toString(), facts],
      );
      await client.query(
        `insert into projection_rebuild (name, rows, checksum) values ($1, $2, $3)
         on conflict (name) do update set rows = excluded.rows, checksum = excluded.checksum, verified_at = null`,
        [viewName(view), sum.rows, sum.checksum.toString()],
      );
    });
    for (const [key, poured] of hashes) Object.assign(this.#held.get(key)!, { poured, dirty: false });
    Object.assign(this, { sum, letters: [], facts: 0, isFilled: this.isFilled || rows.size > 0 });
  }

  async #write(client: PoolClient, rows: ReadonlyMap<string, Kept>): Promise<void> {
    const table = tableOf(this.view.row);
    try {
      if (this.isFilled) await merge(client, this.view, rows);
      else await copyRows(client, `"${table.table}"`, table, rows.values());
    } catch (error) {
      if (isTransient(error)) throw error;
      throw new RowsRefused(viewName(this.view), error as Error);
    }
  }

  #put(key: string, held: Held): void {
    this.#held.delete(key);
    this.#held.set(key, held);
  }
}

/** Brings rows into a table that holds some of them already. */
async function merge(client: PoolClient, view: View, rows: ReadonlyMap<string, Kept>): Promise<void> {
  await addKey(client, view);
  const table = tableOf(view.row);
  const key = keyColumn(table).column;
  await client.query(`create temporary table poured (like "${table.table}") on commit drop`);
  await copyRows(client, "poured", table, rows.values());
  const columns = [...table.columns.map(({ column }) => column), "position"].map((column) => `"${column}"`);
  await client.query(
    `insert into "${table.table}" (${columns.join(", ")}) select ${columns.join(", ")} from poured
     on conflict ("${key}") do update set ${columns.map((column) => `${column} = excluded.${column}`).join(", ")}`,
  );
  const gone = [...rows].filter(([, { row }]) => row === null).map(([each]) => each);
  if (gone.length > 0) await client.query(`delete from "${table.table}" where "${key}" = any($1)`, [gone]);
}
