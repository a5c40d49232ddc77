import { Client } from "pg";
import { progressChannel } from "./checkpoint.js";

/** How far views are in the log, as told by the batches themselves; lets a query wait for a change without holding a connection. */
export class Progress {
  readonly #commits = new Map<string, bigint>();
  readonly #waiting = new Set<() => void>();
  #client: Client | undefined;
  #closed = false;

  constructor(
    readonly url: string,
    readonly maximumWaiting = 1_000,
  ) {}

  async start(): Promise<void> {
    const client = new Client({ connectionString: this.url, keepAlive: true });
    client.on("notification", ({ payload }) => {
      const { name, commit } = JSON.parse(payload ?? "{}") as { name: string; commit: string };
      this.#tell(name, BigInt(commit));
    });
    client.on("error", () => this.#restart());
    await client.connect();
    await client.query(`listen ${progressChannel}`);
    const { rows } = await client.query<{ name: string; commit: string }>(
      "select name, commit_position::text as commit from projection_checkpoint where commit_position is not null",
    );
    for (const { name, commit } of rows) this.#tell(name, BigInt(commit));
    this.#client = client;
  }

  /** True once every one of `views` has reached `commit`; false when it did not in `milliseconds`, or too many are waiting. */
  async reached(views: readonly string[], commit: bigint, milliseconds = 5_000): Promise<boolean> {
    const there = () => views.every((name) => (this.#commits.get(name) ?? -1n) >= commit);
    if (there()) return true;
    if (this.#waiting.size >= this.maximumWaiting) return false;
    return new Promise((resolve) => {
      const done = (answer: boolean) => {
        clearTimeout(late);
        this.#waiting.delete(look);
        resolve(answer);
      };
      const look = () => there() && done(true);
      const late = setTimeout(() => done(false), milliseconds);
      this.#waiting.add(look);
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#client?.end();
  }

  #tell(name: string, commit: bigint): void {
    if (commit > (this.#commits.get(name) ?? -1n)) this.#commits.set(name, commit);
    for (const look of this.#waiting) look();
  }

  #restart(): void {
    if (this.#closed) return;
    this.#client = undefined;
    setTimeout(() => void this.start().catch(() => this.#restart()), 500).unref();
  }
}
