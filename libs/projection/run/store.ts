import type { Position, StoredEvent } from "#store/stored.js";
import type { Kept } from "./fold.js";
import type { View } from "../declare/view.js";

/** Somebody else owns the partition now, or has moved its checkpoint: nothing of this batch is kept. */
export class CheckpointMoved extends Error {
  readonly code = "CheckpointMoved";
}

/** The storage does not take what a view would write, and would not take it another time either. */
export class RowsRefused extends Error {
  constructor(
    readonly view: string,
    override readonly cause: Error,
  ) {
    super(`the rows of ${view} were refused`);
  }
}

/** An event that a view or a policy could not take, or that stands behind one: its place, never its content. */
export interface DeadLetter {
  readonly view: string;
  readonly stream: string;
  readonly revision: bigint;
  readonly factId: string;
  readonly type: string;
  readonly position: Position;
  /** The row that it concerns, where that could be told. */
  readonly key: string | null;
  /** What kind of error; null: it only stands behind another. */
  readonly error: string | null;
  /** Operators have let it be passed over: it alone is left out, and nothing waits behind it. */
  readonly skipped: boolean;
}

/** A partition as its owner knows it. */
export interface Standing {
  readonly partition: number;
  /** Raised at every take-over: who has an older one can write nothing any more. */
  readonly epoch: bigint;
  /** View name -> how far it is; a view that stands still is not among them. */
  readonly positions: Map<string, Position | null>;
  /** View name -> stream -> the revision from which on it is parked. */
  readonly parked: Map<string, Map<string, bigint>>;
  /** What operators have let be passed over, as long as it cannot be taken: see `skipOf`. */
  readonly skips: ReadonlySet<string>;
  /** View name -> key of a row -> the first revision that was passed over in it. */
  readonly skipped: Map<string, Map<string, bigint>>;
}

/** How a leave to pass over one event is named: for every version of the view, because it is used only where the view cannot take the event. */
export const skipOf = (view: string, { stream, revision }: { readonly stream: string; readonly revision: bigint }): string =>
  `${view.split(" ")[0]} ${stream} ${revision}`;

/** What is known of letters that were just kept. */
export function learn({ parked, skipped }: Standing, letters: readonly DeadLetter[]): void {
  for (const { view, stream, revision, key, skipped: isSkipped } of letters) {
    const of = isSkipped ? skipped : parked;
    const name = isSkipped ? key : stream;
    const known = of.get(view) ?? new Map<string, bigint>();
    if (name !== null && revision < (known.get(name) ?? Infinity)) known.set(name, revision);
    of.set(view, known);
  }
}

/** Rows that were just written and in which something was passed over. */
export function staleAmong({ skipped }: Pick<Standing, "skipped">, view: string, keys: Iterable<string>): Map<string, bigint> {
  const known = skipped.get(view);
  if (!known || known.size === 0) return new Map();
  return new Map([...keys].flatMap((key) => (known.has(key) ? [[key, known.get(key)!] as const] : [])));
}

/** What one batch makes of a partition. */
export interface Work {
  readonly to: Position;
  readonly moves: readonly { readonly view: string; readonly from: Position | null; readonly facts: number }[];
  /** Views whose rows are as they are at `to` then: those that are moved, and those that nothing of the batch concerns. */
  readonly reached: readonly string[];
  readonly rows: readonly { readonly view: View; readonly changed: ReadonlyMap<string, Kept> }[];
  readonly letters: readonly DeadLetter[];
}

/** Would the storage take these rows of a view? Nothing is kept. */
export async function isTaken(store: Pick<ProjectionStore, "probe">, view: View, changed: ReadonlyMap<string, Kept>): Promise<boolean> {
  try {
    await store.probe(view, changed);
    return true;
  } catch (error) {
    if (error instanceof RowsRefused) return false;
    throw error;
  }
}

/** Where views are kept, as the runner needs it. */
export interface ProjectionStore {
  /** Are rows in memory already, so that a worker need not remember them as well? */
  readonly remembers?: boolean;
  /** Takes a partition over: whoever had it before can write nothing any more. */
  takeOver(partition: number, views: readonly string[]): Promise<Standing>;
  rows(view: View, keys: readonly string[]): Promise<Map<string, Kept>>;
  /** All of it or nothing. @throws CheckpointMoved, RowsRefused */
  commit(standing: Standing, work: Work): Promise<void>;
  /** Whoever waits for these views hears that nothing up to here concerns them that is not committed. Nothing is written. */
  tell(standing: Standing, to: Position, views: readonly string[]): Promise<void>;
  /** Would these rows be taken? Nothing is kept. @throws RowsRefused */
  probe(view: View, changed: ReadonlyMap<string, Kept>): Promise<void>;
  /** Are all of them still so? False where another has one, and where views were told to stand still or to go on. */
  holds(standings: readonly Standing[]): Promise<boolean>;
  /** The view stands still at an event, for everybody, until it is told to go on. */
  halt(view: string, why: string, at: Pick<StoredEvent, "stream" | "revision">): Promise<void>;
}
