import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { lastSentence } from "./last-sentence.js";
import { LogFile } from "./log-file.js";
import type { Life } from "./supervisor.js";

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

/** The life of a program: stopped by SIGTERM, and by SIGKILL after `patience` milliseconds. `notice` hears what people should look into. */
export const liveAs =
  (program: Program, patience = 20_000, notice: (sentence: string) => void = () => undefined): Life =>
  async (isReady, stopping) => {
    const log = new LogFile(program.log);
    const child = await launch(program, log);
    const leave = log.keep();
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
      const said = lastSentence(log.written);
      return `${signal ?? `exit code ${code}`}, ${said ?? `see ${program.log}`}`;
    } finally {
      clearTimeout(timer);
      leave();
      stopping.removeEventListener("abort", stop);
    }
  };

/** The C library keeps memory of its own for each thread, some megabytes that a program for one laptop has no use for. */
const fewArenas = { MALLOC_ARENA_MAX: "2" };

/** A session of its own: Ctrl-C in a terminal reaches the launcher alone, which stops the children in their order. */
async function launch({ main, arguments: given = [], environment }: Program, log: LogFile): Promise<ChildProcess> {
  const output = await log.open();
  const child = fork(main, given, {
    env: { ...fewArenas, ...process.env, ...environment },
    detached: true,
    stdio: ["ignore", output.fd, output.fd, "ipc"],
  });
  await output.close();
  return child;
}
