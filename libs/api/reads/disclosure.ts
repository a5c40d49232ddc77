import { v4 as uuidv4 } from "uuid";
import { shown, type PersonalClass, type Sees } from "#access/areas.js";
import { access, recordDisclosure } from "#access/disclosure.js";
import { forOne, isForAnother } from "#access/for-one.js";
import type { OfPurpose } from "#access/purpose.js";
import { seesOf, type ProtectedRecord } from "#access/record.js";
import type { ViewTable } from "#projection/declare/columns.js";
import type { SealedPart } from "#seal/sealed.js";
import { Change } from "#store/change.js";
import { streamOf } from "#store/stored.js";
import type { Call } from "../operations/operation.js";

type Row = Readonly<Record<string, unknown>>;
/** Where the boxes of a record were sealed, and who asks for them. */
type BoxOrigin = Pick<SealedPart, "stream" | "subject"> & { readonly asker: string };

/** What of a record a table holds. */
interface RowPart {
  readonly table: ViewTable;
  readonly row: Row;
}

/** A section of the record, by its name; null: there is none. */
interface SectionPart {
  readonly name: string;
  readonly table: ViewTable;
  readonly row: Row | null;
}

interface Box {
  readonly table: ViewTable;
  /** What of the answer it is opened to. */
  readonly to: Record<string, unknown>;
  readonly property: string;
  readonly part: SealedPart;
  readonly class: PersonalClass;
  /** One of any number in its column. */
  readonly many: boolean;
}

/** Rows of a view as somebody may see them: a column that is not for her is null. Sealed columns are opened by `disclosed`. */
export function rowFor({ columns, key }: ViewTable, sees: Sees): (row: Row) => Row {
  const guarded = columns.filter(({ property, sealed, inner, area }) => {
    return !inner && !sealed && property !== key && !(typeof area === "string" && sees(area));
  });
  const masked = (row: Row) => guarded.map(({ property, area }) => [property, shown(row[property], area, sees) ?? null]);
  return (row) => (guarded.length === 0 ? row : { ...row, ...Object.fromEntries(masked(row)) });
}

/** Is anything of the row for her? Of a section of which nothing is, she does not learn either whether it is there. */
const isAnyFor = ({ columns, key }: ViewTable, row: Row, sees: Sees): boolean =>
  columns.some(({ property, area, inner }) => {
    if (inner || property === key || area === undefined) return false;
    if (typeof area === "string") return sees(area);
    if (typeof area === "function") return (shown(row[property], area, sees) ?? null) !== null;
    return Object.values(area).some((each) => typeof each === "string" && sees(each));
  });

/** Its sealed columns, each null. */
export const closedIn = ({ columns }: ViewTable): Row =>
  Object.fromEntries(columns.flatMap((each) => (each.sealed ? [[each.property, null]] : [])));

/** A section as somebody may see it where nothing is disclosed. */
export const sectionFor = (table: ViewTable, row: Row | null, sees: Sees): Record<string, unknown> | null =>
  row && isAnyFor(table, row, sees) ? { ...rowFor(table, sees)(row), ...closedIn(table) } : null;

/**
 * The one way by which personal data leaves: decides class by class, records the disclosure, and only then opens.
 * What may not be seen, was erased, or was never recorded looks the same: null. So does what lies where it does not belong.
 */
export async function disclose(
  call: Call,
  about: ProtectedRecord,
  base: RowPart,
  sections: readonly SectionPart[],
  { route, purpose }: { route: string; purpose: OfPurpose },
): Promise<Row> {
  const { actor, id, services, selected, standing } = call;
  const sees = seesOf(actor, about.belongsTo(id), standing);
  const isAsked = (path: string, dataClass: PersonalClass) => sees(dataClass) && (selected?.has(path) ?? true);
  const whole: Record<string, unknown> = { ...rowFor(base.table, sees)(base.row), ...closedIn(base.table) };
  const asked = boxesIn(base, whole, "", isAsked, actor.id);
  for (const { name, table, row } of sections) {
    const section = sectionFor(table, row, sees);
    whole[name] = section;
    if (row && section) asked.push(...boxesIn({ table, row }, section, `${name}.`, isAsked, actor.id));
  }
  if (asked.length === 0) return whole;
  const refuse = ({ table, property }: Box) =>
    services.alarms.refused({ stream: streamOf(about.of.name, id), table: table.table, column: property });
  // Whose data is shown here is told by the log: whoever can write to the tables could change both the box and the row.
  const { state } = await services.changes.states.current(about.of, id);
  const place = { stream: streamOf(about.of.name, id), subject: about.subject(state), asker: actor.id };
  const seen = asked.filter((box) => belongsHere(box, place) || void refuse(box));
  if (seen.length === 0) return whole;
  const classes = [...new Set(seen.map((each) => each.class))].sort();
  const relations = standing.stands.map(({ relation }) => relation);
  const request = { subjects: [place.subject], classes, purpose, route, ...(relations.length > 0 && { relations }) };
  await services.commands.execute(new Change(access, id, recordDisclosure, request, actor, { commandId: uuidv4(), purpose, unread: true }));
  for (const [{ to, property, part, many }, content] of await opened(call, seen, refuse)) {
    if (!many) to[property] = content;
    else if (content) to[property] = [...((to[property] as object[]) ?? []), { fact: part.event, type: part.type, ...content }];
  }
  return whole;
}

/**
 * The sealed parts in a row that are asked for, without what is for somebody else alone. `to`: where each is opened to; `isAsked`: by the path of the
 * column, `screening.account` in a section.
 */
function boxesIn(
  { table, row }: RowPart,
  to: Record<string, unknown>,
  within: string,
  isAsked: (path: string, dataClass: PersonalClass) => boolean,
  asker: string,
): Box[] {
  return table.columns.flatMap(({ property, sealed, many = false }): Box[] => {
    if (!sealed || !isAsked(`${within}${property}`, sealed)) return [];
    // Whatever else stands there belongs nowhere, and is told.
    const there = [row[property]].flat().filter((part) => part !== null && part !== undefined) as SealedPart[];
    const hers = there.filter((part) => !(typeof part.class === "string" && isForAnother(part.class, sealed, asker)));
    return hers.map((part) => ({ table, to, property, part, class: sealed, many }));
  });
}

/** A part says itself where it was sealed, and is only believed as far as that is here. The box then proves it. */
const belongsHere = ({ part, class: dataClass }: Box, { stream, subject, asker }: BoxOrigin): boolean =>
  part.stream === stream &&
  part.subject === subject &&
  (part.class === dataClass || part.class === forOne(dataClass, asker)) &&
  [part.event, part.type, part.sealed].every(isText);

const isText = (value: unknown): boolean => typeof value === "string";

/** One that does not open keeps none of the others closed. */
async function opened({ services: { seal } }: Call, boxes: readonly Box[], refuse: (box: Box) => void) {
  const open = async (some: readonly Box[]) => {
    const contents = await seal.open(some.map(({ part }) => part));
    return some.map((box, index) => [box, contents[index] ?? null] as const);
  };
  const one = (box: Box) =>
    open([box]).catch((error: unknown) => {
      if (!isRefused(error)) throw error;
      refuse(box);
      return [];
    });
  return open(boxes).catch(async (error: unknown) => {
    if (!isRefused(error)) throw error;
    return (await Promise.all(boxes.map(one))).flat();
  });
}

const isRefused = (error: unknown): boolean => ["SealTampered", "SealMalformed"].includes((error as { code?: string }).code ?? "");
