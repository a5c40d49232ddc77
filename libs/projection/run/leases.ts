import { Client } from "pg";

/** Namespace of our advisory locks. */
const locks = 1_819_043_176;
/** The lock that every process shares, so that they can be counted. */
const presence = 1_000_000;
/** After how long without a word Postgres ends the session of a process that stands still, and its locks with it. */
const longestSilence = "15s";

/**
 * Which units of work this process does, as locks of one session: what a dead process held is free at once, and what one that stands still
 * held soon. That only spares double work; what makes it right is the checkpoints' epoch.
 */
export class Leases {
  readonly #held = new Set<number>();
  #session: Client | null = null;

  constructor(
    readonly url: string,
    readonly units: readonly string[],
  ) {}

  /** Takes a fair share of what is free, and gives back what is above it. Answers what is held now. */
  async balance(): Promise<ReadonlySet<string>> {
    const session = (this.#session ??= await this.#open());
    const { rows } = await session.query<{ count: number }>(
      `select count(*)::int as count from pg_locks where locktype = 'advisory' and classid = $1 and objid = $2 and granted
       and database = (select oid from pg_database where datname = current_database())`,
      [locks, presence],
    );
    const share = Math.ceil(this.units.length / rows[0]!.count);
    for (const unit of [...this.#held].slice(share)) {
      await session.query("select pg_advisory_unlock($1, $2)", [locks, unit]);
      this.#held.delete(unit);
    }
    for (const unit of this.units.keys()) if (!this.#held.has(unit) && this.#held.size < share) await this.#take(session, unit);
    return new Set([...this.#held].map((unit) => this.units[unit]!));
  }

  async release(): Promise<void> {
    this.#held.clear();
    await this.#session?.end().catch(() => undefined);
  }

  async #take(session: Client, unit: number): Promise<void> {
    const { rows } = await session.query<{ taken: boolean }>("select pg_try_advisory_lock($1, $2) as taken", [locks, unit]);
    if (rows[0]!.taken) this.#held.add(unit);
  }

  /** Where the network is cut, the server gives the locks of the dead session free after some ten seconds. */
  async #open(): Promise<Client> {
    const session = new Client({ connectionString: this.url, keepAlive: true, query_timeout: 5_000 });
    const lost = () => {
      if (this.#session === session) this.#session = null;
      this.#held.clear();
    };
    session.on("error", lost);
    session.on("end", lost);
    await session.connect();
    await session.query(
      `set tcp_keepalives_idle = 5; set tcp_keepalives_interval = 2; set tcp_keepalives_count = 3; set idle_session_timeout = '${longestSilence}'`,
    );
    await session.query("select pg_advisory_lock_shared($1, $2)", [locks, presence]);
    return session;
  }
}
