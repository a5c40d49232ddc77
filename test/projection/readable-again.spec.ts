import "reflect-metadata";
import { jsonEvent } from "@eventstore/db-client";
import { aggregate, slice } from "#kernel/kernel.js";
import { listParked } from "#projection/park/dead-letters.js";
import { policy, policyName, type Policy } from "#projection/declare/policy.js";
import { runPolicies } from "#projection/run/policy-runner.js";
import { PostgresPolicyStore } from "#projection/run/policy-store.js";
import { ReadableAgain } from "#projection/park/readable-again.js";
import { runTask } from "#projection/watch/run-tasks.js";
import { listTasks, takeTask } from "#projection/watch/tasks.js";
import { viewName, type View } from "#projection/declare/view.js";
import { Changes, type Sealer } from "#store/changes.js";
import { clientOf, disposeClients } from "../event-store/node.js";
import { echoes, policiesOf, stories, unspeakable, views } from "../simulation/world.js";
import { metadata } from "../support/metadata.js";
import { eventually } from "../support/processes.js";
import { idOf, Stories, storyStream } from "../support/stories.js";

const partitions = 2;
const [, parkingView, workerView] = views as readonly [View, View, View];
const [hears] = policiesOf(false) as readonly [Policy<any>];
const here = new Stories(partitions);
const { tell, run, told } = here;
afterAll(() => disposeClients());

/** The same stories, as a program knows them that has one fact more. */
type Word = { word: string; worker: string };
const known = slice<{ type: "Told"; data: Word } | { type: "Whispered"; data: Word }>()<object>(
  {},
  { Told: (state) => state, Whispered: (state) => state },
);
const knownStories = aggregate(stories.name, { known });
const newer = (view: View) =>
  ({ ...view, of: knownStories, project: { ...view.project, Whispered: view.project["Told" as never] } }) as unknown as View;
const newerHears = policy(knownStories)("hears", { ...hears.when, Whispered: hears.when["Told" as never] } as never) as Policy<any>;
const unsealed: Sealer = { seal: async () => ({}), fingerprint: async (value) => JSON.stringify(value), mark: (text) => text };

/** What a newer program appends that the older one does not know. */
async function whisper(stream: string, word: string): Promise<void> {
  const data = { data: { word, worker: `worker-${stream.slice(-1)}` } };
  await clientOf(here.storeUrl).appendToStream(stream, jsonEvent({ type: "Whispered", data, metadata: { ...metadata } }));
  here.passOver(stream);
}

const parkedOf = async (stream: string) =>
  new Map((await listParked(here.pool)).filter((each) => each.stream === stream).map(({ view, error, facts }) => [view, { error, facts }]));
const heardOf = async (stream: string): Promise<string> => {
  const words: string[] = [];
  for await (const { data } of here.log.readStream(`${echoes.name}-${idOf(stream)}`)) words.push((data as { word: string }).word);
  return words.join("");
};

/** An older program, with these views and its policy, follows until so many facts of these streams wait everywhere. */
async function older(of: readonly View[], streams: readonly string[], facts: number): Promise<void> {
  await here.prepare(of, partitions, [hears]);
  const stop = new AbortController();
  const following = run(of);
  const store = new PostgresPolicyStore(here.pool);
  const observer = { applied: () => undefined, interrupted: () => undefined };
  const changes = new Changes(here.log, unsealed);
  const asking = runPolicies({ log: here.log, changes, store, policies: [hears], observer }, stop.signal);
  await eventually("it waits everywhere", async () =>
    (await Promise.all(streams.map(parkedOf))).every(
      (parked) => parked.size === of.length + 1 && [...parked.values()].every((each) => each.facts === facts),
    ),
  );
  stop.abort();
  await Promise.all([following.stop(), asking]);
}

/** The program that begins now. */
const beginning = (of: readonly View[], policies: readonly Policy<any>[]) => {
  const workshop = { log: here.log, pool: here.pool, url: here.url, views: of, policies, dues: [] };
  const troubles: Error[] = [];
  const again = new ReadableAgain({ ...workshop, changes: new Changes(here.log, unsealed), interrupted: (error) => troubles.push(error) });
  return { again, workshop, troubles };
};

