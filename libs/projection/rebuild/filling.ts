import type { Pool, PoolClient } from "pg";
import type { Position } from "#store/stored.js";
import { tableOf } from "../declare/columns.js";
import type { Kept } from "../run/fold.js";
import { park, type PostgresStore } from "../run/postgres-store.js";
import { keyColumn } from "../run/rows.js";
import { RowsRefused, type DeadLetter } from "../run/store.js";
import { addKey } from "../declare/tables.js";
import { inTransaction } from "../run/transaction.js";
import { isTransient } from "../run/transient.js";
import { viewName, type View } from "../declare/view.js";
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
  #isKeyed = false;
  facts = 0;
  letters: DeadLetter[] = [];

  constructor(
    readonly view: View,
    /** What the table holds. */
    public sum: Sum = nothing,
  ) {}

  /** Holds the table rows that may not be in memory? */
  get isFilled(): boolean {
    return this.sum.rows > 0;
  }

  /** How many rows are in memory. */
  get size(): number {
    return this.#held.size;
  }

  row(key: string): Kept | undefined {
    return this.#held.get(key)?.kept;
  }

  /** Reads rows back that the table holds. */
  async recall(tables: PostgresStore, keys: readonly string[]): Promise<Map<string, Kept>> {
    if (!this.#isKeyed) await inTransaction(tables.pool, (client) => addKey(client, this.view));
    this.#isKeyed = true;
    const rows = await tables.rows(this.view, keys);
    for (const [key, kept] of rows) this.#put(key, { kept, poured: hashOf(tableOf(this.view.row), kept), dirty: false });
    return rows;
  }

  /** A row that the table does not hold so yet. It must have been asked for: what the table holds of it has to be known. */
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
    const dirty = [...this.#held].filter(([, held]) => held.dirty);
    const hashes = dirty.map(([, held]) => [held, hashOf(table, held.kept)] as const);
    const sum = hashes.reduce((before, [{ poured }, hash]) => changed(before, poured, hash), this.sum);
    await inTransaction(pool, async (client) => {
      await this.#write(client, dirty);
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
    for (const [held, poured] of hashes) Object.assign(held, { poured, dirty: false });
    Object.assign(this, { sum, letters: [], facts: 0 });
  }

  async #write(client: PoolClient, rows: readonly (readonly [string, Held])[]): Promise<void> {
    const table = tableOf(this.view.row);
    const isNew = ({ poured }: Held) => poured === 0n;
    const known = new Map(rows.flatMap(([key, held]) => (isNew(held) ? [] : [[key, held.kept] as const])));
    try {
      const fresh = rows.flatMap(([, held]) => (isNew(held) ? [held.kept] : []));
      if (fresh.length > 0) await copyRows(client, `"${table.table}"`, table, fresh);
      if (known.size > 0) await merge(client, this.view, known);
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

/** Brings rows into a table that holds older ones of them. */
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
