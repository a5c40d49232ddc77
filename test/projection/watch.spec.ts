import "reflect-metadata";
import { randomUUID } from "node:crypto";
import { Pool } from "pg";
import { Registry } from "prom-client";
import { migrate, readModels } from "#projection/declare/migrations.js";
import { listTasks } from "#projection/watch/tasks.js";
import { EventLog } from "#store/event-log.js";
import type { Position } from "#store/stored.js";
import { startEventStore, type RunningEventStore } from "../../apps/event-store/event-store.js";
import { views } from "#domain/domain.js";
import { Watch } from "../../apps/projector/watch.js";
import { factAt } from "../simulation/world.js";
import { Cluster } from "../support/cluster.js";
import { createDatabase } from "../support/postgres.js";
import { eventually } from "../support/processes.js";

let store: RunningEventStore;
let log: EventLog;
let pool: Pool;
beforeAll(async () => {
  const databaseUrl = await createDatabase();
  store = await startEventStore({ databaseUrl: await createDatabase(), port: 0 });
  log = new EventLog(store.url);
  pool = new Pool({ connectionString: databaseUrl });
  const source = await readModels(databaseUrl, views).initialize();
  await migrate(source, views, 2);
  await source.destroy();
}, 60_000);
afterAll(async () => {
  await Promise.all([pool.end(), log.close()]);
  await store.stop();
});

/** A watch whose clock stands until it is moved. */
function watchFrom(start: string) {
  const registry = new Registry();
  let time = Date.parse(start);
  const watch = new Watch(
    log,
    pool,
    registry,
    () => true,
    () => new Date(time),
  );
  const figure = async (name: string): Promise<number> =>
    Math.max(...(await registry.getSingleMetric(name)!.get()).values.map(({ value }) => value));
  return { watch, figure, pass: (milliseconds: number) => void (time += milliseconds) };
}

const open = async (): Promise<Position> => {
  const { metadata } = factAt(0, "case-1", 0, { word: "", worker: "" });
  const fact = { id: randomUUID(), type: "CaseOpened", body: { data: {} }, metadata };
  return (await log.append(`case-${randomUUID()}`, -1n, [fact])).position;
};
const moveTo = ({ commit }: Position) =>
  pool.query("update projection_checkpoint set commit_position = $1, prepare_position = $1", [commit.toString()]);

test("a reader that died without a word is seen, because the log goes on and the views do not", async () => {
  const { watch, figure, pass } = watchFrom("2026-01-10T08:00:00Z");
  await watch.look();
  expect([watch.isProgressing, await figure("projection_lag_seconds"), await figure("projection_lag_facts")]).toEqual([true, 0, 0]);

  await open();
  const last = await open();
  await watch.look();
  pass(59_000);
  expect(watch.isProgressing).toBe(true);
  pass(2_000);
  expect(watch.isProgressing).toBe(false);
  expect(await figure("projection_lag_facts")).toBe(2);

  await moveTo(last);
  await watch.look();
  expect([watch.isProgressing, await figure("projection_lag_seconds"), await figure("projection_lag_facts")]).toEqual([true, 0, 0]);
});

test("a view that lags is as old as the first fact that it lacks, and goes on as long as it takes some", async () => {
  const { watch, figure, pass } = watchFrom("2026-01-10T08:00:00Z");
  const behind = [await open(), await open(), await open()];
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  await open();
  await watch.look();
  expect(await figure("projection_lag_seconds")).toBeGreaterThan(1);
  for (const position of behind) {
    pass(50_000);
    await moveTo(position);
    await watch.look();
    expect([watch.isProgressing, await figure("projection_lag_facts")]).toEqual([true, 3 - behind.indexOf(position)]);
  }
});

test("facts that no view shows are no lag", async () => {
  const { watch, figure } = watchFrom("2026-01-10T08:00:00Z");
  await moveTo(await open());
  const { metadata } = factAt(0, "access-1", 0, { word: "", worker: "" });
  await log.append(`access-${randomUUID()}`, -1n, [{ id: randomUUID(), type: "AccessDenied", body: { data: {} }, metadata }]);
  await watch.look();
  expect([await figure("projection_lag_seconds"), await figure("projection_lag_facts")]).toEqual([0, 0]);
});

test("views are held against the log every night, once, also when the projector was away at that hour; what was found is told", async () => {
  const asked = async () => (await listTasks(pool)).length;
  const evening = watchFrom("2026-01-10T20:00:00Z");
  await evening.watch.look();
  expect(await asked()).toBe(0);
  evening.pass(3 * 3_600_000 + 1_000);
  await evening.watch.look();
  await evening.watch.look();
  expect(await listTasks(pool)).toMatchObject([{ kind: "reconcile", state: "asked", askedBy: "every night" }]);
  await pool.query(`update projection_task set state = 'done', result = '{"found": 3}', asked_at = '2026-01-10T23:00:01Z'`);

  const later = watchFrom("2026-01-12T10:00:00Z");
  await later.watch.look();
  expect(await later.figure("projection_findings")).toBe(3);
  expect(await asked()).toBe(2);
});

test("a store that stands still is told within seconds, and no lag is told that nobody can see", async () => {
  const cluster = await Cluster.before(store.url);
  const own = new EventLog(cluster.url);
  const registry = new Registry();
  const watch = new Watch(own, pool, registry, () => false);
  const text = () => registry.metrics();
  await watch.look();
  expect([watch.isStoreThere, await text()]).toEqual([true, expect.stringMatching(/event_store_reachable 1[^]*/)]);
  expect(await text()).toMatch(/projection_lag_seconds\{/);
  cluster.freeze(0);
  const frozen = performance.now();
  await expect(watch.look()).rejects.toThrow();
  expect(performance.now() - frozen).toBeLessThan(4_000);
  expect([watch.isStoreThere, await text()]).toEqual([false, expect.stringContaining("event_store_reachable 0")]);
  expect(await text()).not.toMatch(/projection_lag_(seconds|facts)\{/);
  cluster.elect(1);
  await eventually("it is seen again", () =>
    watch.look().then(
      () => watch.isStoreThere,
      () => false,
    ),
  );
  expect(await text()).toMatch(/projection_lag_seconds\{/);
  await own.close();
  cluster.stop();
}, 60_000);
