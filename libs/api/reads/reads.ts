import { allows, related, type Permission } from "#access/decide.js";
import type { OfPurpose } from "#access/purpose.js";
import { seesOf, type ProtectedRecord } from "#access/record.js";
import { isUuid } from "#platform/values/ids.js";
import { malformed, notAllowedOrUnknown, notYetConsistent, unavailable } from "#platform/http/problem.js";
import { tableOf } from "#projection/declare/columns.js";
import { viewName, type View } from "#projection/declare/view.js";
import { reached } from "../access/standings.js";
import { disclose, rowFor } from "./disclosure.js";
import type { Answer, Answered, Call } from "../operations/operation.js";
import { pageFrom, pageOf, pageStatement, parametersOf, requireVisible, type Listed, type PageScope } from "./page.js";

type Narrowing<T> = NonNullable<T> extends string | boolean | readonly string[] ? true : false;
/** Columns that a list may be narrowed by: texts and codes, flags, lists of codes. What is sealed or a structure is nothing to narrow by. */
export type Filters<Row> = { [Name in keyof Row & string]: Narrowing<Row[Name]> extends true ? Name : never }[keyof Row & string];
/** A page is ordered by what every row has: a null has no place in a keyset. */
type Ordered<Row> = { [Name in keyof Row & string]: Row[Name] extends string | number ? Name : never }[keyof Row & string];
export type Sorts<Row> = Ordered<Row> | `-${Ordered<Row>}`;

interface ListOptions<Row> {
  /** GraphQL field and REST path, such as `consents`. */
  readonly name: string;
  readonly permission: Permission;
  /** Columns that a list may be narrowed by. */
  readonly filters: readonly Filters<Row>[];
  /** Parameters by which a column of times is narrowed to one day: `{ openedOn: "openedAt" }`. */
  readonly days?: Readonly<Record<string, Filters<Row>>>;
  /** Columns that a list may be ordered by, `-` before one for the newest first; the first is the default. Each needs an index. */
  readonly sorts: readonly [Sorts<Row>, ...Sorts<Row>[]];
}

type Row = Readonly<Record<string, unknown>>;

/** A list, and what it is read from. */
export interface Paged extends Answered {
  readonly listed: Listed;
}

/** A keyset page of a view, over an index: the same cost wherever the page lies. */
export function list<Row extends object>(view: View<Row, any>, { name, permission, ...rest }: ListOptions<NoInfer<Row>>): Paged {
  const listed = { view, ...rest };
  return {
    listed,
    name,
    kind: "query",
    path: `/${name}`,
    summary: `a page of ${name}`,
    tag: name,
    input: parametersOf(name, listed),
    returns: pageOf(view, name),
    permission,
    ...(tableOf(view.row).rows?.house !== undefined && { narrowed: true }),
    run: async (call) => {
      const scope = scopeOf(listed, permission, call);
      const asked = call.input as Record<string, unknown>;
      const own = scope.own?.[0] === tableOf(view.row).rows?.house ? { shelter: scope.own?.[1] } : {};
      requireVisible(listed, asked, seesOf(call.actor, own, reached));
      await consistent(call, view, ...relationsOf(listed, call));
      const page = pageFrom(
        listed,
        asked,
        await call.services.rows.page(pageStatement(listed, asked, scope), call.services.standings.reader(call.actor)),
      );
      const items = await stillReached(listed, scope, call, page.items);
      return { body: { ...page, items: items.map(rowsFor(listed, call)) } };
    },
  };
}

/**
 * What the list is cut from for this person: her own shelter's rows where she may see no others; else what concerns records to which she
 * stands. Walls keep her from both. @throws 404 where there is no such shelter or organisation
 */
function scopeOf({ view }: Listed, permission: Permission, { actor, services }: Call): PageScope {
  const { zone } = services.changes;
  const { concerns: [concerned] = [], rows: { house: shelterIn, organisation: organisationIn } = {} } = tableOf(view.row);
  const whole =
    concerned !== undefined && services.standings.concerns({ name: concerned })
      ? services.standings.narrowing(concerned, actor)
      : undefined;
  const isAll = allows(actor, permission, {}, reached);
  if (!isAll && (!shelterIn || !actor.shelter)) throw notAllowedOrUnknown();
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
function relationsOf({ view }: Pick<Listed, "view">, { services: { standings } }: Call): readonly View[] {
  const [concerned] = tableOf(view.row).concerns ?? [];
  return standings.relations.flatMap((each) => (each.to === concerned ? [each.view] : []));
}

/**
 * The rows to which she still stands: where a fact has taken somebody's relation to a record away, and the tables do not hold it yet, the
 * record itself is asked. @throws 503 where it cannot be known
 */
async function stillReached(
  { view }: Listed,
  { narrowing }: PageScope,
  { actor, services }: Call,
  rows: readonly Row[],
): Promise<readonly Row[]> {
  const table = tableOf(view.row);
  if (!narrowing) return rows;
  const { standings, revocations, changes } = services;
  const [aggregate, property] = table.concerns!;
  const told = [...new Set(standings.relations.flatMap(({ to, of }) => (to === aggregate ? [of.name] : [])))];
  const written = told.map((each) => changes.written.get(each) ?? -1n).reduce((last, each) => (each > last ? each : last), -1n);
  if (!(await revocations.knows(written))) throw unavailable();
  const { of } = standings.recordOf(aggregate)!;
  const isReached = async (record: string) => {
    if (!revocations.isDoubtful(record)) return true;
    const standing = await standings.of(of, record, actor);
    return standing !== null && !standing.barred && (narrowing.all || standing.stands.length > 0);
  };
  const shown = await Promise.all(rows.map((row) => isReached(String(row[property]))));
  return rows.filter((_, index) => shown[index]);
}

/** Each row as the person may see it: the rows of a page may belong to different shelters. */
function rowsFor({ view }: Listed, { actor }: Call) {
  const table = tableOf(view.row);
  const shelterIn = table.rows?.house;
  const same = shelterIn === undefined && rowFor(table, seesOf(actor, {}, reached));
  return (row: Row) => (same ? same(row) : rowFor(table, seesOf(actor, { shelter: row[shelterIn!] as string }, reached))(row));
}

interface OneOptions {
  readonly name: string;
  readonly path: string;
  readonly permission: Permission;
  readonly purpose: OfPurpose;
}

/** One row of a view by its record's id, as one may see it, its sealed parts opened as far as that goes. */
export function one(about: ProtectedRecord, view: View<any, any>, { name, path, permission, purpose }: OneOptions): Answered {
  const table = tableOf(view.row);
  return {
    name,
    kind: "query",
    path: `/${path}/{id}`,
    summary: `one ${name}`,
    tag: path,
    returns: view.row,
    permission,
    about,
    run: async (call): Promise<Answer> => {
      await consistent(call, view, ...relationsOf({ view }, call));
      const row = await call.services.rows.one(view, call.id, call.services.standings.reader(call.actor));
      if (!row) throw notAllowedOrUnknown();
      const body = await disclose(call, about, table, row, { route: name, purpose });
      return { body, ...(typeof row["revision"] === "number" && { revision: BigInt(row["revision"]) }) };
    },
  };
}

/** Waits, holding no connection, until the view has what `Consistent-After` names. */
export async function consistent({ envelope: { after }, services }: Call, ...views: readonly View<any, any>[]): Promise<void> {
  if (after === undefined) return;
  if (await services.progress.reached(views.map(viewName), after)) return;
  throw notYetConsistent();
}

/** An id in a path: what is no id names nothing. */
export function requireId(id: string): void {
  if (!isUuid(id)) throw malformed("id", "a UUID");
}
