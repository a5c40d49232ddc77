import { createHmac, randomBytes } from "node:crypto";
import { LRUCache } from "lru-cache";
import type { StoreLimits } from "./limits.js";
import { PasswordAttempts } from "./semantics/attempts.js";
import type { StoreCaller } from "./semantics/access.js";
import { Crowded, Turns } from "./turns.js";

/** Who may sign in, as it is stored. */
export interface Logins {
  /** Null: nobody of that name and password. Costs a core for a tenth of a second, on purpose. */
  verify(login: string, password: string): Promise<StoreCaller | null>;
}

/** Too many wrong passwords came from an address, or too many wait to be looked at. */
export class TooManyAttempts extends Error {
  constructor() {
    super("Too many passwords came from this address. Try again in a minute.");
  }
}

/** More at once would fill the threads that new connections to Postgres need, too. */
const checksAtOnce = 2;
/** How long a password is known after it was last used, milliseconds. */
const rightFor = 600_000;
const wrongFor = 10_000;

type Bounds = Pick<StoreLimits, "wrongPasswords" | "passwordsWaiting" | "passwordsWaitingPerAddress">;

/**
 * Decides whether a password is right, at the cost of one check for all who ask the same at once. Keeps what it knows by a digest whose
 * key is made with the process, never the password.
 */
export class SignIn {
  readonly #key = randomBytes(32);
  readonly #right = new LRUCache<string, StoreCaller>({ max: 1_000, ttl: rightFor, updateAgeOnGet: true });
  readonly #wrong = new LRUCache<string, true>({ max: 10_000, ttl: wrongFor });
  readonly #checking = new Map<string, Promise<StoreCaller | null>>();
  readonly #attempts: PasswordAttempts;
  readonly #turns: Turns;
  #generation = 0;
  /** False: changes of users are not heard of now, so nothing is kept. */
  #hears = true;

  constructor(
    readonly logins: Logins,
    { wrongPasswords, passwordsWaiting, passwordsWaitingPerAddress }: Bounds,
  ) {
    this.#attempts = new PasswordAttempts(wrongPasswords);
    this.#turns = new Turns(checksAtOnce, passwordsWaiting, passwordsWaitingPerAddress);
  }

  /** Null: nobody of that name and password. Throws {@link TooManyAttempts}. */
  async check(login: string, password: string, address: string): Promise<StoreCaller | null> {
    const digest = createHmac("sha256", this.#key)
      .update(JSON.stringify([login, password]))
      .digest("base64");
    const known = this.#right.get(digest);
    if (known) return known;
    if (this.#wrong.has(digest)) return null;
    const checking = this.#checking.get(digest);
    if (checking) return checking;
    if (!this.#attempts.mayTry(address)) throw new TooManyAttempts();
    const check = this.#check(digest, login, password, address).finally(() => this.#checking.delete(digest));
    this.#checking.set(digest, check);
    return check;
  }

  /** A user was made, changed or removed. `hears`: whether the next change will be told; as before, if not said. */
  forget(hears = this.#hears): void {
    this.#hears = hears;
    this.#generation++;
    this.#right.clear();
    this.#wrong.clear();
    this.#checking.clear();
  }

  async #check(digest: string, login: string, password: string, address: string): Promise<StoreCaller | null> {
    const generation = this.#generation;
    const caller = await this.#turns
      .run(address, async () => {
        // Others from there may have been wrong while this one waited.
        if (!this.#attempts.mayTry(address)) throw new TooManyAttempts();
        const found = await this.logins.verify(login, password);
        if (!found) this.#attempts.wrong(address);
        return found;
      })
      .catch((error: unknown) => Promise.reject(error instanceof Crowded ? new TooManyAttempts() : error));
    if (generation !== this.#generation || !this.#hears) return caller;
    if (caller) this.#right.set(digest, caller);
    else this.#wrong.set(digest, true);
    return caller;
  }
}
