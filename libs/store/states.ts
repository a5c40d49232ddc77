import { LRUCache } from "lru-cache";
import { entriesOf, entryMarkedBy, type Entry } from "#kernel/corrections.js";
import { changesNothing, type Aggregate, type Fact, type Instant } from "#kernel/kernel.js";
import { hashAfter } from "./chain.js";
import type { EventLog } from "./event-log.js";
import { RecordUnreadable } from "./failures.js";
import { isForged } from "./recorded.js";
import { streamOf, type Located, type Position, type Source, type StoredFact } from "./stored.js";

/** What one command left in the stream: the stream itself is the ledger of the commands it has seen. */
export interface Done {
  readonly requestHash: string;
  readonly revision: bigint;
  readonly position: Position;
}

/** An aggregate as far as its stream has been read. */
export interface Loaded<State> {
  readonly state: State;
  /** Revision of the last fact, -1n before the first. */
  readonly revision: bigint;
  /** Revision of the last fact that changed something, -1n before the first: whoever has read that one has read all. */
  readonly changedAt: bigint;
  readonly position: Position | null;
  /** The latest time at which something in it happened, empty before the first: what was told late is not the latest. */
  readonly latestAt: Instant;
  readonly lastHash: string;
  readonly done: ReadonlyMap<string, Done>;
  /** Ids of the facts that were marked as entered by mistake: they are in the stream, and not in the state. */
  readonly marked: ReadonlySet<string>;
}

/**
 * Under which name a stream remembers a command. What a policy or an import asks for is kept apart from what clients ask for, who choose
 * their keys themselves: no key of theirs can stand in its way.
 */
export const ledgerKey = ({ source = "api", commandId }: { readonly source?: Source; readonly commandId: string }): string =>
  source === "api" || source === "offline" ? commandId : `${source} ${commandId}`;

/** A stored fact with its data in today's form. Throws where its type or version is unknown: nothing is ever skipped. */
export function locate<F extends Fact>(of: Aggregate<any, F>, stored: StoredFact): Located<F> {
  const data = of.upcast(stored.type, stored.metadata.schema, stored.data);
  return { ...stored, data, streamId: stored.stream.slice(of.name.length + 1), at: stored.metadata.at } as unknown as Located<F>;
}

/** The state after one more stored fact. @throws RecordUnreadable where nothing here knows it, or can fold what it holds */
export function applied<State, F extends Fact>(of: Aggregate<State, F>, state: State, stored: StoredFact): State {
  try {
    const { type, data, at, metadata } = locate(of, stored) as unknown as StoredFact & { readonly at: Instant };
    return of.apply(state, { type, data } as unknown as F, { at, by: metadata.by });
  } catch (error) {
    throw new RecordUnreadable(stored.type, stored, error);
  }
}

/**
 * One more fact folded. `done` is shared with `before`: an older state forgets nothing by knowing a little more.
 * @throws RecordUnreadable
 */
export function foldStored<State, F extends Fact>(of: Aggregate<State, F>, before: Loaded<State>, stored: StoredFact): Loaded<State> {
  const { revision, position, metadata } = stored;
  const lastHash = hashAfter(before.lastHash, stored);
  // Whoever can append to the store must neither decide anything by it nor lock a record.
  if (stored.integrity === "forged") return { ...before, revision, position, lastHash };
  const state = before.marked.has(stored.id) ? before.state : applied(of, before.state, stored);
  const changedAt = changesNothing(stored.type) ? before.changedAt : revision;
  (before.done as Map<string, Done>).set(ledgerKey(metadata), { requestHash: metadata.requestHash, revision, position });
  const { done, marked } = before;
  return { state, revision, changedAt, position, latestAt: latest(before.latestAt, metadata.at), lastHash, done, marked };
}

/** The latest of these times. */
export const latest = (...times: readonly Instant[]): Instant => times.reduce((one, other) => (other > one ? other : one), "");

const nothingYet = <State>(of: Aggregate<State, any>): Loaded<State> => ({
  state: of.initial,
  revision: -1n,
  changedAt: -1n,
  position: null,
  latestAt: "",
  lastHash: "",
  done: new Map(),
  marked: new Set(),
});

