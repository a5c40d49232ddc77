import { setTimeout as pause } from "node:timers/promises";
import type { Changes } from "#store/changes.js";
import type { EventLog } from "#store/event-log.js";
import type { Position, StoredEvent } from "#store/stored.js";
import { Arrival, codeOf } from "./arrival.js";
import { ask, type PolicyAsking } from "./ask.js";
import { followKeeping, turns, type KeepingFollower } from "./keeping.js";
import { lowestOf, type Portion } from "./partition-worker.js";
import { heeds, policyName, type Policies, type Policy } from "../declare/policy.js";
import type { PolicyRefusal, PolicyStore } from "./policy-store.js";
import { ContinuousReader } from "./reader.js";
import type { Observer } from "./runner.js";
import { CheckpointMoved, learn, skipOf, type DeadLetter, type Standing } from "./store.js";
import { untilAborted } from "./until-aborted.js";
import { prefixesOf } from "../declare/view.js";

export interface PolicyRunner {
  readonly log: Pick<EventLog, "head" | "lacks">;
  readonly changes: Pick<Changes, "apply">;
  readonly store: PolicyStore;
  readonly policies: Policies;
  readonly observer: Observer;
  readonly wait: PolicyAsking["wait"];
}

const unit = "policies";

/** Asks for what the policies want, by one reader, until `signal` aborts. What one of them cannot do stops neither the others nor other streams. */
export async function runPolicies(runner: Omit<PolicyRunner, "wait"> & { readonly log: EventLog }, signal: AbortSignal): Promise<void> {
  const interrupted = (error: Error) => runner.observer.interrupted(unit, error);
  await untilAborted(signal, interrupted, () =>
    followKeeping(
      runner.log,
      (ended) => {
        const wait = async (milliseconds: number) => {
          await pause(milliseconds, undefined, { signal: ended }).catch(() => undefined);
          if (ended.aborted) throw new CheckpointMoved("the policies are followed by somebody else, or by nobody");
        };
        return { ...followerOfPolicies({ ...runner, wait }), interrupted };
      },
      signal,
    ),
  );
}

/** Policies are followed together and move together; each passes over what it has seen. */
export function followerOfPolicies({ log, changes, store, policies, observer, wait }: PolicyRunner): KeepingFollower {
  const reader = new ContinuousReader(log);
  const interrupted = (error: Error) => observer.interrupted(unit, error);
  const asking: PolicyAsking = { changes, wait, interrupted };
  const inTurn = turns();
  let standing: Standing | undefined;
  /** Looked through, and not written yet: nothing up to here concerned any policy since the last batch. */
  let looked: Portion | undefined;
  let isAsking = false;
  const written = async (batch: PolicyBatch, portion: Portion) => {
    await batch.commit(store, portion);
    for (const { view, facts } of batch.moves) observer.applied(view, 0, facts, portion.position);
    for (const letter of batch.letters) if (letter.error !== null) observer.leftOut?.(letter);
  };
  return {
    follows: { streams: prefixesOf(policies.map(({ of }) => of)) },
    position: () =>
      inTurn(async () => {
        looked = undefined;
        standing = await store.takeOver(policies.map(policyName));
        const { positions } = standing;
        return reader.begin(positions.size > 0 ? lowestOf([...positions.values()]) : await log.head());
      }),
    async keep() {
      // What a policy asks for may take long; that somebody else follows is to be noticed meanwhile.
      if (!isAsking)
        await inTurn(async () => {
          if (standing && looked) await written(new PolicyBatch(standing, policies, asking), looked);
          looked = undefined;
        });
      return standing === undefined || standing.positions.size === 0 || store.holds(standing);
    },
    async deliver(delivery) {
      const portion = await reader.take(delivery);
      if (!portion || !standing) return;
      const batch = new PolicyBatch(standing, policies, asking);
      isAsking = true;
      await inTurn(async () => {
        for (const event of portion.events) await batch.take(event);
        if (batch.isQuiet) looked = portion;
        else await written(batch, portion);
      }).finally(() => (isAsking = false));
    },
  };
}

/** One batch: what was asked for stays so whatever becomes of it, because it is asked for under the same id again. */
class PolicyBatch {
  readonly letters: DeadLetter[] = [];
  readonly #refusals: PolicyRefusal[] = [];
  readonly #facts = new Map<string, number>();

  constructor(
    readonly standing: Standing,
    readonly policies: Policies,
    readonly asking: PolicyAsking,
  ) {}

  async take(event: StoredEvent): Promise<void> {
    for (const policy of this.policies) if (heeds(policy, event) && this.#isNew(policy, event)) await this.#takeFor(policy, event);
  }

  async #takeFor(policy: Policy<any>, event: StoredEvent): Promise<void> {
    const name = policyName(policy);
    this.#facts.set(name, (this.#facts.get(name) ?? 0) + 1);
    if (event.revision >= (this.#parkedFrom(name, event.stream) ?? Infinity)) {
      this.letters.push(letterOf(name, event, null, false));
      return;
    }
    const { refusal, error } = await ask(this.asking, policy, new Arrival(policy.of, event));
    if (refusal) this.#refusals.push(refusal);
    if (error) this.letters.push(letterOf(name, event, error, this.standing.skips.has(skipOf(name, event))));
  }

  /** Does nothing of it concern any policy? */
  get isQuiet(): boolean {
    return this.#facts.size === 0;
  }

  /** How far each policy was moved. */
  get moves() {
    return [...this.standing.positions].map(([view, from]) => ({ view, from, facts: this.#facts.get(view) ?? 0 }));
  }

  async commit(store: PolicyStore, { position: to }: Portion): Promise<void> {
    const moves = this.moves.filter(({ from }) => from === null || from.commit < to.commit);
    if (moves.length === 0) return;
    await store.commit(this.standing, { to, moves, letters: this.letters, refusals: this.#refusals });
    for (const { view } of moves) this.standing.positions.set(view, to);
    learn(this.standing, this.letters);
  }

  #isNew(policy: Policy<any>, { position }: StoredEvent): boolean {
    const from: Position | null | undefined = this.standing.positions.get(policyName(policy));
    return from !== undefined && (from === null || from.commit < position.commit);
  }

  /** Known from before, or from this batch. */
  #parkedFrom(name: string, stream: string): bigint | undefined {
    const known = this.standing.parked.get(name)?.get(stream);
    return known ?? this.letters.find((letter) => letter.view === name && letter.stream === stream && !letter.skipped)?.revision;
  }
}

export function letterOf(view: string, event: StoredEvent, error: Error | null, skipped: boolean): DeadLetter {
  const { stream, revision, id, type, position } = event;
  return { view, stream, revision, factId: id, type, position, key: null, error: error && codeOf(error), skipped };
}
