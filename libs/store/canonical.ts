import canonicalize from "canonicalize";

/**
 * The canonical form of a JSON value (RFC 8785). Most values are sorted and written by the engine itself, because verifying
 * a fact is mostly this (`npm run bench -- canonical`); what the engine would order or write otherwise is left to the library.
 * @throws where something is no JSON
 */
export function canonical(value: object): string {
  const plain = sorted(value);
  const text = plain === undefined ? undefined : JSON.stringify(plain);
  // Half a surrogate pair is written as an escape, which the library refuses.
  return text === undefined || text.includes("\\ud") ? canonicalize(value)! : text;
}

/** An array's index, which an object puts before its other keys whatever the order they come in; and what would set no key at all. */
const isOrderedOtherwise = (key: string): boolean => (key >= "0" && key < ":" && /^\d{1,10}$/.test(key)) || key === "__proto__";

/** The same with its keys in order; undefined: the engine would write it otherwise. */
function sorted(value: unknown): unknown {
  if (typeof value === "number") return Number.isFinite(value) ? value : undefined;
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) {
    const list: unknown[] = [];
    for (const each of value as unknown[]) {
      const inner = sorted(each);
      if (inner === undefined) return undefined;
      list.push(inner);
    }
    return list;
  }
  if ("toJSON" in value) return undefined;
  const object: Record<string, unknown> = {};
  for (const key of Object.keys(value).sort()) {
    const each = (value as Record<string, unknown>)[key];
    if (each === undefined) continue;
    const inner = isOrderedOtherwise(key) ? undefined : sorted(each);
    if (inner === undefined) return undefined;
    object[key] = inner;
  }
  return object;
}
