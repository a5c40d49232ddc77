import { renameSync, writeFileSync } from "node:fs";

/** Writes a file that only its owner can read, at once: whoever reads it finds what was there before, or all of the new. */
export function writeOwnFile(path: string, text: string): void {
  const fresh = `${path}.new`;
  writeFileSync(fresh, text, { mode: 0o600, flush: true });
  renameSync(fresh, path);
}
