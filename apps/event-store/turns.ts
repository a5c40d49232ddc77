/** There is no room to wait in. */
export class Crowded extends Error {}

interface WaitingTurn {
  readonly begin: () => void;
}

/**
 * Lets a few pieces of work run at a time, the others wait: one of each address in turn, so that whoever asks for much keeps only
 * himself waiting. Throws {@link Crowded} where too many wait already.
 */
export class Turns {
  #running = 0;
  #count = 0;
  readonly #waiting = new Map<string, WaitingTurn[]>();

  constructor(
    readonly atOnce: number,
    readonly most: number,
    readonly mostPerAddress: number,
  ) {}

  async run<T>(address: string, work: () => Promise<T>): Promise<T> {
    if (this.#running >= this.atOnce) await this.#wait(address);
    else this.#running++;
    try {
      return await work();
    } finally {
      this.#next();
    }
  }

  #wait(address: string): Promise<void> {
    const line = this.#waiting.get(address) ?? [];
    if (this.#count >= this.most || line.length >= this.mostPerAddress) throw new Crowded();
    this.#count++;
    this.#waiting.set(address, line);
    return new Promise((begin) => line.push({ begin }));
  }

  /** Whoever has had a turn goes to the end. */
  #next(): void {
    const [first] = this.#waiting;
    if (!first) {
      this.#running--;
      return;
    }
    const [address, line] = first;
    this.#waiting.delete(address);
    const next = line.shift()!;
    if (line.length > 0) this.#waiting.set(address, line);
    this.#count--;
    next.begin();
  }
}
