import "reflect-metadata";
import { randomUUID } from "node:crypto";
import { Pool } from "pg";
import { tableOf } from "#projection/columns.js";
import { listParked } from "#projection/dead-letters.js";
import { Poisoned } from "#projection/lane.js";
import { migrate, readModels } from "#projection/migrations.js";
import { PostgresStore } from "#projection/postgres-store.js";
import { bringUp } from "#projection/rebuild/bring-up.js";
import { exchange, NothingToExchange } from "#projection/rebuild/exchange.js";
import { NotVerified, rebuild, RebuildRunning } from "#projection/rebuild/rebuild.js";
import { openSet, type SetName } from "#projection/rebuild/sets.js";
import { reconcile } from "#projection/reconcile.js";
import { runViews } from "#projection/runner.js";
import { viewName, type View } from "#projection/view.js";
import { EventLog } from "#store/event-log.js";
import { startEventStore, type RunningEventStore } from "../../apps/event-store/event-store.js";
import { factAt, unspeakable, views } from "../simulation/world.js";
import { createDatabase } from "../support/postgres.js";
import { eventually } from "../support/processes.js";

/** Postgres keeps no NUL in a text: the row is refused, not the handler. */
const unwritable = "\0";
const partitions = 2;
const [storyView, parkingView] = views as readonly [View, View, View];
const parts = Array.from({ length: partitions }, (_, partition) => partition);

let store: RunningEventStore;
let log: EventLog;
let url: string;
let pool: Pool;
const heads = new Map<string, bigint>();

beforeEach(async () => {
  store = await startEventStore({ databaseUrl: await createDatabase(), port: 0 });
  log = new EventLog(store.url);
  url = await createDatabase();
  pool = new Pool({ connectionString: url });
  await prepare(views);
});
afterEach(async () => {
  await Promise.all([pool.end(), log.close()]);
  await store.stop();
});

async function prepare(of: readonly View[]): Promise<void> {
  const source = await readModels(url, of).initialize();
  await migrate(source, of, partitions);
  await source.destroy();
}
const stream = () => `story-${randomUUID()}`;
const tell = async (to: string, ...words: string[]) => {
  const events = words.map((word) => {
    const { metadata } = factAt(0, to, 0, { word, worker: "" });
    return { id: randomUUID(), type: "Told", body: { data: { word, worker: `worker-${to.slice(-1)}` } }, metadata };
  });
  const { revision } = await log.append(to, heads.get(to) ?? -1n, events);
  heads.set(to, revision);
};
const tellMany = async (count: number, ...words: string[]) => {
  const streams = Array.from({ length: count }, stream);
  for (const each of streams) await tell(each, ...words);
  return streams;
};
const run = (of: readonly View[] = views) => {
  const stop = new AbortController();
  const witness = { applied: () => undefined, interrupted: () => undefined };
  const running = runViews({ log, store: new PostgresStore(pool, of, partitions), views: of, partitions, witness }, parts, stop.signal);
  running.catch(() => undefined);
  return { stop: () => (stop.abort(), running) };
};
const rowsOf = async (view: View, set: SetName = "live") => {
  const of = openSet(url, set, 1);
  try {
    const { table } = tableOf(view.row);
    const { rows } = await of.query<{ id: string; story: string; stale: boolean }>(
      `select id, story, stale_since is not null as stale from "${table}" order by id`,
    );
    return rows;
  } finally {
    await of.end();
  }
};
const storyOf = async (view: View, of: string) => (await rowsOf(view)).find(({ id }) => id === of.slice(6))?.story;
const clean = async (of: readonly View[] = views) => expect((await reconcile(log, pool, of, { sampleEvery: 1 })).findings).toEqual([]);

