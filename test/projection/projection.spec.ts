import "reflect-metadata";
import { randomUUID } from "node:crypto";
import { Pool } from "pg";
import { tableOf } from "#projection/columns.js";
import { listParked, NothingParked, previewParked, replayParked, StillPoison } from "#projection/dead-letters.js";
import { Lane } from "#projection/lane.js";
import { Leases } from "#projection/leases.js";
import { migrate, readModels } from "#projection/migrations.js";
import { haltView, paused, PostgresStore } from "#projection/postgres-store.js";
import { Progress } from "#projection/progress.js";
import { reconcile } from "#projection/reconcile.js";
import { runViews } from "#projection/runner.js";
import { statusOf } from "#projection/status.js";
import { CheckpointMoved } from "#projection/store.js";
import { viewName, type View } from "#projection/view.js";
import { EventLog } from "#store/event-log.js";
import { startEventStore, type RunningEventStore } from "../../apps/event-store/event-store.js";
import { factAt, unspeakable, views } from "../simulation/world.js";
import { createDatabase } from "../support/postgres.js";
import { eventually } from "../support/processes.js";

/** Postgres keeps no NUL in a text: the row is refused, not the handler. */
const unwritable = "\0";
const partitions = 3;
const [storyView, parkingView, workerView] = views as readonly [View, View, View];

let store: RunningEventStore;
let log: EventLog;
let databaseUrl: string;
let pool: Pool;
const heads = new Map<string, bigint>();

beforeEach(async () => {
  store = await startEventStore({ databaseUrl: await createDatabase(), port: 0 });
  log = new EventLog(store.url);
  databaseUrl = await createDatabase();
  pool = new Pool({ connectionString: databaseUrl });
  await prepare(partitions);
});
afterEach(async () => {
  await Promise.all([pool.end(), log.close()]);
  await store.stop();
});

async function prepare(count: number): Promise<void> {
  const source = await readModels(databaseUrl, views).initialize();
  await migrate(source, views, count);
  await source.destroy();
}
const tell = async (stream: string, ...words: string[]) => {
  const before = heads.get(stream) ?? -1n;
  const events = words.map((word) => {
    const { metadata } = factAt(0, stream, 0, { word, worker: "worker-1" });
    return { id: randomUUID(), type: "Told", body: { data: { word, worker: `worker-${stream.slice(-1)}` } }, metadata };
  });
  const { revision, position } = await log.append(stream, before, events);
  heads.set(stream, revision);
  return position;
};
const run = (of: readonly View[] = views, count = partitions) => {
  const stop = new AbortController();
  const witness = { applied: () => undefined, interrupted: () => undefined };
  const runner = { log, store: new PostgresStore(pool, of, count), views: of, partitions: count, witness };
  const running = runViews(runner, [...Array.from({ length: count }, (_, index) => index)], stop.signal);
  running.catch(() => undefined);
  return { running, stop: () => (stop.abort(), running) };
};
const rowsOf = async (view: View): Promise<Record<string, { story: string; stale: boolean }>> => {
  const { rows } = await pool.query<{ id: string; story: string; stale: boolean }>(
    `select id, story, stale_since is not null as stale from "${tableOf(view.row).table}"`,
  );
  return Object.fromEntries(rows.map(({ id, story, stale }) => [id, { story, stale }]));
};
const idOf = (stream: string) => stream.slice(6);
const stream = () => `story-${randomUUID()}`;
const own = (rows: Record<string, { story: string; stale: boolean }>, ...streams: string[]) => streams.map((each) => rows[idOf(each)]);

