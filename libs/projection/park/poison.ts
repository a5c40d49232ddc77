import type { StoredEvent } from "#store/stored.js";
import { codeOf, isUnreadable, type Arrival } from "../run/arrival.js";
import { foldCorrected, foldKeyed, isMark, keyed, keysAmong, rowOf, type Folded, type Kept, type Poison } from "../run/fold.js";
import type { DeadLetter } from "../run/store.js";
import { viewName, type View } from "../declare/view.js";

/** A view that must rather stand still than leave anything out has met a fact that it cannot take. */
export class Poisoned extends Error {
  readonly code = "Poisoned";
  constructor(
    readonly view: string,
    readonly place: Pick<StoredEvent, "stream" | "revision" | "type" | "id">,
    cause: Error,
  ) {
    const { stream, revision, type, id } = place;
    super(`${view} cannot take ${type} (${id}, revision ${revision} of ${stream}): ${cause.name}. The view stands still until it can.`, {
      cause,
    });
  }
}

/** What a batch means for one view. */
export interface ViewWork {
  readonly changed: ReadonlyMap<string, Kept>;
  readonly letters: readonly DeadLetter[];
}

/** What a view's part of a batch is folded with. */
interface FoldInputs {
  /** Stream -> the revision from which on it is parked. */
  readonly parked: ReadonlyMap<string, bigint>;
  /** Have operators let this event be passed over, as long as the view cannot take it? */
  readonly maySkip: (event: StoredEvent) => boolean;
  readonly load: (keys: readonly string[]) => Promise<ReadonlyMap<string, Kept>>;
  readonly isTaken: (changed: ReadonlyMap<string, Kept>) => Promise<boolean>;
  /** What the view has to look at of a whole stream. */
  readonly stream: (stream: string) => Promise<readonly Arrival[]>;
}

/** Folds one view's part of a batch around what the view cannot take. */
export class AroundPoison {
  constructor(
    readonly view: View,
    readonly given: FoldInputs,
  ) {}

  /** Folds what can be folded; what cannot, and what stands behind it in its stream, is parked, or passed over alone where it may be. @throws Poisoned */
  async fold(arrivals: readonly Arrival[], poisons: readonly Poison[] = []): Promise<ViewWork> {
    const { view, given } = this;
    const isLeftOut = this.#leftOut(poisons);
    const free = isLeftOut ? arrivals.filter((arrival) => !isLeftOut(arrival)) : arrivals;
    const corrected = Map.groupBy(
      free.filter(({ stored }) => isMark(stored)),
      ({ stored }) => stored.stream,
    );
    const plain = keyed(view, corrected.size > 0 ? free.filter(({ stored }) => !corrected.has(stored.stream)) : free);
    const parts = [foldKeyed(view, plain, await given.load(keysAmong(plain)))];
    for (const [stream, marks] of corrected) {
      const own = free.filter(({ stored }) => stored.stream === stream);
      parts.push(await this.#corrected(own, marks[0]!, isLeftOut));
    }
    const poison = parts.find((part) => part.poison)?.poison;
    if (poison) return this.fold(arrivals, [...poisons, this.#parkable(poison)]);
    const left = isLeftOut ? arrivals.filter(isLeftOut) : [];
    return {
      changed: new Map(parts.flatMap(({ changed }) => [...changed])),
      letters: left.map((arrival) => this.#letterOf(arrival, poisons)),
    };
  }

  /** A stream in which something was marked as entered by mistake, up to its last event here. What stands in the way of that is met at the mark. */
  async #corrected(own: readonly Arrival[], mark: Arrival, isLeftOut: ((arrival: Arrival) => boolean) | null): Promise<Folded> {
    const { stream, position } = own.at(-1)!.stored;
    const atMark = (error: Error): Folded => ({ changed: new Map(), poison: { fact: mark.stored, key: null, error } });
    try {
      const whole = (await this.given.stream(stream)).filter(({ stored }) => stored.position.commit <= position.commit);
      const folded = foldCorrected(this.view, isLeftOut ? whole.filter((arrival) => !isLeftOut(arrival)) : whole);
      const { poison } = folded;
      return poison && !own.some(({ stored }) => stored.id === poison.fact.id) ? atMark(poison.error) : folded;
    } catch (error) {
      if (isUnreadable(error)) return atMark(error as Error);
      throw error;
    }
  }

  /** Which events wait behind something that is parked, or are passed over; null: none. */
  #leftOut(poisons: readonly Poison[]): ((arrival: Arrival) => boolean) | null {
    const { parked, maySkip } = this.given;
    if (parked.size === 0 && poisons.length === 0) return null;
    return ({ stored: { stream, revision } }) =>
      revision >= (parked.get(stream) ?? Infinity) ||
      poisons.some(({ fact }) => fact.stream === stream && (maySkip(fact) ? fact.revision === revision : fact.revision <= revision));
  }

  /** The rows were refused: the shortest run of facts whose rows are refused ends with the culprit. @throws Poisoned */
  async isolate(arrivals: readonly Arrival[], cause: Error): Promise<ViewWork> {
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
      poisons.push(this.#parkable({ fact: arrival.stored, key: rowOf(this.view, arrival), error: cause }));
    }
  }

  #parkable(poison: Poison): Poison {
    const { view, given } = this;
    if (!stops(view) || isUnreadable(poison.error) || given.maySkip(poison.fact)) return poison;
    throw new Poisoned(viewName(view), poison.fact, poison.error);
  }

  #letterOf(arrival: Arrival, poisons: readonly Poison[]): DeadLetter {
    const { stream, revision, id, type, position } = arrival.stored;
    const own = poisons.find(({ fact }) => fact.id === id && fact.revision === revision);
    const isParked = revision >= (this.given.parked.get(stream) ?? Infinity);
    return {
      view: viewName(this.view),
      stream,
      revision,
      factId: id,
      type,
      position,
      key: rowOf(this.view, arrival),
      error: own ? codeOf(own.error) : null,
      skipped: !isParked && own !== undefined && this.given.maySkip(own.fact),
    };
  }
}

/**
 * Does the view stand still at what it cannot take itself? One over several streams does: what it left out would concern rows of other
 * streams as well.
 */
export const stops = ({ onPoison, routeBy }: View): boolean => onPoison === "stop" || routeBy !== undefined;

/** What decides to which partition an event belongs; null where nobody can read it. @throws Poisoned where the view cannot tell */
export function routeOf(view: View, arrival: Arrival): string | null {
  if (!view.routeBy) return arrival.stored.stream;
  try {
    return view.routeBy(arrival.today);
  } catch (error) {
    if (isUnreadable(error)) return null;
    throw new Poisoned(viewName(view), arrival.stored, error as Error);
  }
}
