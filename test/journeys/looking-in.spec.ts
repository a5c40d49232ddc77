import { randomUUID } from "node:crypto";
import { demoPeople } from "#platform/sign-in/sign-in.js";
import { EventReader } from "../support/live.js";
import { System } from "../support/system.js";
import { caseWithConsent, consent, eventually } from "./journey.js";

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

describe("an auditor", () => {
  const rehema = demoPeople.find(({ username }) => username === "rehema")!.id;
  const warrant = { holder: rehema, areas: ["narrative"], reason: "Complaint", days: 1 };
  const needs = async (id: string, position?: string) => {
    const { body } = await system.get("rehema", `/v1/cases/${id}`, position ? { "consistent-after": position } : {});
    return body.firstContact?.immediateNeeds ?? null;
  };
  const caseWithNeeds = () => caseWithConsent(system, { immediateNeeds: "Invented needs" });

  test("reads the content of a case by a warrant for it, until that is revoked", async () => {
    const [id, another] = [await caseWithNeeds(), await caseWithNeeds()];
    expect(await needs(id)).toBeNull();
    const { status, body } = await system.post("salim", `/v1/cases/${id}/issue-warrant`, warrant);
    expect(status).toBe(200);
    expect(await needs(id, body.position)).toEqual({ immediateNeeds: "Invented needs" });
    expect(await needs(another, body.position)).toBeNull();
    const { body: seen } = await system.get("salim", `/v1/cases/${id}/access`);
    expect(seen.items.at(-1).data).toMatchObject({ by: rehema, purpose: "Oversight", relations: ["oversight", "warrant"] });
    const { body: list } = await system.get("rehema", `/v1/cases/${id}/warrants`, { "consistent-after": body.position });
    expect(list.items).toEqual([expect.objectContaining({ holder: rehema, areas: ["narrative"], revokedAt: null })]);
    await system.post("salim", `/v1/cases/${id}/revoke-warrant`, { warrant: list.items[0].id });
    expect(await needs(id)).toBeNull();
  });
  test("follows a case with what a warrant opens, and is shown nothing of it when that is revoked", async () => {
    const id = await caseWithConsent(system);
    const { body } = await system.post("salim", `/v1/cases/${id}/issue-warrant`, { ...warrant, areas: ["demographic"] });
    const events = new EventReader(
      await fetch(`${system.base}/v1/cases/${id}/live`, {
        headers: { authorization: `Bearer ${await system.token("rehema")}`, "consistent-after": body.position },
      }),
    );
    expect((await events.next())!.data.row).toMatchObject({ id, sex: "Female" });
    const { body: list } = await system.get("salim", `/v1/cases/${id}/warrants`, { "consistent-after": body.position });
    await system.post("salim", `/v1/cases/${id}/revoke-warrant`, { warrant: list.items[0].id });
    await system.post("amina", `/v1/cases/${id}/assess-age`, { method: "Statement", isChild: false });
    const after = (await events.until(({ event }) => event === "end")).data;
    expect(after).toMatchObject({ status: 404, code: "NotFound" });
    const { body: row } = await system.get("rehema", `/v1/cases/${id}`);
    expect([row.id, row.sex]).toEqual([id, null]);
  });
  test("issues none herself, and nobody issues one for herself", async () => {
    const id = await caseWithConsent(system);
    expect((await system.post("rehema", `/v1/cases/${id}/issue-warrant`, { ...warrant, holder: "somebody" })).status).toBe(404);
    const salim = demoPeople.find(({ username }) => username === "salim")!.id;
    const own = await system.post("salim", `/v1/cases/${id}/issue-warrant`, { ...warrant, holder: salim });
    expect([own.status, own.body.code]).toEqual([409, "OwnWarrant"]);
    const wrong = await system.post("salim", `/v1/cases/${id}/issue-warrant`, { ...warrant, areas: ["identity"], days: 31 });
    expect([wrong.status, wrong.body.errors.map(({ field }: { field: string }) => field).toSorted()]).toEqual([400, ["areas", "days"]]);
  });
});

