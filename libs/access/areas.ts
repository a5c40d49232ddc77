/** What identifies, locates or describes a person, class by class. */
export const personalClasses = [
  "identity",
  "contact",
  "location",
  "narrative",
  "health",
  "psychosocial",
  "legal",
  "perpetrator",
  "safety",
] as const;
export type PersonalClass = (typeof personalClasses)[number];
const topics = [
  "case",
  "screening",
  "consent",
  "closure",
  "capacity",
  "stay",
  "workload",
  "history",
  "access",
  "projections",
  "imports",
  "imported",
] as const;

/** What can be protected apart: classes of data about a person, and topics of codes, dates and ids. */
export type Area = "demographic" | PersonalClass | (typeof topics)[number];
export const areas: readonly Area[] = ["demographic", ...personalClasses, ...topics];

/** The area of a value that names a shelter, and that shelter: where somebody stays is for the staff of that house. */
export interface InShelter {
  readonly area: Area;
  readonly shelter: string | undefined;
}

/** Of a whole value: its area, or how the shelter that it names is read off it. */
export type AreaOf<T> = Area | ((value: T) => InShelter);

/** The area of a value, or of each of its fields. A field that is not named does not compile, and where it comes all the same, nobody sees it. */
export type AreasOf<T> = T extends readonly (infer Each)[]
  ? AreasOf<Each>
  : AreaOf<T> | (T extends object ? { readonly [K in keyof T]-?: AreasOf<NonNullable<T[K]>> } : never);

/** A value that is the id of a shelter. */
export const theShelter = (shelter: string): InShelter => ({ area: "location", shelter });

/** A value that names a shelter among other things. */
export const inTheShelter = ({ shelter }: { readonly shelter: string }): InShelter => ({ area: "location", shelter });

/** May these be seen? Of the record that is asked for; `shelter`, where a value names another one. */
export type Sees = (area: Area, named?: { readonly shelter: string | undefined }) => boolean;

/** What may be seen of a value. Undefined: nothing of it. A value that names a shelter is null where it may not be seen, as where there is none. */
export function shown(value: unknown, of: AreasOf<any> | undefined, sees: Sees): unknown {
  if (typeof of === "string") return sees(of) ? value : undefined;
  if (Array.isArray(value) && typeof of === "function") return value.filter((each) => shown(each, of, sees) !== null);
  if (typeof of === "function") return value !== null && value !== undefined && seesIn(of(value), sees) ? value : null;
  if (of === undefined || typeof value !== "object" || value === null) return undefined;
  if (Array.isArray(value)) return value.map((each) => shown(each, of, sees)).filter((each) => each !== undefined);
  const fields = Object.entries(value).map(([name, each]) => [name, shown(each, fieldOf(of, name), sees)] as const);
  return Object.fromEntries(fields.filter(([, each]) => each !== undefined));
}

const seesIn = ({ area, shelter }: InShelter, sees: Sees): boolean => sees(area, { shelter });

/** Names come from what was stored: only what the declaration itself holds counts, never what an object inherits. */
const fieldOf = (of: object, name: string): AreasOf<any> | undefined =>
  Object.hasOwn(of, name) ? (of as Record<string, AreasOf<any>>)[name] : undefined;
