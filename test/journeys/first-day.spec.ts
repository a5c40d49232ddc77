import { randomUUID } from "node:crypto";
import { System } from "../support/system.js";
import { caseWithConsent, consent, woman } from "./journey.js";

// What a frontend meets on its first day.

const system = new System();
let caseId: string;
beforeAll(async () => {
  await system.start();
  caseId = await caseWithConsent(system);
}, 120_000);
afterAll(() => system.stop(), 60_000);

const send = async (who: string, path: string, { headers = {}, ...init }: RequestInit & { headers?: Record<string, string> } = {}) =>
  fetch(`${system.base}${path}`, { ...init, headers: { authorization: `Bearer ${await system.token(who)}`, ...headers } });

test("every answer names its request, and so does every problem; a client's own name is taken where it is safe", async () => {
  const own = randomUUID();
  const answer = await send("amina", "/v1/cases", { headers: { "request-id": own } });
  expect(answer.headers.get("request-id")).toBe(own);
  expect(answer.headers.get("cache-control")).toBe("no-store");
  const refused = await send("amina", "/v1/cases?first=0", { headers: { "request-id": "a b; drop" } });
  const { requestId } = (await refused.json()) as { requestId: string };
  expect(requestId).toMatch(/^[0-9a-f-]{36}$/);
  expect(refused.headers.get("request-id")).toBe(requestId);
  const { body } = await system.graphql("amina", `{ case(id: "${randomUUID()}") { id } }`);
  expect(body.errors[0].extensions).toMatchObject({ code: "NotFound", requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) });
  const unsigned = await fetch(`${system.base}/v1/cases`);
  expect(((await unsigned.json()) as { requestId: string }).requestId).toBe(unsigned.headers.get("request-id"));
});

test("an address that is asked otherwise says how, to whoever has signed in", async () => {
  const refused = await send("amina", `/v1/cases/${caseId}`, { method: "DELETE" });
  expect([refused.status, refused.headers.get("allow")]).toEqual([405, "GET, HEAD"]);
  expect(await refused.json()).toMatchObject({ code: "MethodNotAllowed", allowed: ["GET", "HEAD"] });
  expect((await send("amina", "/v1/cases/open-case", { method: "PUT" })).headers.get("allow")).toContain("POST");
  expect((await send("amina", "/v1/nothing", { method: "DELETE" })).status).toBe(404);
  expect((await fetch(`${system.base}/v1/cases`, { method: "DELETE" })).status).toBe(401);
});

test("a wrong password is told as one", async () => {
  const form = new URLSearchParams({ grant_type: "password", username: "amina", password: "wrong" });
  const answer = await fetch(`${system.base}/sign-in/token`, { method: "POST", body: form });
  expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([401, "PasswordWrong"]);
});

test("whoever has the revision already is told so, and no more", async () => {
  const path = `/v1/cases/${caseId}/state`;
  const etag = (await send("amina", path)).headers.get("etag")!;
  for (const known of [etag, `W/${etag}`, `"99", ${etag}`]) {
    const answer = await send("amina", path, { headers: { "if-none-match": known } });
    expect([answer.status, await answer.text(), answer.headers.get("etag")]).toEqual([304, "", etag]);
  }
  expect((await send("amina", path, { headers: { "if-none-match": '"99"' } })).status).toBe(200);
});

test("a revision has one type, in what is answered and in what is sent", async () => {
  const { body } = await system.graphql(
    "amina",
    `mutation { refuseConsent(id: "${caseId}", input: { purpose: PhotoMedia, refusedBy: "self" }) { revision } }`,
  );
  const { revision } = body.data.refuseConsent;
  const next = `mutation ($revision: Int) { refuseConsent(id: "${caseId}", revision: $revision, input: { purpose: FamilyTracing, refusedBy: "self" }) { revision } }`;
  const again = await system.graphql("amina", next, { revision });
  expect(again.body.data.refuseConsent.revision).toBe(revision + 1);
  const { body: stale } = await system.graphql("amina", next, { revision });
  expect(stale.errors[0].extensions).toMatchObject({ code: "StaleRevision", revision: revision + 1 });
  const { body: page } = await system.get("amina", `/v1/cases/${caseId}/history?first=1`);
  expect([page.items[0].revision, page.next]).toEqual([0, 0]);
});

