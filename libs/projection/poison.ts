import { UnknownFact } from "#kernel/kernel.js";
import type { StoredFact } from "#store/stored.js";
import { foldFacts, keysOf, located, type Kept, type Poison } from "./fold.js";
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
  readonly isParked: (fact: StoredFact) => boolean;
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
  async fold(facts: readonly StoredFact[], poisons: readonly Poison[] = []): Promise<Part> {
    const { view, given } = this;
    const blocked = (fact: StoredFact) =>
      given.isParked(fact) || poisons.some(({ fact: { stream, revision } }) => stream === fact.stream && revision <= fact.revision);
    const free = facts.filter((fact) => !blocked(fact));
    const { changed, poison } = foldFacts(view, free, await given.load(keysOf(view, free)));
    if (poison) return this.fold(facts, [...poisons, this.#parkable(poison)]);
    const letters = facts.filter(blocked).map((fact) => letterOf(view, fact, poisons.find(({ fact: { id } }) => id === fact.id) ?? null));
    return { changed, letters };
  }

  /** The rows were refused: the shortest run of facts whose rows are refused ends with the culprit. @throws Poisoned */
  async isolate(facts: readonly StoredFact[], cause: Error): Promise<Part> {
    const poisons: Poison[] = [];
    for (;;) {
      const part = await this.fold(facts, poisons);
      if (await this.given.isTaken(part.changed)) return part;
      let [good, bad] = [0, facts.length];
      while (bad - good > 1) {
        const middle = (good + bad) >> 1;
        if (await this.given.isTaken((await this.fold(facts.slice(0, middle), poisons)).changed)) good = middle;
        else bad = middle;
      }
      const fact = facts[bad - 1]!;
      poisons.push(this.#parkable({ fact, key: keysOf(this.view, [fact])[0] ?? null, error: cause }));
    }
  }

  #parkable(poison: Poison): Poison {
    const { view } = this;
    if (view.onPoison !== "park" || view.routeBy) throw new Poisoned(viewName(view), poison.fact, poison.error);
    return poison;
  }
}

/** What decides to which partition a fact belongs. @throws Poisoned where that cannot be told */
export function routeOf(view: View, fact: StoredFact): string {
  if (!view.routeBy) return fact.stream;
  try {
    return view.routeBy(located(view, fact));
  } catch (error) {
    if (error instanceof UnknownFact) throw error;
    throw new Poisoned(viewName(view), fact, error as Error);
  }
}

const letterOf = (view: View, { stream, revision, id, type, position, ...rest }: StoredFact, poison: Poison | null): DeadLetter => ({
  ...{ view: viewName(view), stream, revision, factId: id, type, position },
  key: keysOf(view, [{ stream, revision, id, type, position, ...rest }])[0] ?? null,
  error: poison ? ((poison.error as { code?: string }).code ?? poison.error.name) : null,
});
