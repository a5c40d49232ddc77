import { UnknownFact, type Aggregate, type Fact } from "#kernel/kernel.js";
import { locate } from "#store/states.js";
import { isStreamOf, type Located, type StoredFact } from "#store/stored.js";
import type { View } from "./view.js";

/** A row as handlers see it. */
export type Row = Readonly<Record<string, unknown>>;

/** A row with the position of the last fact in it; null: no row. */
export interface Kept {
  readonly row: Row | null;
  readonly position: bigint;
}

/** A fact that a view's handler could not take. */
export interface Poison {
  readonly fact: StoredFact;
  readonly key: string | null;
  readonly error: Error;
}

export interface Folded {
  readonly changed: ReadonlyMap<string, Kept>;
  /** The first fact that could not be taken; nothing after it was folded. */
  readonly poison: Poison | null;
}

type Handlers = Record<string, ((before: Row | null, fact: unknown) => Row | null) | undefined>;

/** A fact on its way into views. It is brought into today's form once, when the first of them asks, and for all of them. */
export class Arrival {
  #today: Located<Fact> | undefined;

  constructor(
    readonly of: Aggregate<any, any>,
    readonly stored: StoredFact,
  ) {}

  /** In today's form. Throws UnknownFact: that is no poison but a program that is too old. */
  get today(): Located<Fact> {
    return (this.#today ??= locate(this.of, this.stored) as Located<Fact>);
  }
}

/** A fact as one view looks at it: with the row that it concerns, or with the reason why that cannot be told. */
type Keyed = { readonly arrival: Arrival } & ({ readonly key: string } | { readonly key: null; readonly error: Error });

/** Must a view look at facts of this type of its aggregate? Also at one that nobody knows, so that it is never passed over. */
export const handles = ({ of, always, project }: View, type: string): boolean =>
  always !== undefined || (project as Handlers)[type] !== undefined || of.versions[type] === undefined;

/** Must the view look at this fact? */
export const concerns = (view: View, { stream, type }: Pick<StoredFact, "stream" | "type">): boolean =>
  isStreamOf(view.of.name, stream) && handles(view, type);

/** Looks at facts of the view's aggregate. @throws UnknownFact */
export const keyed = (view: View, arrivals: readonly Arrival[]): Keyed[] =>
  arrivals.map((arrival) => {
    try {
      return { arrival, key: view.key(arrival.today) };
    } catch (error) {
      if (error instanceof UnknownFact) throw error;
      return { arrival, key: null, error: error as Error };
    }
  });

/** The rows that are concerned, as far as that can be told. */
export const keysAmong = (facts: readonly Keyed[]): string[] => [...new Set(facts.flatMap(({ key }) => (key === null ? [] : [key])))];

/** Which rows these facts concern. A key that cannot be told is told when the fact is folded. @throws UnknownFact */
export const keysOf = (view: View, facts: readonly StoredFact[]): string[] => keysAmong(keyed(view, arrivalsOf(view, facts)));

/** Folds facts in order over rows as they are stored. Pure; a fact that a row already holds is passed over. @throws UnknownFact */
export const foldFacts = (view: View, facts: readonly StoredFact[], rows: ReadonlyMap<string, Kept>): Folded =>
  foldKeyed(view, keyed(view, arrivalsOf(view, facts)), rows);

/** The same, of facts that the view has looked at already. */
export function foldKeyed(view: View, facts: readonly Keyed[], rows: ReadonlyMap<string, Kept>): Folded {
  const handlers = view.project as Handlers;
  const changed = new Map<string, Kept>();
  for (const fact of facts) {
    const { arrival, key } = fact;
    const { type, position } = arrival.stored;
    if (key === null) return { changed, poison: { fact: arrival.stored, key, error: fact.error } };
    const before = changed.get(key) ?? rows.get(key);
    if (before && before.position >= position.commit) continue;
    try {
      const row = before?.row ?? null;
      const handler = handlers[type];
      const handled = handler ? handler(row, arrival.today) : row;
      const after = handled && view.always ? (view.always(handled, arrival.today) as Row) : handled;
      changed.set(key, { row: after, position: position.commit });
    } catch (error) {
      return { changed, poison: { fact: arrival.stored, key, error: error as Error } };
    }
  }
  return { changed, poison: null };
}

const arrivalsOf = ({ of }: View, facts: readonly StoredFact[]): Arrival[] => facts.map((stored) => new Arrival(of, stored));
