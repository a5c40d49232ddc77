import { followerOf } from "#projection/runner.js";
import type { ProjectionStore } from "#projection/store.js";
import { isTransient } from "#projection/transient.js";
import { viewName } from "#projection/view.js";
import type { Delivery } from "#store/follow.js";
import type { StoredFact } from "#store/stored.js";
import { foldFacts, type Kept } from "#projection/fold.js";
import { MemoryStore, refuses } from "./memory-store.js";
import { factAt, refused, unspeakable, views } from "./world.js";

const partitions = 3;
const streams = 6;
const words = [..."abcdefgh", unspeakable, refused];

/** The process dies here: nothing of its memory remains. */
class Crash extends Error {}
/** The connection is lost: what became of the call is not known. */
class Lost extends Error {
  readonly code = "ECONNRESET";
}

/** Mulberry32: the same seed, the same schedule. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Runs two projectors over a growing log, by a schedule that the seed decides. Answers what is wrong in the end; empty: nothing. */
export async function simulate(seed: number): Promise<string[]> {
  const world = new Simulation(seed);
  const failures = await world.run();
  return [...failures.map(String), ...differences(world.memory, world.log)];
}

const all = Array.from({ length: partitions }, (_, partition) => partition);

class Simulation {
  readonly log: StoredFact[] = [];
  readonly memory = new MemoryStore();
  readonly #random: () => number;
  /** Every step of every process waits for its turn here. */
  readonly #waiting: (() => void)[] = [];
  readonly #failures: unknown[] = [];
  #running = 0;
  #trouble = true;

