import { LRUCache } from "lru-cache";
import { entryMarkedBy, markedAmong } from "#kernel/corrections.js";
import type { Aggregate, Fact } from "#kernel/kernel.js";
import type { EventLog } from "#store/event-log.js";
import { hashAfter, judgedAfter } from "#store/chain.js";
import { applied } from "#store/states.js";
import { isForged } from "#store/recorded.js";
import { worse, type Integrity, type StoredFact } from "#store/stored.js";
import type { FoldedState, JudgedFact } from "./entries.js";

/** A record folded up to some fact. */
export interface Folded {
  readonly state: FoldedState;
  /** Of the last fact in it. */
  readonly hash: string;
  /** Whether all of it is as the application wrote it. */
  readonly whole: Integrity;
  /** Revision of the fact that comes next. */
  readonly next: bigint;
}

/** One fact, judged, with the state before it and after. */
export interface Step extends JudgedFact {
  readonly states: readonly [FoldedState, FoldedState];
  readonly folded: Folded;
}

/** So many facts lie between two of them. */
const every = 100n;
/** In all; whichever was not asked for longest is let go. */
const most = 20_000;
/** After so long a record is folded and judged from its start again, milliseconds: what was changed in the store since is then told. */
const believed = 600_000;

/**
 * How far long records were folded, so that no page of a history folds them from the start. Disposable: kept in this process alone, and what is
 * not there is folded.
 */
export class Snapshots {
  readonly #streams = new LRUCache<string, readonly Folded[]>({ maxSize: most, sizeCalculation: (all) => all.length, ttl: believed });

  /** The last one that holds nothing of this revision or after it. */
  before(of: Aggregate<any, any>, stream: string, revision: bigint): Folded {
    return this.#streams.get(stream)?.findLast(({ next }) => next <= revision) ?? begun(of);
  }

  keep(stream: string, folded: Folded): void {
    const all = this.#streams.get(stream) ?? [];
    if ((all.at(-1)?.next ?? 0n) >= folded.next) return;
    this.#streams.set(stream, [...all, folded], { noUpdateTTL: true });
  }
}

const begun = ({ initial }: Aggregate<any, any>): Folded => ({ state: initial as FoldedState, hash: "", whole: "intact", next: 0n });

/** The state as of a revision, without what was marked as entered by mistake until then. */
async function corrected(log: EventLog, of: Aggregate<any, Fact>, stream: string, revision: bigint): Promise<FoldedState> {
  const facts: StoredFact[] = [];
  for await (const stored of log.readStream(stream, { count: Number(revision) + 1 })) if (!isForged(stored)) facts.push(stored);
  return without(of, facts, markedAmong(facts));
}

/** The state after these facts, the marked ones passed over. @throws RecordUnreadable */
export const without = (of: Aggregate<any, any>, facts: readonly StoredFact[], marked: ReadonlySet<string>): FoldedState =>
  facts
    .filter(({ id }) => !marked.has(id))
    .reduce((state, stored) => applied(of as Aggregate<FoldedState, Fact>, state, stored), of.initial as FoldedState);

/** The facts of a record from where it was folded up to, each judged with the one before it. @throws RecordUnreadable, RecordDestroyed */
export async function* steps(
  { log, snapshots }: { log: EventLog; snapshots: Snapshots },
  of: Aggregate<any, Fact>,
  stream: string,
  from: Folded,
): AsyncGenerator<Step> {
  let folded = from;
  for await (const stored of log.readStream(stream, { from: from.next })) {
    const integrity = judgedAfter(folded.hash, stored);
    const before = folded.state;
    const isMark = integrity !== "forged" && entryMarkedBy(stored) !== null;
    const state =
      integrity === "forged"
        ? before
        : isMark
          ? await corrected(log, of, stream, stored.revision)
          : applied(of as Aggregate<FoldedState, Fact>, before, stored);
    folded = { state, hash: hashAfter(folded.hash, stored), whole: worse(folded.whole, integrity), next: stored.revision + 1n };
    if (folded.next % every === 0n) snapshots.keep(stream, folded);
    yield { stored, integrity, states: [before, state], folded };
  }
}
