import { randomUUID } from "node:crypto";
import { System } from "../support/system.js";
import { assign, caseWithConsent, consent, eventually, findings, inAYear, organisation, shelterWith, woman } from "./journey.js";

const system = new System();
beforeAll(() => system.start(), 120_000);
afterAll(() => system.stop(), 60_000);

test("from first contact to discharge, by REST", async () => {
  const shelter = await shelterWith(system, [{ bed: "W-1", category: "Women", availability: "YearRound" }]);
  const opened = await system.post("amina", "/v1/cases/open-case", { ...woman, immediateNeeds: "Invented needs" });
  expect(opened.status).toBe(201);
  const at = `/v1/cases/${opened.body.id}`;
  expect(opened.headers.get("location")).toBe(at);

  const early = await system.post("amina", `${at}/start-screening`, { formVersion: 1 });
  expect([early.status, early.body.code]).toEqual([409, "InterviewNotPermitted"]);
  const given = await system.post("amina", `${at}/give-consent`, consent);
  expect(given.status).toBe(200);
  await system.post("amina", `${at}/record-identity`, {
    givenName: "Examplina",
    familyName: "Sampleson",
    citizenships: ["TZ"],
    languages: ["sw"],
  });
  await system.post("amina", `${at}/start-screening`, { formVersion: 1 });
  await system.post("amina", `${at}/complete-screening`, findings);
  const before = new Date().toISOString();

  const admitted = await system.post("amina", `/v1/shelters/${shelter}/admit-resident`, {
    caseId: opened.body.id,
    voluntary: true,
    houseRulesExplained: true,
  });
  expect(admitted.status).toBe(200);
  await eventually(
    () => system.get("amina", `${at}/state`),
    ({ body }) => body.state.placement.current?.shelter === shelter,
  );
  const decided = { status: "ActualVictimOfTrafficking", decidedBy: "Police", basis: "Investigation", document: "PF-12/2026" };
  expect((await system.post("imani", `${at}/determine-trafficking-status`, decided)).status).toBe(200);

  const file = await system.get("amina", at, { "consistent-after": admitted.body.position });
  expect(file.body.person.identity).toMatchObject({ givenName: "Examplina" });
  expect(file.body.firstContact.immediateNeeds).toEqual({ immediateNeeds: "Invented needs" });
  await assign(system, opened.body.id, "musa");
  const forLawyer = await system.get("musa", at);
  expect(forLawyer.body.screening.account).toBeNull();

  await system.post("amina", `${at}/request-closure`, { reason: "ReturnedHome" });
  expect((await system.post("amina", `${at}/approve-closure`)).status).toBe(404);
  const closed = await system.post("imani", `${at}/approve-closure`);
  expect(closed.status).toBe(200);
  const stays = await eventually(
    () => system.get("amina", `/v1/stays?caseId=${opened.body.id}`),
    ({ body }) => body.items[0]?.dischargedAt,
  );
  expect(stays.body.items[0]).toMatchObject({ shelter, exitType: "Return", overflow: false });
  expect((await system.get("amina", `/v1/shelters/${shelter}`)).body).toMatchObject({ occupied: 0, free: 1 });

  const listed = await system.get("amina", "/v1/cases?stage=Closed", { "consistent-after": closed.body.position });
  expect(listed.body.items).toContainEqual(expect.objectContaining({ id: opened.body.id, closureReason: "ReturnedHome", shelter: null }));
  const history = await system.get("rehema", `${at}/history`);
  expect(history.body.items.map(({ type }: { type: string }) => type).slice(0, 3)).toEqual([
    "CaseOpened",
    "ConsentGiven",
    "IdentityRecorded",
  ]);
  expect(JSON.stringify(history.body)).not.toContain("Examplina");
  const past = await system.get("amina", `${at}/state?asOf=${before}`);
  expect(past.body.state).toMatchObject({ placement: { current: null }, screening: { status: null } });
  const today = new Date(Date.now() + 3 * 3_600_000).toISOString().slice(0, 10);
  const nights = await system.get("esther", `/v1/shelters/${shelter}/occupancy?from=${today}&to=${today}`);
  // Her night has not ended.
  expect(nights.body).toEqual([]);
  const never = await system.get("esther", `/v1/shelters/${shelter}/occupancy?from=2026-02-01&to=2026-02-31`);
  expect([never.status, never.body.errors[0].field]).toEqual([400, "to"]);
});

