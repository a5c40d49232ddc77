import { accessSync, chmodSync, constants, existsSync, mkdirSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { CannotStart } from "../configuration/cannot-start.js";

const reasons: Readonly<Record<string, string>> = {
  EACCES: "this account may not write there",
  EPERM: "this account may not write there",
  EROFS: "its disk is read-only",
  ENOSPC: "its disk is full",
  EDQUOT: "its disk is full",
  ENOTDIR: "it is a file, or lies below one",
  EEXIST: "it is a file, or lies below one",
  ENOENT: "no folder can be made there",
};

/** What keeps a folder from being used, for a person who can do something about it. */
const unusable = (folder: string, error: unknown): CannotStart => {
  const { code = "" } = error as { code?: string };
  const why = reasons[code] ?? `it cannot be written to (${code || (error as Error).name})`;
  return new CannotStart("FolderUnusable", `The folder ${folder} cannot be used: ${why}. Mend that, or choose another folder.`);
};

/**
 * Makes the folder and what is missing above it, closed to others whatever the umask.
 * Root's can be passed through, not listed, also when it was there: the embedded Postgres must not run as root and has to reach its own.
 * @throws CannotStart where it cannot be written to
 */
export function makeFolder(path: string): string {
  const wanted = resolve(path);
  const root = process.getuid?.() === 0;
  try {
    const missing = missingOf(wanted);
    for (const each of missing) makeOne(each, root ? 0o711 : 0o700);
    if (missing.length === 0 && root) chmodSync(wanted, statSync(wanted).mode | 0o011);
    if (!statSync(wanted).isDirectory()) throw Object.assign(new Error("a file"), { code: "ENOTDIR" });
    accessSync(wanted, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw unusable(wanted, error);
  }
  return wanted;
}

/** The folders that are not there yet, from the outermost on. Made one by one: below /proc, Node's own way of making all tries for ever. */
const missingOf = (wanted: string): string[] =>
  existsSync(wanted) || dirname(wanted) === wanted ? [] : [...missingOf(dirname(wanted)), wanted];

function makeOne(folder: string, mode: number): void {
  try {
    mkdirSync(folder);
  } catch (error) {
    // Another program was faster.
    if ((error as { code?: string }).code === "EEXIST" && statSync(folder).isDirectory()) return;
    throw error;
  }
  chmodSync(folder, mode);
}

/**
 * Takes the folder for this process alone; answers how to give it back. Throws {@link CannotStart}.
 * SQLite's file lock is kept by the kernel: it ends with the process, however that ends, so none is ever left behind.
 */
export function lockFolder(path: string): () => void {
  const lock = openLock(makeFolder(path));
  try {
    lock.exec("BEGIN EXCLUSIVE");
  } catch (error) {
    lock.close();
    if ((error as { errcode?: number }).errcode !== 5) throw error;
    throw new CannotStart("FolderInUse", `Another instance is running on ${resolve(path)}. Stop it first, or choose another folder.`);
  }
  return () => lock.close();
}

function openLock(folder: string): DatabaseSync {
  try {
    return new DatabaseSync(join(folder, "lock"), { timeout: 0 });
  } catch (error) {
    throw unusable(folder, error);
  }
}
