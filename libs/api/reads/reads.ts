import type { Permission } from "#access/decide.js";
import type { OfPurpose } from "#access/purpose.js";
import type { ProtectedRecord } from "#access/record.js";
import { inAnAddress } from "#platform/values/addresses.js";
import { isUuid } from "#platform/values/ids.js";
import { malformed, notAllowedOrUnknown, notYetConsistent } from "#platform/http/problem.js";
import { tableOf } from "#projection/declare/columns.js";
import { viewName, type View } from "#projection/declare/view.js";
import { disclose } from "./disclosure.js";
import type { Answer, Answered, Call, IdIn } from "../operations/operation.js";
import { pageOf, parametersOf, requireVisible, type Listed, type PageRequest } from "./page.js";
import { pageIn, relationsOf, scopeOf, seesIn } from "./scope.js";

type Narrowing<T> = NonNullable<T> extends string | boolean | readonly string[] ? true : false;
/** Columns that a list may be narrowed by: texts and codes, flags, lists of codes. What is sealed or a structure is nothing to narrow by. */
export type Filters<Row> = { [Name in keyof Row & string]: Narrowing<Row[Name]> extends true ? Name : never }[keyof Row & string];
/** A page is ordered by what every row has: a null has no place in a keyset. */
type Ordered<Row> = { [Name in keyof Row & string]: Row[Name] extends string | number ? Name : never }[keyof Row & string];
export type Sorts<Row> = Ordered<Row> | `-${Ordered<Row>}`;

interface ListOptions<Row> {
  /** GraphQL field, such as `teamMembers`; in REST, `/v1/team-members`. */
  readonly name: string;
  readonly permission: Permission;
  /** Columns that a list may be narrowed by. */
  readonly filters: readonly Filters<Row>[];
  /** Parameters by which a column of times is narrowed to one day: `{ openedOn: "openedAt" }`. */
  readonly days?: Readonly<Record<string, Filters<Row>>>;
  /** Columns that a list may be ordered by, `-` before one for the newest first; the first is the default. Each needs an index. */
  readonly sorts: readonly [Sorts<Row>, ...Sorts<Row>[]];
  /** Below which rows it hangs: a column that names one, and the views of which it is one. `{ caseId: () => [caseView] }` */
  readonly below?: { readonly [Name in IdIn<Row>]?: () => readonly View<any, any>[] };
}

/** A list, and what it is read from. */
export interface Paged extends Answered {
  readonly listed: Listed & { readonly below?: Readonly<Record<string, (() => readonly View<any, any>[]) | undefined>> };
}

/** A keyset page of a view, over an index: the same cost wherever the page lies. */
export function list<Row extends object>(view: View<Row, any>, { name, permission, ...rest }: ListOptions<NoInfer<Row>>): Paged {
  const listed = { view, ...rest };
  return {
    listed,
    name,
    kind: "query",
    path: `/${inAnAddress(name)}`,
    summary: `a page of ${name}`,
    tag: name,
    input: parametersOf(name, listed),
    returns: pageOf(view, name),
    permission,
    ...(tableOf(view.row).rows?.house !== undefined && { narrowed: true }),
    run: async (call) => {
      const asked = call.input as PageRequest;
      const scope = scopeOf(listed, permission, call);
      requireVisible(listed, asked, seesIn(listed, scope, call));
      await consistent(call, view, ...relationsOf(listed, call));
      return { body: await pageIn(listed, asked, scope, call) };
    },
  };
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
      const reader = call.services.standings.reader(call.actor);
      const row = (await call.services.rows.one(view, call.id, reader)) ?? (await onceToldOf(about, view, call));
      if (!row) throw notAllowedOrUnknown();
      const body = await disclose(call, about, table, row, { route: name, purpose });
      return { body, ...(typeof row["revision"] === "number" && { revision: BigInt(row["revision"]) }) };
    },
  };
}

/**
 * The log has let her in, and the tables have not: they may not have been told yet of the record, or of how she stands to it. Null where they
 * have been. @throws 503 where that takes too long
 */
async function onceToldOf(about: ProtectedRecord, view: View<any, any>, call: Call): Promise<Readonly<Record<string, unknown>> | null> {
  const { standings, progress, rows } = call.services;
  const last = standings.lastTold(about.of, call.id, call.actor);
  if (last === null || !standings.concerns(about.of)) return null;
  const views = [view, ...relationsOf({ view }, call)].map(viewName);
  if (progress.lowest(views) >= last) return rows.one(view, call.id, standings.reader(call.actor));
  if (!(await progress.reached(views, last))) throw notYetConsistent();
  return rows.one(view, call.id, standings.reader(call.actor));
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
