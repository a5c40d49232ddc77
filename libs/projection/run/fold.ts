import { markedAmong, marking } from "#kernel/corrections.js";
import { changesNothing, knows } from "#kernel/kernel.js";
import type { EventLog } from "#store/event-log.js";
import { isFact, isForged } from "#store/recorded.js";
import { isStreamOf, type StoredEvent } from "#store/stored.js";
import { Arrival } from "./arrival.js";
import { asKept } from "./as-kept.js";
import { tableOf } from "../declare/columns.js";
import type { View } from "../declare/view.js";

/** A row as handlers see it. */
export type Row = Readonly<Record<string, unknown>>;

/** A row with the position of the last fact in it; null: no row. */
export interface Kept {
  readonly row: Row | null;
  readonly position: bigint;
}

/** An event that a view could not take. */
export interface Poison {
  readonly fact: StoredEvent;
  readonly key: string | null;
  readonly error: Error;
}

export interface Folded {
  readonly changed: ReadonlyMap<string, Kept>;
  /** The first fact that could not be taken; nothing after it was folded. */
  readonly poison: Poison | null;
}

type Handlers = Record<string, ((before: Row | null, fact: unknown) => Row | null) | undefined>;

/** A fact as one view looks at it: with the row that it concerns, or with the reason why that cannot be told. */
type Keyed = { readonly arrival: Arrival } & ({ readonly key: string } | { readonly key: null; readonly error: Error });

/** Must a view look at such an event of its aggregate? Also at one that nobody knows, so that it is never passed over. */
export const handles = ({ of, always, project, routeBy }: View, event: StoredEvent): boolean =>
  !isFact(event) ||
  (always !== undefined && !changesNothing(event.type)) ||
  (project as Handlers)[event.type] !== undefined ||
  (event.type === marking && routeBy === undefined) ||
  !knows(of, event.type);

/** Must the view look at this event? What the application did not write is in no row. */
export const concerns = (view: View, event: StoredEvent): boolean =>
  !isForged(event) && isStreamOf(view.of.name, event.stream) && handles(view, event);

/** Looks at events of the view's aggregate. */
export const keyed = (view: View, arrivals: readonly Arrival[]): Keyed[] =>
  arrivals.map((arrival) => {
    try {
      return { arrival, key: view.key(arrival.today) };
    } catch (error) {
      return { arrival, key: null, error: error as Error };
    }
  });

/** The row that is concerned; of an event that cannot be read, the one that its stream alone tells of. Null where that cannot be told. */
export function rowOf(view: View, arrival: Arrival): string | null {
  const [{ key }] = keyed(view, [arrival]) as [Keyed];
  if (key !== null) return key;
  try {
    const keys: unknown = view.key(arrival.outline);
    return typeof keys === "string" ? keys : null;
  } catch {
    return null;
  }
}

/** The rows that are concerned, as far as that can be told. */
export const keysAmong = (facts: readonly Keyed[]): string[] => [...new Set(facts.flatMap(({ key }) => (key === null ? [] : [key])))];

/** Which rows these events concern. A key that cannot be told is told when the fact is folded. */
export const keysOf = (view: View, facts: readonly StoredEvent[]): string[] => keysAmong(keyed(view, arrivalsOf(view, facts)));

/** Folds facts in order over rows as they are stored. Pure; a fact that a row already holds is passed over. */
export const foldFacts = (view: View, facts: readonly StoredEvent[], rows: ReadonlyMap<string, Kept>): Folded =>
  foldKeyed(view, keyed(view, arrivalsOf(view, facts)), rows);

/** The same, of facts that the view has looked at already. `marked`: ids of those that were entered by mistake. */
export function foldKeyed(
  view: View,
  facts: readonly Keyed[],
  rows: ReadonlyMap<string, Kept>,
  marked: ReadonlySet<string> = noneMarked,
): Folded {
  const handlers = view.project as Handlers;
  const changed = new Map<string, Kept>();
  for (const fact of facts) {
    const { arrival, key } = fact;
    const { id, type, position } = arrival.stored;
    if (key === null) return { changed, poison: { fact: arrival.stored, key, error: fact.error } };
    const before = changed.get(key) ?? rows.get(key);
    if (before && before.position >= position.commit) continue;
    try {
      const row = before?.row ?? null;
      const isMistake = marked.has(id);
      const handler = isMistake ? undefined : handlers[type];
      const handled = handler ? handler(row, arrival.today) : row;
      const after = handled && view.always && !isMistake ? (view.always(handled, arrival.today) as Row) : handled;
      changed.set(key, { row: after && asKept(tableOf(view.row), after), position: position.commit });
    } catch (error) {
      return { changed, poison: { fact: arrival.stored, key, error: error as Error } };
    }
  }
  return { changed, poison: null };
}

const noneMarked: ReadonlySet<string> = new Set();

/**
 * A stream folded from its beginning, without what in it was marked as entered by mistake: whoever finds a mark in it. Rows hold everything up to
 * the last mark then, also those that nothing is left of.
 */
export function foldCorrected(view: View, arrivals: readonly Arrival[]): Folded {
  const marks = arrivals.filter(({ stored }) => isMark(stored));
  const last = marks.at(-1)?.stored.position.commit ?? -1n;
  const { changed, poison } = foldKeyed(view, keyed(view, arrivals), new Map(), markedAmong(marks.map(({ stored }) => stored)));
  const kept = [...changed].map(([key, { row, position }]) => [key, { row, position: position > last ? position : last }] as const);
  return { changed: new Map(kept), poison };
}

/** What a view has to look at of a whole stream, as it is now. @throws RecordDestroyed */
export async function wholeStream(log: Pick<EventLog, "readEvents">, view: View, stream: string): Promise<readonly Arrival[]> {
  const arrivals: Arrival[] = [];
  for await (const event of log.readEvents(stream)) if (concerns(view, event)) arrivals.push(new Arrival(view.of, event));
  return arrivals;
}

/** Does it mark another entry as entered by mistake? */
export const isMark = (event: StoredEvent): boolean => isFact(event) && event.type === marking;

export const arrivalsOf = ({ of }: View, facts: readonly StoredEvent[]): Arrival[] => facts.map((stored) => new Arrival(of, stored));
