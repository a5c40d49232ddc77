import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

const program = join(process.cwd(), "dist", "test", "support", "scanner.child.js");

/** The test file of EICAR, put together here so that no scanner on a developer's machine takes this file away. */
export const eicar = ["X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR", "-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"].join("");

export interface RunningScanner {
  readonly process: ChildProcess;
  readonly hook: string;
  readonly clamd: string;
}

/** `port`: of its hook; any, if not said. */
export async function startScanner(port = 0): Promise<RunningScanner> {
  const child = fork(program, [String(port)]);
  const [addresses] = (await once(child, "message")) as [{ hook: string; clamd: string }];
  return { process: child, ...addresses };
}

export async function killScanner({ process: child }: RunningScanner): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill("SIGKILL");
  await ended;
}
