import type { StoredRecord } from "./record.js";

/** The revision by which a link names the last event of a stream. */
export const lastOfStream = -1n;

/** What a link points to. */
export interface Target {
  readonly stream: string;
  readonly revision: bigint;
}

/** A link event (`$>`). Its target is null where it names a number, but no event: such a link resolves to nothing. */
export interface EventLink {
  readonly target: Target | null;
}

/** A link by its data, `revision@stream`; null where the event is no link, also if it is a `$>` that begins with no number. */
export function linkOf({ type, data }: Pick<StoredRecord, "type" | "data">): EventLink | null {
  if (type !== "$>") return null;
  const text = data.toString("utf8");
  const at = text.indexOf("@");
  const revision = at < 0 ? text : text.slice(0, at);
  if (!/^\s*-?\d{1,19}\s*$/.test(revision)) return null;
  const isWhole = at > 0 && revision.trim() === revision;
  return { target: isWhole ? { revision: BigInt(revision), stream: text.slice(at + 1) } : null };
}
