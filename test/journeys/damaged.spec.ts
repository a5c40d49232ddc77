import { randomUUID } from "node:crypto";
import type { Aggregate } from "#kernel/kernel.js";
import { keyFromFile } from "#seal/key-encryption-key.js";
import { openSeal } from "#seal/seal.js";
import { Change } from "#store/change.js";
import { prepare } from "#store/decide.js";
import { EventLog } from "#store/event-log.js";
import type { Loaded } from "#store/states.js";
import type { StoredFact } from "#store/stored.js";
import { clientOf, disposeClients } from "../event-store/node.js";
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
  expect(seen.body.person.identity).toMatchObject({ givenName: "Examplina" });
  return id;
};
const figure = async (code: string, record: string): Promise<number> => {
  const text = await (await fetch(`${system.base}/metrics`)).text();
  return Number(new RegExp(`damaged_records_total\\{code="${code}",record="${record}"\\} (\\d+)`).exec(text)?.[1] ?? 0);
};

/** Adds a fact of a version that this program does not know yet. */
async function writeAsNewer(stream: string): Promise<void> {
  const { EVENTSTORE_URL, KEYRING_URL, KEY_FILE } = system.environment;
  const seal = await openSeal({ keyringUrl: KEYRING_URL!, key: await keyFromFile(KEY_FILE!) });
  const log = new EventLog(EVENTSTORE_URL!, { marker: seal });
  const facts: StoredFact[] = [];
  for await (const fact of log.readStream(stream)) facts.push(fact);
  const { revision, metadata } = facts.at(-1)!;
  const loaded: Loaded<unknown> = {
    state: null,
    revision,
    changedAt: revision,
    position: null,
    latestAt: "",
    lastHash: metadata.hash,
    done: new Map(),
    marked: new Set(),
  };
  const of = { versions: { CaseOpened: 99 } } as unknown as Aggregate<any, any>;
  const change = new Change(of, "", () => [], {}, { id: "amina", role: "worker" }, { commandId: randomUUID() });
  const given = { stream, at: new Date().toISOString(), requestHash: "", loaded };
  await log.append(stream, loaded.revision, await prepare(change, given, [{ type: "CaseOpened", data: {} }], seal));
  await Promise.all([log.close(), seal.close()]);
}

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
    const byGraphql = await system.graphql("amina", `{ case(id: "${id}") { person { identity { givenName } } } }`);
    expect(byGraphql.body.errors[0].extensions).toMatchObject({ code: "RecordDestroyed", record: "access" });
    expect((await system.get("rehema", `/v1/cases/${id}/access`)).body).toMatchObject({ code: "RecordDestroyed", record: "access" });
    expect(await figure("RecordDestroyed", "access")).toBe(3);
    expect((await system.post("amina", `/v1/cases/${id}/give-consent`, { ...consent, purpose: "FamilyTracing" })).status).toBe(200);
    expect((await system.get("amina", `/v1/cases/${other}`)).body.person.identity).toMatchObject({ givenName: "Examplina" });
  });

  test("(deleted) it is not begun anew as if nobody had ever seen it", async () => {
    const id = await seenCase();
    await stranger().deleteStream(`access-${id}`);
    await system.restartApi();
    for (let time = 0; time < 2; time++)
      expect((await system.get("amina", `/v1/cases/${id}`)).body).toMatchObject({ code: "RecordDestroyed", reason: "deleted" });
  });
});

test("a case with a fact of a newer version of the program is neither changed nor told, and says so; to whom it is not permitted it is not there", async () => {
  const [id, other] = await Promise.all([caseWithConsent(system), caseWithConsent(system)]);
  await writeAsNewer(`case-${id}`);
  const changed = await system.post("amina", `/v1/cases/${id}/give-consent`, { ...consent, purpose: "FamilyTracing" });
  for (const { status, body } of [
    changed,
    await system.get("rehema", `/v1/cases/${id}/history`),
    await system.get("amina", `/v1/cases/${id}/state`),
  ])
    expect([status, body.code, body.record]).toEqual([500, "RecordUnreadable", "case"]);
  const denied = await system.post("musa", `/v1/cases/${id}/give-consent`, consent);
  expect([denied.status, denied.body.code]).toEqual([404, "NotFound"]);
  expect((await system.post("amina", `/v1/cases/${other}/give-consent`, { ...consent, purpose: "FamilyTracing" })).status).toBe(200);
});
