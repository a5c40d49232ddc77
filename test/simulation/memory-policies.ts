import { CheckpointMoved, skipOf, type DeadLetter, type Standing } from "#projection/run/store.js";
import type { PolicyRefusal, PolicyStore, PolicyWork } from "#projection/run/policy-store.js";
import type { Position } from "#store/stored.js";

/** How far policies are, in memory, with the same promises as the real thing: all of a batch or nothing, for its owner only. */
export class MemoryPolicies implements PolicyStore {
  #epoch = 0n;
  readonly #positions = new Map<string, Position>();
  readonly letters = new Map<string, DeadLetter>();
  readonly refusals = new Map<string, PolicyRefusal>();

  async takeOver(policies: readonly string[]): Promise<Standing> {
    const letters = [...this.letters.values()].toSorted((one, other) => Number(other.revision - one.revision));
    const parked = Map.groupBy(letters, ({ view }) => view);
    return {
      partition: 0,
      epoch: ++this.#epoch,
      skips: new Set<string>(),
      skipped: new Map(),
      positions: new Map(policies.map((name) => [name, this.#positions.get(name) ?? null])),
      parked: new Map([...parked].map(([view, of]) => [view, new Map(of.map(({ stream, revision }) => [stream, revision]))])),
    };
  }

  async commit({ epoch }: Standing, { to, moves, letters, refusals }: PolicyWork): Promise<void> {
    if (epoch !== this.#epoch || moves.some(({ view, from }) => this.#positions.get(view)?.commit !== from?.commit))
      throw new CheckpointMoved("another owner");
    for (const { view } of moves) this.#positions.set(view, to);
    for (const letter of letters) this.letters.set(skipOf(letter.view, letter), letter);
    for (const refusal of refusals) this.refusals.set(refusal.commandId, refusal);
  }

  async holds({ epoch }: Standing): Promise<boolean> {
    return epoch === this.#epoch;
  }
}
