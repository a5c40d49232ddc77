import { hashAfter, judgedAfter } from "#store/chain.js";
import type { EventLog } from "#store/event-log.js";
import { RecordDestroyed } from "#store/failures.js";
import type { Integrity, StoredFact } from "#store/stored.js";
import { addFindings, endsOf, keepEnds, type QueryRunner, type ChainEnd, type ChainFinding } from "./chain-records.js";

/** How many chains' ends are remembered, those that were first seen last; the others are looked up. */
const mostStreams = 100_000;
/** How often the ends of chains that have gone on are kept, milliseconds, and how many may wait for that. */
const keepEvery = 10_000;
const keepAtMost = 5_000;

/**
 * Sees, for whoever follows the log, whether each fact is one that the application wrote and fits the one before it in its stream. What does
 * not is kept as a finding, told once, and stops nobody. How far each chain was seen is kept beside the views: what is cut off its end or
 * written anew shows when something comes after it, or when the whole log is read.
 */
export class Chains {
  #known = new Map<string, ChainEnd>();
  #moved = new Map<string, ChainEnd>();
  #kept = performance.now();

  constructor(
    readonly log: Pick<EventLog, "readStream">,
    readonly database: QueryRunner,
    /** Told once of each finding. */
    readonly alarm: (finding: ChainFinding) => void,
  ) {}

  /** Others may have followed meanwhile: what was known is looked up again. */
  begin(): void {
    this.#known.clear();
  }

  /** Facts in the order of the log; some may have been seen before. */
  async check(facts: readonly StoredFact[]): Promise<void> {
    const judged = facts.filter(({ integrity }) => integrity !== undefined);
    if (judged.length === 0) return;
    await this.#lookUp(judged);
    const seen = new Map<string, ChainEnd>();
    const findings: ChainFinding[] = [];
    for (const fact of judged) {
      const { stream, revision, position } = fact;
      const end = seen.get(stream) ?? this.#known.get(stream);
      const before = await this.#hashBefore(fact, end);
      const kind = kindOf(judge(fact, end, before));
      if (kind) findings.push({ stream, revision, position: position.commit, kind });
      if (!end || position.commit > end.position)
        seen.set(stream, { revision, position: position.commit, hash: hashAfter(before ?? "", fact) });
    }
    for (const finding of await addFindings(this.database, findings)) this.alarm(finding);
    for (const [stream, end] of seen) this.#remember(stream, end);
    if (this.#moved.size >= keepAtMost || performance.now() - this.#kept >= keepEvery) await this.keep();
  }

  /** Keeps how far each chain was seen. */
  async keep(): Promise<void> {
    const moved = this.#moved;
    this.#moved = new Map();
    this.#kept = performance.now();
    await keepEnds(this.database, moved).catch((error: unknown) => {
      this.#moved = new Map([...moved, ...this.#moved]);
      throw error;
    });
  }

  async #lookUp(facts: readonly StoredFact[]): Promise<void> {
    const unknown = [...new Set(facts.map(({ stream }) => stream))].filter((stream) => !this.#known.has(stream));
    if (unknown.length === 0) return;
    for (const [stream, end] of await endsOf(this.database, unknown)) this.#known.set(stream, this.#moved.get(stream) ?? end);
  }

  /** The hash that the fact has to name, or null where what stood before it is not there. */
  async #hashBefore({ stream, revision }: StoredFact, end: ChainEnd | undefined): Promise<string | null> {
    if (end?.revision === revision - 1n) return end.hash;
    if (revision === 0n) return "";
    if (end && end.revision >= revision) return null;
    try {
      let hash = "";
      for await (const before of this.log.readStream(stream, { count: Number(revision) })) hash = hashAfter(hash, before);
      return hash;
    } catch (error) {
      if (error instanceof RecordDestroyed) return null;
      throw error;
    }
  }

  #remember(stream: string, end: ChainEnd): void {
    this.#known.set(stream, end);
    this.#moved.set(stream, end);
    if (this.#known.size > mostStreams) this.#known.delete(this.#known.keys().next().value!);
  }
}

/** A fact that is told again is judged by itself; one that came later and stands earlier was written over what was cut off. */
function judge(fact: StoredFact, end: ChainEnd | undefined, before: string | null): Integrity {
  const { revision, position, integrity = "intact" } = fact;
  if (integrity === "forged") return integrity;
  if (end && revision <= end.revision) return position.commit > end.position ? "broken" : integrity;
  return before === null ? "broken" : judgedAfter(before, fact);
}

const kindOf = (integrity: Integrity): ChainFinding["kind"] | null => (integrity === "forged" || integrity === "broken" ? integrity : null);
