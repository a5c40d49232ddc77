import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, renameSync, statSync } from "node:fs";
import { open } from "node:fs/promises";

/** A program to keep running. */
export interface Program {
  readonly name: string;
  /** Its main module. */
  readonly main: string;
  readonly arguments?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** Where its output goes. */
  readonly log: string;
}

export interface Supervised {
  /** Fulfilled with what the program said when it was ready for the first time. */
  readonly ready: Promise<string>;
  /** Fulfilled with a sentence when it is hopeless to start it once more. Never after `stop`. */
  readonly hopeless: Promise<string>;
  /** SIGTERM, and SIGKILL after `patience` milliseconds. Nothing is started again afterwards. */
  stop(patience?: number): Promise<void>;
}

/** A life shorter than this, in milliseconds, is a crash at the start; so many in a row, and a person has to look. */
const shortLife = 5_000;
const crashesInARow = 3;

/** Starts the program as a child process, and again whenever it ends: after 0.2 s at first, after 10 s in the end. */
export function supervise(program: Program): Supervised {
  const ready = Promise.withResolvers<string>();
  const hopeless = Promise.withResolvers<string>();
  const stopped = new AbortController();
  let child: ChildProcess | undefined;

  const live = async (): Promise<number> => {
    const began = performance.now();
    child = await launch(program);
    if (stopped.signal.aborted) child.kill("SIGTERM");
    child.on("message", (message: { ready?: string }) => message.ready && ready.resolve(message.ready));
    await once(child, "exit");
    child = undefined;
    return performance.now() - began;
  };
  const keep = async (): Promise<void> => {
    let crashes = 0;
    for (let pause = 200; !stopped.signal.aborted; pause = Math.min(pause * 2, 10_000)) {
      const lived = await live();
      if (stopped.signal.aborted) return;
      crashes = lived < shortLife ? crashes + 1 : 0;
      if (lived > 60_000) pause = 200;
      if (crashes === crashesInARow) return hopeless.resolve(lastWords(program));
      await waitUnless(stopped.signal, pause);
    }
  };
  const kept = keep();
  return {
    ready: ready.promise,
    hopeless: hopeless.promise,
    async stop(patience = 20_000) {
      stopped.abort();
      child?.kill("SIGTERM");
      const timer = setTimeout(() => child?.kill("SIGKILL"), patience);
      await kept;
      clearTimeout(timer);
    },
  };
}

/** A session of its own: Ctrl-C in a terminal reaches the launcher alone, which stops the children in their order. */
async function launch({ main, arguments: given = [], environment, log }: Program): Promise<ChildProcess> {
  if (existsSync(log) && statSync(log).size > 10_000_000) renameSync(log, `${log}.1`);
  const output = await open(log, "a", 0o600);
  const child = fork(main, given, {
    env: { ...process.env, ...environment },
    detached: true,
    stdio: ["ignore", output.fd, output.fd, "ipc"],
  });
  await output.close();
  return child;
}

const lastWords = ({ name, log }: Program): string => {
  const lines = readFileSync(log, "utf8").trimEnd().split("\n").slice(-5);
  return [`${name} stopped ${crashesInARow} times right after its start. The end of ${log}:`, ...lines.map((line) => `  ${line}`)].join(
    "\n",
  );
};

const waitUnless = (signal: AbortSignal, milliseconds: number): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });
