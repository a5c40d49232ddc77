import type { Pool, PoolClient } from "pg";
import type { Position } from "#store/stored.js";
import { tableOf } from "../columns.js";
import type { Kept } from "../fold.js";
import { PostgresStore, park } from "../postgres-store.js";
import { keyColumn } from "../rows.js";
import { RowsRefused, type DeadLetter, type ProjectionStore, type Standing, type Work } from "../store.js";
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

/** One view while it is folded anew. */
class Filling {
  /** The least recently used first. */
  readonly held = new Map<string, Held>();
  sum: Sum = nothing;
  facts = 0;
  letters: DeadLetter[] = [];
  /** Has the table rows that are not in memory? */
  isFilled = false;

  constructor(readonly view: View) {}

  put(key: string, held: Held): void {
    this.held.delete(key);
    this.held.set(key, held);
  }
}

/**
 * Views folded in memory and poured out by COPY: into a bare table at first, merged into it when memory is short. A batch costs no call to
 * the database as long as the rows that it concerns are in memory.
 */
export class BulkStore implements ProjectionStore {
  readonly remembers = true;
  readonly #fillings: ReadonlyMap<string, Filling>;
  /** The same views as Postgres holds them by now. */
  readonly tables: PostgresStore;

  constructor(
    /** Of the set that is folded anew. */
    readonly pool: Pool,
    readonly views: readonly View[],
    /** How many rows may be in memory, over all views. */
    readonly mostRows: number,
  ) {
    this.#fillings = new Map(views.map((view) => [viewName(view), new Filling(view)]));
    this.tables = new PostgresStore(pool, views, 1);
  }

  /** Goes on from what was poured before. */
  async takeOver(partition: number, views: readonly string[]): Promise<Standing> {
    const { rows } = await this.pool.query<{ name: string; rows: string; checksum: string }>(
      "select name, rows::text, checksum from projection_rebuild where name = any($1)",
      [views],
    );
    for (const { name, rows: count, checksum } of rows) {
      const filling = this.#fillings.get(name)!;
      filling.sum = { rows: Number(count), checksum: BigInt(checksum) };
      filling.isFilled = filling.sum.rows > 0;
    }
    return this.tables.takeOver(partition, views);
  }

  async rows(view: View, keys: readonly string[]): Promise<Map<string, Kept>> {
    const filling = this.#of(view);
    const found = new Map<string, Kept>();
    const missing: string[] = [];
    for (const key of keys) {
      const held = filling.held.get(key);
      if (held) found.set(key, held.kept);
      else missing.push(key);
    }
    if (missing.length === 0 || !filling.isFilled) return found;
    await inTransaction(this.pool, (client) => addKey(client, view));
    for (const [key, kept] of await this.tables.rows(view, missing)) {
      filling.put(key, { kept, poured: hashOf(tableOf(view.row), kept), dirty: false });
      found.set(key, kept);
    }
    return found;
  }

  /** Into memory only: what is lost before the next pouring is folded again. */
  async commit(_: Standing, { moves, rows, letters }: Work): Promise<void> {
    for (const { view, facts } of moves) this.#fillings.get(view)!.facts += facts;
    for (const { view, changed: after } of rows) {
      const filling = this.#of(view);
      for (const [key, kept] of after) filling.put(key, { kept, poured: filling.held.get(key)?.poured ?? 0n, dirty: true });
    }
    for (const letter of letters) this.#fillings.get(letter.view)!.letters.push(letter);
  }

  async probe(): Promise<void> {
    // Memory takes every row; what Postgres does not take is found when it is poured.
  }

  async holds(): Promise<boolean> {
    return true;
  }

  async halt(): Promise<never> {
    throw new Error("What is folded anew is given up, not halted.");
  }