describe("what was done without consent, for a vital interest", () => {
  const imani = demoPeople.find(({ username }) => username === "imani")!.id;
  const invoke = (id: string, vitalInterest: string) =>
    system.post("amina", `/v1/cases/${id}/invoke-emergency-processing`, {
      ...{ vitalInterest, authorisedBy: imani },
      reviewBy: new Date(Date.now() + 3_600_000).toISOString(),
    });
  const listed = async (username: string, id: string, position: string) =>
    (await system.get(username, `/v1/emergency-processings?caseId=${id}`, { "consistent-after": position })).body.items;

  const newCase = async (): Promise<string> => {
    const first = { source: "Police", urgency: "Immediate", region: "Kigoma", sex: "Female", ageBand: "21-29" };
    return (await system.post("amina", "/v1/cases/open-case", first, { "idempotency-key": randomUUID() })).body.id;
  };
  const recordIn = (id: string) =>
    system.post("amina", `/v1/cases/${id}/record-identity`, { givenName: "Examplina", citizenships: [], languages: [] });

  test("allows nothing before whoever was named has authorised it herself, where no life is at stake", async () => {
    const id = await newCase();
    const { body } = await invoke(id, "CannotConsent");
    expect((await recordIn(id)).body.code).toBe("InterviewNotPermitted");
    const work = async () => {
      const { body: list } = await system.get("imani", "/v1/work?kinds=EmergencyConfirmation", { "consistent-after": body.position });
      return list.items.find((each: { id: string }) => each.id === id)?.items;
    };
    const [emergency] = await listed("imani", id, body.position);
    expect(emergency).toMatchObject({ authorisedBy: imani, confirmedAt: null, refusedAt: null, lapsedAt: null });
    expect(await work()).toContainEqual({
      ...{ kind: "EmergencyConfirmation", about: `confirmation ${emergency.emergency}` },
      ...{ dueAt: emergency.confirmBy, assignee: imani },
    });
    const confirm = { emergency: emergency.emergency };
    const path = `/v1/cases/${id}/confirm-emergency-processing`;
    expect((await system.post("amina", path, confirm)).status).toBe(404);
    expect((await system.post("salim", path, confirm)).body.code).toBe("ApproverOfAnotherRole");
    const { body: answer } = await system.graphql(
      "imani",
      `mutation { confirmEmergencyProcessing(id: "${id}", input: { emergency: "${emergency.emergency}" }) { revision } }`,
    );
    expect(answer.errors).toBeUndefined();
    expect((await recordIn(id)).status).toBe(200);
  });

  test("is reviewed by somebody else, and allows nothing where it was not justified", async () => {
    const opened = { id: await newCase() };
    expect((await recordIn(opened.id)).body.code).toBe("InterviewNotPermitted");
    const { body } = await invoke(opened.id, "ImmediateThreatToLife");
    expect((await recordIn(opened.id)).status).toBe(200);
    const [emergency] = await listed("imani", opened.id, body.position);
    expect(emergency).toMatchObject({ caseId: opened.id, vitalInterest: "ImmediateThreatToLife", finding: null, overdueSince: null });
    const review = { emergency: emergency.emergency, finding: "NotJustified" };
    expect((await system.post("amina", `/v1/cases/${opened.id}/review-emergency-processing`, review)).status).toBe(404);
    expect((await system.post("imani", `/v1/cases/${opened.id}/review-emergency-processing`, review)).body.code).toBe("OwnEmergency");
    const { status, body: receipt } = await system.post("salim", `/v1/cases/${opened.id}/review-emergency-processing`, review);
    expect(status).toBe(200);
    expect((await listed("imani", opened.id, receipt.position))[0]).toMatchObject({ finding: "NotJustified" });
    expect((await system.post("amina", `/v1/cases/${opened.id}/record-contact`, { phone: "+255700000001" })).body.code).toBe(
      "InterviewNotPermitted",
    );
  });
});

test("a supervisor sees who has how many open cases, and nobody else does", async () => {
  const amina = demoPeople.find(({ username }) => username === "amina")!.id;
  const load = async (position?: string) => {
    const { body } = await system.get("imani", "/v1/caseloads", position ? { "consistent-after": position } : {});
    return (body as { worker: string; openCases: number; asLead: number }[]).find(({ worker }) => worker === amina)!;
  };
  const before = await load();
  const id = await caseWithConsent(system);
  const { body } = await system.post("amina", `/v1/cases/${id}/assign-worker`, { worker: "another", role: "Interpreter" });
  const after = await load(body.position);
  expect(after).toEqual({ worker: amina, openCases: before.openCases + 1, asLead: before.asLead + 1 });
  const { body: graphql } = await system.graphql("imani", "{ caseloads { worker openCases } }");
  expect(graphql.data.caseloads).toContainEqual({ worker: amina, openCases: after.openCases });
  for (const other of ["amina", "rehema", "pendo"]) expect((await system.get(other, "/v1/caseloads")).status).toBe(404);
});

test("a supervisor looks at the board first: what is overdue, who is in danger, which consents end, what was done without one", async () => {
  const board = async (after?: string) => (await system.get("imani", "/v1/board", after ? { "consistent-after": after } : {})).body;
  const before = await board();
  const id = await caseWithConsent(system);
  const ask = async (verb: string, body: object) => (await system.post("amina", `/v1/cases/${id}/${verb}`, body)).body;
  const soon = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();
  await ask("give-consent", { ...consent, purpose: "FamilyTracing", expiresAt: soon(100) });
  const danger = { level: "High", reasons: ["Travel"], reviewBy: soon(100) };
  await system.post("amina", `/v1/cases/${id}/assess-risk`, danger);
  const { position } = await ask("request-service", { group: "Legal", kind: "LegalInformation", dueBy: soon(0.001) });
  const after = await eventually(
    () => board(position),
    ({ overdue }) => overdue?.count > before.overdue.count,
  );
  const countsOf = (told: any) => ["overdue", "highRisk", "consentsEnding"].map((part) => told[part].count);
  const counts = countsOf(before);
  expect(countsOf(after)).toEqual(counts.map((count: number) => count + 1));
  const lineOf = (part: string) => after[part].lines.find(({ caseId }: any) => caseId === id);
  expect(lineOf("highRisk")).toMatchObject({ kind: "RiskReview", dueAt: danger.reviewBy });
  expect(lineOf("consentsEnding")).toMatchObject({ kind: "ConsentEnding", assignee: null });
  expect(lineOf("overdue")).toMatchObject({ kind: "Service" });
  const { body: graphql } = await system.graphql("imani", "{ board { highRisk { count lines { caseId } } } }");
  expect(graphql.data.board.highRisk.lines).toContainEqual({ caseId: id });
  for (const other of ["amina", "rehema", "pendo"]) expect((await system.get(other, "/v1/board")).status).toBe(404);
});
