import { lostRevisions, tombstone } from "./foreign.js";
import type { Foreign, Position, StoredFact } from "./stored.js";

/** The log gave a fact before the one that stands before it in its stream: read again, or something would be left out. */
export class FactMissing extends Error {
  readonly code = "FactMissing";
}

/** The log gave a fact after later ones had been given: whoever reads in its order has passed over it. */
export class FactOutOfOrder extends Error {
  readonly code = "FactOutOfOrder";
}

/** How many streams are remembered, those that were first read last. */
const mostStreams = 100_000;

/** Whether the stream itself, read apart, no longer holds this revision. */
export type Lacks = (stream: string, revision: bigint) => Promise<boolean>;

/**
 * Sees that the events of each stream come one after the other. A server was seen to leave facts out when a subscription went live;
 * whatever it leaves out of a stream shows at the next event of that stream. An event that comes again is no fault, and one that the stream
 * itself has lost will not come however often it is read.
 */
export class Continuity {
  readonly #revisions = new Map<string, bigint>();
  #highest = -1n;
  #hasForgotten = false;

  constructor(
    readonly lacks: Lacks = () => Promise.resolve(false),
    /** After which position the log is read. Null: from its start, where every stream begins at revision 0. Not said: from anywhere. */
    readonly from?: Position | null,
  ) {}

  /**
   * The same events; before the one that shows it stands what says that its stream has lost something. What lies beyond `upTo`, where whoever
   * follows will be said to have come, came too early: not everybody takes it now, so it has to come again.
   * @throws FactMissing, FactOutOfOrder
   */
  async check<Event extends StoredFact | Foreign>(events: readonly Event[], upTo?: Position): Promise<readonly (Event | Foreign)[]> {
    const checked: (Event | Foreign)[] = [];
    const early = new Map<string, bigint>();
    for (const event of events) {
      const isEarly = upTo !== undefined && event.position.commit > upTo.commit;
      const lost = event.type === tombstone ? null : await this.#lostBefore(event, early, isEarly);
      checked.push(...(lost ? [lost] : []), event);
    }
    return checked;
  }

  async #lostBefore(event: StoredFact | Foreign, early: Map<string, bigint>, isEarly: boolean): Promise<Foreign | null> {
    const { stream, revision, position, id, recordedAt } = event;
    const known = early.get(stream) ?? this.#revisions.get(stream);
    // What was taken before the reading began may come again, and in any order.
    if (this.from && position.commit <= this.from.commit) {
      if (known === undefined || revision > known) this.#remember(stream, revision);
      return null;
    }
    const before = known ?? (this.from === null && !this.#hasForgotten ? -1n : revision - 1n);
    if (revision <= before) return null;
    const isMissing = revision > before + 1n;
    if (isMissing && !(await this.lacks(stream, before + 1n)))
      throw new FactMissing(`${stream} was read from revision ${before} to ${revision}: something between them is missing.`);
    if (known !== undefined && position.commit < this.#highest)
      throw new FactOutOfOrder(
        `Revision ${revision} of ${stream} came after facts that stand behind it in the log. Hold the views against it.`,
      );
    if (isEarly) early.set(stream, revision);
    else this.#remember(stream, revision);
    if (!isEarly && position.commit > this.#highest) this.#highest = position.commit;
    return isMissing ? { stream, revision: before + 1n, position, id, type: lostRevisions, recordedAt } : null;
  }

  #remember(stream: string, revision: bigint): void {
    this.#revisions.set(stream, revision);
    if (this.#revisions.size <= mostStreams) return;
    this.#revisions.delete(this.#revisions.keys().next().value!);
    this.#hasForgotten = true;
  }
}

/** Events in the order of the log, whatever order they came in. */
export function inOrder<Event extends { readonly position: Position }>(events: readonly Event[]): readonly Event[] {
  const isSorted = events.every(({ position }, index) => index === 0 || events[index - 1]!.position.commit <= position.commit);
  return isSorted ? events : events.toSorted((one, other) => (one.position.commit < other.position.commit ? -1 : 1));
}
