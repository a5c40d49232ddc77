import { utc } from "#platform/values/time.js";
import type { ViewTable } from "../declare/columns.js";

type ValueChange = (value: string) => string;

/** Times as `expressionOf` reads them back. */
const isMoment = (text: string): boolean => text.length === 24 && text.endsWith("Z");
const changes: Readonly<Record<string, ValueChange>> = {
  uuid: (id) => id.toLowerCase(),
  timestamptz: (time) => (isMoment(time) ? time : utc(time)),
};
const changing = new WeakMap<ViewTable, readonly (readonly [string, ValueChange])[]>();

const changingOf = (table: ViewTable) => {
  const known = changing.get(table);
  if (known) return known;
  const found = table.columns.flatMap(({ property, type }) => {
    const change = changes[type.replace("[]", "")];
    return change ? [[property, change] as const] : [];
  });
  changing.set(table, found);
  return found;
};

/**
 * A row as Postgres gives it back, whatever a handler made of it: ids in lower case, times in UTC to the millisecond. It is folded further
 * in memory, and held against the table, and must be one row there and here.
 */
export function asKept(table: ViewTable, row: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  let changed: Record<string, unknown> | undefined;
  for (const [property, change] of changingOf(table)) {
    const before = row[property];
    if (typeof before !== "string" && !Array.isArray(before)) continue;
    const isSame = typeof before === "string" ? change(before) === before : before.every((each: string) => change(each) === each);
    if (!isSame) (changed ??= { ...row })[property] = typeof before === "string" ? change(before) : before.map(change);
  }
  return changed ?? row;
}
