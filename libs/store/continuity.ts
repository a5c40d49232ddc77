import type { StoredFact } from "./stored.js";

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

/**
 * Sees that the facts of each stream come one after the other. A server was seen to leave facts out when a subscription went live;
 * whatever it leaves out of a stream shows at the next fact of that stream. A fact that comes again is no fault.
 */
export class Continuity {
  readonly #revisions = new Map<string, bigint>();
  #highest = -1n;

  /** @throws FactMissing, FactOutOfOrder */
  check(facts: readonly StoredFact[]): void {
    for (const { stream, revision, position } of facts) {
      const before = this.#revisions.get(stream);
      if (before !== undefined && revision <= before) continue;
      if (before !== undefined && revision > before + 1n)
        throw new FactMissing(`${stream} was read from revision ${before} to ${revision}: something between them is missing.`);
      if (before !== undefined && position.commit < this.#highest)
        throw new FactOutOfOrder(
          `Revision ${revision} of ${stream} came after facts that stand behind it in the log. Hold the views against it.`,
        );
      this.#remember(stream, revision);
      if (position.commit > this.#highest) this.#highest = position.commit;
    }
  }

  #remember(stream: string, revision: bigint): void {
    this.#revisions.set(stream, revision);
    if (this.#revisions.size > mostStreams) this.#revisions.delete(this.#revisions.keys().next().value!);
  }
}

/** Facts in the order of the log, whatever order they came in. */
export function inOrder(facts: readonly StoredFact[]): readonly StoredFact[] {
  const isSorted = facts.every(({ position }, index) => index === 0 || facts[index - 1]!.position.commit <= position.commit);
  return isSorted ? facts : facts.toSorted((one, other) => (one.position.commit < other.position.commit ? -1 : 1));
}
