import type { EventLog } from "#store/event-log.js";
import { isForged } from "#store/recorded.js";
import { LRUCache } from "lru-cache";
import { isStreamOf, type Position, type StoredEvent } from "#store/stored.js";
import { Arrival } from "./arrival.js";
import { handles, isMark, wholeStream, type Kept } from "./fold.js";
import { partitionOf } from "./partition.js";
import { AroundPoison, routeOf } from "../park/poison.js";
import { isTaken, learn, RowsRefused, skipOf, type DeadLetter, type ProjectionStore, type Standing, type Work } from "./store.js";
import { viewName, type View } from "../declare/view.js";

/**
 * What comes before an entry is marked as a mistake is taken first: whether it can be, must not depend on whether the mark came in the same batch.
 */
function beforeMarks({ events, position }: Portion): Portion[] {
  const places = events.flatMap((event, place) => (place > 0 && isMark(event) ? [place] : []));
  return [0, ...places].map((from, index) => {
    const until = places[index] ?? events.length;
    return { events: events.slice(from, until), position: until === events.length ? position : events[until - 1]!.position };
  });
}

/** How many rows a view keeps in memory for each partition. */
const mostRows = 500;

/** Events in the order of the log, and how far the log has been looked through with them. */
export interface Portion {
  readonly events: readonly StoredEvent[];
  readonly position: Position;
}

/** What became of a batch. */
interface Advance {
  /** How many events each view has taken whose checkpoint was written. */
  readonly taken: ReadonlyMap<string, number>;
  readonly letters: readonly DeadLetter[];
}

/**
 * One partition of all views, owned by this process: a batch is folded in memory and written, with its checkpoints, in one transaction.
 * Where it is `sparing`, the checkpoints of views that a batch does not concern are written by {@link PartitionWorker.keep}: whoever takes
 * the partition over meanwhile only looks through again what does not concern them.
 */
export class PartitionWorker {
  readonly #rows = new Map<string, LRUCache<string, Kept>>();
  /** View name -> its checkpoint as it is written, where that is not its position. */
  readonly #behind = new Map<string, Position | null>();

  readonly views: readonly View[];

  constructor(
    readonly store: ProjectionStore,
    views: readonly View[],
    readonly partitions: number,
    readonly standing: Standing,
    readonly log: Pick<EventLog, "readEvents">,
    readonly sparing = false,
  ) {
    this.views = views.filter((view) => standing.positions.has(viewName(view)));
    for (const view of this.views) this.#rows.set(viewName(view), new LRUCache({ max: mostRows }));
  }

  /** Where a reader must begin so that no view of the worker misses anything; null: at the start. */
  get position(): Position | null {
    return lowestOf([...this.standing.positions.values()]);
  }

  /** What was not committed is unknown here: the worker must then be taken over anew. */
  async advance(portion: Portion): Promise<Advance> {
    const taken = new Map<string, number>();
    const letters: DeadLetter[] = [];
    for (const part of beforeMarks(portion)) {
      const advance = await this.#advance(part);
      for (const [view, count] of advance.taken) taken.set(view, (taken.get(view) ?? 0) + count);
      letters.push(...advance.letters);
    }
    return { taken, letters };
  }

