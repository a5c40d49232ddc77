import { policy } from "#access/policy.js";
import type { ExpectedArea, ExpectedAreas } from "#access/expectation.js";
import { operations } from "./expected.js";

/** Somebody of a role, and perhaps of a shelter. */
export interface Person {
  readonly role: string;
  readonly shelter?: string;
}

/** May she see this area, of a house? */
export type Sees = (area: string, house: string | undefined) => boolean;

/** The policy, read as its text says it: a cell for one's own counts in one's own house. */
const allowed = ({ role }: Person, act: "read" | "write", area: string, own: boolean): boolean => {
  const cell = (policy as Record<string, Record<string, string>>)[role]?.[area];
  if (cell === "write" || (cell === "own" && own)) return true;
  return act === "read" && (cell === "read" || (cell === "own-read" && own));
};

const isOwn = ({ shelter }: Person, house: string | undefined): boolean => shelter !== undefined && shelter === house;

export const seesOf =
  (person: Person): Sees =>
  (area, house) =>
    allowed(person, "read", area, isOwn(person, house));

export const mayWrite = (person: Person, area: string, house: string | undefined): boolean =>
  allowed(person, "write", area, isOwn(person, house));

/** May she ask for this at all? `house`: the shelter that is asked about. */
export function mayAsk(person: Person, operation: string, house: string): boolean {
  const right = operations[operation]!;
  if (right === "anybody") return true;
  const { act, on, whose } = right;
  const own: Readonly<Record<string, boolean>> = {
    "a shelter": isOwn(person, house),
    all: false,
    narrowed: Boolean(person.shelter),
    begun: Boolean(person.shelter),
  };
  // Any other record is no shelter's: whoever's cell says so may.
  return allowed(person, act, on, own[whose] ?? true);
}

/** Is a list narrowed to her own shelter? */
export const isNarrowed = (person: Person, operation: string): boolean => {
  const right = operations[operation]!;
  return right !== "anybody" && right.whose === "narrowed" && !allowed(person, right.act, right.on, false);
};

/** What she sees of a value; undefined: nothing. `house`: of the record. @throws where no table says who may see a part of it */
export function seen(value: unknown, table: ExpectedArea | ExpectedAreas, sees: Sees, house?: string, path = ""): unknown {
  const entry = typeof table === "string" ? table : table[path];
  if (entry === "open") return value;
  if (entry === "location of itself") return typeof value === "string" && sees("location", value) ? value : null;
  if (entry === "location of its shelter") return value && sees("location", (value as { shelter: string }).shelter) ? value : null;
  if (entry !== undefined) return sees(entry, house) ? value : undefined;
  const within = (each: unknown, name: string) => seen(each, table, sees, house, name);
  if (Array.isArray(value)) return value.map((each) => within(each, `${path}[]`)).filter((each) => each !== undefined && each !== null);
  if (typeof value !== "object" || value === null) throw new Error(`nobody has said who may see ${path || "this"}`);
  const fields = Object.entries(value).map(([name, each]) => [name, within(each, path ? `${path}.${name}` : name)] as const);
  return Object.fromEntries(fields.filter(([, each]) => each !== undefined));
}

/** A row: what she does not see is null. */
export const seenRow = (row: object, table: ExpectedAreas, sees: Sees, house?: string): object =>
  Object.fromEntries(Object.entries(row).map(([name, value]) => [name, seen(value, table, sees, house, name) ?? null]));
