import { jsonEvent } from "@eventstore/db-client";
import { clientOf, disposeClients } from "../event-store/node.js";
import { metadata } from "../support/metadata.js";
import { System } from "../support/system.js";
import { caseWithConsent, consent } from "./journey.js";

const system = new System();
beforeAll(() => system.start(), 120_000);
afterAll(async () => {
  await disposeClients();
  await system.stop();
}, 60_000);

const stranger = () => clientOf(system.environment["EVENTSTORE_URL"]!);
const identity = { givenName: "Examplina", citizenships: ["TZ"], languages: ["sw"] };
/** A case whose identity is on record and has been seen once. */
const seenCase = async (): Promise<string> => {
  const id = await caseWithConsent(system);
  const { body } = await system.post("amina", `/v1/cases/${id}/record-identity`, identity);
  const seen = await system.get("amina", `/v1/cases/${id}`, { "consistent-after": body.position });
  expect(seen.body.identity).toMatchObject({ givenName: "Examplina" });
  return id;
};
const figure = async (code: string, record: string): Promise<number> => {
  const text = await (await fetch(`${system.base}/metrics`)).text();
  return Number(new RegExp(`damaged_records_total\\{code="${code}",record="${record}"\\} (\\d+)`).exec(text)?.[1] ?? 0);
};

describe("where the record of who saw a case was destroyed in the store", () => {
  test.each<[string, (stream: string) => Promise<unknown>]>([
    ["tombstoned", (stream) => stranger().tombstoneStream(stream)],
    ["truncated", (stream) => stranger().setStreamMetadata(stream, { truncateBefore: 5 })],
  ])("(%s) nothing of it is opened, and that is said; the case goes on, and so do all others", async (reason, destroy) => {
    const [id, other] = await Promise.all([seenCase(), seenCase()]);
    await destroy(`access-${id}`);
    // What is cached is still proven by the store, or is read afresh.
    await system.restartApi();
    const asked = await system.get("amina", `/v1/cases/${id}`);
    expect(asked.body).toMatchObject({ status: 500, code: "RecordDestroyed", record: "access", reason });
    expect([asked.status, asked.headers.get("retry-after")]).toEqual([500, null]);
    expect(JSON.stringify(asked.body)).not.toMatch(/again after|Examplina/);
    const byGraphql = await system.graphql("amina", `{ case(id: "${id}") { identity } }`);
    expect(byGraphql.body.errors[0].extensions).toMatchObject({ code: "RecordDestroyed", record: "access" });
    expect((await system.get("rehema", `/v1/cases/${id}/access`)).body).toMatchObject({ code: "RecordDestroyed", record: "access" });
    expect(await figure("RecordDestroyed", "access")).toBe(3);
    expect((await system.post("amina", `/v1/cases/${id}/give-consent`, { ...consent, purpose: "FamilyTracing" })).status).toBe(200);
    expect((await system.get("amina", `/v1/cases/${other}`)).body.identity).toMatchObject({ givenName: "Examplina" });
  });

  test("(deleted) it is not begun anew as if nobody had ever seen it", async () => {
    const id = await seenCase();
    await stranger().deleteStream(`access-${id}`);
    await system.restartApi();
    for (let time = 0; time < 2; time++)
      expect((await system.get("amina", `/v1/cases/${id}`)).body).toMatchObject({ code: "RecordDestroyed", reason: "deleted" });
  });
});

test("a case with a stranger's event in it is neither changed nor told, and says so; to whom it is not permitted it is not there", async () => {
  const [id, other] = await Promise.all([caseWithConsent(system), caseWithConsent(system)]);
  await stranger().appendToStream(`case-${id}`, jsonEvent({ type: "Example Person", data: { name: "Example Person" } }));
  const changed = await system.post("amina", `/v1/cases/${id}/give-consent`, { ...consent, purpose: "FamilyTracing" });
  for (const { status, body } of [
    changed,
    await system.get("rehema", `/v1/cases/${id}/history`),
    await system.get("amina", `/v1/cases/${id}/state`),
  ])
    expect([status, body.code, body.record]).toEqual([500, "RecordUnreadable", "case"]);
  expect(JSON.stringify(changed.body)).not.toContain("Example Person");
  const denied = await system.post("musa", `/v1/cases/${id}/give-consent`, consent);
  expect([denied.status, denied.body.code]).toEqual([404, "NotFound"]);
  expect((await system.post("amina", `/v1/cases/${other}/give-consent`, { ...consent, purpose: "FamilyTracing" })).status).toBe(200);
});

test("a case with a fact of a newer version of the program is neither changed nor told, and says so", async () => {
  const id = await caseWithConsent(system);
  await stranger().appendToStream(
    `case-${id}`,
    jsonEvent({ type: "CaseOpened", data: { data: {} }, metadata: { ...metadata, schema: 99 } }),
  );
  const changed = await system.post("amina", `/v1/cases/${id}/give-consent`, { ...consent, purpose: "FamilyTracing" });
  expect([changed.status, changed.body.code]).toEqual([500, "RecordUnreadable"]);
});
