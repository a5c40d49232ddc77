import { UnknownFact } from "#kernel/kernel.js";
import { locate } from "#store/states.js";
import { isStreamOf, type StoredFact } from "#store/stored.js";
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

/** Must the view look at this fact? Also at one of a type that nobody knows, so that it is never passed over. */
export const concerns = ({ of, always, project }: View, { stream, type }: Pick<StoredFact, "stream" | "type">): boolean =>
  isStreamOf(of.name, stream) && (always !== undefined || (project as Handlers)[type] !== undefined || of.versions[type] === undefined);

/** The fact in today's form. Throws UnknownFact: that is no poison but a program that is too old. */
export const located = (view: View, stored: StoredFact) => locate(view.of, stored);

/** Which rows these facts concern. A key that cannot be told is told when the fact is folded. */
export function keysOf(view: View, facts: readonly StoredFact[]): string[] {
  const keys = new Set<string>();
  for (const stored of facts) {
    try {
      keys.add(view.key(located(view, stored)));
    } catch (error) {
      if (error instanceof UnknownFact) throw error;
    }
  }
  return [...keys];
}

/** Folds facts in order over rows as they are stored. Pure; a fact that a row already holds is passed over. @throws UnknownFact */
export function foldFacts(view: View, facts: readonly StoredFact[], rows: ReadonlyMap<string, Kept>): Folded {
  const handlers = view.project as Handlers;
  const changed = new Map<string, Kept>();
  for (const stored of facts) {
    let key: string | null = null;
    try {
      const fact = located(view, stored);
      key = view.key(fact);
      const before = changed.get(key) ?? rows.get(key);
      if (before && before.position >= stored.position.commit) continue;
      const row = before?.row ?? null;
      const handler = handlers[stored.type];
      const handled = handler ? handler(row, fact) : row;
      const after = handled && view.always ? (view.always(handled, fact) as Row) : handled;
      changed.set(key, { row: after, position: stored.position.commit });
    } catch (error) {
      if (error instanceof UnknownFact) throw error;
      return { changed, poison: { fact: stored, key, error: error as Error } };
    }
  }
  return { changed, poison: null };
}