test("what waited because an older program did not know its type is taken by one that does, without an operator, in order", async () => {
  const [one, other] = [storyStream(), storyStream()];
  for (const stream of [one, other]) {
    await tell(stream, "a");
    await whisper(stream, "w");
    await tell(stream, "b");
  }
  await older([parkingView], [one, other], 2);
  expect(await told(parkingView, one)).toEqual([{ story: "a", stale: true }]);

  // The same program begins again: it does not know it either, and nothing is touched.
  const before = await listParked(here.pool);
  await beginning([parkingView], [hears]).again.take();
  expect(await listParked(here.pool)).toEqual(before);

  const { again, troubles } = beginning([newer(parkingView)], [newerHears]);
  await again.take();
  expect(troubles).toEqual([]);
  expect(await listParked(here.pool)).toEqual([]);
  expect(await told(parkingView, one, other)).toEqual([
    { story: "awb", stale: false },
    { story: "awb", stale: false },
  ]);
  expect(await heardOf(one)).toBe("awb");
  expect(await heardOf(other)).toBe("awb");
});

test("a view that has nothing to do with what it waited for waits no more, and its rows are told the whole", async () => {
  const [one, other] = [storyStream(), storyStream()];
  for (const stream of [one, other]) {
    await tell(stream, "a");
    await whisper(stream, "w");
  }
  await older([parkingView], [one, other], 1);
  expect(await told(parkingView, one)).toEqual([{ story: "a", stale: true }]);
  const unheeding = { ...parkingView, of: knownStories } as unknown as View;
  const { again, troubles } = beginning([unheeding], [{ ...hears, of: knownStories }]);
  await again.take();
  expect(troubles).toEqual([]);
  expect(await listParked(here.pool)).toEqual([]);
  expect(await told(parkingView, one, other)).toEqual([
    { story: "a", stale: false },
    { story: "a", stale: false },
  ]);
  expect(await heardOf(one)).toBe("a");
});

test("a view over several streams is folded anew for it, once, and takes its place", async () => {
  const one = storyStream();
  await tell(one, "a");
  await whisper(one, "w");
  await tell(one, "b");
  await older([workerView], [one], 2);
  const { again, workshop } = beginning([newer(workerView)], [newerHears]);
  await again.take();
  await again.take();
  expect(await listTasks(here.pool)).toMatchObject([{ kind: "rebuild", state: "asked", views: [viewName(workerView)] }]);
  await runTask(workshop, (await takeTask(here.pool))!, new AbortController().signal);
  expect(await parkedOf(one)).toEqual(new Map());
  expect((await here.rowsOf(workerView)).map(({ story, stale }) => [story, stale])).toEqual([["awb", false]]);
});

test("what waits for another reason, or cannot be taken behind what is known now, goes on to wait for an operator and stops nobody", async () => {
  const [hard, easy, foreign] = [storyStream(), storyStream(), storyStream()];
  for (const [stream, behind] of [
    [hard, unspeakable],
    [easy, "b"],
  ] as const) {
    await tell(stream, "a");
    await whisper(stream, "w");
    await tell(stream, behind);
  }
  await tell(foreign, "a");
  await clientOf(here.storeUrl).appendToStream(foreign, jsonEvent({ type: "Told", data: { word: "x" } }));
  here.passOver(foreign);
  await tell(foreign, "b");
  await older([parkingView], [hard, easy, foreign], 2);
  const { again, troubles } = beginning([newer(parkingView)], [newerHears]);
  await again.take();
  await again.take();
  expect(troubles.map(({ name, message }) => `${name} ${message.includes(hard)}`)).toEqual(["Error true", "Error true"]);
  expect(await told(parkingView, hard, easy, foreign)).toEqual([
    { story: "a", stale: true },
    { story: "awb", stale: false },
    { story: "a", stale: true },
  ]);
  expect(await parkedOf(easy)).toEqual(new Map());
  expect(await parkedOf(foreign)).toEqual(
    new Map([
      [viewName(parkingView), { error: "RecordUnreadable", facts: 2 }],
      [policyName(hears), { error: "RecordUnreadable", facts: 2 }],
    ]),
  );
  // The policy has asked for what it could: that is not asked for again.
  expect((await parkedOf(hard)).get(policyName(hears))).toEqual({ error: "Error", facts: 1 });
  expect(await heardOf(hard)).toBe("aw");
});