  constructor(seed: number) {
    this.#random = randomOf(seed);
    for (let count = 0; count < 10 + this.#upTo(30); count++) this.#append();
  }

  async run(): Promise<readonly unknown[]> {
    await this.#drive([this.#projector(6), this.#projector(6)]);
    this.#trouble = false;
    await this.#drive([this.#finish()]);
    return this.#failures;
  }

  #upTo(count: number): number {
    return Math.floor(this.#random() * count);
  }

  #append(): void {
    const stream = `story-${this.#upTo(streams)}`;
    const revision = this.log.filter((fact) => fact.stream === stream).length;
    const word = words[this.#random() < 0.04 ? 8 + this.#upTo(2) : this.#upTo(8)]!;
    this.log.push(factAt(this.log.length * 10, stream, revision, { word, worker: `worker-${this.#upTo(4)}` }));
  }

  /** Gives turns, one after another, to whom the seed says. */
  async #drive(work: readonly Promise<unknown>[]): Promise<void> {
    for (const each of work) each.catch((error: unknown) => this.#failures.push(error));
    while (this.#running > 0 && this.#failures.length === 0) {
      await new Promise((resolve) => setImmediate(resolve));
      if (this.#waiting.length > 0) this.#waiting.splice(this.#upTo(this.#waiting.length), 1)[0]!();
    }
  }

  /** A projector: dies and is started again, and may believe to own what another one owns as well. */
  async #projector(rounds: number): Promise<void> {
    this.#running++;
    for (let round = 0; round < rounds; round++) {
      if (this.#random() < 0.5) this.#append();
      const owned = all.filter(() => this.#random() < 0.7);
      try {
        await this.#subscribe(owned.length > 0 ? owned : [0]);
      } catch (error) {
        if (!(error instanceof Crash) && !isTransient(error)) throw error;
      }
    }
    this.#running--;
  }

  /** Without further trouble; calls of dead processes may still be on their way. */
  async #finish(): Promise<void> {
    this.#running++;
    for (let done = false; !done;) {
      try {
        await this.#subscribe(all);
        done = true;
      } catch (error) {
        if (!isTransient(error)) throw error;
      }
    }
    this.#running--;
  }

  /** One subscription: from the committed position until it is dropped, or there is nothing more for now. */
  async #subscribe(owned: readonly number[]): Promise<void> {
    const { memory } = this;
    const witness = { applied: () => undefined, interrupted: () => undefined };
    const store: ProjectionStore = {
      takeOver: (...given) => this.#faulty(() => memory.takeOver(...given)),
      rows: (...given) => this.#faulty(() => memory.rows(...given)),
      commit: (...given) => this.#faulty(() => memory.commit(...given)),
      probe: (...given) => this.#faulty(() => memory.probe(...given)),
      holds: (...given) => this.#faulty(() => memory.holds(...given)),
      halt: (...given) => this.#faulty(() => memory.halt(...given)),
    };
    const head = () => this.#faulty(async () => this.log.at(-1)!.position);
    // Of this log nothing is ever lost.
    const lacks = () => this.#faulty(() => Promise.resolve(false));
    const follower = followerOf({ log: { head, lacks }, store, views, partitions, witness }, owned);
    let from = (await follower.position())?.commit ?? -1n;
    for (;;) {
      const batch = this.#trouble && this.#random() < 0.05 ? null : this.#nextBatch(from);
      if (!batch) return;
      await follower.deliver(batch);
      if (batch.position.commit > from && batch.facts.length > 0) from = batch.position.commit;
    }
  }

  /**
   * What a subscription gives next: a run of facts, perhaps some of them again, in another order, or without one from their midst; or only
   * word of how far it looked, which may be wrong.
   */
  #nextBatch(from: bigint): Delivery | null {
    const dice = this.#trouble ? this.#random() : 1;
    const at = (commit: bigint) => ({ commit, prepare: commit });
    if (dice < 0.05) return { facts: [], foreign: [], position: at(this.log.at(-1)!.position.commit + BigInt(this.#upTo(500)) + 1n) };
    if (dice < 0.1 && from >= 20n) return { facts: [], foreign: [], position: at(from - 20n) };
    const again = dice < 0.2 ? 20n : 0n;
    const facts = this.log.filter(({ position }) => position.commit > from - again).slice(0, 1 + this.#upTo(8));
    if (dice >= 0.2 && dice < 0.27) this.#shuffle(facts);
    else if (dice >= 0.27 && dice < 0.34) this.#leaveOut(facts);
    return facts.length > 0 ? { facts, foreign: [], position: facts.at(-1)!.position } : null;
  }

  #shuffle(facts: StoredFact[]): void {
    for (let left = facts.length; left > 1; left--) facts.push(facts.splice(this.#upTo(left), 1)[0]!);
  }

  /** One that stands between two others of its stream. */
  #leaveOut(facts: StoredFact[]): void {
    const hasAround = (fact: StoredFact) =>
      facts.filter(
        ({ stream, revision }) => stream === fact.stream && (revision === fact.revision - 1n || revision === fact.revision + 1n),
      );
    const lost = facts.findIndex((fact) => hasAround(fact).length === 2);
    if (lost >= 0) facts.splice(lost, 1);
  }

  /** A call may be lost on its way there or back, and its caller may die at either end. */
  async #faulty<T>(call: () => Promise<T>): Promise<T> {
    await this.#turn();
    const dice = this.#trouble ? this.#random() : 1;
    if (dice < 0.02) throw new Crash();
    if (dice < 0.05) throw new Lost();
    const answer = await call();
    await this.#turn();
    if (dice < 0.07) throw new Crash();
    if (dice < 0.1) throw new Lost();
    return answer;
  }

  #turn(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }
}

/** Where the views differ from the fold of the log, one fact after the other. */
function differences(memory: MemoryStore, log: readonly StoredFact[]): string[] {
  return views.flatMap((view) => {
    const rows = new Map<string, Kept>();
    const parked = new Set<string>();
    for (const fact of log) {
      if (parked.has(fact.stream)) continue;
      const { changed, poison } = foldFacts(view, [fact], rows);
      if (poison || [...changed.values()].some(refuses)) parked.add(fact.stream);
      else for (const [key, kept] of changed) rows.set(key, kept);
    }
    const stored = memory.tables.get(viewName(view)) ?? new Map<string, Kept>();
    const text = (of: ReadonlyMap<string, Kept>) =>
      [...of]
        .map(([key, { row }]) => `${key}: ${String(row?.["story"])}`)
        .toSorted((one, other) => (one < other ? -1 : 1))
        .join("\n");
    const letters = [...memory.letters.values()].filter((letter) => letter.view === viewName(view));
    const expected = log.filter(
      ({ stream, position }) => parked.has(stream) && position.commit > (rows.get(stream.slice(6))?.position ?? -1n),
    );
    return [
      ...(text(stored) === text(rows) ? [] : [`${viewName(view)} is\n${text(stored)}\nand should be\n${text(rows)}`]),
      ...(letters.length === expected.length
        ? []
        : [`${viewName(view)} has parked ${letters.length} facts and should have parked ${expected.length}`]),
    ];
  });
}
