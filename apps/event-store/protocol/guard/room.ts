/** Room for what has come and is not done with: so much in all, and so much for each user. */
export class Room {
  #taken = 0;
  readonly #byUser = new Map<string, number>();

  constructor(
    readonly size: number,
    readonly perUser: number,
  ) {}

  get taken(): number {
    return this.#taken;
  }

  /** False: there is no more room, and nothing was taken. */
  take(user: string, size: number): boolean {
    const own = (this.#byUser.get(user) ?? 0) + size;
    if (this.#taken + size > this.size || own > this.perUser) return false;
    this.#taken += size;
    this.#byUser.set(user, own);
    return true;
  }

  give(user: string, size: number): void {
    const own = (this.#byUser.get(user) ?? 0) - size;
    this.#taken -= size;
    if (own > 0) this.#byUser.set(user, own);
    else this.#byUser.delete(user);
  }
}
