/** Where an event lies among those that a group has read. */
export interface Lies {
  /** The place before it: where the group would begin again. Null: none. */
  readonly before: bigint | null;
  /** How many events the group had read before it. */
  readonly sequence: number;
}

/** How far a group is: up to the first event that is not done with. */
export class GroupProgress {
  /** In the order of the log. */
  readonly #unfinished = new Set<Lies>();
  #sequence = 0;
  #noted = 0;

  /** `considered`: the last place that was looked at. */
  constructor(private considered: bigint | null) {}

  /** An event was read. Answers where it lies. */
  read(place: bigint): Lies {
    const lies = { before: this.considered, sequence: this.#sequence++ };
    this.considered = place;
    this.#unfinished.add(lies);
    return lies;
  }

  /** An event was read that is left out. */
  pass(place: bigint): void {
    this.considered = place;
  }

  finish(lies: Lies): void {
    this.#unfinished.delete(lies);
  }

  /** The place to note, where so many events are done with since the last one that was noted; else null. */
  note(count: number): bigint | null {
    const [lowest] = this.#unfinished;
    const { before, sequence } = lowest ?? { before: this.considered, sequence: this.#sequence };
    if (sequence - this.#noted < Math.max(1, count) || before === null) return null;
    this.#noted = sequence;
    return before;
  }
}
