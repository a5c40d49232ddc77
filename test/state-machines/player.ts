import type { System } from "../support/system.js";
import { cellsOf, operationOf, outcomeOf, type Cell, type Machine, type Outcome } from "./machine.js";
import { Told } from "./told.js";

/** So many records are worked with at once. */
const atOnce = 8;

const playedOf = ({ machine, change }: Cell) => machine.changes[change]!;
/** Is its record, after it, as other cells need it? */
const leavesItSo = (cell: Cell): boolean => outcomeOf(cell).state === cell.state && !playedOf(cell).alone;

/** A record, as it was told last. */
interface Standing {
  readonly told: Told;
  readonly now: Awaited<ReturnType<Told["now"]>>;
}

/** A new record, in a state. */
async function broughtTo(system: System, cell: Cell): Promise<Standing> {
  const { machine, state } = cell;
  const told = new Told(system, machine.reader, playedOf(cell).needs);
  told.at = await machine.begin(told);
  await machine.states[state]!(told);
  await told.provide();
  const now = await told.now();
  const seen = await machine.seen(now.state, told);
  if (seen !== state) throw new Error(`${machine.of} was to be ${state}, and is ${seen}`);
  return { told, now };
}

async function played({ told, now: before }: Standing, cell: Cell): Promise<[Outcome, Standing]> {
  const { machine, change } = cell;
  const { by = "amina", body = {}, replaces } = playedOf(cell);
  const sent = typeof body === "function" ? await body(before.state, told) : body;
  const { status, body: answer } = await told.ask(by, operationOf(change), sent, replaces && before.revision);
  const now = await told.now();
  const outcome = {
    refused: status < 300 ? null : [status, answer.code, ...(answer.errors ? [JSON.stringify(answer.errors)] : [])].join(" "),
    stored: now.revision !== before.revision,
    state: await machine.seen(now.state, told),
  };
  return [outcome, { told, now }];
}

/** Plays every cell on a record that is in its state: on one after another, as long as it stays so. */
export class Player {
  readonly #outcomes = new Map<Cell, PromiseWithResolvers<Outcome>>();
  readonly cells: readonly Cell[];

  constructor(machines: readonly Machine[]) {
    this.cells = machines.flatMap(cellsOf);
    for (const cell of this.cells) this.#outcomes.set(cell, Promise.withResolvers());
    // Each is awaited by its own test.
    for (const { promise } of this.#outcomes.values()) promise.catch(() => undefined);
  }

  outcome(cell: Cell): Promise<Outcome> {
    return this.#outcomes.get(cell)!.promise;
  }

  start(system: System): void {
    const waiting = this.#batches();
    const work = async (): Promise<void> => {
      for (let batch = waiting.shift(); batch; batch = waiting.shift()) await this.#play(system, batch);
    };
    for (let each = 0; each < atOnce; each++) void work();
  }

  /** Cells that share a record: first those that store nothing, last one that takes it elsewhere. */
  #batches(): Cell[][] {
    const together = Map.groupBy(this.cells, (cell) => `${cell.machine.of} ${cell.state} ${playedOf(cell).needs?.name}`);
    return [...together.values()].flatMap((cells) => {
      const staying = cells.filter(leavesItSo).toSorted((one, other) => Number(outcomeOf(one).stored) - Number(outcomeOf(other).stored));
      const own = cells.filter((each) => !leavesItSo(each));
      const last = own.find((each) => !playedOf(each).alone);
      const others = own.filter((each) => each !== last).map((each) => [each]);
      return [[...staying, ...(last ? [last] : [])], ...others];
    });
  }

  async #play(system: System, cells: readonly Cell[]): Promise<void> {
    let standing: Standing | null = null;
    for (const cell of cells) {
      const { resolve, reject } = this.#outcomes.get(cell)!;
      try {
        standing ??= await broughtTo(system, cell);
        const [outcome, after]: [Outcome, Standing] = await played(standing, cell);
        const { stored, state } = outcomeOf(cell);
        standing = outcome.stored === stored && outcome.state === state ? after : null;
        resolve(outcome);
      } catch (error) {
        standing = null;
        reject(error);
      }
    }
  }
}
