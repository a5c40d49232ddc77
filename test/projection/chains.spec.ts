import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { EventStoreDBClient, jsonEvent } from "@eventstore/db-client";
import type { Pool } from "pg";
import type { Rule } from "#kernel/kernel.js";
import { openPool } from "#platform/postgres/postgres.js";
import { listFindings, lookedInto, countFindings, type ChainFinding } from "#projection/watch/chain-records.js";
import { Chains } from "#projection/watch/chains.js";
import { migrate, readModels } from "#projection/declare/migrations.js";
import { PostgresStore } from "#projection/run/postgres-store.js";
import { reconcile } from "#projection/watch/reconcile.js";
import { runViews } from "#projection/run/runner.js";
import { createKeyFile, keyFromFile } from "#seal/key-encryption-key.js";
import { openSeal, type Seal } from "#seal/seal.js";
import { linkHash } from "#store/chain.js";
import { Change } from "#store/change.js";
import { Changes } from "#store/changes.js";
import { EventLog } from "#store/event-log.js";
import type { StoredFact } from "#store/stored.js";
import { startEventStore, type RunningEventStore } from "../../apps/event-store/event-store.js";
import { stories, views } from "../simulation/world.js";
import { createDatabase } from "../support/postgres.js";
import { eventually } from "../support/processes.js";
import { temporaryFolder } from "../support/temporary-folder.js";

const partitions = 2;
let store: RunningEventStore;
let seal: Seal;
let log: EventLog;
let changes: Changes;
/** Where the event store keeps its events: for whoever has the store's own database in her hands. */
let events: Pool;
let eventsUrl: string;
let pool: Pool;
let alarms: ChainFinding[];
let projector: { chains: Chains; stop: () => Promise<void> };

beforeEach(async () => {
  const file = join(temporaryFolder(), "key");
  await createKeyFile(file);
  eventsUrl = await createDatabase();
  events = openPool(eventsUrl);
  seal = await openSeal({ keyringUrl: await createDatabase(), key: await keyFromFile(file) });
  const url = await createDatabase();
  pool = openPool(url);
  const source = await readModels(url, views).initialize();
  await migrate(source, views, partitions);
  await source.destroy();
  alarms = [];
  await openStore();
  projector = follow();
}, 60_000);
afterEach(async () => {
  await projector.stop();
  await Promise.all([pool.end(), events.end(), log.close(), seal.close()]);
  await store.stop();
});

async function openStore(): Promise<void> {
  store = await startEventStore({ databaseUrl: eventsUrl, port: 0 });
  log = new EventLog(store.url, { marker: seal });
  changes = new Changes(log, seal);
}

/** Somebody has the store's database in her hands while it is stopped, and the projector with it. */
async function offline(work: () => Promise<unknown>): Promise<void> {
  await projector.stop();
  await log.close();
  await store.stop();
  await work();
  await openStore();
}

function follow(chains = new Chains(log, pool, (finding) => alarms.push(finding))): { chains: Chains; stop: () => Promise<void> } {
  const stop = new AbortController();
  const observer = { applied: () => undefined, interrupted: () => undefined };
  const runner = { log, store: new PostgresStore(pool, views, partitions), views, partitions, observer, chains };
  const running = runViews(
    runner,
    Array.from({ length: partitions }, (_, partition) => partition),
    stop.signal,
  );
  running.catch(() => undefined);
  const ended = async () => {
    stop.abort();
    await running;
    await chains.keep();
  };
  return { chains, stop: ended };
}

const tellStory: Rule<object, { word: string }, { type: "Told"; data: { word: string; worker: string } }> = (_, { word }) => [
  { type: "Told", data: { word, worker: "worker-1" } },
];
const tell = async (id: string, ...words: string[]): Promise<void> => {
  for (const word of words)
    await changes.apply(new Change(stories, id, tellStory, { word }, { id: "amina", role: "worker" }, { commandId: randomUUID() }));
};
const streamOf = (id: string) => `story-${id}`;
const factsOf = async (id: string): Promise<StoredFact[]> => {
  const facts: StoredFact[] = [];
  for await (const fact of log.readStream(streamOf(id))) facts.push(fact);
  return facts;
};
/** A word of somebody else, who knows how facts are chained. */
async function forge(id: string, word: string): Promise<void> {
  const { stream, revision, type, metadata } = (await factsOf(id)).at(-1)!;
  const { hash, mark: _, ...covered } = { ...metadata, prev: metadata.hash };
  const body = { data: { word, worker: "worker-1" } };
  const forged = { ...covered, hash: linkHash({ stream, revision: revision + 1n, type, body, metadata: covered }) };
  const stranger = EventStoreDBClient.connectionString(store.url);
  await stranger.appendToStream(stream, jsonEvent({ type, data: body, metadata: forged }));
  await stranger.dispose();
}
const storyOf = async (id: string) =>
  (await pool.query<{ story: string; stale: boolean }>("select story, stale_since is not null as stale from story where id = $1", [id]))
    .rows[0];
const isTold = (id: string, story: string) => eventually(`${story} is shown`, async () => (await storyOf(id))?.story === story);
const findingsOf = async (id: string) =>
  (await listFindings(pool)).filter(({ stream }) => stream === streamOf(id)).map(({ revision, kind }) => `${revision} ${kind}`);
const alarmsOf = (id: string) => alarms.filter(({ stream }) => stream === streamOf(id)).map(({ revision, kind }) => `${revision} ${kind}`);
const inStore = (id: string) => `stream = (select id from stream where convert_from(name, 'utf8') = '${streamOf(id)}')`;

