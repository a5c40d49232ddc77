import "reflect-metadata";
import { ExpectedRows } from "#projection/watch/expected-rows.js";
import { reconcile } from "#projection/watch/reconcile.js";
import { viewName, type View } from "#projection/declare/view.js";
import { views } from "../simulation/world.js";
import { eventually } from "../support/processes.js";
import { idOf, Stories, storyStream } from "../support/stories.js";

const [storyView, , workerView] = views as readonly [View, View, View];
const here = new Stories(3);
const { tell, run, told } = here;

test("reconciliation finds what differs from the here.log, and nothing where nothing does", async () => {
  const streams = Array.from({ length: 12 }, storyStream);
  const positions = [];
  for (const each of streams) positions.push(await tell(each, "a", "b"));
  const { stop } = run([storyView, workerView]);
  const checked = [storyView, workerView];
  await eventually("all are told", async () => (await told(storyView, ...streams)).every((row) => row?.story === "ab"));
  await stop();
  expect(await reconcile(here.log, here.pool, checked, { sampleEvery: 1 })).toMatchObject({ findings: [], streams: expect.any(Number) });
  const [changed, behind, missing] = streams as [string, string, string];
  await here.pool.query("update story set story = 'other' where id = $1", [idOf(changed)]);
  await here.pool.query("update story set position = 0 where id = $1", [idOf(behind)]);
  await here.pool.query("delete from story where id = $1", [idOf(missing)]);
  await here.pool.query("insert into story (id, story, position) values ('nobody', 'x', 0)");
  const { findings, found: inAll } = await reconcile(here.log, here.pool, checked, { sampleEvery: 1 });
  expect(inAll).toBe(findings.length);
  const found = (kind: string) => findings.filter((finding) => finding.kind === kind).map(({ key }) => key);
  expect(found("different")).toEqual([idOf(changed)]);
  expect(found("behind")).toEqual([idOf(behind)]);
  expect(found("missing")).toEqual([idOf(missing)]);
  // Also where nobody is looked into by chance.
  const { findings: seen } = await reconcile(here.log, here.pool, checked, { sampleEvery: 1_000_000 });
  expect(seen.filter(({ kind }) => kind === "missing").map(({ key }) => key)).toEqual([idOf(missing)]);
  expect(found("unknown")).toEqual(["nobody"]);
});

test("reconciliation folds every row of a view over several streams anew", async () => {
  for (const stream of [storyStream(), storyStream(), storyStream()]) await tell(stream, "a", "b");
  const { stop } = run([storyView, workerView]);
  const rows = async () => (await here.pool.query<{ id: string; story: string }>("select id, story from worker_story order by id")).rows;
  await eventually("all are told", async () => (await rows()).reduce((sum, { story }) => sum + story.length, 0) === 6);
  await stop();
  expect(await reconcile(here.log, here.pool, [workerView])).toMatchObject({ found: 0, compared: (await rows()).length });
  const { id } = (await rows())[0]!;
  await here.pool.query("update worker_story set story = 'other' where id = $1", [id]);
  expect((await reconcile(here.log, here.pool, [workerView])).findings).toMatchObject([{ kind: "different", key: id }]);
  await here.pool.query("delete from worker_story where id = $1", [id]);
  expect((await reconcile(here.log, here.pool, [workerView])).findings).toMatchObject([{ kind: "missing", key: id }]);
});

test("reconciliation of more rows than a process holds tells how many differ, and names the first of them", async () => {
  const due = await ExpectedRows.open(here.pool);
  const keys = Array.from({ length: 20_500 }, (_, index) => `person ${index}`);
  const view = viewName(storyView);
  try {
    for (const position of [1n, 2n]) for (const key of keys) await due.add({ view, key, position, stream: `story-${key}`, refold: false });
    await due.flush();
    await here.pool.query("insert into story (id, story, position) select unnest($1::text[]), 'x', 2", [keys]);
    expect(await due.differences(storyView, 2n, 3)).toEqual({ found: 0, first: [] });
    await here.pool.query("update story set position = 1 where id = any($1)", [keys.slice(0, 10)]);
    const { found, first } = await due.differences(storyView, 2n, 3);
    expect(found).toBe(10);
    expect(first).toEqual(["0", "1", "2"].map((each) => ({ kind: "behind", key: `person ${each}`, stream: `story-person ${each}` })));
    await here.pool.query("delete from story where id = any($1)", [keys.slice(0, 500)]);
    const pages = [];
    for await (const streams of due.toRefold(storyView)) pages.push(streams);
    expect(pages.map(({ length }) => length)).toEqual([200, 200, 100]);
    expect(new Set(pages.flat())).toEqual(new Set(keys.slice(0, 500).map((key) => `story-${key}`)));
  } finally {
    due.close();
  }
});
