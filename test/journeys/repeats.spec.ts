import { randomUUID } from "node:crypto";
import { EventStoreDBClient, jsonEvent } from "@eventstore/db-client";
import { metadata } from "../support/metadata.js";
import { System } from "../support/system.js";
import { caseWithConsent, eventually, shelterWith, woman } from "./journey.js";

const system = new System();
let caseId: string;
let shelter: string;
beforeAll(async () => {
  await system.start();
  caseId = await caseWithConsent(system);
  shelter = await shelterWith(system, [{ bed: "W1", category: "Women", availability: "YearRound" }]);
}, 120_000);
afterAll(() => system.stop(), 60_000);

const typesOf = async (path: string): Promise<string[]> =>
  (await system.get("rehema", path)).body.items.map(({ type }: { type: string }) => type);

test("a key that was answered with already so is answered the same for ever: a late repeat does not admit her again", async () => {
  const admission = { caseId, voluntary: true, houseRulesExplained: true };
  const admit = (key?: string) =>
    system.post("amina", `/v1/shelters/${shelter}/admit-resident`, admission, key ? { "idempotency-key": key } : {});
  const { body: first } = await admit();
  expect((await admit()).body.revision).toBe(first.revision);
  const key = randomUUID();
  const { body: again } = await admit(key);
  expect(Number(again.revision)).toBe(Number(first.revision) + 1);
  const { body: stays } = await system.get("amina", `/v1/stays?caseId=${caseId}`, { "consistent-after": again.position });
  const discharge = { stay: stays.items[0].id, exitType: "Planned" };
  const { body: left } = await system.post("amina", `/v1/shelters/${shelter}/discharge-resident`, discharge);
  expect((await admit(key)).body).toEqual(again);
  expect(
    (await system.post("amina", `/v1/shelters/${shelter}/admit-resident`, { ...admission, family: true }, { "idempotency-key": key }))
      .status,
  ).toBe(422);
  const { body: after } = await system.get("amina", `/v1/stays?caseId=${caseId}`, { "consistent-after": left.position });
  expect(after.items.map(({ leftAt }: { leftAt: string | null }) => leftAt === null)).toEqual([false]);

  const history = `/v1/shelters/${shelter}/history`;
  expect(await typesOf(history)).not.toContain("NothingChanged");
  expect((await typesOf(`${history}?nothingChanged=true`)).filter((type) => type === "NothingChanged")).toHaveLength(1);
  expect((await system.get("rehema", `${history}?nothingChanged=perhaps`)).status).toBe(400);
  const graphql = `{ shelterHistory(id: "${shelter}", where: { nothingChanged: true }) { items { type } } }`;
  const { data } = (await system.graphql("rehema", graphql)).body;
  expect(data.shelterHistory.items).toContainEqual({ type: "NothingChanged" });
}, 60_000);

test("who has read a record has read all of it, whatever was asked in vain or written by a stranger since", async () => {
  const { body: opened } = await system.post("amina", "/v1/cases/open-case", woman, { "idempotency-key": randomUUID() });
  const path = `/v1/cases/${opened.id}`;
  const adult = { method: "Statement", isChild: false };
  const { body: assessed } = await system.post("amina", `${path}/assess-age`, adult);
  const { body: vain } = await system.post("amina", `${path}/assess-age`, adult, { "idempotency-key": randomUUID() });
  expect(Number(vain.revision)).toBe(Number(assessed.revision) + 1);
  const client = EventStoreDBClient.connectionString(system.environment["EVENTSTORE_URL"]!);
  await client.appendToStream(`case-${opened.id}`, jsonEvent({ type: "AgeAssessed", data: { data: {} }, metadata: { ...metadata } }));
  await client.dispose();
  const { body: row } = await eventually(
    () => system.get("amina", path, { "consistent-after": vain.position }),
    ({ status }) => status === 200,
  );
  expect(row.revision).toBe(Number(assessed.revision));
  const refuse = (revision: string) =>
    system.post("amina", `${path}/refuse-consent`, { purpose: "PhotoMedia", refusedBy: "self" }, { "if-match": revision });
  expect((await refuse("0")).status).toBe(412);
  expect((await refuse(String(row.revision))).status).toBe(200);
  expect((await refuse(String(row.revision))).status).toBe(412);
}, 60_000);
