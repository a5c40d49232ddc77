import "reflect-metadata";
import { jsonEvent } from "@eventstore/db-client";
import { listParked, RebuildNeeded, replayParked, StillPoison } from "#projection/park/dead-letters.js";
import { PostgresStore } from "#projection/run/postgres-store.js";
import { exchange } from "#projection/rebuild/exchange.js";
import { rebuild } from "#projection/rebuild/rebuild.js";
import { reconcile } from "#projection/watch/reconcile.js";
import { statusOf } from "#projection/watch/status.js";
import { viewName, type View } from "#projection/declare/view.js";
import { slice, aggregate } from "#kernel/kernel.js";
import { clientOf, disposeClients } from "../event-store/node.js";
import { stories, views } from "../simulation/world.js";
import { metadata } from "../support/metadata.js";
import { eventually } from "../support/processes.js";
import { Stories, storyStream } from "../support/stories.js";

const partitions = 3;
const [storyView, , workerView] = views as readonly [View, View, View];
const strict = { ...storyView, onPoison: "stop" } as View;
const here = new Stories(partitions);
const { tell, run, told } = here;
afterAll(() => disposeClients());

const parkedOf = async (view: View, stream: string) =>
  (await listParked(here.pool)).find((each) => each.view === viewName(view) && each.stream === stream);
const stranger = () => clientOf(here.storeUrl);

describe("what nobody can read parks its stream in every view, also in one that must leave nothing out, and stops nobody else:", () => {
  const unheard = () => jsonEvent({ type: "Unheard", data: { data: {} }, metadata: { ...metadata } });
  test.each([
    ["a fact of a type that a newer program wrote", "UnknownFact", unheard],
    [
      "a fact of a newer version",
      "UnknownFact",
      () => jsonEvent({ type: "Told", data: { data: {} }, metadata: { ...metadata, schema: 9 } }),
    ],
    ["an event that the application did not write", "RecordUnreadable", () => jsonEvent({ type: "Told", data: { word: "x" } })],
  ])("%s", async (_, error, event) => {
    const [one, other] = [storyStream(), storyStream()];
    await tell(one, "a");
    const { stop } = run([strict, workerView]);
    await stranger().appendToStream(one, event());
    here.passOver(one);
    await tell(one, "b");
    await tell(other, "x");
    await eventually("all else goes on", async () => (await told(strict, other))[0]?.story === "x");
    await eventually(
      "it waits in both",
      async () => (await parkedOf(workerView, one))?.facts === 2 && (await parkedOf(strict, one))?.facts === 2,
    );
    expect(await parkedOf(strict, one)).toMatchObject({ firstRevision: "1", error });
    expect(await told(strict, one)).toEqual([{ story: "a", stale: true }]);
    expect((await statusOf(here.log, here.pool, [strict]))[0]).toMatchObject({ halted: null, parkedStreams: 1 });
    await stop();
    const store = new PostgresStore(here.pool, [strict, workerView], partitions);
    await expect(replayParked(here.log, store, strict, one)).rejects.toThrow(StillPoison);
    await expect(replayParked(here.log, store, workerView, one)).rejects.toThrow(RebuildNeeded);
    // Folded anew, nothing is given up, and the same waits.
    await rebuild(here.log, here.url, [strict]);
    await exchange(here.log, here.url, "rebuilt", [strict]);
    expect(await told(strict, one, other)).toEqual([
      { story: "a", stale: true },
      { story: "x", stale: false },
    ]);
    expect(await parkedOf(strict, one)).toMatchObject({ facts: 2, error });
  });

  test("a stream that was tombstoned", async () => {
    const [one, other] = [storyStream(), storyStream()];
    await tell(one, "a");
    await tell(other, "x");
    const { stop } = run([strict, workerView]);
    await eventually("it is told", async () => (await told(strict, one))[0]?.story === "a");
    await stranger().tombstoneStream(one);
    await tell(other, "y");
    await eventually("all else goes on", async () => (await told(strict, other))[0]?.story === "xy");
    await eventually("it is marked", async () => (await parkedOf(strict, one))?.error === "RecordDestroyed");
    expect(await told(strict, one)).toEqual([{ story: "a", stale: true }]);
    await stop();
  });
});

test("reconciliation names what is parked, and a stream that was cut off without anybody's notice, and finds no other difference", async () => {
  const [one, other, third] = [storyStream(), storyStream(), storyStream()];
  await tell(one, "a");
  await tell(other, "x", "y");
  const { stop } = run([strict, workerView]);
  await stranger().appendToStream(one, jsonEvent({ type: "Told", data: { word: "x" } }));
  here.passOver(one);
  await tell(one, "b");
  await tell(third, "z");
  await eventually("it waits", async () => (await parkedOf(strict, one))?.facts === 2 && (await parkedOf(workerView, one))?.facts === 2);
  await eventually("all else is told", async () => (await told(strict, third))[0]?.story === "z");
  await stop();
  await stranger().setStreamMetadata(other, { truncateBefore: 1 });
  const { findings, found, parkedStreams } = await reconcile(here.log, here.pool, [strict, workerView], { sampleEvery: 1 });
  expect(findings).toEqual([{ view: viewName(strict), kind: "destroyed", key: "", stream: other }]);
  expect(found).toBe(1);
  expect(parkedStreams).toContainEqual({ view: viewName(strict), stream: one, firstRevision: "1", error: "RecordUnreadable" });
  expect(parkedStreams).toContainEqual({ view: viewName(workerView), stream: one, firstRevision: "1", error: "RecordUnreadable" });
});

test("a newer program takes what an older one could not read, in order", async () => {
  const one = storyStream();
  await tell(one, "a");
  await stranger().appendToStream(one, jsonEvent({ type: "Whispered", data: { data: { word: "w" } }, metadata: { ...metadata } }));
  here.passOver(one);
  await tell(one, "b");
  const { stop } = run([storyView]);
  await eventually("it waits", async () => (await parkedOf(storyView, one))?.facts === 2);
  await stop();
  type Whispered = { type: "Whispered"; data: { word: string } };
  const whispered = slice<Whispered>()<object>({}, { Whispered: (state) => state });
  const told2 = slice<{ type: "Told"; data: { word: string; worker: string } }>()<object>({}, { Told: (state) => state });
  const newer = {
    ...storyView,
    of: aggregate(stories.name, { told2, whispered }),
    project: { ...storyView.project, Whispered: (row: any, fact: any) => ({ ...row, story: row.story + fact.data.word }) },
  } as unknown as View;
  expect(await replayParked(here.log, new PostgresStore(here.pool, [newer], partitions), newer, one)).toBe(2);
  expect(await told(storyView, one)).toEqual([{ story: "awb", stale: false }]);
});
