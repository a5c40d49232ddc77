import type { Pool, PoolClient } from "pg";
import { setTimeout as pause } from "node:timers/promises";
import type { EventLog } from "#store/event-log.js";
import { follow, type Batch } from "#store/follow.js";
import type { Position } from "#store/stored.js";
import { projectBatch } from "./batch.js";
import { Checkpoint, CheckpointMoved } from "./checkpoint.js";
import { tableOf } from "./columns.js";
import type { View } from "./view.js";

/** Told of what happens in a view, for logs and metrics: names, counts and positions only. */
export interface Witness {
  applied(view: string, facts: number, position: Position): void;
  interrupted(view: string, error: Error): void;
}

/** `consent 1`: a raised version is another view, folded from the start. */
export const checkpointName = (view: View): string => `${tableOf(view.row).table} ${view.version}`;

/** What passes by itself: lost connections, restarts, deadlocks, serialization failures. It is tried again and never counts as poison. */
export const isTransient = (error: unknown): boolean => {
  const code = (error as { code?: unknown }).code;
  if (error instanceof CheckpointMoved) return true;
  if (typeof code === "string" && /^(08|57P|40001$|40P01$|53|ECONN|EPIPE|ETIMEDOUT|EAI_)/.test(code)) return true;
  return /Connection terminated|timeout exceeded|StoreUnavailable/.test((error as Error).message);
};

/**
 * Keeps one view in step with the log until `signal` aborts. A fact that a view cannot take stops the view, loudly: a skipped
 * fact would make a case file lie.
 */
export async function runView(log: EventLog, pool: Pool, view: View, witness: Witness, signal: AbortSignal): Promise<void> {
  const name = checkpointName(view);
  const checkpoint = new Checkpoint(pool, name);
  let committed: Position | null = null;
  const deliver = async ({ facts, position }: Batch) => {
    await inTransaction(pool, async (client) => {
      await checkpoint.advance(client, committed, position, facts.length);
      await projectBatch(client, view, facts);
    });
    committed = position;
    witness.applied(name, facts.length, position);
  };
  const position = async () => (committed = await checkpoint.read());
  const interrupted = (error: Error) => witness.interrupted(name, error);
  await untilAborted(signal, interrupted, () => follow(log, { prefixes: [`${view.of.name}-`], position, deliver, interrupted }, signal));
}

/** Begins again after what passes by itself; throws what does not. */
export async function untilAborted(signal: AbortSignal, interrupted: (error: Error) => void, run: () => Promise<void>): Promise<void> {
  while (!signal.aborted) {
    try {
      await run();
    } catch (error) {
      if (signal.aborted) return;
      if (!isTransient(error)) throw error;
      interrupted(error as Error);
      await pause(500, undefined, { signal }).catch(() => undefined);
    }
  }
}

async function inTransaction(pool: Pool, work: (client: PoolClient) => Promise<void>): Promise<void> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query("begin");
    await work(client);
    await client.query("commit");
  } catch (error) {
    broken = error as Error;
    await client.query("rollback").then(
      () => (broken = undefined),
      () => undefined,
    );
    throw error;
  } finally {
    client.release(broken);
  }
}
