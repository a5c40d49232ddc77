import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";

/** Whether the process still works: one that has ended and waits to be collected does not. */
export const isRunning = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return process.platform !== "linux" || !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
};

/** The processes that this one started. */
export const childrenOf = (pid: number): number[] => {
  const list = process.platform === "linux" ? readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8") : pgrep(pid);
  return list.trim().split(/\s+/).filter(Boolean).map(Number);
};

const pgrep = (pid: number): string => execFileSync("pgrep", ["-P", String(pid)], { encoding: "utf8" });

/** Waits until it holds; fails with `what` after `seconds`. */
export const eventually = async (what: string, holds: () => boolean | Promise<boolean>, seconds = 20): Promise<void> => {
  const end = performance.now() + seconds * 1_000;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`After ${seconds} s still not: ${what}`);
    await pause(50);
  }
};
