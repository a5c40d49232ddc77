import { Field, ObjectType } from "@nestjs/graphql";
import { ApiProperty } from "@nestjs/swagger";
import { Type } from "class-transformer";
import { IsIn, IsInt, IsOptional, IsString, IsUUID, Max, MaxLength, Min } from "class-validator";
import { allows, type Owner, type Permission } from "#access/decide.js";
import { malformed, notAllowedOrUnknown, notYetConsistent } from "#platform/problem.js";
import { expressionOf, selectList } from "#projection/rows.js";
import { tableOf, type ViewColumn } from "#projection/columns.js";
import { viewName, type View } from "#projection/view.js";
import { isUuid } from "./envelope.js";
import { readCursor, writeCursor } from "./cursor.js";
import { disclose } from "./disclosure.js";
import type { Answer, Call, Operation } from "./operation.js";

interface ListOptions {
  /** GraphQL field and REST path, such as `consents`. */
  readonly name: string;
  readonly permission: Permission;
  /** Columns that a list may be narrowed by. */
  readonly filters: readonly string[];
  /** Columns that a list may be ordered by, `-` before one for the newest first; the first is the default. Each needs an index. */
  readonly sorts: readonly string[];
  /** Column that tells whose shelter a row is about: who may only see her own sees the list narrowed to it. */
  readonly shelterIn?: string;
}

const pageSize = { usual: 50, most: 200 };

/** A keyset page of a view, over an index: the same cost wherever the page lies. */
export function list(view: View<any, any>, { name, permission, filters, sorts, shelterIn }: ListOptions): Operation {
  const table = tableOf(view.row);
  const columns = filters.map((property) => table.columns.find((each) => each.property === property)!);
  const own = table.columns.find(({ property }) => property === shelterIn);
  return {
    name,
    kind: "query",
    path: `/${name}`,
    summary: `a page of ${name}`,
    tag: name,
    input: parametersOf(name, columns, sorts),
    returns: pageOf(view, name),
    permission,
    run: async (call) => {
      await consistent(call, view);
      if (allows(call.actor, permission)) return { body: await readPage(call, view, columns, sorts) };
      return { body: await readPage(call, view, columns, sorts, [own!, call.actor.shelter!]) };
    },
  };
}

interface OneOptions {
  readonly name: string;
  readonly path: string;
  readonly permission: Permission;
  readonly purpose: string;
  readonly ownedBy?: (id: string) => Owner;
}

/** One row of a view by its id, its sealed parts opened as far as one may see them. */
export function one(view: View<any, any>, { name, path, permission, purpose, ownedBy }: OneOptions): Operation {
  const table = tableOf(view.row);
  return {
    name,
    kind: "query",
    path: `/${path}/{id}`,
    summary: `one ${name}`,
    tag: path,
    returns: view.row,
    permission,
    about: view.of,
    ...(ownedBy && { ownedBy }),
    run: async (call): Promise<Answer> => {
      await consistent(call, view);
      const text = `select ${selectList(table)}, stale_since is not null as stale from "${table.table}" where "${table.columns.find(({ property }) => property === table.key)!.column}" = $1`;
      const [row] = (await call.services.source.query(text, [call.id])) as Record<string, unknown>[];
      if (!row) throw notAllowedOrUnknown();
      const body = await disclose(call, table, row, { kind: view.of.name, route: name, purpose });
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

async function readPage(
  { input, services }: Call,
  view: View<any, any>,
  filters: readonly ViewColumn[],
  sorts: readonly string[],
  only?: readonly [ViewColumn, string],
): Promise<object> {
  const asked = input as Record<string, unknown> & { first?: number; after?: string; sort?: string };
  const table = tableOf(view.row);
  const first = asked.first ?? pageSize.usual;
  const sort = asked.sort ?? sorts[0]!;
  const descending = sort.startsWith("-");
  const by = table.columns.find(({ property }) => property === sort.replace("-", ""))!;
  const key = table.columns.find(({ property }) => property === table.key)!;
  const values: unknown[] = [];
  const where = filters
    .filter(({ property }) => asked[property] !== undefined)
    .map(({ column, property, type }) =>
      type.endsWith("[]") ? `$${values.push(asked[property])} = any("${column}")` : `"${column}" = $${values.push(asked[property])}`,
    );
  if (only) where.push(`"${only[0].column}" = $${values.push(only[1])}`);
  if (asked.after !== undefined) {
    const cursor = readCursor(asked.after, sort);
    const place = `($${values.push(cursor.value)}::${by.type}, $${values.push(cursor.key)}::${key.type})`;
    where.push(`("${by.column}", "${key.column}") ${descending ? "<" : ">"} ${place}`);
  }
  const direction = descending ? "desc" : "asc";
  const text = `select ${selectList({ ...table, columns: table.columns.filter(({ sealed }) => !sealed) })}, ${expressionOf(by.type, by.column)} as sort_, stale_since is not null as stale
    from "${table.table}" ${where.length > 0 ? `where ${where.join(" and ")}` : ""}
    order by "${by.column}" ${direction}, "${key.column}" ${direction} limit ${first + 1}`;
  const rows = (await services.source.query(text, values)) as (Record<string, unknown> & { sort_: unknown })[];
  const last = rows.length > first ? rows[first - 1] : undefined;
  const items = rows.slice(0, first).map(({ sort_, ...row }) => row);
  return { items, next: last ? writeCursor({ sort, value: last.sort_, key: String(last[table.key]) }) : null };
}

/** The parameters of a list, as a class that validates them: made from the columns, so that they are written once. */
function parametersOf(name: string, filters: readonly ViewColumn[], sorts: readonly string[]): new () => object {
  const Parameters = { [`${name}Parameters`]: class {} }[`${name}Parameters`]!;
  const declare = (property: string, ...decorators: PropertyDecorator[]) => {
    for (const decorator of [IsOptional(), ...decorators]) decorator(Parameters.prototype as object, property);
  };
  for (const { property, type } of filters)
    declare(
      property,
      ...(type.startsWith("uuid") ? [IsUUID()] : type === "boolean" ? [IsIn(["true", "false"])] : [IsString(), MaxLength(100)]),
    );
  declare(
    "first",
    Type(() => Number),
    IsInt(),
    Min(1),
    Max(pageSize.most),
  );
  declare("after", IsString(), MaxLength(500));
  declare("sort", IsIn([...sorts]));
  return Parameters;
}

function pageOf(view: View<any, any>, name: string): new () => object {
  const Page = { Page: class {} }.Page;
  Object.defineProperty(Page, "name", { value: `${name[0]!.toUpperCase()}${name.slice(1)}Page` });
  const prototype = Page.prototype as object;
  Field(() => [view.row])(prototype, "items");
  ApiProperty({ type: [view.row] })(prototype, "items");
  Field(() => String, { nullable: true, description: "Send it as `after` for the next page; null on the last one." })(prototype, "next");
  ApiProperty({ type: String, nullable: true })(prototype, "next");
  ObjectType(Page.name)(Page);
  return Page;
}

/** An id in a path: what is no id names nothing. */
export function requireId(id: string): void {
  if (!isUuid(id)) throw malformed("id", "a UUID");
}
