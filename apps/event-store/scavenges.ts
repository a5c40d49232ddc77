import { randomUUID } from "node:crypto";
import type { Pool } from "pg";
import { scavenge } from "./storage/scavenge.js";

/** Scavenges of a running store: one at a time, which may be stopped. */
export class Scavenges {
  #running: { readonly id: string; readonly stop: AbortController; readonly ended: Promise<unknown> } | null = null;

  constructor(readonly pool: Pool) {}

  /** Begins one, unless one runs: that one is answered then. */
  start(): { readonly id: string; readonly begun: boolean } {
    if (this.#running) return { id: this.#running.id, begun: false };
    const [id, stop] = [randomUUID(), new AbortController()];
    // What it had not come to is removed the next time.
    const ended = scavenge(this.pool, () => undefined, stop.signal)
      .catch(() => undefined)
      .finally(() => (this.#running = null));
    this.#running = { id, stop, ended };
    return { id, begun: true };
  }

  /** False: no scavenge of that id runs. */
  async stop(id: string): Promise<boolean> {
    const running = this.#running;
    if (running?.id !== id) return false;
    running.stop.abort();
    await running.ended;
    return true;
  }

  async close(): Promise<void> {
    this.#running?.stop.abort();
    await this.#running?.ended;
  }
}