test("of two who are to have the last bed at the same time, one is admitted and one is not", async () => {
  const shelter = await shelterWith(system, [{ bed: "W-1", category: "Women", availability: "YearRound" }]);
  const both = await Promise.all([caseWithConsent(system), caseWithConsent(system)]);
  const replies = await Promise.all(
    both.map((caseId) =>
      system.post("amina", `/v1/shelters/${shelter}/admit-resident`, { caseId, voluntary: true, houseRulesExplained: true }),
    ),
  );
  expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([200, 409]));
  expect(replies.find(({ status }) => status === 409)!.body.code).toBe("NoBedAvailable");
});

test("the same key is answered with the first receipt, and belongs to one request alone", async () => {
  const id = await caseWithConsent(system);
  const key = { "idempotency-key": randomUUID() };
  const body = { ...consent, purpose: "FamilyTracing" };
  const first = await system.post("amina", `/v1/cases/${id}/give-consent`, body, key);
  await system.post("amina", `/v1/cases/${id}/refuse-consent`, { purpose: "PhotoMedia", refusedBy: "self" });
  const again = await system.post("amina", `/v1/cases/${id}/give-consent`, body, key);
  expect(again.body).toEqual(first.body);
  const other = await system.post("amina", `/v1/cases/${id}/give-consent`, { ...body, purpose: "PhotoMedia" }, key);
  expect([other.status, other.body.code]).toEqual([422, "KeyReused"]);
  const twice = await Promise.all(
    [1, 2].map(() => system.post("amina", "/v1/cases/open-case", woman, { "idempotency-key": key["idempotency-key"] })),
  );
  expect(twice[0]!.body).toEqual(twice[1]!.body);
});

describe("bad input gets a clear problem and changes nothing", () => {
  let id = "";
  let revision = "";
  beforeAll(async () => {
    id = await caseWithConsent(system);
    revision = (await system.get("amina", `/v1/cases/${id}/state`)).body.revision;
  });
  afterEach(async () => expect((await system.get("amina", `/v1/cases/${id}/state`)).body.revision).toBe(revision));
  const send = (path: string, body: unknown, headers = {}) => system.post("amina", `/v1/cases/${id}/${path}`, body, headers);

  test.each([
    ["malformed JSON", "give-consent", "{bad", {}, 400, "BodyMalformed"],
    ["an unknown field", "assess-age", { method: "Document", isChild: false, name: "x" }, {}, 400, "RequestInvalid"],
    ["a missing field", "assess-age", { isChild: false }, {}, 400, "RequestInvalid"],
    ["a wrong type", "assess-age", { method: "Document", isChild: "no" }, {}, 400, "RequestInvalid"],
    ["a code outside its vocabulary", "give-consent", { ...consent, purpose: "Everything" }, {}, 400, "RequestInvalid"],
    ["a body over the limit", "assess-age", { method: "x".repeat(300_000) }, {}, 413, "BodyTooLarge"],
    ["another media type", "assess-age", "method=Document", { "content-type": "text/plain" }, 415, "MediaTypeUnsupported"],
    ["a forged token", "assess-age", {}, { authorization: "Bearer eyJhbGciOiJub25lIn0.e30." }, 401, "TokenInvalid"],
    ["a stale revision", "assess-age", { method: "Document", isChild: false }, { "if-match": '"0"' }, 412, "StaleRevision"],
    ["a malformed revision", "assess-age", { method: "Document", isChild: false }, { "if-match": "latest" }, 400, "RequestMalformed"],
    ["a malformed key", "assess-age", { method: "Document", isChild: false }, { "idempotency-key": "1" }, 400, "RequestMalformed"],
    ["a time in the future", "assess-age", { method: "Document", isChild: false }, { "occurred-at": inAYear }, 400, "RequestMalformed"],
    ["a birth in the future", "record-identity", { birthDate: "2199-01-01", citizenships: [], languages: [] }, {}, 409, "DateInFuture"],
  ])("%s", async (_, path, body, headers, status, code) => {
    const reply = await send(path, body, headers);
    expect([reply.status, reply.body.code]).toEqual([status, code]);
    expect(reply.body).toMatchObject({ type: `/problems/${code}`, detail: expect.any(String) });
  });

  test("a malformed cursor", async () => expect((await system.get("amina", "/v1/cases?after=zzz")).body.code).toBe("RequestMalformed"));
  test("each wrong field is named, its value is not told", async () => {
    const { body } = await send("record-identity", { givenName: 7, citizenships: ["Nowhere-Land"], languages: [] });
    expect(body.errors.map(({ field }: { field: string }) => field)).toEqual(expect.arrayContaining(["givenName", "citizenships"]));
    expect(JSON.stringify(body)).not.toContain("Nowhere");
  });
  test("nothing has happened to a case that nobody opened", async () => {
    expect((await system.get("rehema", `/v1/cases/${organisation}/access`)).body.code).toBe("NotFound");
    expect((await system.get("rehema", `/v1/shelters/${organisation}/access`)).body).toMatchObject({ items: [], next: null });
  });
  test("who may not read a case is told what nobody is told of an unknown one", async () => {
    const [notAllowed, unknown] = await Promise.all([
      system.get("omari", `/v1/cases/${id}`),
      system.get("amina", `/v1/cases/${organisation}`),
    ]);
    const { requestId, ...told } = notAllowed.body;
    expect(unknown.body).toEqual({ ...told, requestId: expect.any(String) });
    expect(requestId).not.toBe(unknown.body.requestId);
    expect(notAllowed.status).toBe(404);
  });
});

