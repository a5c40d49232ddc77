import { isDeepStrictEqual } from "node:util";

/** What one place of a state held before, and holds after; what is left out was, or is, not there. */
export interface Difference {
  readonly before?: unknown;
  readonly after?: unknown;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * Where two states differ, by the path of the smallest part that does: `placement.current`, `consents.0.status`. So whoever reads what happened
 * is told the difference, and not both wholes.
 */
export function differences(before: unknown, after: unknown, path = ""): Readonly<Record<string, Difference>> {
  if (isDeepStrictEqual(before, after)) return {};
  const within = (name: string | number) => (path === "" ? String(name) : `${path}.${name}`);
  if (Array.isArray(before) && Array.isArray(after)) {
    const places = Array.from({ length: Math.max(before.length, after.length) }, (_, place) => place);
    return Object.assign({}, ...places.map((place) => differences(before[place], after[place], within(place))));
  }
  if (isObject(before) && isObject(after)) {
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return Object.assign({}, ...names.map((name) => differences(before[name], after[name], within(name))));
  }
  return { [path]: { ...(before !== undefined && { before }), ...(after !== undefined && { after }) } };
}
