import type { StoredRecord } from "./record.js";

/** A filter of `$all`: by stream name or event type, by prefixes or by an expression (which wins). */
export interface Filter {
  readonly on: "stream" | "type";
  readonly prefixes: readonly string[];
  readonly expression: RegExp | null;
  /** A checkpoint after every so many considered events. */
  readonly checkpointEvery: number;
}

/** No prefix and no expression match nothing; the empty prefix matches everything; case and characters count as they are. */
export const matches = ({ on, prefixes, expression }: Filter, record: Pick<StoredRecord, "stream" | "type">): boolean => {
  const text = record[on];
  return expression ? expression.test(text) : prefixes.some((prefix) => text.startsWith(prefix));
};

/** What .NET spells otherwise. Its classes of digits, letters and spaces are those of Unicode. */
const spellings: Readonly<Record<string, string>> = {
  A: "(?<![^])",
  Z: "(?=\\n?(?![^]))",
  z: "(?![^])",
  d: "\\p{Nd}",
  D: "\\P{Nd}",
};
const wordCharacters = "\\p{L}\\p{Mn}\\p{Nd}\\p{Pc}";
const leadingOptions = /^\(\?([imsn]+)\)/;

/** Reads an expression as .NET spells it. Throws where it is none. */
export function expressionOf(text: string): RegExp | null {
  if (text === "") return null;
  const options = leadingOptions.exec(text);
  const flags = (options?.[1] ?? "").replaceAll("n", "");
  const body = text.slice(options?.[0].length ?? 0);
  try {
    return new RegExp(translated(body), `${flags}u`);
  } catch {
    // .NET takes a lone brace or bracket as itself; only the older dialect does too.
    return new RegExp(body, flags);
  }
}

function translated(expression: string): string {
  let inClass = false;
  return expression.replace(/\\(.)|[[\]]/gsu, (token, escaped?: string) => {
    if (escaped === undefined) {
      const nested = token === "[" && inClass;
      inClass = token === "[";
      return nested ? "\\[" : token;
    }
    if (escaped === "w") return inClass ? wordCharacters : `[${wordCharacters}]`;
    if (escaped === "W" && !inClass) return `[^${wordCharacters}]`;
    if (spellings[escaped] && !(inClass && "AZz".includes(escaped))) return spellings[escaped]!;
    return /[A-Za-z0-9]/.test(escaped) ? token : `\\u{${escaped.codePointAt(0)!.toString(16)}}`;
  });
}