  async #advance({ events, position }: Portion): Promise<Advance> {
    const behind = this.views.filter((view) => isBefore(this.standing.positions.get(viewName(view)) ?? null, position));
    const arrivals = this.#arrivals(events);
    const parts = await Promise.all(behind.map((view) => this.#fold(view, arrivals)));
    if (parts.length === 0) return { taken: new Map(), letters: [] };
    const concerned = this.sparing ? parts.filter(({ taken }) => taken > 0) : parts;
    const work: Work = {
      to: position,
      moves: concerned.map(({ view, taken }) => this.#moveOf(viewName(view), taken)),
      reached: behind.map(viewName),
      rows: parts.filter(({ changed }) => changed.size > 0),
      letters: parts.flatMap(({ letters }) => letters),
    };
    if (work.moves.length > 0) await this.#commit(work, arrivals);
    else await this.store.tell(this.standing, position, work.reached);
    this.#moved(work);
    if (!this.store.remembers)
      for (const { view, changed } of work.rows) for (const [key, kept] of changed) this.#rows.get(viewName(view))!.set(key, kept);
    learn(this.standing, work.letters);
    return { taken: new Map(work.moves.map(({ view, facts: taken }) => [view, taken])), letters: work.letters };
  }

  /** Writes the checkpoints of views that nothing has concerned of late. Answers which, and where they are. @throws CheckpointMoved */
  async keep(): Promise<readonly (readonly [view: string, position: Position])[]> {
    const views = [...this.#behind.keys()];
    const to = views.length > 0 ? this.standing.positions.get(views[0]!)! : null;
    if (to === null) return [];
    const work: Work = { to, moves: views.map((view) => this.#moveOf(view, 0)), reached: views, rows: [], letters: [] };
    await this.store.commit(this.standing, work);
    this.#moved(work);
    return views.map((view) => [view, to]);
  }

  #moveOf(view: string, facts: number): Work["moves"][number] {
    const from = this.#behind.has(view) ? this.#behind.get(view)! : (this.standing.positions.get(view) ?? null);
    return { view, from, facts };
  }

  #moved({ to, moves, reached }: Work): void {
    const written = new Set(moves.map(({ view }) => view));
    for (const view of reached) {
      if (written.has(view)) this.#behind.delete(view);
      else if (!this.#behind.has(view)) this.#behind.set(view, this.standing.positions.get(view) ?? null);
      this.standing.positions.set(view, to);
    }
  }

  /** Rows that the storage refuses are looked into, view by view, until each culprit is found. */
  async #commit(work: Work, arrivals: readonly Arrival[]): Promise<void> {
    try {
      await this.store.commit(this.standing, work);
    } catch (error) {
      if (!(error instanceof RowsRefused)) throw error;
      const rows = [];
      const letters = work.letters.filter(({ view }) => view !== error.view);
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

  /** The events of aggregates that any view follows, as far as the application wrote them. */
  #arrivals(events: readonly StoredEvent[]): Arrival[] {
    const followed = [...new Set(this.views.map(({ of }) => of))];
    return events.flatMap((event) => {
      const of = followed.find(({ name }) => isStreamOf(name, event.stream));
      return of && !isForged(event) ? [new Arrival(of, event)] : [];
    });
  }

  async #fold(view: View, arrivals: readonly Arrival[]) {
    const own = this.#own(view, arrivals);
    return { view, taken: own.length, ...(await this.#around(view).fold(own)) };
  }

  #around(view: View): AroundPoison {
    return new AroundPoison(view, {
      parked: this.standing.parked.get(viewName(view)) ?? new Map(),
      maySkip: (event) => this.#maySkip(view, event),
      load: (keys) => this.#load(view, keys),
      isTaken: (changed) => isTaken(this.store, view, changed),
      stream: (stream) => wholeStream(this.log, view, stream),
    });
  }

  /** What of a batch is for this partition of the view, and not in it already. */
  #own(view: View, arrivals: readonly Arrival[]): Arrival[] {
    const from = this.standing.positions.get(viewName(view)) ?? null;
    return arrivals.filter(
      (arrival) =>
        arrival.of === view.of &&
        handles(view, arrival.stored) &&
        isBefore(from, arrival.stored.position) &&
        (this.partitions === 1 || this.#isOwn(view, arrival)),
    );
  }

  /** What cannot be told to belong to one partition is left out in all of them. */
  #isOwn(view: View, arrival: Arrival): boolean {
    try {
      const route = routeOf(view, arrival);
      return route === null || partitionOf(route, this.partitions) === this.standing.partition;
    } catch (error) {
      if (this.#maySkip(view, arrival.stored)) return true;
      throw error;
    }
  }

  #maySkip(view: View, event: StoredEvent): boolean {
    return this.standing.skips.size > 0 && this.standing.skips.has(skipOf(viewName(view), event));
  }

  async #load(view: View, keys: readonly string[]): Promise<Map<string, Kept>> {
    if (this.store.remembers) return this.store.rows(view, keys);
    const known = this.#rows.get(viewName(view))!;
    const missing = keys.filter((key) => !known.has(key));
    const rows = new Map(keys.flatMap((key) => (known.has(key) ? [[key, known.get(key)!] as const] : [])));
    if (missing.length > 0) for (const [key, kept] of await this.store.rows(view, missing)) rows.set(key, kept);
    return rows;
  }
}

/** Null is the start. */
export function lowestOf(positions: readonly (Position | null)[]): Position | null {
  if (positions.length === 0 || positions.includes(null)) return null;
  return (positions as readonly Position[]).reduce((lowest, each) => (each.commit < lowest.commit ? each : lowest));
}

const isBefore = (one: Position | null, other: Position): boolean => one === null || one.commit < other.commit;
