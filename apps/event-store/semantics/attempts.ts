import { LRUCache } from "lru-cache";

const minute = 60_000;
const mostAddresses = 10_000;

/** Counts wrong passwords by address, so that nobody can go on guessing. Times in milliseconds. */
export class PasswordAttempts {
  readonly #wrong = new LRUCache<string, { readonly since: number; readonly count: number }>({ max: mostAddresses });

  constructor(
    /** Wrong ones in a minute. */
    readonly limit: number,
    readonly now: () => number = Date.now,
  ) {}

  wrong(address: string): void {
    const { since, count } = this.#current(address) ?? { since: this.now(), count: 0 };
    this.#wrong.set(address, { since, count: count + 1 });
  }

  /** Whether another password from there may be looked at. */
  mayTry(address: string): boolean {
    return (this.#current(address)?.count ?? 0) < this.limit;
  }

  #current(address: string) {
    const known = this.#wrong.get(address);
    return known && this.now() - known.since < minute ? known : undefined;
  }
}
