import { spawn } from "node:child_process";
import { chmodSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Removes the folder when the process that holds the other end of the pipe is gone, however it went. */
const removal = `read -r _ <&3; for pause in 1 2 4; do sleep $pause; rm -rf -- "$1"; done`;

let own: string | undefined;

/** One folder for this process, which disappears with it, also after SIGKILL. */
function folderOfThisProcess(): string {
  const folder = passable(mkdtempSync(join(tmpdir(), "hifadhi-test-")));
  const watch = spawn("/bin/sh", ["-c", removal, "sh", folder], { detached: true, stdio: ["ignore", "ignore", "ignore", "pipe"] });
  watch.unref();
  (watch.stdio[3] as unknown as { unref(): void }).unref();
  return folder;
}

/** A new empty folder for a test, which other accounts can pass through. It need not be cleaned up. */
export function temporaryFolder(): string {
  own ??= folderOfThisProcess();
  return passable(mkdtempSync(join(own, "x-")));
}

/** Postgres may run under an account of its own. */
const passable = (folder: string): string => {
  chmodSync(folder, 0o711);
  return folder;
};
