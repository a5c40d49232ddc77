import { randomUUID } from "node:crypto";
import { access, recordDisclosure } from "#access/disclosure.js";
import type { NewEvent } from "#store/appender.js";
import { Change } from "#store/change.js";
import { Changes } from "#store/changes.js";
import { EventLog } from "#store/event-log.js";
import { StoreUnavailable } from "#store/failures.js";
import { follow } from "#store/follow.js";
import { readKinds } from "#store/read-kinds.js";
import type { Position, StoredFact } from "#store/stored.js";
import { startEventStore, type RunningEventStore } from "../../apps/event-store/event-store.js";
import { Cluster, noLeader } from "../support/cluster.js";
import { metadata } from "../support/metadata.js";
import { createDatabase } from "../support/postgres.js";
import { eventually } from "../support/processes.js";

let store: RunningEventStore;
let cluster: Cluster;
let log: EventLog;
beforeAll(async () => {
  store = await startEventStore({ databaseUrl: await createDatabase(), port: 0 });
}, 60_000);
afterAll(() => store.stop());
beforeEach(async () => {
  cluster = await Cluster.before(store.url);
  log = new EventLog(cluster.url);
});
afterEach(async () => {
  await log.close();
  cluster.stop();
});

const event = (): NewEvent => ({ id: randomUUID(), type: "Seen", body: { data: {} }, metadata });
const newStream = () => `case-${randomUUID()}`;
const read = async (stream: string, from: EventLog = log): Promise<StoredFact[]> => {
  const facts: StoredFact[] = [];
  for await (const fact of from.readStream(stream)) facts.push(fact);
  return facts;
};
const drain = async (facts: AsyncIterable<unknown>) => {
  for await (const _ of facts);
};
const readsOf = () => cluster.nodes.map(({ server }) => server.reads);

test.each<[string, (of: Cluster) => string]>([
  ["all its nodes", ({ url }) => url],
  ["one name that stands for them", ({ seed }) => seed],
  ["a node that does not lead", ({ nodes }) => `esdb://127.0.0.1:${nodes[2]!.port}?tls=false`],
])("a cluster is reached by %s", async (_, urlOf) => {
  const own = new EventLog(urlOf(cluster));
  const stream = newStream();
  await own.append(stream, -1n, [event(), event()]);
  expect(await read(stream, own)).toHaveLength(2);
  expect(await own.monitor.head()).toEqual(await log.head());
  await own.close();
});

test("what was confirmed is read again at once, although whoever led before follows now and has not been told of it", async () => {
  const stream = newStream();
  const { position } = await log.append(stream, -1n, [event()]);
  await read(stream);
  await log.monitor.head();
  cluster.lag(0, position);
  cluster.elect(1);
  const second = await log.append(stream, 0n, [event()]);
  expect(await read(stream)).toHaveLength(2);
  expect(await log.monitor.head()).toEqual(second.position);
  const other = new EventLog(`esdb://127.0.0.1:${cluster.nodes[0]!.port}?tls=false`);
  expect(await read(stream, other)).toHaveLength(2);
  expect((await other.append(stream, 1n, [event()])).revision).toBe(2n);
  await other.close();
});

test("the log is followed where the address prefers, and decided on at the leader; a follower that lags leaves nothing out", async () => {
  await log.close();
  log = new EventLog(`${cluster.url}&nodePreference=follower`);
  const stream = newStream();
  const { position: first } = await log.append(stream, -1n, [event()]);
  for (const index of [1, 2]) cluster.lag(index, first);
  const followed: StoredFact[] = [];
  let committed: Position | null = null;
  const stop = new AbortController();
  const deliver = async ({ facts, position }: { facts: readonly StoredFact[]; position: Position }) => {
    followed.push(...facts);
    committed = position;
  };
  const following = follow(log, { follows: { streams: [stream] }, position: async () => committed, deliver }, stop.signal);
  await eventually("the first has come", () => followed.length === 1);
  const [atLeader, ...atFollowers] = readsOf();
  expect(Math.max(...atFollowers)).toBe(1);
  await log.append(stream, 0n, [event(), event()]);
  expect(await read(stream)).toHaveLength(3);
  expect(readsOf()).toEqual([atLeader! + 1, ...atFollowers]);
  for (const index of [1, 2]) cluster.catchUp(index);
  await eventually("the others have come", () => followed.length === 3);
  stop.abort();
  await following;
  expect(followed.map(({ revision }) => revision)).toEqual([0n, 1n, 2n]);
});

