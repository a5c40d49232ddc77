import { assign, caseWithConsent, eventually, inAYear, organisation, shelterWith } from "../journeys/journey.js";
import { System } from "../support/system.js";

// From a case to what belongs to it: by GraphQL in one query, by REST below its address.

const system = new System();
let shelter: string;
let cases: string[];
beforeAll(async () => {
  await system.start();
  shelter = await shelterWith(system, [
    { bed: "W1", category: "Women", availability: "YearRound" },
    { bed: "W2", category: "Women", availability: "YearRound" },
  ]);
  cases = await Promise.all(Array.from({ length: 3 }, () => caseWithConsent(system)));
  for (const purpose of ["FamilyTracing", "PhotoMedia"]) await give(cases[0]!, purpose);
  const admission = { caseId: cases[0], voluntary: true, houseRulesExplained: true };
  const { body } = await system.post("amina", `/v1/shelters/${shelter}/admit-resident`, admission);
  await system.get("amina", `/v1/stays`, { "consistent-after": body.position });
}, 120_000);
afterAll(() => system.stop(), 60_000);

const give = (id: string, purpose: string) =>
  system.post("amina", `/v1/cases/${id}/give-consent`, {
    ...{ purpose, recipients: [organisation], dataClasses: ["identity"], expiresAt: inAYear, givenBy: "self", evidence: "Signature" },
  });

test("a case is asked with its consents, its team and its stays in one query", async () => {
  const { body } = await system.graphql(
    "amina",
    `{ case(id: "${cases[0]}") { revision consents { items { purpose caseId } next } teamMembers { items { worker role } } stays { items { shelter category } } } }`,
  );
  expect(body.errors).toBeUndefined();
  const { consents, teamMembers, stays } = body.data.case;
  expect(consents.items.map(({ purpose }: { purpose: string }) => purpose).toSorted()).toEqual([
    "FamilyTracing",
    "Interview",
    "PhotoMedia",
  ]);
  expect(consents.items.every(({ caseId }: { caseId: string }) => caseId === cases[0])).toBe(true);
  expect(teamMembers.items).toEqual([{ worker: expect.any(String), role: "CaseLead" }]);
  expect(stays.items).toEqual([{ shelter, category: "Women" }]);
});

test("a page of cases is asked with the page of each, and each goes on by itself", async () => {
  const ask = `{ cases { items { id consents(where: { first: 2, sort: "-expiresAt" }) { items { id purpose } next } } } }`;
  const { body } = await system.graphql("amina", ask);
  const rows = body.data.cases.items as { id: string; consents: { items: { id: string }[]; next: string | null } }[];
  const first = rows.find(({ id }) => id === cases[0])!;
  expect(first.consents.items).toHaveLength(2);
  expect(rows.filter(({ id }) => id !== cases[0]).map(({ consents }) => [consents.items.length, consents.next])).toEqual([
    [1, null],
    [1, null],
  ]);
  const rest = await system.get("amina", `/v1/cases/${cases[0]}/consents?first=2&sort=-expiresAt&after=${first.consents.next}`);
  expect(rest.body.items).toHaveLength(1);
  expect(first.consents.items.map(({ id }) => id)).not.toContain(rest.body.items[0].id);
});

test("the same is asked by REST, narrowed as the list itself", async () => {
  const withdrawn = await system.get("amina", `/v1/cases/${cases[0]}/consents?purpose=PhotoMedia`);
  expect(withdrawn.body.items.map(({ purpose }: { purpose: string }) => purpose)).toEqual(["PhotoMedia"]);
  const house = await system.get("amina", `/v1/shelters/${shelter}/stays`);
  expect(house.body.items.map(({ caseId }: { caseId: string }) => caseId)).toEqual([cases[0]]);
  const wrong = await system.get("amina", `/v1/cases/${cases[0]}/consents?caseId=${cases[0]}`);
  expect([wrong.status, wrong.body.errors[0].field]).toEqual([400, "caseId"]);
});

