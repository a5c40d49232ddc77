import "reflect-metadata";
import { listParked, NothingParked, previewParked, replayParked, StillPoison } from "#projection/park/dead-letters.js";
import { PartitionWorker } from "#projection/run/partition-worker.js";
import { Leases } from "#projection/run/leases.js";
import { haltView, paused } from "#projection/run/checkpoints.js";
import { PostgresStore } from "#projection/run/postgres-store.js";
import { statusOf } from "#projection/watch/status.js";
import { CheckpointMoved } from "#projection/run/store.js";
import { viewName, type View } from "#projection/declare/view.js";
import { factAt, stories, unspeakable, views } from "../simulation/world.js";
import { eventually } from "../support/processes.js";
import { Stories, storyStream, unwritable } from "../support/stories.js";

const partitions = 3;
const [storyView, parkingView, workerView] = views as readonly [View, View, View];
const here = new Stories(partitions);
const { tell, run, told } = here;

describe("a fact that a view cannot take", () => {
  test.each([
    ["because its handler throws", unspeakable],
    ["because its row is refused", unwritable],
  ])("%s, is parked with what follows in its stream; all else goes on, and the row is said to be stale", async (_, word) => {
    const [one, other] = [storyStream(), storyStream()];
    await tell(one, "a", "b");
    await tell(other, "x");
    await tell(one, word, "c");
    await tell(other, "y");
    const parking = [parkingView];
    const { stop } = run(parking);
    await eventually("it is parked", async () =>
      (await listParked(here.pool)).some((parked) => parked.stream === one && parked.facts === 2),
    );
    await tell(one, "d");
    await tell(other, "z");
    await eventually("all else went on", async () => (await told(parkingView, other))[0]?.story === "xyz");
    expect(await told(parkingView, one, other)).toEqual([
      { story: "ab", stale: true },
      { story: "xyz", stale: false },
    ]);
    const [parked] = (await listParked(here.pool)).filter((each) => each.stream === one);
    expect(parked).toMatchObject({ view: viewName(parkingView), facts: 3, firstRevision: "2", type: "Told" });
    expect(JSON.stringify(parked)).not.toContain("worker");
    await stop();
  });

  test("is taken when the view can, in order, without a stop of what runs", async () => {
    const one = storyStream();
    await tell(one, "a", unspeakable, "b");
    const { stop } = run([parkingView]);
    await eventually("it is parked", async () =>
      (await listParked(here.pool)).some((parked) => parked.stream === one && parked.facts === 2),
    );
    const broken = new PostgresStore(here.pool, [parkingView], partitions);
    await expect(previewParked(here.log, broken, parkingView, one)).rejects.toThrow(StillPoison);
    await expect(replayParked(here.log, broken, parkingView, one)).rejects.toThrow(`still cannot take what is parked of ${one}`);
    await expect(replayParked(here.log, broken, parkingView, storyStream())).rejects.toThrow(NothingParked);
    expect(await told(parkingView, one)).toEqual([{ story: "a", stale: true }]);

    const mended = { ...parkingView, project: storyView.project } as View;
    const mendedStore = new PostgresStore(here.pool, [mended], partitions);
    expect(await previewParked(here.log, mendedStore, mended, one)).toMatchObject([{ before: { story: "a" }, after: { story: "axb" } }]);
    expect(await replayParked(here.log, mendedStore, mended, one)).toBe(2);
    expect(await told(parkingView, one)).toEqual([{ story: "axb", stale: false }]);
    expect((await listParked(here.pool)).filter((parked) => parked.stream === one)).toEqual([]);
    await tell(one, "c");
    await eventually("it goes on", async () => (await told(parkingView, one))[0]?.story === "axbc");
    await stop();
  });

  test("is parked as well where it cannot even be brought into today's form", async () => {
    const one = storyStream();
    const upcast = (type: string, version: number, data: { word: string }) => {
      if (data.word === unspeakable) throw new TypeError("no word");
      return stories.upcast(type, version, data);
    };
    const view = { ...storyView, onPoison: "park", of: { ...stories, upcast } } as unknown as View;
    await tell(one, "a", unspeakable, "b");
    const { stop } = run([view]);
    await eventually("it is parked", async () => (await listParked(here.pool)).some(({ stream, facts }) => stream === one && facts === 2));
    expect(await told(view, one)).toEqual([{ story: "a", stale: true }]);
    await stop();
  });

  test("stops a view over several streams, also where nobody can tell whose row it is; the others go on", async () => {
    const one = storyStream();
    const routeBy = ({ data: { word, worker } }: { data: { word: string; worker: string } }) => {
      if (word === unspeakable) throw new TypeError("whose?");
      return worker;
    };
    const strict = { ...workerView, routeBy } as unknown as View;
    await tell(one, "a", unspeakable, "b");
    const { stop } = run([storyView, strict]);
    await eventually("the other goes on", async () => (await told(storyView, one))[0]?.story === "axb");
    expect((await statusOf(here.log, here.pool, [strict]))[0]?.halted).toContain(`revision 1 of ${one}`);
    await stop();
  });

  test("stops a view that must leave nothing out, and says where; the others go on, and it does as well when it can", async () => {
    const one = storyStream();
    const strict = { ...parkingView, onPoison: "stop" } as View;
    await tell(one, "a");
    await tell(one, unspeakable);
    const { stop } = run([storyView, strict]);
    const haltedOf = async () => (await statusOf(here.log, here.pool, [strict]))[0]?.halted;
    await eventually("it stands still", async () => (await haltedOf()) !== null);
    expect(await haltedOf()).toContain(`revision 1 of ${one}`);
    await tell(one, "b");
    await eventually("the other goes on", async () => (await told(storyView, one))[0]?.story === "axb");
    expect(await told(strict, one)).toEqual([{ story: "a", stale: false }]);
    await stop();
    await haltView(here.pool, viewName(strict), null);
    const mended = run([storyView, { ...strict, project: storyView.project } as View]);
    await eventually("it goes on", async () => (await told(strict, one))[0]?.story === "axb");
    await mended.stop();
  });

  test("is one reason to stand still, an operator's word the other: then the view goes on from where it was", async () => {
    const one = storyStream();
    await tell(one, "a");
    const { stop } = run([storyView]);
    await eventually("it is told", async () => (await told(storyView, one))[0]?.story === "a");
    await haltView(here.pool, viewName(storyView), paused);
    await tell(one, "b");
    expect((await statusOf(here.log, here.pool, [storyView]))[0]?.halted).toBe(paused);
    await haltView(here.pool, viewName(storyView), null);
    await eventually("it goes on", async () => (await told(storyView, one))[0]?.story === "ab");
    await stop();
  });
});