describe("views folded anew", () => {
  test("are what the live ones are, take their place while people work, and nothing else is written", async () => {
    await tellMany(60, "a", "b", "c");
    const running = run();
    await eventually("the live ones are told", async () => (await rowsOf(storyView)).length === 60);
    const head = await log.head();
    const rebuilt = await rebuild(log, url, views);
    expect(await log.head()).toEqual(head);
    expect(rebuilt).toMatchObject([
      { view: viewName(storyView), facts: 180, rows: 60 },
      { view: viewName(parkingView), facts: 180, rows: 60 },
      { facts: 180 },
    ]);
    for (const view of views) expect(await rowsOf(view, "rebuilt")).toEqual(await rowsOf(view));
    const during = tellMany(40, "d", "e");
    await exchange(log, url, "rebuilt", views);
    const [one] = await during;
    await eventually("all goes on after the exchange", async () => (await storyOf(storyView, one!)) === "de");
    await eventually("nothing is missing", async () => (await rowsOf(storyView)).length === 100);
    await running.stop();
    await clean();
  });

  test("mend what somebody has changed in the live ones; what was there before can come back, and is caught up first", async () => {
    const [one] = await tellMany(5, "a");
    const running = run();
    await eventually("it is told", async () => (await storyOf(storyView, one!)) === "a");
    await running.stop();
    await pool.query("update story set story = 'other' where id = $1", [one!.slice(6)]);
    await rebuild(log, url, [storyView]);
    await exchange(log, url, "rebuilt", [storyView]);
    expect(await storyOf(storyView, one!)).toBe("a");
    await tell(one!, "b");
    await exchange(log, url, "previous", [storyView]);
    expect(await storyOf(storyView, one!)).toBe("otherb");
    await exchange(log, url, "previous", [storyView]);
    expect(await storyOf(storyView, one!)).toBe("ab");
    await clean([storyView]);
  });

  test("go on from where they were stopped, with rows in memory or not", async () => {
    const streams = await tellMany(300, "a", "b");
    const stop = new AbortController();
    stop.abort();
    expect(await rebuild(log, url, views, { signal: stop.signal })).toBeNull();
    await expect(exchange(log, url, "rebuilt", views)).rejects.toThrow(NothingToExchange);
    for (const each of streams) await tell(each, "c");
    expect(await rebuild(log, url, views, { mostRows: 20 })).toMatchObject([{ facts: 900, rows: 300 }, { rows: 300 }, {}]);
    await exchange(log, url, "rebuilt", views);
    await clean();
  });

  test("park what a view cannot take, as the live ones do", async () => {
    const [calm, loud, strange] = [stream(), stream(), stream()];
    await tell(loud, "a", unspeakable, "b");
    await tell(calm, "x", "y");
    await tell(strange, "a", "b", unwritable, "c");
    const running = run([parkingView]);
    await eventually("both are parked", async () => (await listParked(pool)).length === 2);
    await eventually("all else is told", async () => (await storyOf(parkingView, calm)) === "xy");
    await running.stop();
    const before = [await rowsOf(parkingView), (await listParked(pool)).map(({ since: _, ...parked }) => parked)];
    expect(await rebuild(log, url, [parkingView])).toMatchObject([{ rows: 3 }]);
    await exchange(log, url, "rebuilt", [parkingView]);
    expect([await rowsOf(parkingView), (await listParked(pool)).map(({ since: _, ...parked }) => parked)]).toEqual(before);
    expect(before[0]).toContainEqual({ id: strange.slice(6), story: "ab", stale: true });
    await clean([parkingView]);
  });

  test("are given up where a view must leave nothing out", async () => {
    const one = stream();
    await tell(one, "a", unspeakable);
    await expect(rebuild(log, url, [{ ...parkingView, onPoison: "stop" } as View])).rejects.toThrow(Poisoned);
    await tell(one, "b");
  });

  test.each(["update rebuilt.story set story = 'other'", "delete from rebuilt.story"])(
    "are held against what was folded: after `%s` they never take the place of live ones",
    async (harm) => {
      await tellMany(3, "a");
      const stop = new AbortController();
      stop.abort();
      await rebuild(log, url, [storyView], { signal: stop.signal });
      await pool.query(harm);
      await expect(rebuild(log, url, [storyView])).rejects.toThrow(NotVerified);
      await expect(exchange(log, url, "rebuilt", [storyView])).rejects.toThrow(NothingToExchange);
      expect(await rebuild(log, url, [storyView], { anew: true })).toMatchObject([{ rows: 3 }]);
    },
  );

  test("are one process's work at a time", async () => {
    await tellMany(3, "a");
    let second: unknown;
    const told = () => (second ??= rebuild(log, url, [storyView]).catch((error: unknown) => error));
    await rebuild(log, url, [storyView], { told });
    expect(await second).toBeInstanceOf(RebuildRunning);
  });
});

describe("before anything is followed", () => {
  const raised = {
    ...storyView,
    version: 2,
    project: { Told: (row: any, fact: any) => ({ id: fact.streamId, story: `${row?.story ?? ""}2` }) },
  } as View;

  test("a view whose version was raised is folded beside the one that is asked; the older program takes its own back", async () => {
    const [one] = await tellMany(4, "a", "b");
    const running = run([storyView]);
    await eventually("it is told", async () => (await storyOf(storyView, one!)) === "ab");
    await running.stop();
    await prepare([raised]);
    expect(await storyOf(storyView, one!)).toBe("ab");
    expect(await bringUp(log, url, [raised])).toEqual(["story 2"]);
    expect(await bringUp(log, url, [raised])).toEqual([]);
    expect(await storyOf(raised, one!)).toBe("22");
    const newer = run([raised]);
    await tell(one!, "c");
    await eventually("it goes on", async () => (await storyOf(raised, one!)) === "222");
    await newer.stop();
    expect(await bringUp(log, url, [storyView])).toEqual(["story 1"]);
    expect(await storyOf(storyView, one!)).toBe("abc");
    await clean([storyView]);
  });

  test("a new view is folded whole at once, whoever of several processes comes first", async () => {
    await tellMany(20, "a");
    expect(new Set((await Promise.all([bringUp(log, url, views), bringUp(log, url, views)])).map(({ length }) => length))).toEqual(
      new Set([0, 3]),
    );
    expect((await rowsOf(storyView)).length).toBe(20);
    await clean();
  });
});