/** Has the application ever written to this stream? What a stranger put there begins nothing. */
export const isBegun = ({ lastHash }: Loaded<unknown>): boolean => lastHash !== "";

/** Over all streams so many commands are remembered: the stream itself is their ledger. */
const mostCommands = 400_000;

/** Folded states of the streams in use, bounded: a state that falls out is read again. */
export class States {
  readonly #cached: LRUCache<string, Loaded<any>>;
  readonly #ends = new LRUCache<string, Omit<Loaded<unknown>, "state" | "done" | "marked">>({ max: 20_000 });

  constructor(
    readonly log: EventLog,
    maximum = 5_000,
  ) {
    this.#cached = new LRUCache({ max: maximum, maxSize: mostCommands, sizeCalculation: ({ done }) => done.size + 1 });
  }

  /** As known here, perhaps behind the stream; null when not known. An append that expects its revision proves it true. */
  known<State>(of: Aggregate<State, any>, id: string): Loaded<State> | null {
    return this.#cached.get(streamOf(of.name, id)) ?? null;
  }

  /** As known here or, failing that, as read now. */
  async current<State>(of: Aggregate<State, any>, id: string): Promise<Loaded<State>> {
    return this.known(of, id) ?? (await this.fresh(of, id));
  }

  /** Read up to the stream's end now. @throws RecordDestroyed, RecordUnreadable, StoreUnavailable */
  async fresh<State, F extends Fact>(of: Aggregate<State, F>, id: string): Promise<Loaded<State>> {
    const stream = streamOf(of.name, id);
    let loaded: Loaded<State> = this.#cached.get(stream) ?? nothingYet(of);
    for (;;) {
      const marked = new Set(loaded.marked);
      try {
        for await (const stored of this.log.readStream(stream, { from: loaded.revision + 1n })) {
          const entry = isForged(stored) ? null : entryMarkedBy(stored);
          if (entry !== null) marked.add(entry);
          loaded = foldStored(of, loaded, stored);
        }
      } catch (error) {
        if (error instanceof RecordUnreadable) throw new RecordUnreadable(error.type, error.place, error.cause, loaded.state);
        throw error;
      }
      if (marked.size === loaded.marked.size) break;
      // Something in it was marked as entered by mistake: the record is folded from its start without that.
      loaded = { ...nothingYet(of), marked };
    }
    if (loaded.revision >= 0n) this.#cached.set(stream, loaded);
    return loaded;
  }

  /** The entries of a stream as it is now. @throws RecordDestroyed, StoreUnavailable */
  async entries(of: Aggregate<any, any>, id: string): Promise<readonly Entry[]> {
    const facts: StoredFact[] = [];
    for await (const stored of this.log.readStream(streamOf(of.name, id))) if (!isForged(stored)) facts.push(stored);
    return entriesOf(facts);
  }

  /**
   * The end of a stream, for what is appended whatever stands in it: its state is not folded, and the commands in it are not remembered. As known
   * here, or as read now. @throws RecordDestroyed, RecordUnreadable, StoreUnavailable
   */
  async end<State>(of: Aggregate<State, any>, id: string, fresh: boolean): Promise<Loaded<State>> {
    const stream = streamOf(of.name, id);
    const known = fresh ? undefined : this.#ends.get(stream);
    if (known) return { ...nothingYet(of), ...known };
    const { last, end } = await this.log.lastOf(stream);
    return {
      ...nothingYet(of),
      ...(end && { revision: end.revision, changedAt: end.revision, position: end.position }),
      ...(last && { latestAt: last.metadata.at, lastHash: last.metadata.hash }),
    };
  }

  keepEnd(stream: string, { revision, changedAt, position, latestAt, lastHash }: Loaded<unknown>): void {
    this.#ends.set(stream, { revision, changedAt, position, latestAt, lastHash });
  }

  /** Keeps what an append of our own has made of it. */
  keep(stream: string, loaded: Loaded<unknown>): void {
    this.#cached.set(stream, loaded);
  }

  forget(stream: string): void {
    this.#cached.delete(stream);
  }
}
