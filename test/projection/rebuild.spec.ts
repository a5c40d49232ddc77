import "reflect-metadata";
import { listParked } from "#projection/park/dead-letters.js";
import { Poisoned } from "#projection/park/poison.js";
import { bringUp } from "#projection/rebuild/bring-up.js";
import { exchange, NothingToExchange } from "#projection/rebuild/exchange.js";
import { createSets, openSet } from "#projection/rebuild/sets.js";
import { NotVerified, rebuild } from "#projection/rebuild/rebuild.js";
import { RebuildRunning } from "#projection/rebuild/turn.js";
import { reconcile } from "#projection/watch/reconcile.js";
import { askSkip } from "#projection/park/skips.js";
import { statusOf } from "#projection/watch/status.js";
import { viewName, type View } from "#projection/declare/view.js";
import { unspeakable, views } from "../simulation/world.js";
import { eventually } from "../support/processes.js";
import { Stories, storyStream, unwritable } from "../support/stories.js";

const [storyView, parkingView] = views as readonly [View, View];
const here = new Stories(2);
const { tell, run, rowsOf } = here;

const tellMany = async (count: number, ...words: string[]) => {
  const streams = Array.from({ length: count }, storyStream);
  for (const each of streams) await tell(each, ...words);
  return streams;
};
const storyOf = async (view: View, of: string) => (await here.told(view, of))[0]?.story;
const clean = async (of: readonly View[] = views) =>
  expect((await reconcile(here.log, here.pool, of, { sampleEvery: 1 })).findings).toEqual([]);

