import { chmodSync, mkdirSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { CannotStart } from "./cannot-start.js";

/**
 * Makes the folder and what is missing above it, closed to others whatever the umask.
 * Root's can be passed through, not listed, also when it was there: the embedded Postgres must not run as root and has to reach its own.
 */
export function makeFolder(path: string): string {
  const wanted = resolve(path);
  const root = process.getuid?.() === 0;
  const first = mkdirSync(wanted, { recursive: true });
  if (first) for (let made = wanted; made.length >= first.length; made = dirname(made)) chmodSync(made, root ? 0o711 : 0o700);
  else if (root) chmodSync(wanted, statSync(wanted).mode | 0o011);
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
