import { readFileSync, rmSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { SingleBar } from "cli-progress";
import { freePort } from "#platform/http/free-port.js";
import { launch, openCase, type Launched } from "../support/launched.js";
import { childrenOf } from "../support/processes.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { median, report } from "./measure.js";

/** What a small shelter's laptop is asked for. */
const limits = { firstStart: 10, laterStart: 5, restMegabytes: 300, restPercent: 1, growthMegabytes: 5 };
const ticksASecond = 100;
/** Until what starting took has been given back, seconds. */
const settling = 90;

const isLinux = process.platform === "linux";
const tree = (pid: number): number[] => [pid, ...childrenOf(pid).flatMap(tree)];

/** A file of /proc; empty where the process has ended meanwhile. */
const told = (pid: number, file: string): string => {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "utf8");
  } catch {
    return "";
  }
};

/** What a process is: one of our programs, or Postgres with all its workers. */
const nameOf = (pid: number): string => /dist\/apps\/([a-z-]+)\//.exec(told(pid, "cmdline"))?.[1] ?? "postgres";

/** Memory of each program, what processes share counted once, in MB. */
function megabytesByProgram(pid: number): Readonly<Record<string, number>> {
  const sums: Record<string, number> = {};
  for (const each of tree(pid)) {
    const kilobytes = Number(/^Pss:\s+(\d+)/m.exec(told(each, "smaps_rollup"))?.[1] ?? 0);
    sums[nameOf(each)] = (sums[nameOf(each)] ?? 0) + kilobytes / 1_024;
  }
  return sums;
}
const sumOf = (parts: Readonly<Record<string, number>>): number => Object.values(parts).reduce((sum, each) => sum + each, 0);

/** Processor time that all processes have used, in seconds. */
const secondsOf = (pid: number): number =>
  tree(pid)
    .map((each) => told(each, "stat").split(") ")[1]?.split(" ") ?? [])
    .reduce((sum, fields) => sum + Number(fields[11] ?? 0) + Number(fields[12] ?? 0), 0) / ticksASecond;

async function start(environment: Record<string, string>): Promise<{ launched: Launched; seconds: number }> {
  const began = performance.now();
  const launched = launch(environment);
  while (!launched.output().includes("Ready.")) {
    if (launched.process.exitCode !== null) throw new Error(launched.output());
    await pause(20);
  }
  return { launched, seconds: (performance.now() - began) / 1_000 };
}

async function stop(launched: Launched): Promise<void> {
  launched.process.kill("SIGINT");
  await launched.ended();
}

/** Memory by program, MB. */
type Sample = Readonly<Record<string, number>>;

/** A worker signs in, opens a case and reads it behind the projector, again and again. Answers the memory of all programs, every five seconds. */
async function use(port: string, minutes: number, sample: () => Sample): Promise<Sample[]> {
  const bar = new SingleBar({ format: "in use {bar} {percentage}% | {value}/{total} s | {megabytes} MB" });
  const until = performance.now() + minutes * 60_000;
  const samples: Sample[] = [];
  bar.start(Math.round(minutes * 60), 0, { megabytes: "-" });
  const watch = setInterval(() => {
    samples.push(sample());
    bar.update(Math.round(minutes * 60 - (until - performance.now()) / 1_000), { megabytes: sumOf(samples.at(-1)!).toFixed(0) });
  }, 5_000);
  while (performance.now() < until) {
    await openCase(port);
    await pause(200);
  }
  clearInterval(watch);
  bar.stop();
  return samples;
}

/** By how much the mean of the last third of the samples lies above that of the third before, in MB. */
function growthOf(samples: readonly number[]): number {
  const third = Math.floor(samples.length / 3);
  const mean = (part: readonly number[]) => part.reduce((sum, each) => sum + each, 0) / Math.max(part.length, 1);
  return mean(samples.slice(2 * third)) - mean(samples.slice(third, 2 * third));
}

/**
 * What `npm start` costs a laptop: both starts, memory and processor at rest, and whether memory grows in use. `minutes`: of use; the first
 * third of them is for what every process learns at first.
 */
export async function standalone(minutes: number): Promise<void> {
  if (!isLinux) throw new Error("Memory and processor time are read from /proc: run it on Linux.");
  const data = temporaryFolder();
  const port = String(await freePort());
  const environment = { HIFADHI_DATA: data, PORT: port };
  const first = await start(environment);
  await stop(first.launched);
  const later: number[] = [];
  let running = await start(environment);
  for (later.push(running.seconds); later.length < 3; later.push(running.seconds)) {
    await stop(running.launched);
    running = await start(environment);
  }
  const { pid } = running.launched;
  await pause(settling * 1_000);
  const rest = sumOf(megabytesByProgram(pid));
  const before = secondsOf(pid);
  await pause(60_000);
  const percent = ((secondsOf(pid) - before) / 60) * 100;
  const samples = await use(port, minutes, () => megabytesByProgram(pid));
  const growth = growthOf(samples.map(sumOf));
  const programs = Object.keys(samples[0] ?? {}).map((name) => ({
    what: `of it ${name}, MB`,
    value: growthOf(samples.map((each) => each[name] ?? 0)).toFixed(2),
    limit: "",
  }));
  await stop(running.launched);
  rmSync(data, { recursive: true, force: true });
  const line = (what: string, unit: string, value: number, limit: number) => ({ what: `${what}, ${unit}`, value: value.toFixed(2), limit });
  const rows = [
    line("first start", "s", first.seconds, limits.firstStart),
    line("later start, median of 3", "s", median(later), limits.laterStart),
    line("memory at rest (PSS of all processes)", "MB", rest, limits.restMegabytes),
    line("processor at rest", "% of a core", percent, limits.restPercent),
    line(`growth in use, last third of ${minutes} min`, "MB", growth, limits.growthMegabytes),
  ];
  report(
    "standalone",
    [...rows, ...programs],
    Object.fromEntries(rows.map(({ what, value, limit }) => [`${what} / limit`, Number(value) / limit])),
  );
}
