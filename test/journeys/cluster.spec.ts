import { randomUUID } from "node:crypto";
import { startEventStore, type RunningEventStore } from "../../apps/event-store/event-store.js";
import { Cluster } from "../support/cluster.js";
import { createDatabase } from "../support/postgres.js";
import { System } from "../support/system.js";
import { caseWithConsent, consent, eventually } from "./journey.js";

const system = new System();
let store: RunningEventStore;
let cluster: Cluster;
beforeAll(async () => {
  store = await startEventStore({ databaseUrl: await createDatabase(), port: 0 });
  cluster = await Cluster.before(store.url);
  await system.start({ EVENTSTORE_URL: cluster.url });
}, 120_000);
afterAll(async () => {
  await system.stop();
  cluster.stop();
  await store.stop();
}, 60_000);

const ready = async () => (await fetch(`${system.base}/health/ready`)).status;
const change = (id: string, key: string) =>
  system.post("amina", `/v1/cases/${id}/give-consent`, { ...consent, purpose: "FamilyTracing" }, { "idempotency-key": key });
const ask = (id: string) =>
  Promise.all([
    change(id, randomUUID()),
    system.get("rehema", `/v1/cases/${id}/history`),
    system.get("amina", `/v1/cases/${id}/state`),
    system.graphql("amina", `{ caseHistory(id: "${id}") { next } }`),
  ]);

test("without a quorum nobody is answered with an error of ours: part is away, and the same key is safe when it is back", async () => {
  const id = await caseWithConsent(system);
  expect(await ready()).toBe(200);
  const key = randomUUID();
  cluster.loseQuorum();
  expect(await ready()).toBe(503);
  const [changed, others] = await Promise.all([change(id, key), ask(id)]);
  for (const { status, body, headers } of [changed, ...others.slice(0, 3)])
    expect([status, body.code, headers.get("retry-after")]).toEqual([503, "Unavailable", "2"]);
  expect(others[3]!.body.errors[0].extensions).toMatchObject({ status: 503, code: "Unavailable" });
  // Who may see what cannot be known meanwhile.
  expect((await system.get("amina", "/v1/cases")).status).toBe(503);
  cluster.elect(1);
  const again = await eventually(
    () => change(id, key),
    ({ status }) => status === 200,
  );
  expect((await change(id, key)).body).toEqual(again.body);
  const { body } = await system.get("rehema", `/v1/cases/${id}/history`);
  const given = body.items.filter(({ commandId }: { commandId: string }) => commandId === key);
  expect(given).toHaveLength(1);
  await eventually(ready, (status) => status === 200);
}, 120_000);

test("through failovers under load every answer is a receipt or says that part is away; what was confirmed is there once, and read at once", async () => {
  const ids = await Promise.all([1, 2, 3, 4].map(() => caseWithConsent(system)));
  const over = new AbortController();
  const statuses = new Set<number>();
  const confirmed: { id: string; key: string }[] = [];
  const work = ids.map(async (id) => {
    while (!over.signal.aborted) {
      const key = randomUUID();
      const { status, body } = await change(id, key);
      statuses.add(status);
      if (status !== 200) continue;
      confirmed.push({ id, key });
      const state = await system.get("amina", `/v1/cases/${id}/state`);
      statuses.add(state.status);
      if (state.status === 200) expect(Number(state.body.revision)).toBeGreaterThanOrEqual(Number(body.revision));
    }
  });
  for (const next of [2, 0, 1]) {
    await new Promise((resolve) => setTimeout(resolve, 500));
    cluster.loseQuorum();
    await new Promise((resolve) => setTimeout(resolve, 500));
    cluster.elect(next);
    await eventually(ready, (status) => status === 200);
  }
  over.abort();
  await Promise.all(work);
  expect([...statuses].filter((status) => status !== 200 && status !== 503)).toEqual([]);
  for (const id of ids) {
    const keys: string[] = [];
    for (let after: string | null = ""; after !== null;) {
      const { body }: { body: any } = await system.get("rehema", `/v1/cases/${id}/history?first=200${after && `&after=${after}`}`);
      keys.push(...body.items.map(({ commandId }: { commandId: string }) => commandId));
      after = body.next;
    }
    for (const each of confirmed.filter((done) => done.id === id)) expect(keys.filter((key) => key === each.key)).toHaveLength(1);
  }
  expect(confirmed.length).toBeGreaterThan(10);
}, 120_000);
