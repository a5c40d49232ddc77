import { allows, type Permission } from "#access/decide.js";
import type { OfPurpose } from "#access/purpose.js";
import { seesOf, type ProtectedRecord } from "#access/record.js";
import { isUuid } from "#platform/values/ids.js";
import { malformed, notAllowedOrUnknown, notYetConsistent } from "#platform/http/problem.js";
import { tableOf } from "#projection/declare/columns.js";
import { viewName, type View } from "#projection/declare/view.js";
import { disclose, rowFor } from "./disclosure.js";
import type { Answer, Answered, Call, IdIn } from "../operations/operation.js";
import { pageFrom, pageOf, pageStatement, parametersOf, requireVisible, type Listed } from "./page.js";

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
  /**
   * Column that tells which shelter a row belongs to: who may only see her own sees the list narrowed to it. Left out: the rows are no
   * shelter's, and no cell for one's own opens them.
   */
  readonly shelterIn?: IdIn<Row>;
}

/** A list, and what it is read from. */
export interface Paged extends Answered {
  readonly listed: Listed & { readonly shelterIn?: string };
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
    ...(rest.shelterIn && { narrowed: true }),
    run: async (call) => {
      const own = ownOf(listed, permission, call);
      const asked = call.input as Record<string, unknown>;
      requireVisible(listed, asked, seesOf(call.actor, own ? { shelter: own[1] } : {}));
      await consistent(call, view);
      const page = pageFrom(listed, asked, await call.services.rows.page(pageStatement(listed, asked, call.services.changes.zone, own)));
      return { body: { ...page, items: page.items.map(rowsFor(listed, call)) } };
    },
  };
}

/** What the list is narrowed to for who may only see her own shelter's. @throws 404 where there is no such shelter */
function ownOf({ shelterIn }: Paged["listed"], permission: Permission, { actor }: Call): readonly [string, string] | undefined {
  if (allows(actor, permission)) return undefined;
  if (!shelterIn || !actor.shelter) throw notAllowedOrUnknown();
  return [shelterIn, actor.shelter];
}

/** Each row as the person may see it: the rows of a page may belong to different shelters. */
function rowsFor({ view, shelterIn }: Paged["listed"], { actor }: Call) {
  const table = tableOf(view.row);
  const same = shelterIn === undefined && rowFor(table, seesOf(actor, {}));
  return (row: Readonly<Record<string, unknown>>) =>
    same ? same(row) : rowFor(table, seesOf(actor, { shelter: row[shelterIn!] as string }))(row);
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
      await consistent(call, view);
      const row = await call.services.rows.one(view, call.id);
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
