import type { Pool } from "pg";
import type { Position } from "#store/stored.js";
import type { Kept } from "../run/fold.js";
import { PostgresStore } from "../run/postgres-store.js";
import type { DeadLetter, ProjectionStore, Standing, Work } from "../run/store.js";
import { viewName, type View } from "../declare/view.js";
import { Filling } from "./filling.js";

/**
 * Views folded in memory and poured out by COPY: into a bare table at first, merged into it when memory is short. A batch costs no call to
 * the database as long as the rows that it concerns are in memory.
 */
export class BulkStore implements ProjectionStore {
  readonly remembers = true;
  readonly #fillings: Map<string, Filling>;
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
      const sum = { rows: Number(count), checksum: BigInt(checksum) };
      this.#fillings.set(name, new Filling(this.#fillings.get(name)!.view, sum));
    }
    return this.tables.takeOver(partition, views);
  }

  async rows(view: View, keys: readonly string[]): Promise<Map<string, Kept>> {
    const filling = this.#of(view);
    const found = new Map<string, Kept>();
    const missing: string[] = [];
    for (const key of keys) {
      const kept = filling.row(key);
      if (kept) found.set(key, kept);
      else missing.push(key);
    }
    if (missing.length === 0 || !filling.isFilled) return found;
    for (const [key, kept] of await filling.recall(this.tables, missing)) found.set(key, kept);
    return found;
  }

  /** Into memory only: what is lost before the next pouring is folded again. */
  async commit(_: Standing, { moves, rows, letters }: Work): Promise<void> {
    for (const { view, facts } of moves) this.#fillings.get(view)!.facts += facts;
    for (const { view, changed } of rows) {
      const filling = this.#of(view);
      for (const [key, kept] of changed) filling.change(key, kept);
    }
    for (const letter of letters) this.#fillings.get(letter.view)!.letters.push(letter);
  }

  async tell(): Promise<void> {
    // Nobody waits for what is folded anew.
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
    return [...this.#fillings.values()].reduce((sum, { size }) => sum + size, 0) > this.mostRows;
  }

  /** Writes what is in memory, each view with its checkpoint in a transaction of its own, all at once. @throws RowsRefused */
  async pour(to: Position): Promise<void> {
    const poured = await Promise.allSettled([...this.#fillings.values()].map((filling) => filling.pour(this.pool, to)));
    for (const each of poured) if (each.status === "rejected") throw each.reason;
    if (!this.isFull) return;
    for (const filling of this.#fillings.values()) filling.shrink(this.mostRows / 2 / this.#fillings.size);
  }

  /** What of a view is in memory and not in its table yet. */
  changed(view: View): ReadonlyMap<string, Kept> {
    return this.#of(view).changed;
  }

  /** Puts other rows in the place of what memory holds under these keys; a key without one is again what the table holds. */
  async replace(view: View, keys: readonly string[], by: ReadonlyMap<string, Kept>, letters: readonly DeadLetter[]): Promise<void> {
    const filling = this.#of(view);
    await this.rows(view, keys);
    for (const key of keys) {
      const kept = by.get(key);
      if (kept) filling.change(key, kept);
      else filling.forget(key);
    }
    filling.letters.push(...letters);
  }

  #of(view: View): Filling {
    return this.#fillings.get(viewName(view))!;
  }
}
