import "reflect-metadata";
import { listParked, replayParked } from "#projection/park/dead-letters.js";
import { PostgresStore } from "#projection/run/postgres-store.js";
import { readList } from "#projection/read/reading.js";
import { exchange } from "#projection/rebuild/exchange.js";
import { rebuild } from "#projection/rebuild/rebuild.js";
import { reconcile } from "#projection/watch/reconcile.js";
import { approveSkip, askSkip, listSkips, NothingToSkip, SecondPersonNeeded } from "#projection/park/skips.js";
import { statusOf } from "#projection/watch/status.js";
import { tableOf } from "#projection/declare/columns.js";
import { viewName, type View } from "#projection/declare/view.js";
import { unspeakable, views } from "../simulation/world.js";
import { eventually } from "../support/processes.js";
import { idOf, Stories, storyStream, unwritable } from "../support/stories.js";

const [, parkingView] = views as readonly [View, View];
const strict = { ...parkingView, onPoison: "stop" } as View;
const here = new Stories(2);
const { tell, run, told } = here;

const haltedOf = async (view: View) => (await statusOf(here.log, here.pool, [view]))[0]?.halted;
/** The row as people are shown it. */
const shown = async (view: View, stream: string) =>
  (await here.pool.query(`select ${readList(tableOf(view.row))} from "${tableOf(view.row).table}" where id = $1`, [idOf(stream)])).rows[0];
const clean = async (view: View) => expect((await reconcile(here.log, here.pool, [view], { sampleEvery: 1 })).findings).toEqual([]);

test.each([
  ["its handler throws", unspeakable],
  ["its row is refused", unwritable],
])("a safeguarding view passes over a fact because %s when two persons let it, for ever, and its row says so", async (_, word) => {
  const [one, other] = [storyStream(), storyStream()];
  await tell(one, "a");
  await tell(one, word);
  await tell(one, "b");
  await tell(other, "x");
  const { stop } = run([strict]);
  await eventually("it stands still", async () => (await haltedOf(strict)) !== null);
  const place = { view: viewName(strict), stream: one, revision: 1n };
  const asked = { reason: "ValueNotStorable", by: "tatu", needsTwo: true } as const;
  await expect(askSkip(here.log, here.pool, { ...place, revision: 0n }, asked)).rejects.toThrow(NothingToSkip);
  await expect(approveSkip(here.pool, place, "imani")).rejects.toThrow(NothingToSkip);
  expect(await askSkip(here.log, here.pool, place, asked)).toMatchObject({ approvedBy: null, askedBy: "tatu", reason: "ValueNotStorable" });
  expect(await askSkip(here.log, here.pool, place, asked)).toMatchObject({ approvedBy: null });
  await expect(approveSkip(here.pool, place, "tatu")).rejects.toThrow(SecondPersonNeeded);
  expect(await haltedOf(strict)).toContain(`revision 1 of ${one}`);

  expect(await approveSkip(here.pool, place, "imani")).toMatchObject({ approvedBy: "imani" });
  await eventually("it goes on", async () => (await told(strict, other))[0]?.story === "x");
  const expected = { story: "ab", stale: true, skipped: ["1"] };
  await eventually("all else is told", async () => (await shown(strict, one))?.story === "ab");
  expect(await shown(strict, one)).toMatchObject(expected);
  expect(await shown(strict, other)).toMatchObject({ story: "x", stale: false, skipped: null });
  await stop();
  await clean(strict);
  expect(await listParked(here.pool)).toEqual([]);

  await rebuild(here.log, here.url, [strict]);
  await exchange(here.log, here.url, "rebuilt", [strict]);
  expect(await shown(strict, one)).toMatchObject(expected);
  await clean(strict);
  expect(await listSkips(here.pool)).toMatchObject([{ stream: one, revision: "1", askedBy: "tatu", approvedBy: "imani" }]);
});

test("what is parked is passed over at one person's word, and what stood behind it is taken", async () => {
  const one = storyStream();
  await tell(one, "a", unspeakable, "b");
  const { stop } = run([parkingView]);
  await eventually("it waits", async () => (await listParked(here.pool))[0]?.facts === 2);
  const place = { view: viewName(parkingView), stream: one, revision: 1n };
  await askSkip(here.log, here.pool, place, { reason: "FaultInProgram", by: "tatu", needsTwo: false });
  const store = new PostgresStore(here.pool, [parkingView], 2);
  expect(await replayParked(here.log, store, parkingView, one)).toBe(1);
  expect(await shown(parkingView, one)).toMatchObject({ story: "ab", stale: true, skipped: ["1"] });
  expect(await listParked(here.pool)).toEqual([]);
  await tell(one, "c");
  await eventually("it goes on", async () => (await shown(parkingView, one))?.story === "abc");
  expect(await shown(parkingView, one)).toMatchObject({ stale: true, skipped: ["1"] });
  await stop();
  await clean(parkingView);
});
