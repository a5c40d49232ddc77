import { UnknownFact } from "#kernel/kernel.js";
import type { StoredFact } from "#store/stored.js";
import { foldKeyed, keyed, keysAmong, type Arrival, type Kept, type Poison } from "./fold.js";
import type { DeadLetter } from "./store.js";
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
export interface Part {
  readonly changed: ReadonlyMap<string, Kept>;
  readonly letters: readonly DeadLetter[];
}

/** What a view's part of a batch is folded with. */
interface Given {
  /** Stream -> the revision from which on it is parked. */
  readonly parked: ReadonlyMap<string, bigint>;
  readonly load: (keys: readonly string[]) => Promise<ReadonlyMap<string, Kept>>;
  readonly isTaken: (changed: ReadonlyMap<string, Kept>) => Promise<boolean>;
}

/** Folds one view's part of a batch around what the view cannot take. */
export class AroundPoison {
  constructor(
    readonly view: View,
    readonly given: Given,
  ) {}

  /** Folds what can be folded; what cannot, and what stands behind it in its stream, is parked. @throws Poisoned */
  async fold(arrivals: readonly Arrival[], poisons: readonly Poison[] = []): Promise<Part> {
    const { view, given } = this;
    const isBlocked = this.#blocked(poisons);
    const free = keyed(view, isBlocked ? arrivals.filter((arrival) => !isBlocked(arrival)) : arrivals);
    const { changed, poison } = foldKeyed(view, free, await given.load(keysAmong(free)));
    if (poison) return this.fold(arrivals, [...poisons, this.#parkable(poison)]);
    const blocked = isBlocked ? arrivals.filter(isBlocked) : [];
    return { changed, letters: blocked.map((arrival) => letterOf(view, arrival, poisons)) };
  }

  /** Which facts wait behind something that is parked; null: none. */
  #blocked(poisons: readonly Poison[]): ((arrival: Arrival) => boolean) | null {
    const { parked } = this.given;
    if (parked.size === 0 && poisons.length === 0) return null;
    return ({ stored: { stream, revision } }) =>
      revision >= (parked.get(stream) ?? Infinity) || poisons.some(({ fact }) => fact.stream === stream && fact.revision <= revision);
  }

  /** The rows were refused: the shortest run of facts whose rows are refused ends with the culprit. @throws Poisoned */
  async isolate(arrivals: readonly Arrival[], cause: Error): Promise<Part> {
    const poisons: Poison[] = [];
    for (;;) {
      const part = await this.fold(arrivals, poisons);
      if (await this.given.isTaken(part.changed)) return part;
      let [good, bad] = [0, arrivals.length];
      while (bad - good > 1) {
        const middle = (good + bad) >> 1;
        if (await this.given.isTaken((await this.fold(arrivals.slice(0, middle), poisons)).changed)) good = middle;
        else bad = middle;
      }
      const arrival = arrivals[bad - 1]!;
      poisons.push(this.#parkable({ fact: arrival.stored, key: keyOf(this.view, arrival), error: cause }));
    }
  }

  #parkable(poison: Poison): Poison {
    const { view } = this;
    if (view.onPoison !== "park" || view.routeBy) throw new Poisoned(viewName(view), poison.fact, poison.error);
    return poison;
  }
}

/** What decides to which partition a fact belongs. @throws Poisoned where that cannot be told */
export function routeOf(view: View, arrival: Arrival): string {
  if (!view.routeBy) return arrival.stored.stream;
  try {
    return view.routeBy(arrival.today);
  } catch (error) {
    if (error instanceof UnknownFact) throw error;
    throw new Poisoned(viewName(view), arrival.stored, error as Error);
  }
}

function letterOf(view: View, arrival: Arrival, poisons: readonly Poison[]): DeadLetter {
  const { stream, revision, id, type, position } = arrival.stored;
  const own = poisons.find(({ fact }) => fact.id === id);
  return {
    ...{ view: viewName(view), stream, revision, factId: id, type, position },
    key: keyOf(view, arrival),
    error: own ? ((own.error as { code?: string }).code ?? own.error.name) : null,
  };
}

const keyOf = (view: View, arrival: Arrival): string | null => keyed(view, [arrival])[0]!.key;
