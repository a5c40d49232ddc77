import { cpus } from "node:os";
import { mkdirSync, writeFileSync } from "node:fs";

export interface Rate {
  readonly perSecond: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
}

/** Runs `work` so often with so many in flight; answers how many a second, and the median and 99th percentile in milliseconds. */
export async function rate(count: number, inFlight: number, work: (index: number) => Promise<unknown>): Promise<Rate> {
  const times: number[] = [];
  let next = 0;
  const start = performance.now();
  await Promise.all(
    Array.from({ length: inFlight }, async () => {
      for (let index = next++; index < count; index = next++) {
        const begun = performance.now();
        await work(index);
        times.push(performance.now() - begun);
      }
    }),
  );
  const seconds = (performance.now() - start) / 1_000;
  return { perSecond: Math.round(count / seconds), ...percentiles(times) };
}

/** Of times in milliseconds. */
export function percentiles(times: readonly number[]): Omit<Rate, "perSecond"> {
  const sorted = times.toSorted((one, other) => one - other);
  const at = (part: number) => Number(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))]!.toFixed(2));
  return { p50: at(0.5), p99: at(0.99) };
}

export const median = (values: readonly number[]): number => [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)]!;

/** Prints a table, and keeps the figures with the machine they come from. */
export function report(name: string, rows: readonly Record<string, string | number>[], ratios: Record<string, number>): void {
  const processors = cpus();
  const machine = { processor: processors[0]?.model.trim() ?? "unknown", processors: processors.length, node: process.version };
  const columns = Object.keys(rows[0]!);
  const line = (cells: readonly (string | number)[]) => `${cells.map((cell) => String(cell).padEnd(50)).join("")}\n`;
  process.stdout.write(line(columns) + rows.map((row) => line(columns.map((column) => row[column]!))).join(""));
  for (const [ratio, value] of Object.entries(ratios)) process.stdout.write(`${ratio}: ${value.toFixed(2)}\n`);
  mkdirSync("bench-results", { recursive: true });
  writeFileSync(`bench-results/${name}.json`, `${JSON.stringify({ name, machine, rows, ratios }, null, 2)}\n`);
}