describe("a fact that a view cannot take", () => {
  test.each([
    ["because its handler throws", unspeakable],
    ["because its row is refused", unwritable],
  ])("%s, is parked with what follows in its stream; all else goes on, and the row is said to be stale", async (_, word) => {
    const [one, other] = [stream(), stream()];
    await tell(one, "a", "b");
    await tell(other, "x");
    await tell(one, word, "c");
    await tell(other, "y");
    const parking = [parkingView];
    const { stop } = run(parking);
    await eventually("it is parked", async () => (await listParked(pool)).some((parked) => parked.stream === one && parked.facts === 2));
    await tell(one, "d");
    await tell(other, "z");
    await eventually("all else went on", async () => own(await rowsOf(parkingView), other)[0]?.story === "xyz");
    expect(own(await rowsOf(parkingView), one, other)).toEqual([
      { story: "ab", stale: true },
      { story: "xyz", stale: false },
    ]);
    const [parked] = (await listParked(pool)).filter((each) => each.stream === one);
    expect(parked).toMatchObject({ view: viewName(parkingView), facts: 3, firstRevision: "2", type: "Told" });
    expect(JSON.stringify(parked)).not.toContain("worker");
    await stop();
  });

  test("is taken when the view can, in order, without a stop of what runs", async () => {
    const one = stream();
    await tell(one, "a", unspeakable, "b");
    const { stop } = run([parkingView]);
    await eventually("it is parked", async () => (await listParked(pool)).some((parked) => parked.stream === one && parked.facts === 2));
    const broken = new PostgresStore(pool, [parkingView], partitions);
    await expect(previewParked(log, broken, parkingView, one)).rejects.toThrow(StillPoison);
    await expect(replayParked(log, broken, parkingView, one)).rejects.toThrow(`still cannot take what is parked of ${one}`);
    await expect(replayParked(log, broken, parkingView, stream())).rejects.toThrow(NothingParked);
    expect(own(await rowsOf(parkingView), one)).toEqual([{ story: "a", stale: true }]);

    const mended = { ...parkingView, project: storyView.project } as View;
    const mendedStore = new PostgresStore(pool, [mended], partitions);
    expect(await previewParked(log, mendedStore, mended, one)).toMatchObject([{ before: { story: "a" }, after: { story: "axb" } }]);
    expect(await replayParked(log, mendedStore, mended, one)).toBe(2);
    expect(own(await rowsOf(parkingView), one)).toEqual([{ story: "axb", stale: false }]);
    expect((await listParked(pool)).filter((parked) => parked.stream === one)).toEqual([]);
    await tell(one, "c");
    await eventually("it goes on", async () => own(await rowsOf(parkingView), one)[0]?.story === "axbc");
    await stop();
  });

  test("stops a view that must leave nothing out, and says where; the others go on, and it does as well when it can", async () => {
    const one = stream();
    const strict = { ...parkingView, onPoison: "stop" } as View;
    await tell(one, "a");
    await tell(one, unspeakable);
    const { stop } = run([storyView, strict]);
    const haltedOf = async () => (await statusOf(log, pool, [strict]))[0]?.halted;
    await eventually("it stands still", async () => (await haltedOf()) !== null);
    expect(await haltedOf()).toContain(`revision 1 of ${one}`);
    await tell(one, "b");
    await eventually("the other goes on", async () => own(await rowsOf(storyView), one)[0]?.story === "axb");
    expect(own(await rowsOf(strict), one)).toEqual([{ story: "a", stale: false }]);
    await stop();
    await haltView(pool, viewName(strict), null);
    const mended = run([storyView, { ...strict, project: storyView.project } as View]);
    await eventually("it goes on", async () => own(await rowsOf(strict), one)[0]?.story === "axb");
    await mended.stop();
  });

  test("is one reason to stand still, an operator's word the other: then the view goes on from where it was", async () => {
    const one = stream();
    await tell(one, "a");
    const { stop } = run([storyView]);
    await eventually("it is told", async () => own(await rowsOf(storyView), one)[0]?.story === "a");
    await haltView(pool, viewName(storyView), paused);
    await tell(one, "b");
    expect((await statusOf(log, pool, [storyView]))[0]?.halted).toBe(paused);
    await haltView(pool, viewName(storyView), null);
    await eventually("it goes on", async () => own(await rowsOf(storyView), one)[0]?.story === "ab");
    await stop();
  });
});

