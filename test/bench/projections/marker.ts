import { createHmac, createSecretKey, randomBytes } from "node:crypto";
import type { Marker } from "#store/marks.js";

/** Marks as the keyring makes them, by a key that the benchmark's processes share. */
export function markerOf(key: string): Marker {
  const secret = createSecretKey(Buffer.from(key, "hex"));
  const mark = (text: string) => `1:${createHmac("sha256", secret).update(text).digest("hex")}`;
  return { mark, isMark: (text, claimed) => mark(text) === claimed, markedAfter: () => Promise.resolve(-1n) };
}

export const newKey = (): string => randomBytes(32).toString("hex");
