import "reflect-metadata";
import { randomUUID } from "node:crypto";
import { Pool } from "pg";
import { Registry } from "prom-client";
import { migrate, readModels } from "#projection/migrations.js";
import { EventLog } from "#store/event-log.js";
import { startEventStore, type RunningEventStore } from "../../apps/event-store/event-store.js";
import { views } from "../../apps/projector/views.js";
import { Watch } from "../../apps/projector/watch.js";
import { factAt } from "../simulation/world.js";
import { createDatabase } from "../support/postgres.js";

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

test("a reader that died without a word is seen, because the log goes on and the views do not", async () => {
  let time = 0;
  const registry = new Registry();
  const watch = new Watch(
    log,
    pool,
    registry,
    () => true,
    () => time,
  );
  const lag = async () => (await registry.getSingleMetric("projection_lag_seconds")!.get()).values.map(({ value }) => value);
  const append = async () => {
    const { metadata } = factAt(0, "case-1", 0, { word: "", worker: "" });
    const { position } = await log.append(`case-${randomUUID()}`, -1n, [
      { id: randomUUID(), type: "CaseOpened", body: { data: {} }, metadata },
    ]);
    return position;
  };
  await watch.look();
  expect([watch.isProgressing, Math.max(...(await lag()))]).toEqual([true, 0]);

  const position = await append();
  await watch.look();
  time += 59_000;
  expect(watch.isProgressing).toBe(true);
  time += 2_000;
  expect(watch.isProgressing).toBe(false);
  expect(Math.max(...(await lag()))).toBeGreaterThan(0);

  await pool.query("update projection_checkpoint set commit_position = $1, prepare_position = $1", [position.commit.toString()]);
  await watch.look();
  expect([watch.isProgressing, Math.max(...(await lag()))]).toEqual([true, 0]);
});
