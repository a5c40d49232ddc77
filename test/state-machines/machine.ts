import type { Told } from "./told.js";

/** What is sent with a change, from what stands before it. */
type Body = object | ((state: any, told: Told) => object | Promise<object>);

/** How a change is played: by whom, and with what. */
export interface Played {
  readonly by?: string;
  readonly body?: Body;
  /** What has to be there for it, whichever the state. */
  readonly needs?: (told: Told) => Promise<unknown>;
  /** It takes the place of what was told before, and so names the revision that it was made of. */
  readonly replaces?: true;
  /** It leaves behind what would change what other changes meet: it is played on a record of its own. */
  readonly alone?: true;
}

/** The states of one thing, how each is come into, and what each change leads to, as the field says it. */
export interface Machine {
  /** What it is that has states, as a sentence begins: "a plan". */
  readonly of: string;
  /** Brings a new record into the state, by nothing but changes. */
  readonly states: Readonly<Record<string, (told: Told) => Promise<unknown>>>;
  /** The first word of a change is its operation; what follows tells one way of it from another. */
  readonly changes: Readonly<Record<string, Played>>;
  /** In which of the states it is seen to be, by what the api tells. */
  readonly seen: (state: any, told: Told) => string | Promise<string>;
  /** Opens a new record. Answers its address. */
  readonly begin: (told: Told) => Promise<string>;
  /** Who looks. */
  readonly reader?: string;
  /**
   * A head of changes and a row for each state, or a head of states and a row for each change; several such tables are parted by an empty line.
   * A cell names the state to which the change leads, with `to` before one that has no row, or the code with which it is refused, with the status
   * before it where that is another than 409. `done`: it happens, and the state stays. `already`: it is so, and nothing happens.
   */
  readonly table: string;
}

export interface Cell {
  readonly machine: Machine;
  readonly state: string;
  readonly change: string;
  readonly expected: string;
}

const columns = (line: string): string[] => line.split("|").map((each) => each.trim());

/** @throws Error where a cell is missing, stands twice, or is of no such state or change */
export function cellsOf(machine: Machine): Cell[] {
  const known = new Map<string, Cell>();
  for (const block of machine.table.trim().split(/\n\s*\n/)) {
    const [head, ...rows] = block.split("\n").map(columns);
    for (const [name = "", ...cells] of rows)
      for (const [index, expected] of cells.entries()) {
        const other = head![index + 1]!;
        const [state, change] = name in machine.states ? [name, other] : [other, name];
        const place = `${state}, ${change}`;
        if (!(state in machine.states) || !(change in machine.changes)) throw new Error(`${machine.of}: there is no ${place}`);
        if (!expected || known.has(place)) throw new Error(`${machine.of}: of ${place} is said nothing, or twice`);
        known.set(place, { machine, state, change, expected });
      }
  }
  for (const state of Object.keys(machine.states))
    for (const change of Object.keys(machine.changes))
      if (!known.has(`${state}, ${change}`)) throw new Error(`${machine.of}: nothing is said of ${state}, ${change}`);
  return [...known.values()];
}

export const operationOf = (change: string): string => change.split(" ")[0]!;

/** As it stands in the report. */
export function sentenceOf({ machine, state, change, expected }: Cell): string {
  const asked = `${machine.of} that is ${state}: ${change}`;
  if (expected === "done") return `${asked} is done, and it stays so`;
  if (expected === "already") return `${asked} changes nothing, because it is so already`;
  return expected in machine.states || expected.startsWith("to ")
    ? `${asked} makes it ${expected.replace(/^to /, "")}`
    : `${asked} is refused with ${expected}`;
}

/** What became of a cell. */
export interface Outcome {
  /** The code and the status with which it was refused; null: it was not. */
  readonly refused: string | null;
  readonly stored: boolean;
  readonly state: string;
}

/** What has to become of it. */
export function outcomeOf({ machine, state, expected }: Cell): Outcome {
  if (expected === "done") return { refused: null, stored: true, state };
  if (expected === "already") return { refused: null, stored: false, state };
  if (expected in machine.states) return { refused: null, stored: true, state: expected };
  if (expected.startsWith("to ")) return { refused: null, stored: true, state: expected.slice(3) };
  return { refused: /^\d/.test(expected) ? expected : `409 ${expected}`, stored: false, state };
}
