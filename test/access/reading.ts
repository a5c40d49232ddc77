import { cellOf } from "#access/cells.js";
// Topics declare areas of their own.
import "#domain/domain.js";
import { roles } from "#access/roles.js";
import type { ExpectedArea, ExpectedAreas, ExpectedPerson } from "#access/expectation.js";
import { operations, standings } from "./expected.js";

/** Somebody of a role, and perhaps of a shelter. */
export type Person = ExpectedPerson;

/** The district that every case in these stories is of. */
export const district = "Example-District";
export const anotherOrganisation = "4c5a1f60-0000-4000-8000-0000000000ee";
/** Walled off from the cases of this house. */
export const barredIn = (shelter: string): Person => ({ role: "shelter-case-manager", shelter, barred: "yes" });

/** Somebody of every role, of this house and of none, and such as stand to no case although others of their role do. */
export const everybodyOf = (shelter: string): Person[] => [
  ...roles.flatMap((role) => [{ role, shelter }, { role }]),
  { role: "supervisor", organisation: anotherOrganisation },
  { role: "social-welfare-officer", district },
  { role: "social-welfare-officer", district: "Another-District" },
  barredIn(shelter),
];

/** Whose case it is, and whether she stays in that house. */
export interface CaseOf {
  readonly shelter: string;
  readonly stays: boolean;
}

/** Who stands to a case, as the people concerned would say it. In these stories a worker of the house has opened it, and its lawyer and return officer were assigned. */
export function standsTo({ role, barred, ...person }: Person, { shelter, stays }: CaseOf): boolean {
  const ofTheHouse = person.shelter === shelter;
  switch (role) {
    case "auditor":
    case "data-protection-officer":
      return true;
    case "supervisor":
      return person.organisation === undefined;
    case "social-welfare-officer":
      return person.district === district;
    case "shelter-case-manager":
    case "lawyer":
    case "return-officer":
      return ofTheHouse && barred === undefined;
    case "shelter-manager":
    case "nurse":
    case "psychologist":
      return ofTheHouse && stays;
    default:
      return false;
  }
}

/** May she see this area, of a house? */
export type Sees = (area: string, house: string | undefined) => boolean;

/** The policy, read as its text says it: a cell for one's own counts in one's own house. */
const allowed = ({ role }: Person, act: "read" | "write", area: string, own: boolean): boolean => {
  const cell = cellOf(role, area);
  if (cell === "write" || (cell === "own" && own)) return true;
  return act === "read" && (cell === "read" || (cell === "own-read" && own));
};

const isOwn = ({ shelter }: Person, house: string | undefined): boolean => shelter !== undefined && shelter === house;

export const seesOf =
  (person: Person): Sees =>
  (area, house) =>
    allowed(person, "read", area, isOwn(person, house));

/** `begun`: of a record that she begins, which is her own. */
export const mayWrite = (person: Person, area: string, house: string | undefined, begun = false): boolean =>
  allowed(person, "write", area, begun || isOwn(person, house));

/** May she ask for this at all? `house`: the shelter that is asked about, or whose case it is. */
export function mayAsk(person: Person, operation: string, house: string, stays = true): boolean {
  const right = operations[operation]!;
  if (right === "anybody") return true;
  const { act, on, whose, knowing, opening } = right;
  if (knowing && !allowed(person, "read", knowing, isOwn(person, house))) return false;
  // A wall keeps out of the cases of her own house.
  if (opening) return allowed(person, act, on, true) && (person.barred === undefined || !isOwn(person, house));
  if (whose === "a case" && !standsTo(person, { shelter: house, stays })) return false;
  if (standings[whose]?.(person) === false) return false;
  const own: Readonly<Record<string, boolean>> = {
    "a shelter": isOwn(person, house),
    all: false,
    narrowed: Boolean(person.shelter),
  };
  // Any other record is no shelter's: whoever's cell says so may.
  return allowed(person, act, on, own[whose] ?? true);
}

/** May she ask this of some record: of her own house, or of one to which she stands? */
export function mayAtAll(person: Person, operation: string): boolean {
  const right = operations[operation]!;
  if (right === "anybody") return true;
  const inHerHouse = ["a shelter", "narrowed"].includes(right.whose) ? Boolean(person.shelter) : right.whose !== "all";
  return allowed(person, right.act, right.on, inHerHouse);
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

/** Does her role's cell open this area at all; and only of her own house? */
export const cellsOf = ({ role }: Person, area: string): boolean => cellOf(role, area) !== undefined;
export const isOwnCell = ({ role }: Person, area: string): boolean => ["own", "own-read"].includes(cellOf(role, area) ?? "");
