import { LRUCache } from "lru-cache";
import type { Batch } from "#store/follow.js";
import { aggregateOf, type Position, type StoredFact } from "#store/stored.js";
import { Arrival, handles, type Kept } from "./fold.js";
import { partitionOf } from "./partition.js";
import { AroundPoison, routeOf } from "./poison.js";
import { isTaken, RowsRefused, type ProjectionStore, type Standing, type Work } from "./store.js";
import { viewName, type View } from "./view.js";

/** How many rows a view keeps in memory for each partition. */
const mostRows = 500;

/** One partition of all views, owned by this process: a batch is folded in memory and written, with its checkpoints, in one transaction. */
export class Lane {
  readonly #rows = new Map<string, LRUCache<string, Kept>>();

  readonly views: readonly View[];

  constructor(
    readonly store: ProjectionStore,
    views: readonly View[],
    readonly partitions: number,
    readonly standing: Standing,
  ) {
    this.views = views.filter((view) => standing.positions.has(viewName(view)));
    for (const view of this.views) this.#rows.set(viewName(view), new LRUCache({ max: mostRows }));
  }

  /** Where a reader must begin so that no view of the lane misses anything; null: at the start. */
  get position(): Position | null {
    return lowestOf([...this.standing.positions.values()]);
  }

  /** Answers how many facts each view has taken. What was not committed is unknown here: the lane must then be taken over anew. */
  async advance({ facts, position }: Batch): Promise<ReadonlyMap<string, number>> {
    const behind = this.views.filter((view) => isBefore(this.standing.positions.get(viewName(view)) ?? null, position));
    const arrivals = this.#arrivals(facts);
    const parts = await Promise.all(behind.map((view) => this.#fold(view, arrivals)));
    const moves = parts.map(({ view, taken }) => {
      const name = viewName(view);
      return { view: name, from: this.standing.positions.get(name) ?? null, facts: taken };
    });
    if (moves.length === 0) return new Map();
    const work: Work = {
      to: position,
      moves,
      rows: parts.filter(({ changed }) => changed.size > 0),
      letters: parts.flatMap(({ letters }) => letters),
    };
    await this.#commit(work, arrivals);
    for (const { view } of moves) this.standing.positions.set(view, position);
    if (!this.store.remembers)
      for (const { view, changed } of work.rows) for (const [key, kept] of changed) this.#rows.get(viewName(view))!.set(key, kept);
    for (const { view, stream, revision } of work.letters) this.#park(view, stream, revision);
    return new Map(moves.map(({ view, facts: taken }) => [view, taken]));
  }

  /** Rows that the storage refuses are looked into, view by view, until each culprit is found. */
  async #commit(work: Work, arrivals: readonly Arrival[]): Promise<void> {
    try {
      await this.store.commit(this.standing, work);
    } catch (error) {
      if (!(error instanceof RowsRefused)) throw error;
      const rows = [];
      const letters = [...work.letters];
      for (const { view, changed } of work.rows) {
        if (viewName(view) !== error.view) rows.push({ view, changed });
        else {
          const part = await this.#around(view).isolate(this.#own(view, arrivals), error.cause);
          rows.push({ view, changed: part.changed });
          letters.push(...part.letters);
        }
      }
      Object.assign(work, { rows, letters });
      await this.#commit(work, arrivals);
    }
  }

  /** The facts of aggregates that any view follows. */
  #arrivals(facts: readonly StoredFact[]): Arrival[] {
    const followed = new Map(this.views.map(({ of }) => [of.name, of]));
    return facts.flatMap((fact) => {
      const of = followed.get(aggregateOf(fact.stream));
      return of ? [new Arrival(of, fact)] : [];
    });
  }

  async #fold(view: View, arrivals: readonly Arrival[]) {
    const own = this.#own(view, arrivals);
    return { view, taken: own.length, ...(await this.#around(view).fold(own)) };
  }

  #around(view: View): AroundPoison {
    return new AroundPoison(view, {
      parked: this.standing.parked.get(viewName(view)) ?? new Map(),
      load: (keys) => this.#load(view, keys),
      isTaken: (changed) => isTaken(this.store, view, changed),
    });
  }

  /** What of a batch is for this partition of the view, and not in it already. */
  #own(view: View, arrivals: readonly Arrival[]): Arrival[] {
    const from = this.standing.positions.get(viewName(view)) ?? null;
    return arrivals.filter(
      (arrival) =>
        arrival.of === view.of &&
        handles(view, arrival.stored.type) &&
        isBefore(from, arrival.stored.position) &&
        (this.partitions === 1 || partitionOf(routeOf(view, arrival), this.partitions) === this.standing.partition),
    );
  }

  async #load(view: View, keys: readonly string[]): Promise<Map<string, Kept>> {
    if (this.store.remembers) return this.store.rows(view, keys);
    const known = this.#rows.get(viewName(view))!;
    const missing = keys.filter((key) => !known.has(key));
    const rows = new Map(keys.flatMap((key) => (known.has(key) ? [[key, known.get(key)!] as const] : [])));
    if (missing.length > 0) for (const [key, kept] of await this.store.rows(view, missing)) rows.set(key, kept);
    return rows;
  }

  #park(view: string, stream: string, revision: bigint): void {
    const parked = this.standing.parked.get(view) ?? new Map<string, bigint>();
    if (revision < (parked.get(stream) ?? Infinity)) parked.set(stream, revision);
    this.standing.parked.set(view, parked);
  }
}

/** Null is the start. */
export function lowestOf(positions: readonly (Position | null)[]): Position | null {
  if (positions.length === 0 || positions.includes(null)) return null;
  return (positions as readonly Position[]).reduce((lowest, each) => (each.commit < lowest.commit ? each : lowest));
}

const isBefore = (one: Position | null, other: Position): boolean => one === null || one.commit < other.commit;
