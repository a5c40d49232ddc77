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

interface Box {
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

/**
 * The one way by which personal data leaves: decides class by class, records the disclosure, and only then opens.
 * What may not be seen, was erased, or was never recorded looks the same: null. So does what lies where it does not belong.
 */
export async function disclose(
  call: Call,
  about: ProtectedRecord,
  table: ViewTable,
  row: Row,
  { route, purpose }: { route: string; purpose: string },
): Promise<Row> {
  const { actor, id, services, selected, standing } = call;
  const sees = seesOf(actor, about.belongsTo(id), standing);
  const sealed = table.columns.filter((each) => each.sealed);
  const closed = { ...rowFor(table, sees)(row), ...Object.fromEntries(sealed.map(({ property }) => [property, null])) };
  const asked = sealed.flatMap(({ property, sealed: dataClass, many = false }): Box[] => {
    // Whatever else stands there belongs nowhere, and is told.
    const parts = [row[property]].flat().filter((part) => part !== null && part !== undefined) as SealedPart[];
    return sees(dataClass!) && (selected?.has(property) ?? true) ? parts.map((part) => ({ property, part, class: dataClass!, many })) : [];
  });
  if (asked.length === 0) return closed;
  const refuse = ({ property }: Box) =>
    services.alarms.refused({ stream: streamOf(about.of.name, id), table: table.table, column: property });
  // Whose data is shown here is told by the log: whoever can write to the tables could change both the box and the row.
  const { state } = await services.changes.states.current(about.of, id);
  const place = { stream: streamOf(about.of.name, id), subject: about.subject(state) };
  const seen = asked.filter((box) => belongsHere(box, place) || void refuse(box));
  if (seen.length === 0) return closed;
  const classes = [...new Set(seen.map((each) => each.class))].sort();
  const relations = standing.stands.map(({ relation }) => relation);
  const request = { subjects: [place.subject], classes, purpose, route, ...(relations.length > 0 && { relations }) };
  await services.commands.execute(new Change(access, id, recordDisclosure, request, actor, { commandId: uuidv4(), purpose }));
  return { ...closed, ...columnsOf(await opened(call, seen, refuse)) };
}

/** What was opened, each in its column. */
function columnsOf(contents: readonly (readonly [Box, object | null])[]): Row {
  const columns: Record<string, unknown> = {};
  for (const [{ property, part, many }, content] of contents) {
    if (!many) columns[property] = content;
    else if (content) columns[property] = [...((columns[property] as object[]) ?? []), { fact: part.event, type: part.type, ...content }];
  }
  return columns;
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