test("forms find every code list with its labels", async () => {
  const { body } = await system.get("upendo", "/v1/vocabularies");
  const purposes = body.find(({ name }: { name: string }) => name === "consentPurpose");
  expect(purposes.codes[0]).toEqual({ code: "Interview", en: "Interview", sw: "Mahojiano", fr: "Entretien" });
});

describe("who may see what", () => {
  let id = "";
  beforeAll(async () => {
    id = await caseWithConsent(system);
  });
  const access = async () =>
    (await system.get("rehema", `/v1/cases/${id}/access`)).body.items as { type: string; data: object; by: object }[];

  test("whoever asks for a case in vain leaves a trace that auditors see", async () => {
    await system.get("omari", `/v1/cases/${id}`);
    await system.post("musa", `/v1/cases/${id}/give-consent`, consent);
    await system.graphql("omari", `{ case(id: "${id}") { id } }`);
    const asked = [
      { act: "read", on: "case", route: "case" },
      { act: "write", on: "consent", route: "giveConsent" },
      { act: "read", on: "case", route: "case" },
    ];
    const { body } = await eventually(
      () => system.get("rehema", `/v1/denials?record=${id}&sort=at`),
      (reply) => reply.body.items.length === asked.length,
    );
    expect(body.items).toMatchObject(asked.map((each) => ({ kind: "case", record: id, ...each })));
    expect((await system.get("amina", "/v1/denials")).status).toBe(404);
  });
  test("whoever asks for what is not there leaves the same trace, so that neither costs more", async () => {
    const nothing = randomUUID();
    await system.get("amina", `/v1/cases/${nothing}`);
    await system.get("omari", `/v1/cases/${nothing}`);
    const { body } = await eventually(
      () => system.get("rehema", `/v1/denials?record=${nothing}&sort=at`),
      (reply) => reply.body.items.length === 2,
    );
    expect(body.items.map(({ route }: { route: string }) => route)).toEqual(["case", "case"]);
    expect(new Set(body.items.map(({ by }: { by: string }) => by)).size).toBe(2);
  });
  test("whoever sees personal data is on record before she sees it", async () => {
    await system.post("amina", `/v1/cases/${id}/record-identity`, { givenName: "Examplina", citizenships: [], languages: [] });
    const seen = await eventually(
      () => system.get("amina", `/v1/cases/${id}`),
      ({ body }) => body.person?.identity,
    );
    expect(seen.body.person.identity).toEqual({ givenName: "Examplina" });
    const [last] = (await access()).toReversed();
    expect(last).toMatchObject({
      type: "PersonalDataDisclosed",
      data: { classes: ["identity"], route: "case", purpose: "CaseManagement" },
    });
    expect(JSON.stringify(await access())).not.toContain("Examplina");
  });
  test("many who read the same case at once all see it, and each is on record", async () => {
    const before = (await access()).length;
    const replies = await Promise.all(Array.from({ length: 32 }, () => system.get("amina", `/v1/cases/${id}`)));
    expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([200]));
    expect((await access()).length).toBe(before + 32);
  });
  test("the lists of a shelter's staff end at its walls", async () => {
    const kigoma = await shelterWith(
      system,
      ["W-1", "W-2"].map((bed) => ({ bed, category: "Women", availability: "YearRound" })),
    );
    const stay = await system.post("amina", `/v1/shelters/${kigoma}/admit-resident`, {
      caseId: id,
      voluntary: true,
      houseRulesExplained: true,
    });
    const after = { "consistent-after": stay.body.position };
    const seen = async (username: string, path: string) => (await system.get(username, path, after)).body.items.length as number;
    expect(await seen("amina", `/v1/stays?caseId=${id}`)).toBe(1);
    expect(await seen("faraji", `/v1/stays?caseId=${id}`)).toBe(0);
    expect(await seen("imani", `/v1/stays?caseId=${id}`)).toBe(1);
    expect(await seen("faraji", "/v1/shelters?code=KIG-1")).toBe(0);
    expect((await system.get("faraji", `/v1/shelters/${kigoma}`)).status).toBe(404);
  });
  test("a supervisor sees what each worker has recorded, and nobody else does", async () => {
    const of = async (position?: string) => {
      const { body } = await system.get("imani", "/v1/workloads", position ? { "consistent-after": position } : {});
      return (body.items as { id: string; consentsRecorded: number }[])[0]!;
    };
    const refuse = async () =>
      (await system.post("amina", `/v1/cases/${id}/refuse-consent`, { purpose: "PhotoMedia", refusedBy: "self" })).body.position as string;
    const before = await of(await refuse());
    const after = await of(await refuse());
    expect(after).toEqual({ ...before, consentsRecorded: before.consentsRecorded + 1, lastRecordedAt: expect.any(String) });
    for (const username of ["amina", "rehema", "tatu"]) expect((await system.get(username, "/v1/workloads")).status).toBe(404);
  });
});

