import { randomUUID } from "node:crypto";
import { demoPeople } from "#platform/sign-in/sign-in.js";
import { System } from "../support/system.js";
import { caseWithConsent, eventually } from "./journey.js";

// khadija, a nurse, stands to none of these cases.

const system = new System();
beforeAll(() => system.start(), 120_000);
afterAll(() => system.stop(), 60_000);

const invoked = { reason: "MedicalEmergency", explanation: "Invented words", informed: "imani", hours: 1 };
const invoke = (id: string, over: object = {}) => system.post("khadija", `/v1/cases/${id}/invoke-break-glass`, { ...invoked, ...over });
const khadija = demoPeople.find(({ username }) => username === "khadija")!.id;

test("somebody looks into a case in an emergency: to read it, and not how the person is kept safe", async () => {
  const id = await caseWithConsent(system);
  await system.post("amina", `/v1/cases/${id}/record-identity`, { givenName: "Examplina", citizenships: ["TZ"], languages: ["sw"] });
  expect((await system.get("khadija", `/v1/cases/${id}`)).status).toBe(404);
  const { status, body } = await invoke(id);
  expect(status).toBe(200);
  const file = await system.get("khadija", `/v1/cases/${id}`, { "consistent-after": body.position });
  expect([file.status, file.body.person.identity]).toEqual([200, { givenName: "Examplina" }]);
  // No list is opened by it, and nothing is changed by it.
  expect((await system.get("khadija", "/v1/cases")).body.items.map((each: { id: string }) => each.id)).not.toContain(id);
  const { body: seen } = await system.get("rehema", `/v1/cases/${id}/access`);
  expect(seen.items.at(-1).data).toMatchObject({ by: khadija, relations: ["break-glass"] });
});

test("to whom a case is closed, and of whom there is none, there is none", async () => {
  const id = await caseWithConsent(system);
  expect((await system.post("imani", `/v1/cases/${id}/close-to-break-glass`, { reason: "StaffConflict" })).status).toBe(200);
  const [closed, absent] = [await invoke(id), await invoke(randomUUID())];
  expect([closed.status, absent.status]).toEqual([404, 404]);
  const { requestId: _, ...one } = closed.body;
  const { requestId: __, ...other } = absent.body;
  expect(one).toEqual(other);
  await system.post("imani", `/v1/cases/${id}/open-to-break-glass`);
  expect((await invoke(id)).status).toBe(200);
});

test("whoever misused it sees nothing more, and supervisors read why it was done", async () => {
  const id = await caseWithConsent(system);
  const { body } = await invoke(id);
  const accesses = await system.get("imani", `/v1/cases/${id}/emergency-accesses`, { "consistent-after": body.position });
  const [access] = accesses.body.items as { id: string; by: string }[];
  expect(access).toMatchObject({ by: khadija, finding: null });
  const told = await system.get("imani", `/v1/cases/${id}`, { "consistent-after": body.position });
  expect(told.body.emergencies.explanations).toEqual([
    expect.objectContaining({ type: "BreakGlassInvoked", explanation: "Invented words" }),
  ]);
  await system.post("imani", `/v1/cases/${id}/review-break-glass`, { access: access!.id, finding: "Misuse" });
  expect((await system.get("khadija", `/v1/cases/${id}`)).status).toBe(404);
  await eventually(
    () => system.get("imani", `/v1/emergency-accesses?caseId=${id}`),
    ({ body: list }) => list.items[0]?.finding === "Misuse",
  );
});

test("bad input is told, and opens nothing", async () => {
  const id = await caseWithConsent(system);
  expect((await invoke(id, { hours: 4 })).status).toBe(400);
  expect((await invoke(id, { informed: khadija })).body.code).toBe("SecondPersonMissing");
  expect((await invoke(id, { explanation: undefined })).status).toBe(400);
  expect((await system.get("khadija", `/v1/cases/${id}`)).status).toBe(404);
});
