import type { KeepingFollower } from "#projection/run/keeping.js";
import { followerOfPolicies } from "#projection/run/policy-runner.js";
import type { PolicyStore } from "#projection/run/policy-store.js";
import { followerOf } from "#projection/run/runner.js";
import { CheckpointMoved, type ProjectionStore } from "#projection/run/store.js";
import { isTransient } from "#projection/run/transient.js";
import { Change, KeyReused } from "#store/change.js";
import { Changes } from "#store/changes.js";
import type { StoredEvent } from "#store/stored.js";
import { differences, toldTooFar, wrongAmongPolicies } from "./compare.js";
import { MemoryLog } from "./memory-log.js";
import { MemoryPolicies } from "./memory-policies.js";
import { MemoryStore } from "./memory-store.js";
import { nextDelivery } from "./deliveries.js";
import { randomOf } from "./random.js";
import { echoes, factAt, partitions, policiesOf, refused, sayAloud, unspeakable, views } from "./world.js";

const streams = 6;
const words = [..."abcdefgh", unspeakable, refused];

/** The process dies here: nothing of its memory remains. */
class Crash extends Error {}
/** The connection is lost: what became of the call is not known. */
class Lost extends Error {
  readonly code = "ECONNRESET";
}

/**
 * Runs two projectors, two readers of policies and two api processes over a growing log, by a schedule that the seed decides. Answers what is wrong in the end; empty: nothing.
 */
export async function simulate(seed: number): Promise<string[]> {
  const world = new Simulation(seed);
  const failures = await world.run();
  return [
    ...failures.map(String),
    ...differences(world.memory, world.told),
    ...toldTooFar(world),
    ...wrongAmongPolicies(world),
    ...world.wrongAnswers,
  ];
}

const all = Array.from({ length: partitions }, (_, partition) => partition);

