import { Client } from "pg";
import { progressChannel, type Reached } from "../run/postgres-store.js";

/** How long a query waits for a change, milliseconds, and how many may wait at once. */
interface WaitLimits {
  readonly milliseconds: number;
  readonly waiting: number;
}

/** How often it is asked besides how far views are: a connection that is dead without a word tells nothing. Milliseconds. */
const askEvery = 5_000;

/** How far views are in the log, as told by those who fold them; lets a query wait for a change without holding a connection. */
export class Progress {
  /** View -> partition -> position. */
  readonly #views = new Map<string, Map<number, bigint>>();
  readonly #waiting = new Set<() => void>();
  readonly #listeners = new Set<() => void>();
  #client: Client | undefined;
  #reading: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #restarting = false;
  #closed = false;

  constructor(
    readonly url: string,
    readonly limits: WaitLimits,
    readonly every = askEvery,
  ) {}

  async start(): Promise<void> {
    await this.#listen();
    this.#timer = setInterval(() => void this.#read().catch(() => this.#restart()), this.every).unref();
  }

  async #listen(): Promise<void> {
    const patience = { connectionTimeoutMillis: this.every, query_timeout: this.every };
    const client = new Client({ connectionString: this.url, keepAlive: true, ...patience });
    client.on("notification", ({ payload }) => {
      this.#hear(JSON.parse(payload!) as Reached);
      this.#look();
    });
    client.on("error", () => this.#client === client && this.#restart());
    await client.connect();
    await client.query(`listen ${progressChannel}`);
    this.#client = client;
    await this.#read();
  }

  /** How far the slowest partition of the slowest of these views is; -1n: nothing is known of one of them. */
  lowest(views: readonly string[]): bigint {
    const positions = views.flatMap((name) => [...(this.#views.get(name)?.values() ?? [-1n])]);
    return positions.reduce((lowest, each) => (each < lowest ? each : lowest), positions[0] ?? -1n);
  }

  /** True once every one of `views` has reached `commit`; false when it did not in time, or too many are waiting. */
  async reached(views: readonly string[], commit: bigint): Promise<boolean> {
    const there = () => this.lowest(views) >= commit;
    if (there()) return true;
    if (this.#waiting.size >= this.limits.waiting) return false;
    return new Promise((resolve) => {
      const done = (answer: boolean) => {
        clearTimeout(late);
        this.#waiting.delete(look);
        resolve(answer);
      };
      const look = () => there() && done(true);
      const late = setTimeout(() => done(false), this.limits.milliseconds);
      this.#waiting.add(look);
      // What was told before this view was known, or while the connection was away.
      if (views.some((name) => !this.#views.has(name))) void this.#read().catch(() => undefined);
    });
  }

  /** Tells `listener` that batches were committed, or that some may have been while the connection was away. */
  onNews(listener: () => void): void {
    this.#listeners.add(listener);
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#timer);
    await this.#client?.end();
  }

  #hear({ partition, of, commit, views }: Reached): void {
    for (const view of views) {
      const partitions = this.#views.get(view);
      if (partitions?.size === of) this.#move(partitions, partition, BigInt(commit));
      // Divided anew, streams lie in other partitions than before: what was known of the old ones says nothing of the new.
      else if (partitions) this.#views.delete(view);
    }
    if (views.some((view) => !this.#views.has(view))) void this.#read().catch(() => undefined);
  }

  async #read(): Promise<void> {
    this.#reading ??= this.#readOnce().finally(() => (this.#reading = undefined));
    return this.#reading;
  }

  async #readOnce(): Promise<void> {
    if (!this.#client) return;
    const { rows } = await this.#client.query<{ name: string; partition: number; commit: string }>(
      "select name, partition, coalesce(commit_position, -1)::text as commit from projection_checkpoint",
    );
    for (const [name, places] of Map.groupBy(rows, (row) => row.name)) {
      const known = this.#views.get(name);
      const partitions = known?.size === places.length ? known : new Map<number, bigint>();
      for (const { partition, commit } of places) this.#move(partitions, partition, BigInt(commit));
      this.#views.set(name, partitions);
    }
    this.#look();
  }

  #move(partitions: Map<number, bigint>, partition: number, commit: bigint): void {
    if (commit > (partitions.get(partition) ?? -2n)) partitions.set(partition, commit);
  }

  #look(): void {
    for (const look of this.#waiting) look();
    for (const listener of this.#listeners) listener();
  }

  #restart(): void {
    if (this.#closed || this.#restarting) return;
    this.#restarting = true;
    void this.#client?.end().catch(() => undefined);
    this.#client = undefined;
    setTimeout(() => {
      this.#restarting = false;
      this.#listen().catch(() => this.#restart());
    }, 500).unref();
  }
}
