import { tooMany } from "./problem.js";

/** How many may be open at the same time: of one person or address, and of all together. */
export interface SlotLimits {
  readonly each: number;
  readonly total: number;
}

const comeBackAfter = 10;

/** Counts what is open, so that no one person or address, and not all together, take more than the process can carry. */
export class Slots {
  readonly #taken = new Map<string, number>();
  #total = 0;

  constructor(private readonly limits: SlotLimits) {}

  /** `who`: a person, or an address. Answers what gives the place back. @throws 429 where there is none */
  take(who: string): () => void {
    const own = this.#taken.get(who) ?? 0;
    if (own >= this.limits.each || this.#total >= this.limits.total) throw tooMany(comeBackAfter);
    this.#add(who, 1);
    let given = false;
    return () => {
      if (!given) this.#add(who, -1);
      given = true;
    };
  }

  #add(who: string, change: number): void {
    const own = (this.#taken.get(who) ?? 0) + change;
    this.#total += change;
    if (own > 0) this.#taken.set(who, own);
    else this.#taken.delete(who);
  }
}
