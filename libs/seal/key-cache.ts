import { LRUCache } from "lru-cache";
import { Client } from "pg";
import type { PersonKey } from "./box.js";

/** What the keyring answers for a person whose key was destroyed. */
export const erased = Symbol("erased");
export type SubjectKey = PersonKey | typeof erased;

/** The channel on which every process hears of a destroyed key. */
export const destroyedChannel = "subject_key_destroyed";

const longest = 60_000;
const patience = 1_000;

/**
 * Unwrapped keys, and what was derived of them, for a minute at most, and only while this process hears of destructions:
 * when the line to the keyring breaks, everything is forgotten and nothing is kept until it stands again.
 */
export class KeyCache {
  readonly #keys = new LRUCache<string, { readonly key: SubjectKey }>({
    max: 10_000,
    ttl: longest,
    ttlAutopurge: true,
    dispose: ({ key }) => void (key === erased || key.wipe()),
  });
  #listener: Client | undefined;
  #again: NodeJS.Timeout | undefined;
  #closed = false;
  #heard = 0;

  constructor(private readonly keyringUrl: string) {}

  /** Answers a copy, which stays whole when the cache wipes its own. */
  get(subject: string): SubjectKey | undefined {
    const key = this.#keys.get(subject)?.key;
    return key === undefined || key === erased ? key : key.copy();
  }

  /** Call before reading from the keyring; what was read is kept only when no destruction was heard of meanwhile. */
  keeper(): (subject: string, key: SubjectKey) => void {
    const before = this.#heard;
    return (subject, key) => {
      if (this.#listener && this.#heard === before) this.#keys.set(subject, { key: key === erased ? key : key.copy() });
    };
  }

  forget(subject: string): void {
    this.#heard++;
    this.#keys.delete(subject);
  }

  async listen(): Promise<void> {
    const client = new Client({ connectionString: this.keyringUrl, connectionTimeoutMillis: 5_000, keepAlive: true });
    const lost = () => this.#lost(client);
    client.on("error", lost).on("end", lost);
    client.on("notification", ({ payload }) => this.forget(payload ?? ""));
    try {
      await client.connect();
      await client.query(`listen ${destroyedChannel}`);
    } catch (error) {
      await client.end().catch(() => undefined);
      throw error;
    }
    if (this.#closed) return client.end();
    // What was read before this moment may have been destroyed unheard.
    this.#heard++;
    this.#listener = client;
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#again);
    this.#keys.clear();
    await this.#listener?.end();
  }

  #lost(client: Client): void {
    if (this.#listener !== client) return;
    this.#listener = undefined;
    this.#heard++;
    this.#keys.clear();
    this.#listenAgain();
  }

  #listenAgain(): void {
    if (this.#closed) return;
    this.#again = setTimeout(() => void this.listen().catch(() => this.#listenAgain()), patience).unref();
  }
}