describe("a partition", () => {
  test("belongs to one: whoever lost it writes nothing any more", async () => {
    const one = storyStream();
    const postgres = new PostgresStore(here.pool, views, partitions);
    const names = views.map(viewName);
    const all = await Promise.all([0, 1, 2].map((partition) => postgres.takeOver(partition, names)));
    const zombies = all.map((standing) => new PartitionWorker(postgres, views, partitions, standing, here.log));
    await Promise.all([0, 1, 2].map((partition) => postgres.takeOver(partition, names)));
    const facts = [factAt(10_000_000, one, 0, { word: "a", worker: "w" })];
    for (const zombie of zombies)
      await expect(zombie.advance({ events: facts, position: facts[0]!.position })).rejects.toThrow(CheckpointMoved);
    expect(await told(storyView, one)).toEqual([undefined]);
  });

  test("has one owner, also when several take it over at the same time", async () => {
    const postgres = new PostgresStore(here.pool, views, partitions);
    const standings = await Promise.all(Array.from({ length: 8 }, () => postgres.takeOver(0, views.map(viewName))));
    expect(new Set(standings.map(({ epoch }) => epoch)).size).toBe(8);
    expect((await Promise.all(standings.map((standing) => postgres.holds([standing])))).filter(Boolean)).toEqual([true]);
  });

  test("is shared out among the processes, and free when one of them is gone", async () => {
    const units = ["views 0", "views 1", "views 2", "policies"];
    const [one, other] = [new Leases(here.url, units), new Leases(here.url, units)];
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
    const streams = Array.from({ length: 6 }, storyStream);
    for (const each of streams) await tell(each, "a", "b");
    const before = run();
    await eventually("all are told", async () => (await told(storyView, ...streams)).every((row) => row?.story === "ab"));
    await before.stop();
    await here.prepare(undefined, 5);
    for (const each of streams) await tell(each, "c");
    const after = run(views, 5);
    await eventually("all are told on", async () => (await told(storyView, ...streams)).every((row) => row?.story === "abc"));
    expect((await statusOf(here.log, here.pool, [storyView]))[0]).toMatchObject({ partitions: 5, parkedStreams: 0, staleRows: 0 });
    await after.stop();
    await expect(run(views, partitions).running).rejects.toThrow("another number of partitions");
  });
});

test("connections that Postgres ends in the midst of batches cost time, and nothing else", async () => {
  const streams = Array.from({ length: 5 }, storyStream);
  const { stop } = run();
  const end = () =>
    here.pool.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()",
    );
  for (const word of ["a", "b", "c", "d"]) {
    await Promise.all(streams.map((each) => tell(each, ...Array.from({ length: 40 }, () => word))));
    await end();
  }
  const whole = ["a", "b", "c", "d"].map((word) => word.repeat(40)).join("");
  await eventually("all are told", async () => (await told(storyView, ...streams)).every((row) => row?.story === whole));
  await stop();
});
