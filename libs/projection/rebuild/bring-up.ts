import { setTimeout as pause } from "node:timers/promises";
import type { Pool } from "pg";
import { openSession } from "#platform/postgres/postgres.js";
import type { EventLog } from "#store/event-log.js";
import { Poisoned } from "../park/poison.js";
import { viewName, type View } from "../declare/view.js";
import { exchange } from "./exchange.js";
import { rebuild, type RebuildStep } from "./rebuild.js";
import { createSets, openSet } from "./sets.js";
import { RebuildRunning } from "./turn.js";
import { foldUpToPoison } from "./up-to-poison.js";

/** How long to wait before asking again whether somebody else's rebuild has ended, milliseconds. */
const askAgain = 1_000;

/**
 * Before anything is followed: views whose version was raised, and new ones, are folded beside what is asked and then put in its place, so
 * that nobody is ever shown half a view. One that was here before, because an older program has come back, is taken back as it was kept.
 * One that meets a fact that it cannot take and must not leave out stands still before it, as it would have while it followed; the others,
 * and the start, do not wait for it.
 * Answers the names of the views that were brought up.
 */
export async function bringUp(
  log: EventLog,
  url: string,
  views: readonly View[],
  told: (step: RebuildStep) => void = () => undefined,
): Promise<string[]> {
  const turn = await openSession(url);
  const pool = openSet(url, "live", 2);
  try {
    // Of several processes that start together, one does it and the others find it done.
    await turn.query("select pg_advisory_lock(hashtext('hifadhi bring up'))");
    await createSets(turn);
    const wanting = await notToldYet(log, pool, views);
    if (wanting.length === 0) return [];
    const kept = await keptFrom(pool, wanting);
    await asFarAsTheyGo(kept, (these, upToPoison) => exchange(log, url, "previous", these, { upToPoison }));
    const fresh = wanting.filter((view) => !kept.includes(view));
    await asFarAsTheyGo(fresh, (these, upToPoison) => foldAnew(log, url, these, upToPoison, told));
    return wanting.map(viewName);
  } finally {
    await turn.end().catch(() => undefined);
    await pool.end();
  }
}

/** Brings views all at once; one that cannot go on is brought alone, as far as it goes, and the others without it. */
async function asFarAsTheyGo(views: readonly View[], bring: (views: readonly View[], upToPoison: boolean) => Promise<void>): Promise<void> {
  let left = views;
  while (left.length > 0) {
    try {
      return await bring(left, false);
    } catch (error) {
      if (!(error instanceof Poisoned)) throw error;
      const isPoisoned = (view: View) => viewName(view) === error.view;
      await bring(left.filter(isPoisoned), true);
      left = left.filter((view) => !isPoisoned(view));
    }
  }
}

async function foldAnew(
  log: EventLog,
  url: string,
  views: readonly View[],
  upToPoison: boolean,
  told: (step: RebuildStep) => void,
): Promise<void> {
  for (;;) {
    try {
      if (upToPoison) for (const view of views) await foldUpToPoison(log, url, view);
      else await rebuild(log, url, views, { told });
      return await exchange(log, url, "rebuilt", views, { upToPoison });
    } catch (error) {
      if (!(error instanceof RebuildRunning)) throw error;
      await pause(askAgain);
    }
  }
}

/** Views of whose version there is nothing, or that were never told anything although there is something to tell. */
async function notToldYet(log: EventLog, pool: Pool, views: readonly View[]): Promise<View[]> {
  const { rows } = await pool.query<{ name: string; begun: boolean }>(
    "select name, bool_or(commit_position is not null) as begun from projection_checkpoint group by name",
  );
  const begun = new Map(rows.map(({ name, begun: is }) => [name, is]));
  const isEmpty = (await log.head()) === null;
  return views.filter((view) => begun.get(viewName(view)) === undefined || (!isEmpty && begun.get(viewName(view)) === false));
}

async function keptFrom(pool: Pool, views: readonly View[]): Promise<View[]> {
  const { rows } = await pool.query<{ name: string }>("select name from previous.projection_checkpoint where commit_position is not null");
  const there = new Set(rows.map(({ name }) => name));
  return views.filter((view) => there.has(viewName(view)));
}
