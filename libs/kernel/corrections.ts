import type { Actor, Instant } from "./kernel.js";

/**
 * The fact by which an entry of the same record is marked as entered by mistake. Nothing is ever deleted: whoever folds the record passes the
 * entry over from then on, and whoever reads its history sees both.
 */
export const marking = "EntryMarkedErroneous";

interface Told {
  readonly type: string;
  readonly data?: unknown;
}

/** The entry that a fact marks; null: it marks none. */
export const entryMarkedBy = ({ type, data }: Told): string | null => (type === marking ? (data as { entry: string }).entry : null);

/** The entries that are marked among these facts of a record. */
export const markedAmong = (facts: Iterable<Told>): ReadonlySet<string> => {
  const marked = new Set<string>();
  for (const fact of facts) {
    const entry = entryMarkedBy(fact);
    if (entry !== null) marked.add(entry);
  }
  return marked;
};

/** An entry of a record, as a rule about entries needs it. */
export interface Entry {
  readonly id: string;
  readonly type: string;
  readonly at: Instant;
  readonly by: Actor;
  /** What it tells in the open. */
  readonly data: Readonly<Record<string, unknown>>;
  /** The ids that it names in the open. */
  readonly names: readonly string[];
  readonly marked: boolean;
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const idsIn = (value: unknown): string[] => {
  if (typeof value === "string") return uuid.test(value) ? [value] : [];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(idsIn) : [];
};

/** A stored fact, as far as this needs it. */
interface StoredEntry extends Told {
  readonly id: string;
  readonly metadata: { readonly at: Instant; readonly by: Actor };
}

/** The entries of a record, in the order in which they were recorded. */
export function entriesOf(facts: readonly StoredEntry[]): readonly Entry[] {
  const marked = markedAmong(facts);
  return facts.map(({ id, type, data, metadata: { at, by } }) => ({
    ...{ id, type, at, by, data: (data ?? {}) as Entry["data"] },
    names: [...new Set(idsIn(data))],
    marked: marked.has(id),
  }));
}

/**
 * What rests on an entry: later ones, not marked themselves, that name an id which it was the first to name, or that name one of its ids and are
 * of the types that are said to rest on it. They are to be marked before it.
 */
export function restingOn(entry: Entry, entries: readonly Entry[], types: readonly string[]): readonly Entry[] {
  const place = entries.indexOf(entry);
  const known = new Set(entries.slice(0, place).flatMap(({ names }) => names));
  const introduced = new Set(entry.names.filter((name) => !known.has(name)));
  return entries
    .slice(place + 1)
    .filter(({ type, marked }) => !marked && type !== marking)
    .filter(({ type, names }) => names.some((name) => introduced.has(name) || (types.includes(type) && entry.names.includes(name))));
}
