import { openSession } from "#platform/postgres/postgres.js";
import { createSets } from "./sets.js";

/** Another rebuild is at work; two would take each other's tables away. */
export class RebuildRunning extends Error {
  readonly code = "RebuildRunning";
}

/** Folds anew while nobody else does. @throws RebuildRunning */
export async function inTurn<T>(url: string, fold: () => Promise<T>): Promise<T> {
  const lock = await openSession(url);
  try {
    const { rows } = await lock.query<{ free: boolean }>("select pg_try_advisory_lock(hashtext('hifadhi rebuild')) as free");
    if (!rows[0]!.free) throw new RebuildRunning("Another rebuild is at work. Wait until it has ended, or stop it.");
    await createSets(lock);
    return await fold();
  } finally {
    await lock.end().catch(() => undefined);
  }
}
