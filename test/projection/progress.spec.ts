import "reflect-metadata";
import { PartitionWorker } from "#projection/run/partition-worker.js";
import { PostgresStore } from "#projection/run/postgres-store.js";
import { Progress } from "#projection/read/progress.js";
import { viewName, type View } from "#projection/declare/view.js";
import { views } from "../simulation/world.js";
import { SilentProxy } from "../support/silent-proxy.js";
import { Stories, storyStream } from "../support/stories.js";

const partitions = 3;
const [storyView] = views as readonly [View, View, View];
const here = new Stories(partitions);
const { tell, run, told } = here;

test("whoever waits for a position is answered when every partition has it, and not before", async () => {
  const one = storyStream();
  const [soon, progress] = [50, 20_000].map((milliseconds) => new Progress(here.url, { milliseconds, waiting: 50 })) as [
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
  expect(await told(storyView, one)).toEqual([{ story: "a", stale: false }]);
  await Promise.all([soon.close(), progress.close()]);
  await stop();
});

describe("while the work is divided among another number of partitions, whoever waits", () => {
  /** Asks how far views are only when it is told something. */
  const start = async (milliseconds: number): Promise<Progress> => {
    const progress = new Progress(here.url, { milliseconds, waiting: 50 }, 60_000);
    await progress.start();
    return progress;
  };

  test("is not told that a change has come before it has, however far the first partitions are", async () => {
    const progress = await start(2_000);
    await here.prepare(undefined, 5);
    const position = await tell(storyStream(), "a");
    const window = await here.log.readWindow(null, 10);
    const postgres = new PostgresStore(here.pool, views, 5);
    const standings = await Promise.all([0, 1, 2, 3, 4].map((partition) => postgres.takeOver(partition, views.map(viewName))));
    const [last, ...others] = standings.map((standing) => new PartitionWorker(postgres, views, 5, standing, here.log)).toReversed();
    for (const worker of others) await worker.advance({ events: window.facts, position });
    expect(await progress.reached([viewName(storyView)], position.commit)).toBe(false);
    await last!.advance({ events: window.facts, position });
    expect(await progress.reached([viewName(storyView)], position.commit)).toBe(true);
    await progress.close();
  });

  test("does not wait for partitions that are no more", async () => {
    const progress = await start(20_000);
    await here.prepare(undefined, 2);
    const position = await tell(storyStream(), "a");
    const { stop } = run(views, 2);
    expect(await progress.reached([viewName(storyView)], position.commit)).toBe(true);
    await progress.close();
    await stop();
  });
});

test("a connection that is dead without a word keeps nobody waiting for what has come", async () => {
  const one = storyStream();
  const { proxy, url } = await SilentProxy.before(here.url);
  const progress = new Progress(url, { milliseconds: 20_000, waiting: 50 }, 300);
  await progress.start();
  proxy.fallSilent();
  const position = await tell(one, "a");
  const { stop } = run();
  expect(await progress.reached([viewName(storyView)], position.commit)).toBe(true);
  await stop();
  proxy.close();
  await progress.close().catch(() => undefined);
});
