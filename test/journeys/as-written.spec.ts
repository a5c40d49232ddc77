import { System } from "../support/system.js";
import { caseWithConsent, consent, organisation } from "./journey.js";

const system = new System();
let caseId: string;
beforeAll(async () => {
  await system.start();
  caseId = await caseWithConsent(system);
}, 120_000);
afterAll(() => system.stop(), 60_000);

const capital = organisation.toUpperCase();

test("an id is the same in any case, in the address, in what is sent and in what is asked, by REST and GraphQL", async () => {
  const share = { ...consent, purpose: "PhotoMedia", recipients: [capital] };
  const { status, body: given } = await system.post("amina", `/v1/cases/${caseId.toUpperCase()}/give-consent`, share);
  expect([status, given.id]).toEqual([200, caseId]);
  const after = { "consistent-after": given.position };
  const { body: consents } = await system.get("amina", `/v1/consents?caseId=${caseId.toUpperCase()}`, after);
  const told = consents.items.find(({ purpose }: { purpose: string }) => purpose === "PhotoMedia");
  expect(told).toMatchObject({ caseId, recipients: [organisation] });
  const query = `{ case(id: "${caseId.toUpperCase()}") { id } consents(where: { caseId: "${caseId.toUpperCase()}" }) { items { caseId } } }`;
  const { data } = (await system.graphql("amina", query)).body;
  expect([data.case.id, ...data.consents.items.map((each: { caseId: string }) => each.caseId)]).toEqual([caseId, caseId, caseId]);
  const less = { consentId: told.id.toUpperCase(), recipients: [capital], dataClasses: ["narrative"], expiresAt: consent.expiresAt };
  expect((await system.post("amina", `/v1/cases/${caseId}/narrow-consent`, less)).status).toBe(200);
  const withdraw = `mutation { withdrawConsent(id: "${caseId.toUpperCase()}", input: { consentId: "${told.id.toUpperCase()}" }) { id } }`;
  expect((await system.graphql("amina", withdraw)).body).toEqual({ data: { withdrawConsent: { id: caseId } } });
}, 60_000);

test("a country is the same in any case", async () => {
  const history = { event: "Recruitment", country: "tz", date: "2025-01-31" };
  const { body } = await system.post("amina", `/v1/cases/${caseId}/record-trafficking-history-event`, history);
  const { body: told } = await system.get("amina", `/v1/cases/${caseId}/history?after=${Number(body.revision) - 1}`);
  expect(told.items[0].data.country).toBe("TZ");
});

test("what never was is refused, and not already so", async () => {
  const { status, body } = await system.post("amina", `/v1/cases/${caseId}/withdraw-consent`, { consentId: organisation });
  expect([status, body.code]).toEqual([409, "ConsentUnknown"]);
});

test("a revision is taken as a proxy gives it back", async () => {
  const { headers } = await system.get("amina", `/v1/cases/${caseId}/state`);
  const assessed = { method: "Statement", isChild: false };
  const path = `/v1/cases/${caseId}/assess-age`;
  expect((await system.post("amina", path, assessed, { "if-match": 'W/"0"' })).status).toBe(412);
  expect((await system.post("amina", path, assessed, { "if-match": `W/${headers.get("etag")}` })).body.code).toBeUndefined();
});

test("a change that needs nothing said takes no body, an empty one, and one of JSON that is empty; by GraphQL no input", async () => {
  const empty = async (headers: Record<string, string>, body?: string) => {
    const id = await caseWithConsent(system);
    await system.post("amina", `/v1/cases/${id}/request-closure`, { reason: "Other" });
    const token = await system.token("imani");
    const answer = await fetch(`${system.base}/v1/cases/${id}/approve-closure`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, ...headers },
      ...(body !== undefined && { body }),
    });
    return answer.status;
  };
  expect(await empty({})).toBe(200);
  expect(await empty({ "content-type": "application/json" })).toBe(200);
  expect(await empty({ "content-type": "application/json" }, "")).toBe(200);
  expect(await empty({ "content-type": "application/json" }, "{}")).toBe(200);
  expect(await empty({ "content-type": "application/json" }, "{")).toBe(400);
  const { body } = await system.graphql("imani", `mutation { approveClosure(id: "${caseId}") { id } }`);
  expect(body.errors[0].extensions.code).toBe("ClosureNotRequested");
}, 60_000);
