import { allows, related, roleAllows, standsFully, type Permission } from "#access/decide.js";
import type { Sees } from "#access/areas.js";
import { seesOf } from "#access/record.js";
import { notAllowedOrUnknown, unavailable } from "#platform/http/problem.js";
import { tableOf } from "#projection/declare/columns.js";
import type { View } from "#projection/declare/view.js";
import { reached } from "../access/standings.js";
import type { Call } from "../operations/operation.js";
import { closedIn, rowFor } from "./disclosure.js";
import { pageFrom, type Listed, type PageRequest } from "./page.js";
import { pageStatement, type PageScope } from "./page-statement.js";

// Which rows of a list are for whom.

type Row = Readonly<Record<string, unknown>>;
type Asking = Pick<Call, "actor" | "services">;

/**
 * What the list is cut from for this person: her own shelter's rows where she may see no others; else what concerns records to which she
 * stands. Walls keep her from both. @throws 404 where there is no such shelter or organisation
 */
export function scopeOf({ view }: Listed, permission: Permission, { actor, services }: Asking): PageScope {
  const { zone } = services.changes;
  const { concerns: [concerned] = [], rows: { house: shelterIn, organisation: organisationIn } = {} } = tableOf(view.row);
  const whole =
    concerned !== undefined && services.standings.concerns({ name: concerned })
      ? services.standings.narrowing(concerned, actor)
      : undefined;
  const isAll = allows(actor, permission, {}, reached);
  const isOfHerHouse = shelterIn !== undefined && Boolean(actor.shelter) && roleAllows(actor, permission, actor);
  if (!isAll && !isOfHerHouse) throw notAllowedOrUnknown();
  const isRelated = concerned !== undefined && services.standings.recordOf(concerned)?.belongsTo("") === related;
  const narrowing = whole && { ...whole, all: whole.all || !isAll || !isRelated };
  if (organisationIn && !actor.organisation) throw notAllowedOrUnknown();
  const own: readonly [string, string] | undefined = !isAll
    ? [shelterIn!, actor.shelter!]
    : organisationIn === undefined
      ? undefined
      : [organisationIn, actor.organisation!];
  return { zone, own, narrowing };
}

/** The tables that a list is narrowed by, as views. */
export function relationsOf({ view }: Pick<Listed, "view">, { services: { standings } }: Asking): readonly View[] {
  const [concerned] = tableOf(view.row).concerns ?? [];
  return standings.relations.flatMap((each) => (each.to === concerned ? [each.view] : []));
}

/**
 * The rows to which she still stands: where a fact has taken somebody's relation to a record away, and the tables do not hold it yet, the
 * record itself is asked. @throws 503 where it cannot be known
 */
export async function stillReached(
  { view }: Listed,
  { narrowing }: PageScope,
  { actor, services }: Asking,
  rows: readonly Row[],
): Promise<readonly Row[]> {
  const table = tableOf(view.row);
  if (!narrowing) return rows;
  const { standings, revocations, changes } = services;
  const [aggregate, property] = table.concerns!;
  const told = standings.relations.flatMap(({ to, types }) => (to === aggregate ? types : []));
  const written = told.map((each) => changes.written.get(each) ?? -1n).reduce((last, each) => (each > last ? each : last), -1n);
  if (!(await revocations.knows(written))) throw unavailable();
  const { of, keptOutBy } = standings.recordOf(aggregate)!;
  const isReached = async (record: string) => {
    // The tables do not hold the walls of other records that it names.
    if (!keptOutBy && !revocations.isDoubtful(record)) return true;
    const standing = await standings.of(of, record, actor);
    return standing !== null && (narrowing.all ? !standing.barred : standsFully(standing));
  };
  const shown = await Promise.all(rows.map((row) => isReached(String(row[property]))));
  return rows.filter((_, index) => shown[index]);
}

/** Each row as the person may see it: the rows of a page may belong to different shelters. Nothing that is sealed is opened in a list. */
export function rowsFor({ view }: Listed, { actor }: Pick<Asking, "actor">) {
  const table = tableOf(view.row);
  const shelterIn = table.rows?.house;
  const closed = closedIn(table);
  const same = shelterIn === undefined && rowFor(table, seesOf(actor, {}, reached));
  const shown = (row: Row) => (same ? same(row) : rowFor(table, seesOf(actor, { shelter: row[shelterIn!] as string }, reached))(row));
  return (row: Row) => ({ ...shown(row), ...closed });
}

/** What somebody may narrow or order a list by: of her own house's rows, what she sees there. */
export const seesIn = ({ view }: Listed, { own }: PageScope, { actor }: Pick<Asking, "actor">): Sees =>
  seesOf(actor, own !== undefined && own[0] === tableOf(view.row).rows?.house ? { shelter: own[1] } : {}, reached);

/** A page as this person may see it. */
export async function pageIn(listed: Listed, asked: PageRequest, scope: PageScope, call: Asking): Promise<Page> {
  const { rows, standings } = call.services;
  const page = pageFrom(listed, asked, await rows.page(pageStatement(listed, asked, scope), standings.reader(call.actor)));
  return shownPage(listed, page, scope, call);
}

interface Page {
  readonly items: readonly Row[];
  readonly next: string | null;
}

/** Of the rows of a page, those to which she still stands, each as she may see it. */
export async function shownPage(listed: Listed, page: Page, scope: PageScope, call: Asking): Promise<Page> {
  const items = await stillReached(listed, scope, call, page.items);
  return { ...page, items: items.map(rowsFor(listed, call)) };
}