describe("views folded anew", () => {
  test("are what the live ones are, take their place while people work, and nothing else is written", async () => {
    await tellMany(60, "a", "b", "c");
    const running = run();
    await eventually("the live ones are told", async () => (await rowsOf(storyView)).length === 60);
    const head = await here.log.head();
    const rebuilt = await rebuild(here.log, here.url, views);
    expect(await here.log.head()).toEqual(head);
    expect(rebuilt).toMatchObject([
      { view: viewName(storyView), facts: 180, rows: 60 },
      { view: viewName(parkingView), facts: 180, rows: 60 },
      { facts: 180 },
    ]);
    for (const view of views) expect(await rowsOf(view, "rebuilt")).toEqual(await rowsOf(view));
    const during = tellMany(40, "d", "e");
    await exchange(here.log, here.url, "rebuilt", views);
    const [one] = await during;
    await eventually("all goes on after the exchange", async () => (await storyOf(storyView, one!)) === "de");
    await eventually("nothing is missing", async () => (await rowsOf(storyView)).length === 100);
    await running.stop();
    await clean();
  });

  test("have a place beside the live ones that many may make at once", async () => {
    const pools = Array.from({ length: 8 }, () => openSet(here.url, "live", 1));
    await Promise.all(pools.map((pool) => pool.query("select 1")));
    await here.pool.query("drop schema if exists rebuilt cascade; drop schema if exists previous cascade");
    await expect(Promise.all(pools.map((pool) => createSets(pool)))).resolves.toHaveLength(8);
    await Promise.all(pools.map((pool) => pool.end()));
  });

  test("mend what somebody has changed in the live ones; what was there before can come back, and is caught up first", async () => {
    const [one] = await tellMany(5, "a");
    const running = run();
    await eventually("it is told", async () => (await storyOf(storyView, one!)) === "a");
    await running.stop();
    await here.pool.query("update story set story = 'other' where id = $1", [one!.slice(6)]);
    await rebuild(here.log, here.url, [storyView]);
    await exchange(here.log, here.url, "rebuilt", [storyView]);
    expect(await storyOf(storyView, one!)).toBe("a");
    await tell(one!, "b");
    await exchange(here.log, here.url, "previous", [storyView]);
    expect(await storyOf(storyView, one!)).toBe("otherb");
    await exchange(here.log, here.url, "previous", [storyView]);
    expect(await storyOf(storyView, one!)).toBe("ab");
    await clean([storyView]);
  });

  test("go on from where they were stopped, with rows in memory or not", async () => {
    // More than the end of a log that is read without a filter.
    const streams = await tellMany(1_100, "a", "b");
    const stop = new AbortController();
    stop.abort();
    expect(await rebuild(here.log, here.url, views, { signal: stop.signal })).toBeNull();
    await expect(exchange(here.log, here.url, "rebuilt", views)).rejects.toThrow(NothingToExchange);
    for (const each of streams) await tell(each, "c");
    expect(await rebuild(here.log, here.url, views, { mostRows: 20 })).toMatchObject([{ facts: 3_300, rows: 1_100 }, { rows: 1_100 }, {}]);
    await exchange(here.log, here.url, "rebuilt", views);
    await clean();
  });

  test("park what a view cannot take, as the live ones do", async () => {
    const [calm, loud, strange] = [storyStream(), storyStream(), storyStream()];
    await tell(loud, "a", unspeakable, "b");
    await tell(calm, "x", "y");
    await tell(strange, "a", "b", unwritable, "c");
    const running = run([parkingView]);
    await eventually("both are parked", async () => (await listParked(here.pool)).length === 2);
    await eventually("all else is told", async () => (await storyOf(parkingView, calm)) === "xy");
    await running.stop();
    // When each was parked differs: the live ones met them one after the other.
    const parked = async () =>
      (await listParked(here.pool)).map(({ since: _, ...rest }) => rest).toSorted((a, b) => (a.stream < b.stream ? -1 : 1));
    const before = [await rowsOf(parkingView), await parked()];
    expect(await rebuild(here.log, here.url, [parkingView])).toMatchObject([{ rows: 3 }]);
    await exchange(here.log, here.url, "rebuilt", [parkingView]);
    expect([await rowsOf(parkingView), await parked()]).toEqual(before);
    expect(before[0]).toContainEqual({ id: strange.slice(6), story: "ab", stale: true });
    await clean([parkingView]);
  });

  test("are given up where a view must leave nothing out", async () => {
    const one = storyStream();
    await tell(one, "a", unspeakable);
    await expect(rebuild(here.log, here.url, [{ ...parkingView, onPoison: "stop" } as View])).rejects.toThrow(Poisoned);
    await tell(one, "b");
  });

  test.each(["update rebuilt.story set story = 'other'", "delete from rebuilt.story"])(
    "are held against what was folded: after `%s` they never take the place of live ones",
    async (harm) => {
      await tellMany(3, "a");
      const stop = new AbortController();
      stop.abort();
      await rebuild(here.log, here.url, [storyView], { signal: stop.signal });
      await here.pool.query(harm);
      await expect(rebuild(here.log, here.url, [storyView])).rejects.toThrow(NotVerified);
      await expect(exchange(here.log, here.url, "rebuilt", [storyView])).rejects.toThrow(NothingToExchange);
      expect(await rebuild(here.log, here.url, [storyView], { anew: true })).toMatchObject([{ rows: 3 }]);
    },
  );

  test("are one process's work at a time", async () => {
    await tellMany(3, "a");
    let second: unknown;
    const told = () => (second ??= rebuild(here.log, here.url, [storyView]).catch((error: unknown) => error));
    await rebuild(here.log, here.url, [storyView], { told, throttle: 2 });
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
    await here.prepare([raised]);
    expect(await storyOf(storyView, one!)).toBe("ab");
    expect(await bringUp(here.log, here.url, [raised])).toEqual(["story 2"]);
    expect(await bringUp(here.log, here.url, [raised])).toEqual([]);
    expect(await storyOf(raised, one!)).toBe("22");
    const newer = run([raised]);
    await tell(one!, "c");
    await eventually("it goes on", async () => (await storyOf(raised, one!)) === "222");
    await newer.stop();
    expect(await bringUp(here.log, here.url, [storyView])).toEqual(["story 1"]);
    expect(await storyOf(storyView, one!)).toBe("abc");
    await clean([storyView]);
  });

  test.each([
    ["its handler throws", unspeakable],
    ["its row is refused", unwritable],
  ])(
    "a view that must leave nothing out and cannot take a fact, because %s, stands still there, and keeps nobody from beginning",
    async (_, word) => {
      const strict = { ...parkingView, onPoison: "stop" } as View;
      const raisedStrict = { ...strict, version: 2 } as View;
      const [one, other] = [storyStream(), storyStream()];
      await tell(other, "x");
      await tell(one, "a");
      await tell(one, word);
      await tell(other, "y");
      await here.prepare([strict, storyView]);
      const older = run([strict]);
      await eventually("it stands still", async () => (await statusOf(here.log, here.pool, [strict]))[0]?.halted !== null);
      await older.stop();

      const newer = [raisedStrict, raised];
      await here.prepare(newer);
      expect((await bringUp(here.log, here.url, newer)).toSorted()).toEqual([viewName(raisedStrict), viewName(raised)].toSorted());
      expect(await storyOf(raised, other)).toBe("22");
      // No fact of it is left out, and none is told that comes later.
      expect((await rowsOf(raisedStrict)).map(({ story }) => story).toSorted()).toEqual(["a", "x"]);
      expect(await bringUp(here.log, here.url, newer)).toEqual([]);
      await here.prepare(newer);
      const following = run(newer);
      const halted = async () => (await statusOf(here.log, here.pool, [raisedStrict]))[0]?.halted ?? "";
      await eventually("it stands still as before", async () => (await halted()).includes(`revision 1 of ${one}`));
      await tell(other, "z");
      await eventually("the others go on", async () => (await storyOf(raised, other)) === "222");
      const place = { view: viewName(raisedStrict), stream: one, revision: 1n };
      await askSkip(here.log, here.pool, place, { reason: "FaultInProgram", by: "tatu", needsTwo: false });
      await eventually("it goes on as well", async () => (await storyOf(raisedStrict, other)) === "xyz");
      await following.stop();
    },
  );

  test("a program that comes back and cannot take what a newer one took stands still there, and begins all the same", async () => {
    const strict = { ...parkingView, onPoison: "stop" } as View;
    const mended = { ...strict, version: 2, project: storyView.project } as View;
    const [one] = await tellMany(1, "a");
    await here.prepare([strict]);
    const older = run([strict]);
    await eventually("it is told", async () => (await storyOf(strict, one!)) === "a");
    await older.stop();
    await here.prepare([mended]);
    await bringUp(here.log, here.url, [mended]);
    await tell(one!, unspeakable, "b");
    const newer = run([mended]);
    await eventually("the newer one takes it", async () => (await storyOf(mended, one!)) === "axb");
    await newer.stop();
    await here.prepare([strict]);
    expect(await bringUp(here.log, here.url, [strict])).toEqual([viewName(strict)]);
    expect(await storyOf(strict, one!)).toBe("a");
  });

  test("a new view is folded whole at once, whoever of several processes comes first", async () => {
    await tellMany(20, "a");
    expect(
      new Set((await Promise.all([bringUp(here.log, here.url, views), bringUp(here.log, here.url, views)])).map(({ length }) => length)),
    ).toEqual(new Set([0, 3]));
    expect((await rowsOf(storyView)).length).toBe(20);
    await clean();
  });
});