class Simulation {
  readonly log = new MemoryLog();
  readonly policies = new MemoryPolicies();
  readonly wrongAnswers: string[] = [];
  /** Two api processes; one that dies has forgotten everything when it comes back. */
  readonly #apis = [this.#api(), this.#api()];
  /** Key -> what was stored for it, as it was acknowledged. */
  readonly #acknowledged = new Map<string, { word: string; revision: bigint }>();
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
    await this.#drive([
      this.#projector(6),
      this.#projector(6),
      this.#policyReader(5),
      this.#policyReader(5),
      this.#client(8),
      this.#client(8),
    ]);
    this.#trouble = false;
    await this.#drive([this.#finish(), this.#policyReader(1), this.#client(4)]);
    return this.#failures;
  }

  #upTo(count: number): number {
    return Math.floor(this.#random() * count);
  }

  /** What views and policies follow. */
  get told(): readonly StoredEvent[] {
    return this.log.events.filter(({ stream }) => stream.startsWith("story-"));
  }

  #append(): void {
    const stream = `story-${this.#upTo(streams)}`;
    const revision = this.log.revisionsOf(stream);
    const word = words[this.#random() < 0.04 ? 8 + this.#upTo(2) : this.#upTo(8)]!;
    const before = this.log.events.filter((each) => each.stream === stream);
    const isMistaken = before.length > 0 && this.#random() < 0.1;
    const said = isMistaken ? { entry: before[this.#upTo(before.length)]!.id } : { word, worker: `worker-${this.#upTo(4)}` };
    const fact = factAt(this.log.events.length * 10, stream, revision, said);
    const { metadata: _, data: __, ...foreign } = fact;
    this.log.events.push(this.#random() < 0.02 ? foreign : fact);
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

  /** Of a call that dies here only the answer is lost: whoever asked does not know what became of it. */
  #api(): Changes {
    const lost = async <T>(call: () => Promise<T>): Promise<T> => {
      await this.#turn();
      const dice = this.#trouble ? this.#random() : 1;
      if (dice < 0.05) throw new Lost();
      const answer = await call();
      await this.#turn();
      if (dice < 0.15) throw new Lost();
      return answer;
    };
    const log = {
      append: (...given: Parameters<MemoryLog["append"]>) => lost(() => this.log.append(...given)),
      readStream: (...given: Parameters<MemoryLog["readStream"]>) => this.log.readStream(...given),
    };
    const sealer = { seal: async () => ({}), fingerprint: async (value: unknown) => JSON.stringify(value), mark: (text: string) => text };
    return new Changes(log as never, sealer, { pause: () => this.#turn() });
  }

  /** Somebody who sends the same keys again, to either process, at times with another body, and does not wait for answers that are lost. */
  async #client(rounds: number): Promise<void> {
    this.#running++;
    for (let round = 0; round < rounds; round++) {
      const index = this.#upTo(2);
      if (this.#trouble && this.#random() < 0.1) this.#apis[index] = this.#api();
      const number = this.#upTo(6);
      const key = `key-${number}`;
      const word = this.#random() < 0.8 ? `K${number}` : "other";
      const change = new Change(echoes, `${number % streams}`, sayAloud, { word }, { id: "amina", role: "x" }, { commandId: key });
      try {
        const { revision } = await this.#apis[index]!.apply(change);
        const before = this.#acknowledged.get(key) ?? { word, revision };
        this.#acknowledged.set(key, before);
        if (before.word !== word || before.revision !== revision) this.wrongAnswers.push(`${key} was answered twice, and not the same`);
      } catch (error) {
        if (!(error instanceof KeyReused) && !isTransient(error)) throw error;
      }
    }
    this.#running--;
  }

  /** Follows the policies, whose rule is renamed while it is away, and may not be the only one to do so. */
  async #policyReader(rounds: number): Promise<void> {
    this.#running++;
    for (let round = 0; round < rounds;) {
      try {
        await this.#followPolicies();
        round++;
      } catch (error) {
        if (!(error instanceof Crash) && !isTransient(error)) throw error;
        if (this.#trouble) round++;
      }
    }
    this.#running--;
  }

  async #followPolicies(): Promise<void> {
    const { policies: memory } = this;
    const store: PolicyStore = {
      takeOver: (...given) => this.#faulty(() => memory.takeOver(...given)),
      commit: (...given) => this.#faulty(() => memory.commit(...given)),
      holds: (...given) => this.#faulty(() => memory.holds(...given)),
    };
    const follower = followerOfPolicies({
      log: this.#head,
      changes: this.#apis[this.#upTo(2)]!,
      store,
      policies: policiesOf(this.#random() < 0.5),
      observer: { applied: () => undefined, interrupted: () => undefined },
      wait: () => this.#turn(),
    });
    await this.#deliverTo(follower);
  }

  get #head() {
    const { events } = this.log;
    return {
      head: () => this.#faulty(async () => this.log.events.at(-1)!.position),
      // Of this log nothing is ever lost.
      lacks: () => this.#faulty(() => Promise.resolve(false)),
      readEvents: async function* (this: void, stream: string) {
        yield* events.filter((event) => event.stream === stream);
      },
    };
  }

  /** One subscription: from the committed position until it is dropped, or there is nothing more for now. */
  async #subscribe(owned: readonly number[]): Promise<void> {
    const { memory } = this;
    const observer = { applied: () => undefined, interrupted: () => undefined };
    const store: ProjectionStore = {
      takeOver: (...given) => this.#faulty(() => memory.takeOver(...given)),
      rows: (...given) => this.#faulty(() => memory.rows(...given)),
      commit: (...given) => this.#faulty(() => memory.commit(...given)),
      tell: (...given) => this.#faulty(() => memory.tell(...given)),
      probe: (...given) => this.#faulty(() => memory.probe(...given)),
      holds: (...given) => this.#faulty(() => memory.holds(...given)),
      halt: (...given) => this.#faulty(() => memory.halt(...given)),
    };
    await this.#deliverTo(followerOf({ log: this.#head, store, views, partitions, observer }, owned));
  }

  async #deliverTo(follower: KeepingFollower): Promise<void> {
    let from = (await follower.position())?.commit ?? -1n;
    for (;;) {
      const batch =
        this.#trouble && this.#random() < 0.05
          ? null
          : nextDelivery(this.log, this.told, from, this.#trouble ? this.#random : null, (count) => this.#upTo(count));
      if (!batch) return;
      await follower.deliver(batch);
      if (this.#random() < 0.2 && !(await this.#keeps(follower))) throw new CheckpointMoved("somebody else follows");
      if (batch.position.commit > from && batch.facts.length + batch.foreign.length > 0) from = batch.position.commit;
    }
  }

  /** Between two batches; a call that was lost is made again some time later. */
  async #keeps(follower: KeepingFollower): Promise<boolean> {
    try {
      return await follower.keep();
    } catch (error) {
      if (error instanceof Lost) return true;
      throw error;
    }
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
