import { randomUUID } from "node:crypto";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { EventStoreDBClient, jsonEvent } from "@eventstore/db-client";
import { Client } from "pg";
import { System } from "../support/system.js";
import { caseWithConsent, consent, eventually, shelterWith } from "./journey.js";

const system = new System();
let stranger: EventStoreDBClient;
beforeAll(async () => {
  await system.start();
  stranger = EventStoreDBClient.connectionString(system.environment["EVENTSTORE_URL"]!);
}, 120_000);
afterAll(async () => {
  await stranger.dispose();
  await system.stop();
}, 60_000);

/** A closing that nobody here has asked for, in the form of our own facts. */
const forgedClosing = (id: string) =>
  stranger.appendToStream(
    `case-${id}`,
    jsonEvent({
      type: "CaseClosed",
      data: { data: { reason: "GoalsAchieved", episode: 1 } },
      metadata: {
        schema: 1,
        at: new Date().toISOString(),
        by: { id: "somebody", role: "supervisor" },
        purpose: "CaseManagement",
        commandId: randomUUID(),
        requestHash: "",
        source: "api",
        prev: "",
        hash: "",
        $correlationId: "",
        $causationId: "",
      },
    }),
  );
const rowOf = (id: string) => system.get("amina", `/v1/cases/${id}`);

test("a case in which a stranger has written goes on as if she had not, and everybody who reads it is told", async () => {
  const id = await caseWithConsent(system);
  await forgedClosing(id);
  await stranger.appendToStream(`case-${id}`, jsonEvent({ type: "Example Person", data: "x" }));
  const changed = await system.post("amina", `/v1/cases/${id}/start-screening`, { formVersion: 1 });
  expect([changed.status, changed.body.revision]).toEqual([200, 4]);

  const history = await system.get("rehema", `/v1/cases/${id}/history`);
  expect(history.body.items.map(({ type, integrity }: Record<string, string>) => `${type} ${integrity}`)).toEqual([
    "CaseOpened intact",
    "ConsentGiven intact",
    "CaseClosed forged",
    "Unknown forged",
    "ScreeningStarted intact",
  ]);
  expect(history.body.integrity).toBe("forged");
  expect(JSON.stringify(history.body)).not.toMatch(/somebody|Example Person/);
  const before = await system.get("rehema", `/v1/cases/${id}/history?first=2`);
  expect(before.body.integrity).toBe("intact");
  expect((await system.get("amina", `/v1/cases/${id}/state`)).body).toMatchObject({
    revision: 4,
    integrity: "forged",
    state: { closure: { status: "Open" } },
  });
  expect((await system.get("amina", `/v1/cases/${id}/state?revision=1`)).body.integrity).toBe("intact");
  const asked = "{ items { type integrity } integrity }";
  const told = await system.graphql("rehema", `{ caseHistory(id: "${id}", where: { first: 3 }) ${asked} }`);
  expect(told.body.data.caseHistory).toMatchObject({ integrity: "forged", items: [{}, {}, { type: "CaseClosed", integrity: "forged" }] });

  const row = await eventually(
    () => rowOf(id),
    ({ body }) => body.intact === false,
  );
  expect(row.body).toMatchObject({ id, stale: false });
  const listed = await system.get("amina", "/v1/cases?first=1&sort=-openedAt");
  expect(listed.body.items[0]).toMatchObject({ id, intact: false, stage: "Screening" });
  const { body } = await system.graphql(
    "amina",
    `{ case(id: "${id}") { intact } consents(where: { caseId: "${id}" }) { items { intact } } }`,
  );
  expect(body.data).toEqual({ case: { intact: false }, consents: { items: [{ intact: false }] } });
});

test("a case in which only the application has written is told intact, and so is its shelter", async () => {
  const [id, shelter] = [await caseWithConsent(system), await shelterWith(system, [])];
  const { body } = await system.post("amina", `/v1/cases/${id}/start-screening`, { formVersion: 1 });
  expect((await system.get("amina", `/v1/cases/${id}`, { "consistent-after": body.position })).body.intact).toBe(true);
  expect((await system.get("esther", `/v1/shelters/${shelter}`)).body.intact).toBe(true);
  expect((await system.get("rehema", `/v1/cases/${id}/history`)).body.integrity).toBe("intact");
});

test("nothing is known of a case that only a stranger has begun", async () => {
  const id = randomUUID();
  await forgedClosing(id);
  expect((await system.get("amina", `/v1/cases/${id}/state`)).status).toBe(404);
  const shelter = await shelterWith(system, [{ bed: "W-1", category: "Women", availability: "YearRound" }]);
  const admitted = await system.post("amina", `/v1/shelters/${shelter}/admit-resident`, {
    caseId: id,
    voluntary: true,
    houseRulesExplained: true,
  });
  expect([admitted.status, admitted.body.code]).toEqual([409, "ReferenceUnknown"]);
});

test("what was changed in the store's own database is told in history, and stays counted", async () => {
  const id = await caseWithConsent(system);
  const events = new Client({ connectionString: system.environment["EVENTS_URL"]! });
  await events.connect();
  await events.query(
    `update event set data = convert_to(replace(convert_from(data, 'utf8'), '"Signature"', '"VerbalWitnessed"'), 'utf8')
     where revision = 1 and stream = (select id from stream where convert_from(name, 'utf8') = $1)`,
    [`case-${id}`],
  );
  await events.end();
  const history = await system.get("rehema", `/v1/cases/${id}/history`);
  expect(history.body.items.map(({ integrity }: Record<string, string>) => integrity)).toEqual(["intact", "broken"]);
  expect((await system.post("amina", `/v1/cases/${id}/give-consent`, { ...consent, purpose: "PhotoMedia" })).status).toBe(200);
});

test("operators see what was found, by the command line and by REST, until somebody has looked into it", async () => {
  const id = await caseWithConsent(system);
  await forgedClosing(id);
  const findings = () => system.get("tatu", "/v1/projections/chains");
  const { body } = await eventually(findings, (found) =>
    found.body.some?.(({ stream }: Record<string, string>) => stream === `case-${id}`),
  );
  expect(body).toContainEqual({
    stream: `case-${id}`,
    revision: "2",
    kind: "forged",
    position: expect.any(String),
    foundAt: expect.any(String),
    lookedIntoAt: null,
    lookedIntoBy: null,
  });
  expect((await system.get("amina", "/v1/projections/chains")).status).toBe(404);
  const main = join(process.cwd(), "dist", "apps", "projector", "commands.js");
  const node = join(process.cwd(), "node_modules", ".bin", "node");
  const run = async (...given: string[]) =>
    (await promisify(execFile)(node, [main, ...given], { env: { ...process.env, ...system.environment } })).stdout;
  expect(await run("status")).toMatch(/Facts are not as the application wrote them: \d+ forged/);
  expect(await run("chains", "list")).toContain(`case-${id}`);
  expect((await system.post("tatu", "/v1/projections/chains/looked-into", { stream: `case-${id}` })).body).toEqual({ findings: 1 });
  expect(await run("chains", "looked-into", `case-${id}`, "--by", "tatu")).toBe(`0 findings in case-${id} alarm no more.\n`);
  expect((await rowOf(id)).body.intact).toBe(false);
});
