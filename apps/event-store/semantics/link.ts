import type { StoredRecord } from "./record.js";

/** What a link event (`$>`, data `revision@stream`) points to; null where it is no link or names no revision. */
export function linkTarget({ type, data }: Pick<StoredRecord, "type" | "data">): { stream: string; revision: bigint } | null {
  if (type !== "$>") return null;
  const text = data.toString("utf8");
  const at = text.indexOf("@");
  const revision = text.slice(0, at);
  return at > 0 && /^-?\d{1,19}$/.test(revision) ? { revision: BigInt(revision), stream: text.slice(at + 1) } : null;
}
