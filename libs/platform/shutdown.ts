import { ConfigurationError } from "./config.js";

/** Stops what was started. Called once. */
export type Stop = () => Promise<void>;

/**
 * Calls `stop` once, when the process is asked to end: SIGTERM, SIGINT, or the end of the parent that forked it.
 * Then exits: 0 when all was stopped, 1 when that failed or took longer than `deadline` milliseconds. A second signal exits at once.
 */
export function onShutdown(stop: Stop, deadline = 15_000): void {
  let stopping = false;
  const begin = async (): Promise<void> => {
    if (stopping) process.exit(1);
    stopping = true;
    setTimeout(() => process.exit(1), deadline).unref();
    try {
      await stop();
      process.exit(0);
    } catch {
      process.exit(1);
    }
  };
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => void begin());
  if (process.send) process.once("disconnect", () => void (stopping || begin()));
}

/** Says where the service answers: to the parent that forked it, if there is one. */
export const tellReady = (address: string): void => {
  if (process.connected) process.send?.({ ready: address });
};

/** A sentence for people who start a program: configuration and the like. Anything else is a fault and keeps its stack. */
export function failStart(error: unknown): never {
  const meant = error instanceof ConfigurationError || (error as { code?: string } | undefined)?.code === "FolderInUse";
  process.stderr.write(`${meant ? (error as Error).message : error instanceof Error ? error.stack : String(error)}\n`);
  process.exit(1);
}

/** The whole life of a service: start it, tell that it is ready, stop it when asked. A wrong configuration is told in a sentence. */
export async function run(start: () => Promise<{ readonly ready: string; readonly stop: Stop }>, deadline?: number): Promise<void> {
  const alone = (): never => process.exit(1);
  process.once("disconnect", alone);
  try {
    const { ready, stop } = await start();
    process.off("disconnect", alone);
    onShutdown(stop, deadline);
    tellReady(ready);
  } catch (error) {
    failStart(error);
  }
}
