import { LRUCache } from "lru-cache";
import { tooMany } from "../http/problem.js";

interface Left {
  amount: number;
  /** When it was so, milliseconds. */
  at: number;
}

/** Whoever was not heard of for longer than others is forgotten, and begins anew. */
const mostRemembered = 50_000;

/**
 * What each person or address may ask in a minute. It comes back evenly, and what was not used is kept up to a minute's worth. What costs
 * more than is left puts her into debt, of a minute at most: she waits until it is paid.
 */
export class Budget {
  readonly #left = new LRUCache<string, Left>({ max: mostRemembered });

  constructor(
    private readonly perMinute: number,
    private readonly now: () => number = Date.now,
  ) {}

  /** Takes what a request costs. @throws 429 that says when to come back, where less than one is left */
  take(who: string, cost = 1): void {
    this.require(who);
    this.charge(who, cost);
  }

  /** @throws 429 where less than one is left */
  require(who: string): void {
    const { amount } = this.#of(who);
    if (amount < 1) throw tooMany(Math.ceil(((1 - amount) * 60) / this.perMinute));
  }

  /** Takes it, whether or not it is there: how much something costs is sometimes known only when it is done. */
  charge(who: string, cost: number): void {
    const left = this.#of(who);
    left.amount = Math.max(left.amount - cost, -this.perMinute);
    this.#left.set(who, left);
  }

  #of(who: string): Left {
    const now = this.now();
    const left = this.#left.get(who) ?? { amount: this.perMinute, at: now };
    const since = Math.max(0, now - left.at);
    return { amount: Math.min(this.perMinute, left.amount + (since * this.perMinute) / 60_000), at: now };
  }
}