test("what is refused below a case is null with its problem, and leaves the rest", async () => {
  await assign(system, cases[0]!, "musa");
  await eventually(
    () => system.get("musa", "/v1/cases"),
    ({ body }) => body.items.length === 1,
  );
  const { body } = await system.graphql(
    "musa",
    `{ case(id: "${cases[0]}") { revision consents { items { id } } stays { items { id } } } }`,
  );
  expect(body.data.case).toMatchObject({ revision: expect.any(Number), stays: null });
  expect(body.data.case.consents.items).toHaveLength(3);
  expect(body.errors).toEqual([expect.objectContaining({ path: ["case", "stays"], extensions: expect.objectContaining({ status: 404 }) })]);
  const { body: bad } = await system.graphql(
    "amina",
    `{ case(id: "${cases[0]}") { revision consents(where: { first: 1000 }) { items { id } } } }`,
  );
  expect(bad.data.case.consents).toBeNull();
  expect(bad.errors[0].extensions).toMatchObject({ status: 400, errors: [expect.objectContaining({ field: "first" })] });
});

test("whose role may not read a list is shown none of it below her own house either", async () => {
  const [{ body: shelters }, { body: stays }] = await Promise.all([
    system.graphql("khadija", `{ case(id: "${cases[0]}") { revision placement { shelter { code } } } }`),
    system.graphql("khadija", `{ case(id: "${cases[0]}") { revision stays { items { id } } } }`),
  ]);
  expect([shelters.data.case.placement, shelters.errors[0].extensions.status]).toEqual([{ shelter: null }, 404]);
  expect([stays.data.case.stays, stays.errors[0].extensions.status]).toEqual([null, 404]);
});

test("in which house somebody stays is no way to ask for whoever may not know that", async () => {
  expect((await system.get("imani", `/v1/shelters/${shelter}/stays`)).status).toBe(404);
  const { body } = await system.graphql("imani", `{ shelters { items { code stays { items { id } } } } }`);
  expect(body.data.shelters.items.every(({ stays }: { stays: unknown }) => stays === null)).toBe(true);
  const own = await system.graphql("imani", `{ case(id: "${cases[0]}") { stays { items { shelter admittedAt } } } }`);
  expect(own.body.data.case.stays.items).toEqual([{ shelter: null, admittedAt: expect.any(String) }]);
});

test("what a row names is asked for with it: the case of a consent, the shelter of whoever stays there", async () => {
  const ask = `{ case(id: "${cases[0]}") { placement { current { shelter } shelter { code region location { address } } } consents { items { case { stage } } } } }`;
  const { body } = await system.graphql("amina", ask);
  expect(body.errors).toBeUndefined();
  expect(body.data.case.placement).toEqual({ current: { shelter }, shelter: { code: "KIG-1", region: "Kigoma", location: null } });
  expect(body.data.case.consents.items[0].case).toEqual({ stage: expect.any(String) });
});

test("where she stays is no way to the shelter for whoever may not know it", async () => {
  const { body } = await system.graphql("imani", `{ case(id: "${cases[0]}") { stage placement { shelter { code } } } }`);
  expect(body.errors).toBeUndefined();
  expect(body.data.case).toEqual({ stage: expect.any(String), placement: null });
});

test("what hangs below a case comes with it by REST where it is asked for", async () => {
  const { body } = await system.get("amina", `/v1/cases/${cases[0]}?include=consents,teamMembers`);
  expect([body.consents.items.length, body.teamMembers.items.length > 0, "stays" in body]).toEqual([3, true, false]);
  expect(await system.get("amina", `/v1/cases/${cases[0]}`).then((plain) => "consents" in plain.body)).toBe(false);
  const wrong = await system.get("amina", `/v1/cases/${cases[0]}?include=secrets`);
  expect([wrong.status, wrong.body.errors[0].field]).toEqual([400, "include"]);
});

test("what is refused at the root is null with its problem, and leaves the rest: also the receipt of what was done", async () => {
  const asked = await system.graphql("baraka", `{ refused: case(id: "${cases[0]}") { revision } shelters { items { code } } }`);
  expect(asked.body.data).toEqual({ refused: null, shelters: { items: [expect.objectContaining({ code: "KIG-1" })] } });
  expect(asked.body.errors).toEqual([expect.objectContaining({ path: ["refused"] })]);
  const said = await system.graphql(
    "amina",
    `mutation { done: assessAge(id: "${cases[1]}", input: { method: Statement, isChild: false }) { revision } refused: assessAge(id: "${cases[1]}", input: { method: Disputed, isChild: false }) { revision } }`,
  );
  expect(said.body.data).toEqual({ done: { revision: expect.any(Number) }, refused: null });
});