test("cases are found by their id, by the day on which they were opened, by who opened them, and by yes and no", async () => {
  const opened = await system.post("baraka", "/v1/cases/open-case", woman);
  const after = { "consistent-after": opened.body.position };
  const ids = async (query: string) => {
    const { body } = await system.get("imani", `/v1/cases?${query}`, after);
    return body.items.map(({ id }: { id: string }) => id);
  };
  expect(await ids(`id=${opened.body.id.toUpperCase()}`)).toEqual([opened.body.id]);
  expect(await ids(`id=${randomUUID()}`)).toEqual([]);
  const { body: row } = await system.get("imani", `/v1/cases?id=${opened.body.id}`, after);
  expect(await ids(`openedBy=${row.items[0].openedBy}`)).toEqual([opened.body.id]);
  const day = new Intl.DateTimeFormat("sv", { timeZone: "Africa/Dar_es_Salaam" }).format(new Date(row.items[0].openedAt));
  expect(await ids(`openedOn=${day}`)).toContain(opened.body.id);
  expect(await ids("openedOn=2020-01-01")).toEqual([]);
  expect((await system.get("imani", "/v1/cases?openedOn=2020-02-30")).status).toBe(400);
  expect(await ids("isChild=false")).toContain(opened.body.id);
  expect(await ids("isChild=true")).toEqual([]);
  expect((await system.get("imani", "/v1/cases?isChild=perhaps")).status).toBe(400);
  const { body } = await system.graphql("imani", "{ cases(where: { isChild: false }) { items { id } } }");
  expect(body.data.cases.items.length).toBeGreaterThan(0);
});

test("what is asked of a record that is not there says which part of it is not", async () => {
  const nobody = randomUUID();
  expect((await system.get("rehema", `/v1/cases/${nobody}/history`)).body.code).toBe("NotFound");
  expect((await system.get("rehema", `/v1/cases/${nobody}/state`)).body.code).toBe("NotFound");
  expect((await system.get("rehema", `/v1/cases/${caseId}/state?revision=99`)).body).toMatchObject({ status: 404, code: "BeyondTheEnd" });
  expect((await system.get("rehema", `/v1/cases/${caseId}/state?asOf=1990-01-01T00:00:00Z`)).body).toMatchObject({
    status: 404,
    code: "BeforeTheBeginning",
    begun: expect.stringMatching(/^20/),
  });
});

test("what a form sends of a field that nobody has filled in is no value", async () => {
  const { body } = await system.post("amina", "/v1/cases/open-case", { ...woman, immediateNeeds: "  \n" });
  const { body: told } = await system.get("amina", `/v1/cases/${body.id}/history`);
  expect(told.items[0].sealed).toEqual([]);
  const house = { code: "TST-1", region: "Kigoma", address: " " };
  expect((await system.post("esther", "/v1/shelters/register-shelter", house)).body.errors[0].field).toBe("address");
});

test("a phone is taken as people write it, and a refusal is a sentence", async () => {
  const contact = (phone: string) => system.post("amina", `/v1/cases/${caseId}/record-contact`, { phone }, { "if-match": "2" });
  const refused = await contact("call her brother");
  expect(refused.body.errors[0].message).toBe(
    "phone must be a phone number, such as 0712 345 678, or +255 712 345 678 with its country code",
  );
  const id = await caseWithConsent(system);
  const { body } = await system.post("amina", `/v1/cases/${id}/record-contact`, { phone: "0700 000 001" });
  const { body: file } = await system.get("amina", `/v1/cases/${id}`, { "consistent-after": body.position });
  expect(file.person.contact).toEqual({ phone: "+255700000001" });
});

test("of a station in her history perhaps only the month or the year is known", async () => {
  const tell = (date: string) =>
    system.post("amina", `/v1/cases/${caseId}/record-trafficking-history-event`, { event: "Transit", country: "TZ", date });
  expect((await tell("2024-05")).status).toBe(200);
  const { body } = await tell("2023");
  expect((await tell("2024-13")).status).toBe(400);
  expect((await tell("2199")).body.code).toBe("DateInFuture");
  const { body: file } = await system.get("amina", `/v1/cases/${caseId}`, { "consistent-after": body.position });
  expect(file.traffickingHistory.stations.map(({ date }: { date: string }) => date)).toEqual(["2023", "2024-05"]);
});

