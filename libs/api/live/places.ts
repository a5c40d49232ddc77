import { tooMany } from "#platform/problem.js";

/** How many may be open at the same time. */
export interface Limits {
  readonly perPerson: number;
  readonly total: number;
}

const comeBackAfter = 10;

/** Counts what is open, so that no one person, and not all together, take more than the process can carry. */
export class Places {
  readonly #taken = new Map<string, number>();
  #total = 0;

  constructor(private readonly limits: Limits) {}

  /** Answers what gives the place back. @throws 429 where there is none */
  take(person: string): () => void {
    const own = this.#taken.get(person) ?? 0;
    if (own >= this.limits.perPerson || this.#total >= this.limits.total) throw tooMany(comeBackAfter);
    this.#add(person, 1);
    let given = false;
    return () => {
      if (!given) this.#add(person, -1);
      given = true;
    };
  }

  #add(person: string, change: number): void {
    const own = (this.#taken.get(person) ?? 0) + change;
    this.#total += change;
    if (own > 0) this.#taken.set(person, own);
    else this.#taken.delete(person);
  }
}
