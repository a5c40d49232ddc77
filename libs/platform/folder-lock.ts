import { chmodSync, mkdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { CannotStart } from "./cannot-start.js";

/**
 * Makes the folder and what is missing above it, closed to others whatever the umask.
 * Root's folders can be passed through, not listed: the embedded Postgres must not run as root and has to reach its own.
 */
export function makeFolder(path: string): string {
  const wanted = resolve(path);
  const mode = process.getuid?.() === 0 ? 0o711 : 0o700;
  const first = mkdirSync(wanted, { recursive: true });
  if (first) for (let made = wanted; made.length >= first.length; made = dirname(made)) chmodSync(made, mode);
  return wanted;
}

/**
 * Takes the folder for this process alone; answers how to give it back. Throws {@link CannotStart}.
 * SQLite's file lock is kept by the kernel: it ends with the process, however that ends, so none is ever left behind.
 */
export function lockFolder(path: string): () => void {
  const lock = new DatabaseSync(join(makeFolder(path), "lock"), { timeout: 0 });
  try {
    lock.exec("BEGIN EXCLUSIVE");
  } catch (error) {
    lock.close();
    if ((error as { errcode?: number }).errcode !== 5) throw error;
    throw new CannotStart("FolderInUse", `Another instance is running on ${resolve(path)}. Stop it first, or choose another folder.`);
  }
  return () => lock.close();
}