test("the figures are for this machine, and for nobody whom a proxy brings", async () => {
  expect((await fetch(`${system.base}/metrics`)).status).toBe(200);
  expect((await fetch(`${system.base}/metrics`, { headers: { "x-forwarded-for": "192.0.2.1" } })).status).toBe(404);
});

test("only what a query selects is opened and recorded as seen", async () => {
  const id = await caseWithConsent(system);
  const name = { givenName: "Examplina", citizenships: [], languages: [] };
  await system.post("amina", `/v1/cases/${id}/record-identity`, name);
  const { body } = await system.post("amina", `/v1/cases/${id}/record-contact`, { phone: "0700 000 001" });
  const ask = (fields: string, more = "") =>
    system.graphql("amina", `query { case(id: "${id}", consistentAfter: "${body.position}") { ${fields} } } ${more}`);
  const seen = async () =>
    (await system.get("rehema", `/v1/cases/${id}/access`)).body.items.map(({ data }: { data: { classes: string[] } }) => data.classes);
  expect(
    (await ask("revision person { languages contact @include(if: false) { phone } } handovers @skip(if: true) { notes { note } }")).body
      .errors,
  ).toBeUndefined();
  expect(await seen()).toEqual([]);
  const fragments = "fragment named on Case { person { ...identified } } fragment identified on CasePerson { identity { givenName } }";
  expect((await ask("... on Case { ...named }", fragments)).body.data.case.person.identity).toEqual({ givenName: "Examplina" });
  expect(await seen()).toEqual([["identity"]]);
  const both = await ask("one: person { name: identity { givenName } } other: person { contact { phone } }");
  expect(both.body.data.case.other.contact).toEqual({ phone: "+255700000001" });
  expect(await seen()).toEqual([["identity"], ["contact", "identity"]]);
});

test("the address alone answers a page that says what this is, whether it is well, and where to go on", async () => {
  const answer = await fetch(system.base);
  const page = await answer.text();
  expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "text/html; charset=utf-8"]);
  for (const told of ["Hifadhi", "<strong>ready</strong>", "/v1/docs", "/sign-in"]) expect(page).toContain(told);
  expect(page).not.toMatch(/src=|https:/);
});

test("every fact says what was being done", async () => {
  const { body } = await system.get("rehema", `/v1/cases/${caseId}/history`);
  const purposes = body.items.map(({ type, purpose }: { type: string; purpose: string }) => `${type} ${purpose}`);
  expect(purposes.slice(0, 2)).toEqual(["CaseOpened FirstContact", "ConsentGiven ConsentKeeping"]);
});

describe("a history is looked through", () => {
  let id: string;
  const types = async (query: string, username = "rehema") => {
    const { body } = await system.get(username, `/v1/cases/${id}/history?${query}`);
    return (body.items as { type: string }[]).map(({ type }) => type);
  };
  beforeAll(async () => {
    ({ id } = (await system.post("amina", "/v1/cases/open-case", woman)).body);
    await system.post("amina", `/v1/cases/${id}/refuse-consent`, { purpose: "PhotoMedia", refusedBy: "self" });
    await system.post("amina", `/v1/cases/${id}/assign-worker`, { worker: "musa", role: "Legal" });
    await system.post("imani", `/v1/cases/${id}/raise-wall`, { barred: "somebody", kind: "Person", reason: "KnowsThePerson" });
    await system.post("amina", `/v1/cases/${id}/refuse-consent`, { purpose: "FamilyTracing", refusedBy: "self" });
  });

  test("by type, by who acted, and by when it happened", async () => {
    expect(await types("type=ConsentRefused")).toEqual(["ConsentRefused", "ConsentRefused"]);
    const { body } = await system.get("rehema", `/v1/cases/${id}/history`);
    const wall = body.items.find(({ type }: { type: string }) => type === "WallRaised");
    expect(await types(`by=${wall.by.id}`)).toEqual(["WallRaised"]);
    expect(await types(`by=${wall.by.id}&type=ConsentRefused`)).toEqual([]);
    expect(await types(`from=${wall.at}`)).toEqual(["WallRaised", "ConsentRefused"]);
    expect(await types(`until=${wall.at}`)).toEqual(["CaseOpened", "ConsentRefused", "WorkerAssigned"]);
    expect(await types(`from=${wall.at}&until=${wall.at}`)).toEqual([]);
  });
  test("the newest first, page by page", async () => {
    const all = await types("");
    const seen: string[] = [];
    for (let after = ""; ;) {
      const { body } = await system.get("rehema", `/v1/cases/${id}/history?sort=-revision&first=2${after}`);
      seen.push(...body.items.map(({ type }: { type: string }) => type));
      if (body.next === null) break;
      after = `&after=${body.next}`;
    }
    expect(seen).toEqual(all.toReversed());
    const { body } = await system.graphql(
      "rehema",
      `{ caseHistory(id: "${id}", where: { sort: "-revision", first: 1 }) { items { type changed } next } }`,
    );
    expect(body.data.caseHistory.items).toEqual([
      { type: "ConsentRefused", changed: { "consents.refused.1": { after: expect.objectContaining({ by: "self" }) } } },
    ]);
  });
  test("and bad input is told", async () => {
    for (const [query, field] of [
      ["type=consent-refused", "type"],
      ["from=yesterday", "from"],
      ["sort=newest", "sort"],
      ["by=a%20b", "by"],
    ]) {
      const { status, body } = await system.get("rehema", `/v1/cases/${id}/history?${query}`);
      expect([status, body.errors[0].field]).toEqual([400, field]);
    }
  });
});

