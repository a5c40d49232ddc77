/** Is a page of this origin, `https://screens.example.org`, one of ours? */
export type IsOurs = (origin: string) => boolean;

/** A page that is tried out on this machine is served on any port. */
const onThisMachine = /^http:\/\/(localhost|127\.0\.0\.1|\[::1\]):\*$/;

/**
 * Reads `https://screens.example.org, http://localhost:*`: origins, apart from each other by commas; the port may be `*` on this machine alone.
 * @throws where one is no origin
 */
export function originsOf(text: string): IsOurs {
  const given = text
    .split(",")
    .map((each) => each.trim())
    .filter(Boolean);
  const anyPort = given.filter((each) => onThisMachine.test(each)).map((each) => each.slice(0, -1));
  const exact = new Set(given.filter((each) => !onThisMachine.test(each)));
  for (const each of exact) if (each.includes("*") || originIn(each) !== each) throw new TypeError("no origin");
  return (origin) => exact.has(origin) || anyPort.some((each) => origin.startsWith(each) && /^\d{1,5}$/.test(origin.slice(each.length)));
}

function originIn(text: string): string | undefined {
  try {
    const { origin, protocol } = new URL(text);
    return protocol === "https:" || protocol === "http:" ? origin : undefined;
  } catch {
    return undefined;
  }
}
