import { readFileSync, readdirSync } from "node:fs";

/** Ticks a second in /proc, the same on every Linux of today. */
const ticks = 100;

const fieldsOf = (pid: number | string): string[] => {
  const text = readFileSync(`/proc/${pid}/stat`, "utf8");
  // The name stands in brackets, and may hold anything.
  return text.slice(text.lastIndexOf(")") + 2).split(" ");
};

/** Seconds of processor time that a process has taken. */
export const processorOf = (pid: number): number => {
  const fields = fieldsOf(pid);
  return (Number(fields[11]) + Number(fields[12])) / ticks;
};

/** The same with all its children, those that have ended as well. */
export function processorOfFamily(pid: number): number {
  const own = fieldsOf(pid);
  let sum = own.slice(11, 15).reduce((all, each) => all + Number(each), 0);
  for (const other of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    try {
      const fields = fieldsOf(other);
      if (Number(fields[1]) === pid) sum += Number(fields[11]) + Number(fields[12]);
    } catch {
      // It ended while we looked; its parent has counted it, or will.
    }
  }
  return sum / ticks;
}
