import { LRUCache } from "lru-cache";
import { type Head, isRule, nothing } from "../semantics/stream.js";
import type { Numbered } from "./writing.js";

type Load = (names: readonly string[]) => Promise<Map<string, Head>>;

/** The committed heads of streams read lately, so that most reads ask the database once. */
export class KnownHeads {
  readonly #heads = new LRUCache<string, Head>({ max: 50_000 });
  #commits = 0;

  constructor(readonly load: Load) {}

  /** To be told of every commit before it is acknowledged; an empty one says that anything may have changed. */
  commit(records: readonly Numbered[]): void {
    this.#commits++;
    if (records.length === 0) this.#heads.clear();
    for (const { stream, streamId, revision, json, data } of records)
      if (this.#heads.has(stream)) this.#heads.set(stream, { id: streamId, last: revision, latest: json && isRule(stream) ? data : null });
  }

  /** What was loaded while something was committed may be outdated: it is answered, as any read at that moment, but not kept. */
  async of(names: readonly string[]): Promise<Map<string, Head>> {
    const heads = new Map(names.map((name) => [name, this.#heads.get(name)]));
    const unknown = names.filter((name) => !heads.get(name));
    const before = this.#commits;
    const found = unknown.length > 0 ? await this.load(unknown) : new Map<string, Head>();
    for (const name of unknown) {
      const head = found.get(name) ?? nothing;
      heads.set(name, head);
      if (this.#commits === before) this.#heads.set(name, head);
    }
    return heads as Map<string, Head>;
  }
}
