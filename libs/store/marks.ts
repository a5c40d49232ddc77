import { hashOf } from "./chain.js";
import type { Integrity, StoredFact } from "./stored.js";

/** Makes marks that nobody can make without the keyring's key, and knows them again. */
export interface Marker {
  mark(text: string): string;
  isMark(text: string, mark: string): boolean;
  /**
   * The position after which every fact has a mark. The first to ask fixes it for ever, to where the log ends then: what `end` answers.
   */
  markedAfter(end: () => Promise<bigint>): Promise<bigint>;
}

/** Where a fact stands, and what it says. */
type Marked = Pick<StoredFact, "stream" | "revision" | "id"> & { readonly hash: string };

/** A list of texts in JSON has one reading only. */
const textOf = ({ stream, revision, id, hash }: Marked): string => JSON.stringify([stream, revision.toString(), id, hash]);

/** The mark of a fact that is about to be appended. */
export const markOf = (marker: Pick<Marker, "mark">, fact: Marked): string => marker.mark(textOf(fact));

/** Judges facts by themselves. What is broken counts all the same: leaving it out would let whoever broke it undo what had happened. */
export class Judge {
  constructor(
    readonly marker: Pick<Marker, "isMark">,
    /** Position of the last fact that may have no mark. */
    readonly markedAfter: bigint,
  ) {}

  judge(fact: StoredFact): Integrity {
    const { hash, mark } = fact.metadata as { hash?: unknown; mark?: unknown };
    if (typeof hash !== "string") return "forged";
    const isFromBefore = mark === undefined && fact.position.commit <= this.markedAfter;
    const isMarked = typeof mark === "string" && this.marker.isMark(textOf({ ...fact, hash }), mark);
    if (!isFromBefore && !isMarked) return "forged";
    if (!isWhole(fact)) return "broken";
    return isMarked ? "intact" : "unmarked";
  }
}

/** What cannot be hashed, such as half a surrogate pair, was never written here. */
function isWhole(fact: StoredFact): boolean {
  try {
    return hashOf(fact) === fact.metadata.hash;
  } catch {
    return false;
  }
}
