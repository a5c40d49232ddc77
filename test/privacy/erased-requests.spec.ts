import { randomUUID } from "node:crypto";
import { EventStoreDBClient } from "@eventstore/db-client";
import { keyFromFile } from "#seal/key-encryption-key.js";
import { openSeal, type Seal } from "#seal/seal.js";
import { caseWithConsent, eventually, woman } from "../journeys/journey.js";
import { System } from "../support/system.js";

const system = new System();
let store: EventStoreDBClient;
let seal: Seal;
beforeAll(async () => {
  await system.start();
  const environment = system.environment as Record<string, string>;
  store = EventStoreDBClient.connectionString`${environment["EVENTSTORE_URL"]!}`;
  seal = await openSeal({ keyringUrl: environment["KEYRING_URL"]!, key: await keyFromFile(environment["KEY_FILE"]!) });
}, 120_000);
afterAll(async () => {
  await Promise.all([store.dispose(), seal.close()]);
  await system.stop();
}, 60_000);

/** What is stored of a case: the person it is about, who wrote it, and the request hash of each fact by its type. */
async function storedOf(id: string): Promise<{ subject: string; by: string; hashes: Record<string, string> }> {
  const hashes: Record<string, string> = {};
  let subject = "";
  let by = "";
  for await (const { event } of store.readStream(`case-${id}`)) {
    const { type, data, metadata } = event as unknown as {
      type: string;
      data: { data: { subject?: string } };
      metadata: { requestHash: string; by: { id: string } };
    };
    by = metadata.by.id;
    hashes[type] = metadata.requestHash;
    subject = data.data.subject ?? subject;
  }
  return { subject, by, hashes };
}

const identity = { givenName: "Example", familyName: "Person", citizenships: ["TZ"], languages: ["sw"] };

test("once a person is erased, nobody can prove by the hash of a request what was said about her", async () => {
  const opening = { ...woman, immediateNeeds: "a doctor" };
  const id = await caseWithConsent(system, opening);
  const told = randomUUID();
  const tell = (sent: object) => system.post("amina", `/v1/cases/${id}/record-identity`, sent, { "idempotency-key": told });
  expect((await tell(identity)).status).toBe(200);
  const { subject, by, hashes } = await storedOf(id);
  const asked = (rule: string, request: object) => ({ of: "case", id, rule, request, actor: by });
  expect(hashes).toMatchObject({
    CaseOpened: await seal.fingerprint(asked("openCase", opening), subject),
    IdentityRecorded: await seal.fingerprint(asked("recordIdentity", identity), subject),
  });
  expect((await tell(identity)).status).toBe(200);
  expect((await tell({ ...identity, givenName: "Another" })).body.code).toBe("KeyReused");

  await seal.destroy(subject, { reason: "retention-ended", authorisedBy: ["dpo-1", "supervisor-1"] });
  for (const [rule, request] of [
    ["openCase", opening],
    ["recordIdentity", identity],
  ] as const) {
    await expect(seal.fingerprint(asked(rule, request), subject)).rejects.toMatchObject({ code: "SubjectErased" });
    expect(Object.values(hashes)).not.toContain(await seal.fingerprint(asked(rule, request)));
  }
  // The api hears of it by a message of the keyring's.
  await eventually(
    () => tell(identity),
    ({ body }) => body.code === "SubjectErased",
  );
}, 60_000);
