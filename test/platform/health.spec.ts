import fastify, { type FastifyInstance } from "fastify";
import { Pool } from "pg";
import { Alarms } from "#api/history/alarms.js";
import { Damage } from "#api/history/damage.js";
import type { LiveStreams } from "#api/live/live-streams.js";
import { EventLog } from "#store/event-log.js";
import { randomUUID } from "node:crypto";
import { serveHealth } from "../../apps/api/health.js";
import { startEventStore, type RunningEventStore } from "../../apps/event-store/event-store.js";
import { Cluster } from "../support/cluster.js";
import { metadata } from "../support/metadata.js";
import { createDatabase } from "../support/postgres.js";
import { eventually } from "../support/processes.js";

let store: RunningEventStore;
let cluster: Cluster;
let log: EventLog;
let reading: Pool;
let server: FastifyInstance;
let isIssuerThere = true;
beforeAll(async () => {
  store = await startEventStore({ databaseUrl: await createDatabase(), port: 0 });
  reading = new Pool({ connectionString: await createDatabase() });
}, 60_000);
afterAll(async () => {
  await reading.end();
  await store.stop();
});
beforeEach(async () => {
  cluster = await Cluster.before(store.url);
  log = new EventLog(cluster.url, { appendTimeout: 2_000, appendRetries: 0 });
  server = fastify();
  serveHealth(server, {
    log,
    reading,
    live: { count: 0 } as LiveStreams,
    damage: new Damage(() => undefined),
    alarms: new Alarms(() => undefined),
    mayWatch: () => true,
    reach: () => (isIssuerThere ? Promise.resolve() : Promise.reject(new Error("away"))),
  });
});
afterEach(async () => {
  await server.close();
  await log.close();
  cluster.stop();
});

const ready = async (): Promise<[number, string]> => {
  const { statusCode, body } = await server.inject("/health/ready");
  return [statusCode, (JSON.parse(body) as { eventStore: string }).eventStore];
};
const isReady = async () => (await ready())[0] === 200;

describe("the api is ready", () => {
  test("also while the issuer of access tokens is away, which it says: whoever has signed in goes on", async () => {
    isIssuerThere = false;
    const { statusCode, body } = await server.inject("/health/ready");
    isIssuerThere = true;
    expect([statusCode, (JSON.parse(body) as { issuer: string }).issuer]).toEqual([200, "away"]);
  });
  test("where a leader answers, and not while there is none", async () => {
    expect(await ready()).toEqual([200, "ok"]);
    cluster.loseQuorum();
    expect(await ready()).toEqual([503, "away"]);
    cluster.elect(1);
    await eventually("it is ready again", isReady);
  });

  test("but not where the leader stands still, which is told at once", async () => {
    expect(await ready()).toEqual([200, "ok"]);
    cluster.freeze(0);
    const frozen = performance.now();
    expect(await ready()).toEqual([503, "away"]);
    expect(performance.now() - frozen).toBeLessThan(3_000);
    cluster.elect(1);
    await eventually("it is ready again", isReady);
  }, 30_000);

  test("but not where what is appended is not confirmed, until something is", async () => {
    const append = () => log.append(`case-${randomUUID()}`, -1n, [{ id: randomUUID(), type: "Seen", body: { data: {} }, metadata }]);
    await append();
    for (const { server: node } of cluster.nodes) node.onAppend = () => "drop";
    await expect(append()).rejects.toMatchObject({ code: "StoreUnavailable" });
    expect(await ready()).toEqual([503, "away"]);
    for (const { server: node } of cluster.nodes) node.onAppend = () => "pass";
    await append();
    expect(await ready()).toEqual([200, "ok"]);
  });
});
