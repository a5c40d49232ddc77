import type { Kept } from "#projection/run/fold.js";
import { CheckpointMoved, RowsRefused, type DeadLetter, type ProjectionStore, type Standing, type Work } from "#projection/run/store.js";
import { viewName, type View } from "#projection/declare/view.js";
import type { Position } from "#store/stored.js";

/** What the views' database refuses: a constraint that some rows break. */
export const refuses = ({ row }: Kept): boolean => row !== null && (row["story"] as string).includes("!");

/** A views' database in memory, with the same promises as the real one: all of a batch or nothing, for its owner only. */
export class MemoryStore implements ProjectionStore {
  readonly #epochs = new Map<number, bigint>();
  readonly #positions = new Map<string, Position>();
  readonly tables = new Map<string, Map<string, Kept>>();
  /** What was told without a write, and how far it was written then. */
  readonly told: { readonly view: string; readonly partition: number; readonly to: bigint; readonly kept: bigint }[] = [];
  readonly letters = new Map<string, DeadLetter>();

  async takeOver(partition: number, views: readonly string[]): Promise<Standing> {
    const epoch = (this.#epochs.get(partition) ?? 0n) + 1n;
    this.#epochs.set(partition, epoch);
    const letters = [...this.letters.values()].toSorted((one, other) => Number(other.revision - one.revision));
    const parked = Map.groupBy(letters, ({ view }) => view);
    return {
      skips: new Set<string>(),
      skipped: new Map(),
      partition,
      epoch,
      positions: new Map(views.map((view) => [view, this.#positions.get(`${view} ${partition}`) ?? null])),
      parked: new Map([...parked].map(([view, of]) => [view, new Map(of.map(({ stream, revision }) => [stream, revision]))])),
    };
  }

  async rows(view: View, keys: readonly string[]): Promise<Map<string, Kept>> {
    const table = this.#table(view);
    return new Map(keys.flatMap((key) => (table.has(key) ? [[key, table.get(key)!] as const] : [])));
  }

  async commit({ partition, epoch }: Standing, { to, moves, rows, letters }: Work): Promise<void> {
    const isOwn = moves.every(({ view, from }) => this.#positions.get(`${view} ${partition}`)?.commit === from?.commit);
    if (this.#epochs.get(partition) !== epoch || !isOwn) throw new CheckpointMoved("another owner");
    for (const { view, changed } of rows) await this.probe(view, changed);
    for (const { view } of moves) this.#positions.set(`${view} ${partition}`, to);
    for (const { view, changed } of rows)
      for (const [key, kept] of changed)
        if (kept.position > (this.#table(view).get(key)?.position ?? -1n)) this.#table(view).set(key, kept);
    for (const letter of letters) this.letters.set(`${letter.view} ${letter.stream} ${letter.revision}`, letter);
  }

  async tell({ partition }: Standing, to: Position, views: readonly string[]): Promise<void> {
    for (const view of views)
      this.told.push({ view, partition, to: to.commit, kept: this.#positions.get(`${view} ${partition}`)?.commit ?? -1n });
  }

  async probe(view: View, changed: ReadonlyMap<string, Kept>): Promise<void> {
    if ([...changed.values()].some(refuses)) throw new RowsRefused(viewName(view), new Error("refused"));
  }

  async holds(standings: readonly Standing[]): Promise<boolean> {
    return standings.every(({ partition, epoch }) => this.#epochs.get(partition) === epoch);
  }

  async halt(view: string, why: string, { stream }: { stream: string }): Promise<never> {
    throw new Error(`${view} is not to stand still at ${stream} here: ${why}`);
  }

  #table(view: View): Map<string, Kept> {
    const table = this.tables.get(viewName(view)) ?? new Map<string, Kept>();
    this.tables.set(viewName(view), table);
    return table;
  }
}
