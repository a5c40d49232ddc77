import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, renameSync, statSync } from "node:fs";
import { open } from "node:fs/promises";
import { lastSentence } from "./last-sentence.js";
import type { Live } from "./supervisor.js";

/** A program to run as a child process. */
export interface Program {
  /** Its main module. */
  readonly main: string;
  readonly arguments?: readonly string[];
  /** Passwords are given by it, never by an argument, which every account of the machine can see. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Where its output goes. */
  readonly log: string;
}

const largestLog = 10_000_000;

/** The life of a program: stopped by SIGTERM, and by SIGKILL after `patience` milliseconds. `notice` hears what people should look into. */
export const liveAs =
  (program: Program, patience = 20_000, notice: (sentence: string) => void = () => undefined): Live =>
  async (isReady, stopping) => {
    const { child, written } = await launch(program);
    const exited = once(child, "exit") as Promise<[number | null, NodeJS.Signals | null]>;
    child.on("message", (message: { ready?: string; notice?: string }) => {
      if (message.ready) isReady(message.ready);
      if (message.notice) notice(message.notice);
    });
    let timer: NodeJS.Timeout | undefined;
    const stop = (): void => {
      child.kill("SIGTERM");
      timer = setTimeout(() => child.kill("SIGKILL"), patience);
    };
    if (stopping.aborted) stop();
    stopping.addEventListener("abort", stop);
    try {
      const [code, signal] = await exited;
      const said = lastSentence(readFileSync(program.log).subarray(written).toString("utf8"));
      return `${signal ?? `exit code ${code}`}, ${said ?? `see ${program.log}`}`;
    } finally {
      clearTimeout(timer);
      stopping.removeEventListener("abort", stop);
    }
  };

/** A session of its own: Ctrl-C in a terminal reaches the launcher alone, which stops the children in their order. */
async function launch({ main, arguments: given = [], environment, log }: Program): Promise<{ child: ChildProcess; written: number }> {
  if (existsSync(log) && statSync(log).size > largestLog) renameSync(log, `${log}.1`);
  const output = await open(log, "a", 0o600);
  const written = (await output.stat()).size;
  const child = fork(main, given, {
    env: { ...process.env, ...environment },
    detached: true,
    stdio: ["ignore", output.fd, output.fd, "ipc"],
  });
  await output.close();
  return { child, written };
}