describe("a partition", () => {
  test("belongs to one: whoever lost it writes nothing any more", async () => {
    const one = stream();
    const postgres = new PostgresStore(pool, views, partitions);
    const names = views.map(viewName);
    const all = await Promise.all([0, 1, 2].map((partition) => postgres.takeOver(partition, names)));
    const zombies = all.map((standing) => new Lane(postgres, views, partitions, standing));
    await Promise.all([0, 1, 2].map((partition) => postgres.takeOver(partition, names)));
    const facts = [factAt(10_000_000, one, 0, { word: "a", worker: "w" })];
    for (const zombie of zombies) await expect(zombie.advance({ facts, position: facts[0]!.position })).rejects.toThrow(CheckpointMoved);
    expect(own(await rowsOf(storyView), one)).toEqual([undefined]);
  });

  test("is shared out among the processes, and free when one of them is gone", async () => {
    const units = ["views 0", "views 1", "views 2", "policies"];
    const [one, other] = [new Leases(databaseUrl, units), new Leases(databaseUrl, units)];
    expect((await one.balance()).size).toBe(4);
    expect((await other.balance()).size).toBe(0);
    expect((await one.balance()).size).toBe(2);
    const [first, second] = [await one.balance(), await other.balance()];
    expect([...first, ...second].toSorted((left, right) => (left < right ? -1 : 1))).toEqual(
      units.toSorted((left, right) => (left < right ? -1 : 1)),
    );
    await one.release();
    await eventually("all is with the other", async () => (await other.balance()).size === 4);
    await other.release();
  });

  test("may be made anew in another number: nothing is lost and nothing told twice", async () => {
    const streams = Array.from({ length: 6 }, stream);
    for (const each of streams) await tell(each, "a", "b");
    const before = run();
    await eventually("all are told", async () => own(await rowsOf(storyView), ...streams).every((row) => row?.story === "ab"));
    await before.stop();
    await prepare(5);
    for (const each of streams) await tell(each, "c");
    const after = run(views, 5);
    await eventually("all are told on", async () => own(await rowsOf(storyView), ...streams).every((row) => row?.story === "abc"));
    expect((await statusOf(log, pool, [storyView]))[0]).toMatchObject({ partitions: 5, parkedStreams: 0, staleRows: 0 });
    await after.stop();
    await expect(run(views, partitions).running).rejects.toThrow("another number of partitions");
  });
});

test("whoever waits for a position is answered when every partition has it, and not before", async () => {
  const one = stream();
  const [soon, progress] = [50, 20_000].map((milliseconds) => new Progress(databaseUrl, { milliseconds, waiting: 50 })) as [
    Progress,
    Progress,
  ];
  await Promise.all([soon.start(), progress.start()]);
  const position = await tell(one, "a");
  expect(await soon.reached([viewName(storyView)], position.commit)).toBe(false);
  const waiting = Promise.all(Array.from({ length: 50 }, () => progress.reached([viewName(storyView)], position.commit)));
  // One more would be too many: it is not kept waiting.
  expect(await progress.reached([viewName(storyView)], position.commit)).toBe(false);
  const { stop } = run();
  expect(new Set(await waiting)).toEqual(new Set([true]));
  expect(own(await rowsOf(storyView), one)).toEqual([{ story: "a", stale: false }]);
  await Promise.all([soon.close(), progress.close()]);
  await stop();
});

test("reconciliation finds what differs from the log, and nothing where nothing does", async () => {
  const streams = Array.from({ length: 12 }, stream);
  const positions = [];
  for (const each of streams) positions.push(await tell(each, "a", "b"));
  const { stop } = run([storyView, workerView]);
  const checked = [storyView, workerView];
  await eventually("all are told", async () => own(await rowsOf(storyView), ...streams).every((row) => row?.story === "ab"));
  await stop();
  expect(await reconcile(log, pool, checked, { sampleEvery: 1 })).toMatchObject({ findings: [], streams: expect.any(Number) });
  const [changed, behind, missing] = streams as [string, string, string];
  await pool.query("update story set story = 'other' where id = $1", [idOf(changed)]);
  await pool.query("update story set position = 0 where id = $1", [idOf(behind)]);
  await pool.query("delete from story where id = $1", [idOf(missing)]);
  await pool.query("insert into story (id, story, position) values ('nobody', 'x', 0)");
  const { findings } = await reconcile(log, pool, checked, { sampleEvery: 1 });
  const found = (kind: string) => findings.filter((finding) => finding.kind === kind).map(({ key }) => key);
  expect(found("different")).toEqual([idOf(changed)]);
  expect(found("behind")).toEqual([idOf(behind)]);
  expect(found("missing")).toEqual([idOf(missing)]);
  // Also where nobody is looked into by chance.
  const { findings: seen } = await reconcile(log, pool, checked, { sampleEvery: 1_000_000 });
  expect(seen.filter(({ kind }) => kind === "missing").map(({ key }) => key)).toEqual([idOf(missing)]);
  expect(found("unknown")).toEqual(["nobody"]);
});
