import { setTimeout as pause } from "node:timers/promises";
import { openSession } from "#platform/postgres/postgres.js";
import { usersChanged } from "./users.js";

/**
 * Tells of every change of users, whoever made it, and whether the next one will be heard of: not while the session to the database
 * is broken. Answers how to stop.
 */
export async function followUserChanges(url: string, changed: (hears: boolean) => void): Promise<() => Promise<void>> {
  const stop = new AbortController();
  const listen = async () => {
    const session = await openSession(url);
    session.on("notification", () => changed(true)).on("end", () => void again());
    await session.query(`listen ${usersChanged}`);
    return session;
  };
  const again = async () => {
    while (!stop.signal.aborted) {
      changed(false);
      const opened = await listen().catch(() => null);
      if (opened) {
        session = opened;
        return stop.signal.aborted ? opened.end() : changed(true);
      }
      await pause(500);
    }
  };
  let session = await listen();
  return async () => {
    stop.abort();
    await session.end().catch(() => undefined);
  };
}