test("nothing is found where only the application has written", async () => {
  const ids = Array.from({ length: 5 }, () => randomUUID());
  await Promise.all(ids.map((id) => tell(id, "a", "b", "c")));
  for (const id of ids) await isTold(id, "abc");
  expect(await listFindings(pool)).toEqual([]);
});

test("what a stranger appends is alarmed of once, shown in no view, and stops nobody, across a start of the projector and one from nothing", async () => {
  const [id, other] = [randomUUID(), randomUUID()];
  await tell(id, "a");
  await forge(id, "X");
  await tell(id, "b");
  await tell(other, "c");
  await isTold(id, "ab");
  expect(await findingsOf(id)).toEqual(["1 forged"]);
  await projector.stop();
  await forge(id, "Y");
  await pool.query("update projection_checkpoint set commit_position = null, prepare_position = null");
  projector = follow();
  await tell(id, "d");
  await isTold(id, "abd");
  expect(alarmsOf(id)).toEqual(["1 forged", "3 forged"]);
  expect(await storyOf(id)).toEqual({ story: "abd", stale: false });
  await isTold(other, "c");
  expect(await reconcile(log, pool, views, { sampleEvery: 1, alarm: () => undefined })).toMatchObject({ found: 0, unfit: 2 });
});

test("a fact that was changed in the store's database is found, and stays shown as it stands", async () => {
  const id = randomUUID();
  await projector.stop();
  await tell(id, "a", "b", "c");
  await events.query(`update event set data = convert_to(replace(convert_from(data, 'utf8'), '"b"', '"X"'), 'utf8') where ${inStore(id)}`);
  projector = follow();
  await isTold(id, "aXc");
  expect(await findingsOf(id)).toEqual(["1 broken"]);
});

test("a fact that was removed from the middle while the projector was away shows at the one after it, and the others go on", async () => {
  const [id, other] = [randomUUID(), randomUUID()];
  await tell(id, "a");
  await isTold(id, "a");
  await projector.stop();
  await tell(id, "b", "c");
  await tell(other, "d");
  await offline(() => events.query(`delete from event where ${inStore(id)} and revision = 1`));
  projector = follow();
  await isTold(other, "d");
  await isTold(id, "ac");
  expect(await findingsOf(id)).toEqual(["2 broken"]);
});

test("facts that changed places are not taken for what the application wrote there", async () => {
  const id = randomUUID();
  await tell(id, "a");
  await isTold(id, "a");
  await projector.stop();
  await tell(id, "b", "c", "d");
  await offline(async () => {
    for (const [from, to] of [
      [1, 9],
      [2, 1],
      [9, 2],
    ])
      // prettier-ignore
      await events.query(`update event set revision = ${to} where ${inStore(id)} and revision = ${from}`);
    await events.query(`update event set position = -position where ${inStore(id)} and revision in (1, 2)`);
    await events.query(
      `with places as (select min(position) as one, max(position) as other from event where ${inStore(id)} and revision in (1, 2))
       update event set position = case position when one then -other else -one end from places where ${inStore(id)} and revision in (1, 2)`,
    );
  });
  projector = follow();
  await isTold(id, "ad");
  expect(await findingsOf(id)).toEqual(["1 forged", "2 forged", "3 broken"]);
});

describe("an end that was cut off", () => {
  test("shows when the stream goes on, also when the projector was away meanwhile", async () => {
    const [id, other] = [randomUUID(), randomUUID()];
    await tell(id, "a", "b", "c");
    await tell(other, "d");
    await isTold(id, "abc");
    await isTold(other, "d");
    await offline(() => events.query(`delete from event where ${inStore(id)} and revision >= 1`));
    await tell(id, "e");
    projector = follow();
    await tell(other, "f");
    await isTold(other, "df");
    expect(await findingsOf(id)).toEqual(["1 broken"]);
  });

  test("shows when the whole log is read, though nothing came after it; of a stream that no view follows as well", async () => {
    const [id, whole] = [randomUUID(), randomUUID()];
    await tell(id, "a", "b", "c");
    await tell(whole, "d");
    await isTold(id, "abc");
    await isTold(whole, "d");
    const asked = () => reconcile(log, pool, views, { sampleEvery: 1, alarm: (finding) => alarms.push(finding) });
    expect(await asked()).toMatchObject({ unfit: 0 });
    await offline(() => events.query(`delete from event where (${inStore(id)} and revision >= 1) or ${inStore(whole)}`));
    projector = follow();
    expect(await asked()).toMatchObject({ unfit: 2 });
    expect(await findingsOf(id)).toEqual(["1 missing"]);
    expect(await findingsOf(whole)).toEqual(["0 missing"]);
    await asked();
    expect(alarms).toHaveLength(2);
  });
});

test("what somebody has looked into alarms no more, and stays on record", async () => {
  const id = randomUUID();
  await tell(id, "a");
  await forge(id, "X");
  await tell(id, "b");
  await isTold(id, "ab");
  expect(await countFindings(pool)).toEqual({ forged: 1, broken: 0, missing: 0 });
  expect(await lookedInto(pool, streamOf(id), "tatu")).toBe(1);
  expect(await lookedInto(pool, streamOf(id), "another")).toBe(0);
  expect(await countFindings(pool)).toEqual({ forged: 0, broken: 0, missing: 0 });
  expect(await listFindings(pool)).toMatchObject([{ kind: "forged", revision: "1", lookedIntoBy: "tatu", lookedIntoAt: expect.any(Date) }]);
});
