import { setTimeout as pause } from "node:timers/promises";
import { Client } from "pg";

/** Another event store has taken over the database: this one must stop. */
export class Fenced extends Error {
  constructor() {
    super("Another event store has taken over this database. This one stops; what it acknowledged is kept.");
  }
}

const lockKey = 4_815_162_342;

/**
 * The hold of one event store on its database: an advisory lock on a session of its own, so that a second one is refused at once,
 * and an epoch that every batch must match, so that one that lost its session unnoticed cannot write.
 */
export class Hold {
  #session: Client | null = null;
  #released = false;

  private constructor(
    readonly url: string,
    readonly lost: (error: Error) => void,
    public epoch: bigint,
  ) {}

  /** Throws with a sentence when another event store holds the database. `lost` is told when one takes over later. */
  static async claim(url: string, lost: (error: Error) => void): Promise<Hold> {
    const hold = new Hold(url, lost, 0n);
    if (!(await hold.#lock()))
      throw new Error("Another event store is already running on this database. Stop it first, or use another database.");
    try {
      const { rows } = await hold.#session!.query<{ epoch: string }>("update layout set epoch = epoch + 1 returning epoch");
      hold.epoch = BigInt(rows[0]!.epoch);
      return hold;
    } catch (error) {
      await hold.release();
      throw error;
    }
  }

  async release(): Promise<void> {
    this.#released = true;
    await this.#session?.end().catch(() => undefined);
  }

  async #lock(): Promise<boolean> {
    const session = new Client({ connectionString: this.url, keepAlive: true });
    let broken = false;
    session.on("error", () => (broken = true));
    session.on("end", () => {
      if (this.#session === session && !this.#released) void this.#again();
    });
    await session.connect();
    const { rows } = await session.query<{ held: boolean }>("select pg_try_advisory_lock($1) as held", [lockKey]);
    const held = rows[0]!.held && !broken;
    if (held) this.#session = session;
    else await session.end();
    return held;
  }

  /** The session broke: Postgres may have been started anew. Takes the lock again as soon as it can be reached. */
  async #again(): Promise<void> {
    this.#session = null;
    while (!this.#released && !this.#session) {
      const held = await this.#lock().catch(() => null);
      if (held === false) return this.lost(new Fenced());
      if (!held) await pause(500);
    }
    if (this.#released) await (this.#session as Client | null)?.end().catch(() => undefined);
  }
}