test.each([
  ["nested 3,000 deep", `{"source":${"[".repeat(3_000)}${"]".repeat(3_000)}}`],
  ["of 40,000 elements", JSON.stringify({ source: Array.from({ length: 40_000 }, () => 1) })],
  ["of 20,000 fields", JSON.stringify(Object.fromEntries(Array.from({ length: 20_000 }, (_, each) => [`f${each}`, 1])))],
  ["that names a prototype", '{"__proto__":{"role":"supervisor"}}'],
  ["with NUL", '{"immediateNeeds":"a\\u0000b"}'],
])("a body %s is a bad request", async (_, body) => {
  const { status, body: problem } = await system.post("jabari", "/v1/cases/open-case", body);
  expect(status).toBe(400);
  expect((problem.errors ?? []).length).toBeLessThanOrEqual(20);
});

test("a refusal is said in the language that is asked for, by REST and by GraphQL", async () => {
  const { body: opened } = await system.post("amina", "/v1/cases/open-case", woman, { "idempotency-key": randomUUID() });
  const swahili = { "accept-language": "sw-TZ,en;q=0.5" };
  const path = `/v1/cases/${opened.id}/request-closure`;
  const refused = await system.post("amina", path, { reason: "NotAVictim" }, swahili);
  expect([refused.status, refused.headers.get("content-language")]).toEqual([409, "sw"]);
  expect(refused.headers.get("vary")).toContain("accept-language");
  const said = { code: "ReferralNotOffered", title: "Kwanza mpe msaada mahali pengine" };
  expect(refused.body).toMatchObject(said);
  expect((await system.post("amina", path, { reason: "NotAVictim" })).body.title).toBe("Offer her help elsewhere first");
  const query = `mutation { requestClosure(id: "${opened.id}", input: { reason: NotAVictim }) { id } }`;
  const { body } = await system.post("amina", "/graphql", { query }, swahili);
  expect(body.errors[0]).toMatchObject({ message: said.title, extensions: said });
});
