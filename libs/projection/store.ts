import type { Position } from "#store/stored.js";
import type { Kept } from "./fold.js";
import type { View } from "./view.js";

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

/** A fact that a view could not take, or that stands behind one: its place, never its content. */
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
}

/** What one batch makes of a partition. */
export interface Work {
  readonly to: Position;
  readonly moves: readonly { readonly view: string; readonly from: Position | null; readonly facts: number }[];
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
  /** Are rows in memory already, so that a lane need not remember them as well? */
  readonly remembers?: boolean;
  /** Takes a partition over: whoever had it before can write nothing any more. */
  takeOver(partition: number, views: readonly string[]): Promise<Standing>;
  rows(view: View, keys: readonly string[]): Promise<Map<string, Kept>>;
  /** All of it or nothing. @throws CheckpointMoved, RowsRefused */
  commit(standing: Standing, work: Work): Promise<void>;
  /** Would these rows be taken? Nothing is kept. @throws RowsRefused */
  probe(view: View, changed: ReadonlyMap<string, Kept>): Promise<void>;
  /** Is it still so? False where another has it, and where views were told to stand still or to go on. */
  holds(standing: Standing): Promise<boolean>;
  /** The view stands still, for everybody, until it is told to go on. */
  halt(view: string, why: string): Promise<void>;
}
