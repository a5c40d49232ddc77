import { DatabaseError } from "pg";
import { giveBackMemoryAtRest } from "./memory-at-rest.js";
import { refusalOf } from "../postgres/refusal.js";

/** Stops what was started. Called once. */
export type Stop = () => Promise<void>;

/**
 * Calls `stop` once, when the process is asked to end: SIGTERM, SIGINT, or the end of the parent that forked it.
 * Then exits: 0 when all was stopped, 1 when that failed or took longer than `deadline` milliseconds. A second signal exits at once.
 */
export function onShutdown(stop: Stop, deadline = 15_000): void {
  let began: number | undefined;
  const begin = async (): Promise<void> => {
    // One Ctrl-C under npm arrives twice: from the terminal, and passed on by npm.
    if (began !== undefined) return performance.now() - began > 500 ? process.exit(1) : undefined;
    began = performance.now();
    setTimeout(() => process.exit(1), deadline).unref();
    try {
      await stop();
      process.exit(0);
    } catch {
      process.exit(1);
    }
  };
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => void begin());
  if (process.send) process.once("disconnect", () => void (began ?? begin()));
}

/** Says where the service answers: to the parent that forked it, if there is one. */
export const tellReady = (address: string): void => {
  if (process.connected) process.send?.({ ready: address });
};

/** Says something that a person should look into: to the parent that forked it, if there is one, which has a console. */
export const tellNotice = (sentence: string): void => {
  if (process.connected) process.send?.({ notice: sentence });
};

/** Ends the program with a sentence for people: what is wrong, and what to do. A fault of the program keeps its stack. */
export function failStart(error: unknown): never {
  process.stderr.write(`${refusalOf(error) ?? (isFault(error) ? stackOf(error) : (error as Error).message)}\n`);
  process.exit(1);
}

const faults = [TypeError, RangeError, ReferenceError, SyntaxError, AggregateError, DatabaseError];
const isFault = (error: unknown): boolean => !(error instanceof Error) || faults.some((fault) => error instanceof fault);
const stackOf = (error: unknown): string => (error instanceof Error && error.stack) || String(error);

/** The whole life of a service: start it, tell that it is ready, stop it when asked. Why it cannot start is told in a sentence. */
export async function run(start: () => Promise<{ readonly ready: string; readonly stop: Stop }>, deadline?: number): Promise<void> {
  const alone = (): never => process.exit(1);
  process.once("disconnect", alone);
  try {
    const { ready, stop } = await start();
    process.off("disconnect", alone);
    onShutdown(stop, deadline);
    giveBackMemoryAtRest();
    tellReady(ready);
  } catch (error) {
    failStart(error);
  }
}
