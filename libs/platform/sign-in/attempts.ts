import { LRUCache } from "lru-cache";
import { Budget } from "./budget.js";

const day = 24 * 60 * 60_000;

/**
 * Limits wrong tokens and passwords by the address that they come from. Whoever has signed in from there within a day is counted apart:
 * a stranger behind the same address, as in an office, uses up the strangers' attempts and not hers. A person who has not yet signed in
 * from there shares them, and waits.
 */
export class Attempts {
  readonly #wrong: Budget;
  readonly #known = new LRUCache<string, true>({ max: 50_000, ttl: day });

  /** `perMinute`: wrong ones of an address, and of a person known there. */
  constructor(perMinute: number, now?: () => number) {
    this.#wrong = new Budget(perMinute, now);
  }

  /**
   * Whether what `check` answers is somebody. `who`: as she calls herself; it proves nothing.
   * @throws 429 where too many were wrong before it, and nothing is checked; and what `check` throws
   */
  async of<T>(address: string, who: string, check: () => Promise<T>, isWrong: (error: unknown) => boolean): Promise<T> {
    const person = personAt(address, who);
    const counted = this.#known.has(person) ? person : address;
    this.#wrong.require(counted);
    try {
      const somebody = await check();
      this.know(address, who);
      return somebody;
    } catch (error) {
      if (isWrong(error)) this.#wrong.charge(counted, 1);
      throw error;
    }
  }

  /** She has signed in from there, by whatever name. */
  know(address: string, who: string): void {
    this.#known.set(personAt(address, who), true);
  }
}

const personAt = (address: string, who: string): string => `${address} ${who.slice(0, 100)}`;