  get isFull(): boolean {
    return [...this.#fillings.values()].reduce((sum, { held }) => sum + held.size, 0) > this.mostRows;
  }

  sumOf(view: View): Sum {
    return this.#of(view).sum;
  }

  /** Writes what is in memory, each view with its checkpoint in a transaction of its own, all at once. @throws RowsRefused */
  async pour(to: Position): Promise<void> {
    const poured = await Promise.allSettled([...this.#fillings.values()].map((filling) => this.#pour(filling, to)));
    for (const each of poured) if (each.status === "rejected") throw each.reason;
    const surplus = this.isFull ? this.mostRows / 2 / this.#fillings.size : Infinity;
    for (const { held } of this.#fillings.values())
      for (const key of held.keys()) {
        if (held.size <= surplus) break;
        held.delete(key);
      }
  }

  /** Which of the rows in memory Postgres does not take. */
  async refused(view: View): Promise<Kept[]> {
    await inTransaction(this.pool, (client) => addKey(client, view));
    const dirty = [...this.#of(view).held].flatMap(([key, { kept, dirty: isDirty }]) => (isDirty ? [[key, kept] as const] : []));
    return this.#refusedAmong(view, dirty);
  }

  async #refusedAmong(view: View, rows: readonly (readonly [string, Kept])[]): Promise<Kept[]> {
    if (rows.length === 0 || (await this.isTaken(view, new Map(rows)))) return [];
    if (rows.length === 1) return [rows[0]![1]];
    const middle = rows.length >> 1;
    return [...(await this.#refusedAmong(view, rows.slice(0, middle))), ...(await this.#refusedAmong(view, rows.slice(middle)))];
  }

  async isTaken(view: View, rows: ReadonlyMap<string, Kept>): Promise<boolean> {
    try {
      await this.tables.probe(view, rows);
      return true;
    } catch (error) {
      if (error instanceof RowsRefused) return false;
      throw error;
    }
  }

  /** Puts other rows in the place of what memory holds under these keys; a key without one is again what the table holds. */
  replace(view: View, keys: readonly string[], by: ReadonlyMap<string, Kept>, letters: readonly DeadLetter[]): void {
    const { held, letters: parked } = this.#of(view);
    for (const key of keys) {
      const kept = by.get(key);
      if (kept) held.set(key, { kept, poured: held.get(key)?.poured ?? 0n, dirty: true });
      else held.delete(key);
    }
    parked.push(...letters);
  }

  #of(view: View): Filling {
    return this.#fillings.get(viewName(view))!;
  }

  async #pour(filling: Filling, to: Position): Promise<void> {
    const { view, letters, facts } = filling;
    const dirty = new Map([...filling.held].filter(([, { dirty: isDirty }]) => isDirty));
    const after = [...dirty.values()].map((held) => [held, hashOf(tableOf(view.row), held.kept)] as const);
    const sum = after.reduce((before, [{ poured }, now]) => changed(before, poured, now), filling.sum);
    await inTransaction(this.pool, async (client) => {
      try {
        if (filling.isFilled) await merge(client, view, dirty);
        else
          await copyRows(
            client,
            `"${tableOf(view.row).table}"`,
            tableOf(view.row),
            [...dirty.values()].map(({ kept }) => kept),
          );
      } catch (error) {
        if (isTransient(error)) throw error;
        throw new RowsRefused(viewName(view), error as Error);
      }
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
    for (const [held, poured] of after) Object.assign(held, { poured, dirty: false });
    Object.assign(filling, { sum, letters: [], facts: 0, isFilled: filling.isFilled || dirty.size > 0 });
  }
}

/** Brings rows into a table that holds some of them already. */
async function merge(client: PoolClient, view: View, rows: ReadonlyMap<string, Held>): Promise<void> {
  await addKey(client, view);
  const table = tableOf(view.row);
  const key = keyColumn(table).column;
  await client.query(`create temporary table poured (like "${table.table}") on commit drop`);
  await copyRows(
    client,
    "poured",
    table,
    [...rows.values()].map(({ kept }) => kept),
  );
  const columns = [...table.columns.map(({ column }) => column), "position"].map((column) => `"${column}"`);
  await client.query(
    `insert into "${table.table}" (${columns.join(", ")}) select ${columns.join(", ")} from poured
     on conflict ("${key}") do update set ${columns.map((column) => `${column} = excluded.${column}`).join(", ")}`,
  );
  const gone = [...rows].filter(([, { kept }]) => kept.row === null).map(([each]) => each);
  if (gone.length > 0) await client.query(`delete from "${table.table}" where "${key}" = any($1)`, [gone]);
}
