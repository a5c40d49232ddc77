/** How long readers are served before others have a turn, milliseconds. */
const turn = 4;
/** How many readers go on in a turn before the time is looked at again. */
const together = 16;

/**
 * Many readers who are served at once must not keep an append waiting: when their time is over they wait, in order, until the process
 * has looked at whatever else came.
 */
export class Pace {
  #began: number | null = null;
  readonly #waiting: (() => void)[] = [];

  constructor(readonly now: () => number = () => performance.now()) {}

  /** Whether a reader who has just been served is to let others have their turn. */
  get isOver(): boolean {
    if (this.#began === null) this.#begin();
    return this.#waiting.length > 0 || this.now() - this.#began! >= turn;
  }

  /** Fulfilled when it is the reader's turn again. */
  next(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  #begin(): void {
    this.#began = this.now();
    setImmediate(() => {
      this.#began = null;
      if (this.#waiting.length === 0) return;
      this.#begin();
      for (const go of this.#waiting.splice(0, together)) go();
    });
  }
}

/** There is one event loop, and so one pace. */
export const pace = new Pace();
