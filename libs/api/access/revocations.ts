import { knows, type Fact } from "#kernel/kernel.js";
import type { DeclaredRelation } from "#projection/declare/relation.js";
import { viewName } from "#projection/declare/view.js";
import type { Progress } from "#projection/read/progress.js";
import type { EventLog } from "#store/event-log.js";
import { follow, type Delivery } from "#store/follow.js";
import { locate } from "#store/states.js";
import type { StoredFact } from "#store/stored.js";

/** How long a list waits to be told what this process itself has just written, milliseconds. */
const patience = 2_000;
/** After it has begun to follow, what came meanwhile may still be on its way for so long, milliseconds: until then every record is looked at. */
const catchingUp = 1_000;

/**
 * Follows the log for facts that end a relation or shorten it, until the tables that lists are narrowed by hold them too. A record that such a
 * fact is about is looked at by itself before it is shown in a list: a right that is revoked ends with its fact, whatever projections do.
 */
export class Revocations {
  /** Record -> position of the last fact that took somebody's relation to it away. */
  readonly #doubtful = new Map<string, bigint>();
  readonly #stopping = new AbortController();
  readonly #views: readonly string[];
  #position = -1n;
  #isFollowing = false;
  /** The log's end when it began to follow. */
  #head = -1n;
  /** When it is sure that nothing of what came meanwhile was missed, by the clock of this process, milliseconds. */
  #sureFrom = Number.POSITIVE_INFINITY;
  #following: Promise<void> = Promise.resolve();
  readonly #waiting = new Set<() => void>();
  readonly #watching = new Map<string, Set<() => void>>();

  constructor(
    private readonly log: EventLog,
    private readonly progress: Pick<Progress, "lowest">,
    private readonly relations: readonly DeclaredRelation[],
  ) {
    this.#views = [...new Set(relations.map(({ view }) => viewName(view)))];
  }

  /** Follows from where the tables are: what they hold needs no second look. */
  start(): void {
    this.#position = this.progress.lowest(this.#views);
    const interrupted = () => void (this.#isFollowing = false);
    const follower = {
      follows: { types: [...new Set(this.relations.flatMap(({ types }) => types))] },
      position: async () => (this.#position < 0n ? null : { commit: this.#position, prepare: this.#position }),
      deliver: async (delivery: Delivery) => this.#take(delivery),
      confirmed: () => void this.#begin().catch(interrupted),
      interrupted,
    };
    this.#following = follow(this.log, follower, this.#stopping.signal).catch(interrupted);
  }

  /** What was written before this moment has to be told first. */
  async #begin(): Promise<void> {
    this.#sureFrom = Number.POSITIVE_INFINITY;
    this.#head = (await this.log.head())?.commit ?? -1n;
    this.#isFollowing = true;
    this.#sureFrom = performance.now() + catchingUp;
    this.#look();
  }

  async close(): Promise<void> {
    this.#stopping.abort();
    await this.#following;
  }

  /** Has this record to be looked at by itself? */
  isDoubtful(record: string): boolean {
    const at = this.#doubtful.get(record);
    if (performance.now() < this.#sureFrom) return true;
    if (at === undefined) return false;
    if (this.progress.lowest(this.#views) < at) return true;
    this.#doubtful.delete(record);
    return false;
  }

  /** Tells whoever follows a record that somebody's relation to it was taken away. Answers what ends the telling. */
  watch(record: string, tell: () => void): () => void {
    const watching = this.#watching.get(record) ?? new Set();
    this.#watching.set(record, watching.add(tell));
    return () => {
      watching.delete(tell);
      if (watching.size === 0) this.#watching.delete(record);
    };
  }

  /** Is everything known up to here? `after`: the last that this process has written. */
  async knows(after: bigint): Promise<boolean> {
    const there = () => this.#isFollowing && this.#position >= after;
    if (there()) return true;
    return new Promise((resolve) => {
      const done = (answer: boolean) => {
        clearTimeout(late);
        this.#waiting.delete(look);
        resolve(answer);
      };
      const look = () => there() && done(true);
      const late = setTimeout(() => done(false), patience);
      this.#waiting.add(look);
    });
  }

  #take({ facts, position }: Delivery): void {
    for (const fact of facts) if (fact.integrity !== "forged") this.#note(fact);
    this.#position = position.commit;
    // As long as what comes is of before, more of it may come.
    if (this.#isFollowing && this.#position < this.#head) this.#sureFrom = performance.now() + catchingUp;
    this.#look();
  }

  #look(): void {
    for (const look of this.#waiting) look();
  }

  #note(stored: StoredFact): void {
    for (const { of, told, bars } of this.relations) {
      if (!stored.stream.startsWith(`${of.name}-`) || !knows(of, stored.type)) continue;
      const fact = locate<Fact>(of, stored);
      const said = told(fact);
      // A wall takes away where it is raised, everything else where it ends, or is given an end.
      if (said && (bars ? !said.ends : said.ends || said.until != null)) this.#doubt(said.record ?? fact.streamId, stored.position.commit);
    }
  }

  #doubt(record: string, commit: bigint): void {
    this.#doubtful.set(record, commit);
    for (const tell of this.#watching.get(record) ?? []) tell();
  }
}