describe("without a quorum", () => {
  const calls: [string, (of: EventLog, stream: string) => Promise<unknown>][] = [
    ["appending", (of, stream) => of.append(stream, 0n, [event()])],
    ["reading a stream", (of, stream) => drain(of.readStream(stream))],
    ["reading the whole log", (of) => drain(of.readAll({ count: 10 }))],
    ["reading a part of the log", (of) => of.readWindow(null, 10)],
    ["reading some kinds", (of, stream) => drain(readKinds(of, { prefixes: [stream], after: null, size: 10 }))],
    ["asking for the end", (of) => of.head()],
    ["asking for the last ones", (of) => of.last(3)],
    ["observing", (of) => of.monitor.head()],
    ["asking whether anything can be written", (of) => of.assertWritable()],
  ];
  const own = () => new EventLog(cluster.url, { appendTimeout: 300, appendRetries: 1 });

  test.each(calls)(
    "%s says that the store is away, also where nothing was connected yet, and goes on when one is there",
    async (_, call) => {
      const [connected, fresh] = [own(), own()];
      const stream = newStream();
      await connected.append(stream, -1n, [event()]);
      await call(connected, stream);
      cluster.loseQuorum();
      for (const each of [connected, fresh]) await expect(call(each, stream)).rejects.toThrow(StoreUnavailable);
      cluster.elect(2);
      for (const each of [connected, fresh])
        await eventually("it goes on", () =>
          call(each, stream).then(
            () => true,
            // Somebody else has appended in the meantime.
            ({ code }) => code === "StreamMoved",
          ),
        );
      await Promise.all([connected.close(), fresh.close()]);
    },
    30_000,
  );

  test("that is also said, and got over, where nodes know of no leader to name", async () => {
    const of = own();
    const stream = newStream();
    await of.append(stream, -1n, [event()]);
    for (const [, call] of calls) await call(of, stream).catch(() => undefined);
    cluster.loseQuorum(noLeader);
    for (const [, call] of calls) await expect(call(of, stream)).rejects.toThrow(StoreUnavailable);
    cluster.elect(1);
    await eventually("all goes on", () =>
      read(stream, of)
        .then(() => of.assertWritable())
        .then(
          () => true,
          () => false,
        ),
    );
    expect((await of.append(newStream(), -1n, [event()])).revision).toBe(0n);
    await of.close();
  }, 60_000);

  test("a change is answered with that, and can be sent again with the same key", async () => {
    const of = own();
    const changes = new Changes(of, { seal: async () => ({}), fingerprint: async (value) => JSON.stringify(value), mark: (text) => text });
    const id = randomUUID();
    const change = (commandId = randomUUID()) =>
      new Change(access, id, recordDisclosure, { subjects: [], classes: [], purpose: "CaseManagement", route: "case" }, metadata.by, {
        commandId,
      });
    await changes.apply(change());
    const commandId = randomUUID();
    cluster.loseQuorum();
    await expect(changes.apply(change(commandId))).rejects.toThrow(StoreUnavailable);
    cluster.elect(1);
    expect((await changes.apply(change(commandId))).revision).toBe(1n);
    expect(await read(`access-${id}`)).toHaveLength(2);
    await of.close();
  });
});

describe("a node that stands still", () => {
  test("is noticed by whoever observes within three seconds, and left as soon as another one leads", async () => {
    const stream = newStream();
    await log.append(stream, -1n, [event()]);
    await read(stream);
    await log.assertWritable();
    cluster.freeze(0);
    const frozen = performance.now();
    await expect(log.assertWritable()).rejects.toThrow(StoreUnavailable);
    expect(performance.now() - frozen).toBeLessThan(3_000);
    cluster.elect(1);
    await eventually("it is observed again", () => log.monitor.head().then(Boolean, () => false));
    await eventually("it is read again", () =>
      read(stream).then(
        ({ length }) => length === 1,
        () => false,
      ),
    );
    expect((await log.append(stream, 0n, [event()])).revision).toBe(1n);
    await log.assertWritable();
  }, 60_000);

  test("does not keep an append that it never confirmed from being stored once", async () => {
    const of = new EventLog(cluster.url, { appendTimeout: 1_000 });
    const stream = newStream();
    await of.append(stream, -1n, [event()]);
    cluster.freeze(0);
    const appending = of.append(stream, 0n, [event()]);
    cluster.elect(2);
    expect((await appending).revision).toBe(1n);
    await eventually("it is read", () =>
      read(stream).then(
        ({ length }) => length === 2,
        () => false,
      ),
    );
    await of.close();
  }, 30_000);
});