/** So many days ago. */
const daysAgo = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString();

test("what was known at an instant leaves out what was told later, though it happened before", async () => {
  const { body: opened } = await system.post("amina", "/v1/cases/open-case", woman, { "occurred-at": daysAgo(10) });
  const state = async (query: string) => {
    const { status, body } = await system.get("rehema", `/v1/cases/${opened.id}/state?${query}`);
    return status === 200 ? (body.state.consents.given.length as number) : body.code;
  };
  const { body: facts } = await system.get("rehema", `/v1/cases/${opened.id}/history`);
  const then = facts.items[0].recordedAt as string;
  await system.post("amina", `/v1/cases/${opened.id}/give-consent`, consent, { "occurred-at": daysAgo(8) });
  const now = new Date().toISOString();
  // It happened eight days ago, and was not known then.
  expect(await state(`asOf=${daysAgo(7)}`)).toBe(1);
  expect(await state(`asOf=${daysAgo(7)}&knownAt=${then}`)).toBe(0);
  expect(await state(`knownAt=${now}`)).toBe(1);
  expect(await state(`asOf=${daysAgo(9)}`)).toBe(0);
  expect(await state(`knownAt=${daysAgo(7)}`)).toBe("BeforeTheBeginning");
  expect((await system.get("rehema", `/v1/cases/${opened.id}/state?knownAt=${now}&revision=0`)).body.errors[0].field).toBe("knownAt");
});

test("a timeline tells what happened in the order in which it did, what was told late in its place", async () => {
  const { body: opened } = await system.post("amina", "/v1/cases/open-case", woman, { "occurred-at": daysAgo(10) });
  const refuse = (purpose: string, days: number) =>
    system.post("amina", `/v1/cases/${opened.id}/refuse-consent`, { purpose, refusedBy: "self" }, { "occurred-at": daysAgo(days) });
  for (const [purpose, days] of [
    ["PhotoMedia", 3],
    ["FamilyTracing", 8],
    ["Interview", 5],
  ] as const)
    await refuse(purpose, days);
  const told: unknown[] = [];
  for (let after = ""; ;) {
    const { body } = await system.get("rehema", `/v1/cases/${opened.id}/history?sort=at&first=2${after}`);
    told.push(...body.items.map(({ type, data, words }: any) => data.purpose ?? [type, words.fr]));
    if (body.next === null) break;
    // What is told meanwhile, of a time that was shown already, moves nothing.
    if (after === "") await refuse("ReturnArrangement", 9);
    after = `&after=${body.next}`;
  }
  expect(told).toEqual([["CaseOpened", expect.any(String)], "FamilyTracing", "Interview", "PhotoMedia"]);
  const { body } = await system.graphql(
    "rehema",
    `{ caseHistory(id: "${opened.id}", where: { sort: "-at", first: 4 }) { items { data } next } }`,
  );
  expect(body.data.caseHistory.items.map(({ data }: any) => data.purpose)).toEqual([
    ...["PhotoMedia", "Interview", "FamilyTracing", "ReturnArrangement"],
  ]);
});
