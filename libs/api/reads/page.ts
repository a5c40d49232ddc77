import { Field, ObjectType } from "@nestjs/graphql";
import { ApiProperty } from "@nestjs/swagger";
import { IsBoolean, IsIn, IsInt, IsString, Max, MaxLength, Min } from "class-validator";
import { IsId } from "#platform/values/ids.js";
import { Described } from "#kernel/described.js";
import { Optional } from "#platform/values/optional.js";
import { FromDigits, FromTruth } from "#platform/values/values.js";
import { IsDay } from "#platform/values/time.js";
import { shown, type Sees } from "#access/areas.js";
import { invalid } from "#platform/http/problem.js";
import { columnOf, tableOf, type ViewColumn } from "#projection/declare/columns.js";
import type { View } from "#projection/declare/view.js";
import { writeCursor } from "./cursor.js";

/** Rows of a page. */
export const pageSize = { usual: 50, most: 200, below: 10 };

type Row = Readonly<Record<string, unknown>>;

/** What a page is asked for: `first`, `after`, `sort`, and the columns that a list may be narrowed by. */
export type PageRequest = Readonly<Record<string, unknown>> & { readonly first?: number; readonly after?: string; readonly sort?: string };

/** What a list is read from, narrowed by and ordered by. */
export interface Listed {
  readonly view: View<any, any>;
  readonly filters: readonly string[];
  readonly sorts: readonly string[];
  /** What a time may be narrowed to a day by: the parameter, and the column. */
  readonly days?: Readonly<Record<string, string>>;
}

/** The parts of one question: what it is narrowed by, and the order it is read in. */
export interface Parts {
  readonly first: number;
  readonly sort: string;
  readonly by: ViewColumn;
  readonly narrowed: readonly (readonly [ViewColumn, unknown])[];
  /** Columns of times, each with its day. */
  readonly onDays: readonly (readonly [ViewColumn, string])[];
  readonly after: string | undefined;
}

/** What is asked for, by the columns that it concerns. `own`: a further column, with the one value that its rows may have. */
export const partsOf = ({ view, filters, sorts, days = {} }: Listed, asked: PageRequest, own?: readonly [string, string]): Parts => {
  const table = tableOf(view.row);
  const sort = asked.sort ?? sorts[0]!;
  const narrowed = [...filters.flatMap((each) => (asked[each] !== undefined ? [[each, asked[each]] as const] : [])), ...(own ? [own] : [])];
  return {
    first: asked.first ?? pageSize.usual,
    sort,
    by: columnOf(table, sort.replace("-", "")),
    after: asked.after,
    narrowed: narrowed.map(([property, value]) => [columnOf(table, property), value] as const),
    onDays: Object.entries(days).flatMap(([name, property]) =>
      asked[name] === undefined ? [] : [[columnOf(table, property), asked[name] as string] as const],
    ),
  };
};

/**
 * Whoever may not see a column learns nothing by narrowing or ordering a list by it: to her there is no such parameter.
 * @throws 400, in the words of a parameter that nobody has declared
 */
export function requireVisible({ view, filters, sorts, days = {} }: Listed, asked: PageRequest, sees: Sees): void {
  const table = tableOf(view.row);
  const isHidden = (property: string, value: unknown) =>
    property !== table.key && (shown(value, columnOf(table, property).area, sees) ?? null) === null;
  const unknown = [
    ...filters.filter((each) => asked[each] !== undefined && isHidden(each, asked[each])),
    ...Object.entries(days).flatMap(([name, property]) => (asked[name] !== undefined && isHidden(property, asked[name]) ? [name] : [])),
  ];
  const visible = sorts.filter((each) => !isHidden(each.replace("-", ""), true));
  if (!visible.includes(asked.sort ?? sorts[0]!))
    throw invalid([{ field: "sort", code: "isIn", message: `sort must be one of the following values: ${visible.join(", ")}` }]);
  if (unknown.length > 0)
    throw invalid(unknown.map((field) => ({ field, code: "whitelistValidation", message: `property ${field} should not exist` })));
}

/** The page that the rows are. */
export function pageFrom(list: Listed, asked: PageRequest, rows: readonly Row[]): { items: readonly Row[]; next: string | null } {
  const { first, sort, by } = partsOf(list, asked);
  const last = rows.length > first ? rows[first - 1] : undefined;
  const key = tableOf(list.view.row).key;
  return {
    items: rows.slice(0, first),
    next: last ? writeCursor({ sort, value: String(last[by.property]), key: String(last[key]) }) : null,
  };
}

/** The parameters of a list, as a class that validates them: made from the columns, so that they are written once. */
export function parametersOf(name: string, { view, filters, sorts, days = {} }: Listed): new () => object {
  const title = `${name[0]!.toUpperCase()}${name.slice(1)}Parameters`;
  const Parameters = { [title]: class {} }[title]!;
  const declare = (property: string, ...decorators: PropertyDecorator[]) => {
    for (const decorator of [Optional(), ...decorators]) decorator(Parameters.prototype as object, property);
  };
  const { key } = tableOf(view.row);
  for (const each of filters.map((name) => columnOf(tableOf(view.row), name)))
    declare(each.property, Described(`Only those with this: ${each.property}`), ...(each.property === key ? [IsId()] : checksOf(each)));
  for (const [each, property] of Object.entries(days)) declare(each, Described(`Only those with this day: ${property}`), IsDay());
  declare(
    "first",
    Described(`How many a page has; ${pageSize.usual}, below another row ${pageSize.below}, if not said`),
    FromDigits(),
    IsInt(),
    Min(1),
    Max(pageSize.most),
  );
  declare("after", Described("The `next` of the page before"), IsString(), MaxLength(500));
  declare("sort", Described("The order; the first is the usual one, `-`: downwards"), IsIn([...sorts]));
  return Parameters;
}

function checksOf({ type, codes }: ViewColumn): PropertyDecorator[] {
  if (type.startsWith("uuid")) return [IsId()];
  if (type === "boolean") return [FromTruth(), IsBoolean()];
  return codes ? [IsIn([...codes])] : [IsString(), MaxLength(100)];
}

/** `{ items, next }`, as a class that GraphQL and OpenAPI know. */
export function pageOf(view: View<any, any>, name: string): new () => object {
  const Page = { Page: class {} }.Page;
  Object.defineProperty(Page, "name", { value: `${name[0]!.toUpperCase()}${name.slice(1)}Page` });
  const prototype = Page.prototype as object;
  Field(() => [view.row], { description: "In the order that was asked for" })(prototype, "items");
  ApiProperty({ type: [view.row] })(prototype, "items");
  Field(() => String, { nullable: true, description: "Send it as `after` for the next page; null on the last one." })(prototype, "next");
  ApiProperty({ type: String, nullable: true })(prototype, "next");
  ObjectType(Page.name)(Page);
  return Page;
}
