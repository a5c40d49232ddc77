import { v4 as uuidv4 } from "uuid";
import { shown, type PersonalClass, type Sees } from "#access/areas.js";
import { access, recordDisclosure } from "#access/disclosure.js";
import { seesOf, type ProtectedRecord } from "#access/record.js";
import type { ViewTable } from "#projection/declare/columns.js";
import type { SealedPart } from "#seal/sealed.js";
import { Change } from "#store/change.js";
import { streamOf } from "#store/stored.js";
import type { Call } from "../operations/operation.js";

type Row = Readonly<Record<string, unknown>>;
type BoxOrigin = Pick<SealedPart, "stream" | "subject">;

/** A row, or one of its sections by its name: what of the record a table holds. */
export interface RowPart {
  readonly name?: string;
  readonly table: ViewTable;
  readonly row: Row;
}

interface Box {
  readonly in: RowPart;
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
export const isAnyFor = ({ columns, key }: ViewTable, row: Row, sees: Sees): boolean =>
  columns.some(({ property, area, inner }) => {
    if (inner || property === key || area === undefined) return false;
    if (typeof area === "string") return sees(area);
    if (typeof area === "function") return (shown(row[property], area, sees) ?? null) !== null;
    return Object.values(area).some((each) => typeof each === "string" && sees(each));
  });

/** Its sealed columns, each null. */
const closedIn = ({ columns }: ViewTable): Row =>
  Object.fromEntries(columns.flatMap((each) => (each.sealed ? [[each.property, null]] : [])));

/** A section as somebody may see it where nothing is disclosed. */
export const sectionFor = (table: ViewTable, row: Row | null, sees: Sees): Row | null =>
  row && isAnyFor(table, row, sees) ? { ...rowFor(table, sees)(row), ...closedIn(table) } : null;

/**
 * The one way by which personal data leaves: decides class by class, records the disclosure, and only then opens.
 * What may not be seen, was erased, or was never recorded looks the same: null. So does what lies where it does not belong.
 */
export async function disclose(
  call: Call,
  about: ProtectedRecord,
  parts: readonly RowPart[],
  { route, purpose }: { route: string; purpose: string },
): Promise<Row> {
  const { actor, id, services, selected, standing } = call;
  const sees = seesOf(actor, about.belongsTo(id), standing);
  const visible = parts.filter(({ name, table, row }) => name === undefined || isAnyFor(table, row, sees));
  const contents = new Map(visible.map((each) => [each, { ...rowFor(each.table, sees)(each.row), ...closedIn(each.table) }]));
  const closed = (): Row => {
    const [base, ...sections] = parts.map((each) => [each.name, contents.get(each) ?? null] as const);
    return { ...base![1], ...Object.fromEntries(sections.map(([name, row]) => [name!, row])) };
  };
  const asked = visible.flatMap((each) => boxesIn(each, (path, dataClass) => sees(dataClass) && (selected?.has(path) ?? true)));
  if (asked.length === 0) return closed();
  const refuse = ({ in: { table }, property }: Box) =>
    services.alarms.refused({ stream: streamOf(about.of.name, id), table: table.table, column: property });
  // Whose data is shown here is told by the log: whoever can write to the tables could change both the box and the row.
  const { state } = await services.changes.states.current(about.of, id);
  const place = { stream: streamOf(about.of.name, id), subject: about.subject(state) };
  const seen = asked.filter((box) => belongsHere(box, place) || void refuse(box));
  if (seen.length === 0) return closed();
  const classes = [...new Set(seen.map((each) => each.class))].sort();
  const relations = standing.stands.map(({ relation }) => relation);
  const request = { subjects: [place.subject], classes, purpose, route, ...(relations.length > 0 && { relations }) };
  await services.commands.execute(new Change(access, id, recordDisclosure, request, actor, { commandId: uuidv4(), purpose }));
  for (const [{ in: within, property, part, many }, content] of await opened(call, seen, refuse)) {
    const columns = contents.get(within) as Record<string, unknown>;
    if (!many) columns[property] = content;
    else if (content) columns[property] = [...((columns[property] as object[]) ?? []), { fact: part.event, type: part.type, ...content }];
  }
  return closed();
}

/** The sealed parts in a row that are asked for. `isAsked`: by the path of the column, `screening.account` in a section. */
function boxesIn(of: RowPart, isAsked: (path: string, dataClass: PersonalClass) => boolean): Box[] {
  const { name, table, row } = of;
  return table.columns.flatMap(({ property, sealed, many = false }): Box[] => {
    if (!sealed || !isAsked(name === undefined ? property : `${name}.${property}`, sealed)) return [];
    // Whatever else stands there belongs nowhere, and is told.
    const there = [row[property]].flat().filter((part) => part !== null && part !== undefined) as SealedPart[];
    return there.map((part) => ({ in: of, property, part, class: sealed, many }));
  });
}

/** A part says itself where it was sealed, and is only believed as far as that is here. The box then proves it. */
const belongsHere = ({ part, class: dataClass }: Box, { stream, subject }: BoxOrigin): boolean =>
  part.stream === stream && part.subject === subject && part.class === dataClass && [part.event, part.type, part.sealed].every(isText);

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
