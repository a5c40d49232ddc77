import { ApiProperty } from "@nestjs/swagger";
import type { OperationPermission } from "#access/decide.js";
import { purposeOf } from "#access/purpose.js";
import type { ProtectedRecord } from "#access/record.js";
import { inAnAddress } from "#platform/values/addresses.js";
import { isUuid } from "#platform/values/ids.js";
import { malformed, notAllowedOrUnknown, notYetConsistent } from "#platform/http/problem.js";
import { tableOf } from "#projection/declare/columns.js";
import { viewName, type Sections, type View } from "#projection/declare/view.js";
import { disclose } from "./disclosure.js";
import type { Answer, Answered, Call, IdIn } from "../operations/operation.js";
import { pageOf, parametersOf, requireVisible, type Listed, type PageRequest } from "./page.js";
import { pageIn, relationsOf, scopeOf, seesIn } from "./scope.js";

type Narrowing<T> = NonNullable<T> extends string | boolean | readonly string[] ? true : false;
/** Columns that a list may be narrowed by: texts and codes, flags, lists of codes. What is sealed or a structure is nothing to narrow by. */
export type Filters<Row> = { [Name in keyof Row & string]: Narrowing<Row[Name]> extends true ? Name : never }[keyof Row & string];
/** A page is ordered by a text, a time or a number: rows where it is null are not in the page. */
type Ordered<Row> = { [Name in keyof Row & string]: Row[Name] extends string | number | null ? Name : never }[keyof Row & string];
export type Sorts<Row> = Ordered<Row> | `-${Ordered<Row>}`;

interface ListOptions<Row> {
  /** GraphQL field, such as `teamMembers`; in REST, `/v1/team-members`. */
  readonly name: string;
  readonly permission: OperationPermission;
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
  readonly permission: OperationPermission;
  /** What of the record its topics keep in tables of their own. */
  readonly sections?: Sections;
}

/** One record, and what it is composed of. */
export interface Composed extends Answered {
  readonly view: View<any, any>;
  readonly sections: Sections;
}

/** What is so of every section. */
export const sectionDescription =
  "Null where nothing of it was told, or nothing is for you, and in live updates. In a list nothing personal of it is opened";

/** Makes the sections known to OpenAPI. @throws where one has the name of a column */
function declareSections({ row }: View<any, any>, sections: Sections): void {
  for (const [name, section] of Object.entries(sections)) {
    if (tableOf(row).columns.some(({ property }) => property === name)) throw new Error(`${row.name} has a column ${name}`);
    const where = `${sectionDescription}. By REST, in the answer of one record alone.`;
    ApiProperty({ type: section.row, nullable: true, required: false, description: where })(row.prototype as object, name);
  }
}

/** One row of a view by its record's id, with its sections, as one may see it, the sealed parts opened as far as that goes. */
export function one(about: ProtectedRecord, view: View<any, any>, { name, path, permission, sections = {} }: OneOptions): Composed {
  declareSections(view, sections);
  return {
    view,
    sections,
    name,
    kind: "query",
    path: `/${path}/{id}`,
    summary: `one ${name}`,
    tag: path,
    returns: view.row,
    permission,
    about,
    run: async (call): Promise<Answer> => {
      const asked = Object.fromEntries(Object.entries(sections).filter(([section]) => call.selected?.has(section) ?? true));
      const views = [view, ...Object.values(asked)];
      await consistent(call, ...views, ...relationsOf({ view }, call));
      const reader = call.services.standings.reader(call.actor);
      const read = () => call.services.rows.one(view, call.id, reader, asked);
      const row = (await read()) ?? (await onceToldOf(about, views, call, read));
      if (!row) throw notAllowedOrUnknown();
      const parts = Object.entries(asked).map(([section, { row: of }]) => ({
        name: section,
        table: tableOf(of),
        row: row[section] as Row | null,
      }));
      const body = await disclose(call, about, { table: tableOf(view.row), row }, parts, {
        route: name,
        purpose: purposeOf(call.actor.role, permission.purposes)!,
      });
      return { body, ...(typeof row["revision"] === "number" && { revision: BigInt(row["revision"]) }) };
    },
  };
}

type Row = Readonly<Record<string, unknown>>;

/**
 * The log has let her in, and the tables have not: they may not have been told yet of the record, or of how she stands to it. Null where they
 * have been. @throws 503 where that takes too long
 */
async function onceToldOf(
  about: ProtectedRecord,
  asked: readonly View<any, any>[],
  call: Call,
  read: () => Promise<Row | null>,
): Promise<Row | null> {
  const { standings, progress } = call.services;
  const last = standings.lastTold(about.of, call.id, call.actor);
  if (last === null || !standings.concerns(about.of)) return null;
  const views = [...asked, ...relationsOf({ view: asked[0]! }, call)].map(viewName);
  if (progress.lowest(views) < last && !(await progress.reached(views, last))) throw notYetConsistent();
  return read();
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
