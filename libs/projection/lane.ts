import { LRUCache } from "lru-cache";
import type { Batch } from "#store/follow.js";
import type { Position, StoredFact } from "#store/stored.js";
import { concerns, foldFacts, keysOf, located, type Kept, type Poison } from "./fold.js";
import { partitionOf } from "./partition.js";
import { RowsRefused, type DeadLetter, type ProjectionStore, type Standing, type Work } from "./store.js";
import { viewName, type View } from "./view.js";

/** A view that must rather stand still than leave anything out has met a fact that it cannot take. */
export class Poisoned extends Error {
  readonly code = "Poisoned";
  constructor(
    readonly view: string,
    { stream, revision, type, id }: StoredFact,
    cause: Error,
  ) {
    super(`${view} cannot take ${type} (${id}, revision ${revision} of ${stream}): ${cause.name}. The view stands still until it can.`, {
      cause,
    });
  }
}

/** What a batch means for one view. */
interface Part {
  readonly changed: ReadonlyMap<string, Kept>;
  readonly letters: readonly DeadLetter[];
}

/** How many rows a view keeps in memory for each partition. */
const mostRows = 2_000;

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
    const parts = await Promise.all(behind.map((view) => this.#fold(view, facts)));
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
    await this.#commit(work, facts);
    for (const { view } of moves) this.standing.positions.set(view, position);
    if (!this.store.remembers)
      for (const { view, changed } of work.rows) for (const [key, kept] of changed) this.#rows.get(viewName(view))!.set(key, kept);
    for (const { view, stream } of work.letters) this.#parkedOf(view).add(stream);
    return new Map(moves.map(({ view, facts: taken }) => [view, taken]));
  }

  /** Rows that the storage refuses are looked into, view by view, until each culprit is found. */
  async #commit(work: Work, facts: readonly StoredFact[]): Promise<void> {
    try {
      await this.store.commit(this.standing, work);
    } catch (error) {
      if (!(error instanceof RowsRefused)) throw error;
      const rows = [];
      const letters = [...work.letters];
      for (const { view, changed } of work.rows) {
        if (viewName(view) !== error.view) rows.push({ view, changed });
        else {
          const part = await this.#isolate(view, facts, error.cause);
          rows.push({ view, changed: part.changed });
          letters.push(...part.letters);
        }
      }
      Object.assign(work, { rows, letters });
      await this.#commit(work, facts);
    }
  }

  async #fold(view: View, facts: readonly StoredFact[]) {
    const own = this.#own(view, facts);
    return { view, taken: own.length, ...(await this.#foldAround(view, own, [])) };
  }

  /** What of a batch is for this partition of the view, and not in it already. */
  #own(view: View, facts: readonly StoredFact[]): StoredFact[] {
    const from = this.standing.positions.get(viewName(view)) ?? null;
    const route = (fact: StoredFact) => (view.routeBy ? view.routeBy(located(view, fact)) : fact.stream);
    return facts.filter(
      (fact) =>
        concerns(view, fact) && isBefore(from, fact.position) && partitionOf(route(fact), this.partitions) === this.standing.partition,
    );
  }

  /** Folds what can be folded; what cannot, and what stands behind it in its stream, is parked. */
  async #foldAround(view: View, facts: readonly StoredFact[], poisons: readonly Poison[]): Promise<Part> {
    const name = viewName(view);
    const blocked = (fact: StoredFact) =>
      this.standing.parked.get(name)?.has(fact.stream) ||
      poisons.some(({ fact: { stream, revision } }) => stream === fact.stream && revision <= fact.revision);
    const free = facts.filter((fact) => !blocked(fact));
    const { changed, poison } = foldFacts(view, free, await this.#load(view, keysOf(view, free)));
    if (poison) return this.#foldAround(view, facts, [...poisons, this.#poisoned(view, poison)]);
    const letters = facts.filter(blocked).map((fact) => letterOf(view, fact, poisons.find(({ fact: { id } }) => id === fact.id) ?? null));
    return { changed, letters };
  }

  /** The shortest run of facts whose rows are refused ends with the culprit. */
  async #isolate(view: View, facts: readonly StoredFact[], cause: Error) {
    const own = this.#own(view, facts);
    const poisons: Poison[] = [];
    for (;;) {
      const part = await this.#foldAround(view, own, poisons);
      if (await this.#isTaken(view, part.changed)) return part;
      let [good, bad] = [0, own.length];
      while (bad - good > 1) {
        const middle = (good + bad) >> 1;
        const { changed } = await this.#foldAround(view, own.slice(0, middle), poisons);
        if (await this.#isTaken(view, changed)) good = middle;
        else bad = middle;
      }
      poisons.push(this.#poisoned(view, { fact: own[bad - 1]!, key: keysOf(view, [own[bad - 1]!])[0] ?? null, error: cause }));
    }
  }

  async #isTaken(view: View, changed: ReadonlyMap<string, Kept>): Promise<boolean> {
    try {
      await this.store.probe(view, changed);
      return true;
    } catch (error) {
      if (error instanceof RowsRefused) return false;
      throw error;
    }
  }

  #poisoned(view: View, poison: Poison): Poison {
    if (view.onPoison !== "park" || view.routeBy) throw new Poisoned(viewName(view), poison.fact, poison.error);
    return poison;
  }

  async #load(view: View, keys: readonly string[]): Promise<Map<string, Kept>> {
    if (this.store.remembers) return this.store.rows(view, keys);
    const known = this.#rows.get(viewName(view))!;
    const missing = keys.filter((key) => !known.has(key));
    const rows = new Map(keys.flatMap((key) => (known.has(key) ? [[key, known.get(key)!] as const] : [])));
    if (missing.length > 0) for (const [key, kept] of await this.store.rows(view, missing)) rows.set(key, kept);
    return rows;
  }

  #parkedOf(view: string): Set<string> {
    const parked = this.standing.parked.get(view) ?? new Set<string>();
    this.standing.parked.set(view, parked);
    return parked;
  }
}

/** Null is the start. */
export function lowestOf(positions: readonly (Position | null)[]): Position | null {
  if (positions.length === 0 || positions.includes(null)) return null;
  return (positions as readonly Position[]).reduce((lowest, each) => (each.commit < lowest.commit ? each : lowest));
}

const isBefore = (one: Position | null, other: Position): boolean => one === null || one.commit < other.commit;

const letterOf = (view: View, { stream, revision, id, type, position, ...rest }: StoredFact, poison: Poison | null): DeadLetter => ({
  ...{ view: viewName(view), stream, revision, factId: id, type, position },
  key: keysOf(view, [{ stream, revision, id, type, position, ...rest }])[0] ?? null,
  error: poison ? ((poison.error as { code?: string }).code ?? poison.error.name) : null,
});
