import { assign, consent, eventually, findings, woman } from "../journeys/journey.js";
import { System } from "../support/system.js";

const system = new System();
let at: string;
let id: string;
beforeAll(() => system.start(), 120_000);
afterAll(() => system.stop(), 60_000);
beforeEach(async () => {
  id = (await system.post("amina", "/v1/cases/open-case", woman)).body.id;
  at = `/v1/cases/${id}`;
  await assign(system, id, "jabari");
  await system.post("amina", `${at}/give-consent`, consent);
  await system.post("amina", `${at}/start-screening`, { formVersion: 1 });
});

const { account: _, ...codes } = findings;
const both = { account: "An invented account", perpetrator: "An invented perpetrator" };
const complete = (username: string, over: object, headers: Record<string, string> = {}) =>
  system.post(username, `${at}/complete-screening`, { ...codes, ...over }, headers);
const shown = async (position: string) => {
  const { body } = await system.get("amina", at, { "consistent-after": position });
  return { account: body.screening?.account?.account ?? null, perpetrator: body.screening?.perpetrator?.description ?? null };
};
const onRevision = (revision: string) => ({ "if-match": revision });

test("a screening completed again by someone who may not see the account leaves it", async () => {
  await complete("amina", both);
  const again = await complete("imani", { means: [] });
  expect(again.status).toBe(200);
  expect(await shown(again.body.position)).toEqual(both);
});

test("who may not write a class may neither replace nor remove it, is told which fields, and leaves a trace", async () => {
  const first = await complete("amina", both);
  for (const [username, over, fields] of [
    ["imani", { account: null }, ["account"]],
    ["imani", both, ["account", "perpetrator"]],
    ["jabari", { perpetrator: "Somebody else" }, ["perpetrator"]],
  ] as const) {
    const refused = await complete(username, over, onRevision(first.body.revision));
    expect([refused.status, refused.body.code]).toEqual([403, "FieldNotAllowed"]);
    expect(refused.body.errors.map(({ field }: { field: string }) => field)).toEqual(fields);
    expect(JSON.stringify(refused.body)).not.toContain("nvented");
  }
  const { body } = await system.graphql(
    "imani",
    `mutation($input: CompleteScreening!) { completeScreening(id: "${id}", revision: ${first.body.revision}, input: $input) { id } }`,
    { input: { ...codes, account: null } },
  );
  expect(body.errors[0].extensions).toMatchObject({ status: 403, code: "FieldNotAllowed", errors: [{ field: "account" }] });
  expect(await shown(first.body.position)).toEqual(both);
  await eventually(
    () => system.get("rehema", `/v1/denials?record=${id}`),
    (reply) => reply.body.items.some(({ act, on }: { act: string; on: string }) => act === "write" && on === "perpetrator"),
  );
});

test("what is on record is replaced class by class, and on the revision last read", async () => {
  const first = await complete("amina", both);
  const blind = await complete("amina", { account: "Another invented account" });
  expect([blind.status, blind.body.code]).toEqual([428, "RevisionRequired"]);
  const stale = await complete("amina", { account: "Another invented account" }, onRevision("1"));
  expect(stale.status).toBe(412);
  const replaced = await complete("amina", { account: "Another invented account" }, onRevision(first.body.revision));
  expect(await shown(replaced.body.position)).toEqual({ ...both, account: "Another invented account" });
});

test("null removes, by REST and by GraphQL, and what is left out stays", async () => {
  const first = await complete("amina", both);
  const removed = await complete("amina", { perpetrator: null }, onRevision(first.body.revision));
  expect(await shown(removed.body.position)).toEqual({ ...both, perpetrator: null });
  const { body } = await system.graphql(
    "amina",
    `mutation($input: CompleteScreening!) { done: completeScreening(id: "${id}", revision: ${removed.body.revision}, input: $input) { position } }`,
    { input: { ...codes, account: null } },
  );
  expect(await shown(body.data.done.position)).toEqual({ account: null, perpetrator: null });
});

test("of two who correct a name at once, the second is told that it has changed", async () => {
  const name = { citizenships: ["TZ"], languages: ["sw"] };
  const first = await system.post("amina", `${at}/record-identity`, { ...name, givenName: "Examplina" });
  const blind = await system.post("amina", `${at}/record-identity`, { ...name, givenName: "Examplisia" });
  expect(blind.status).toBe(428);
  const correct = (givenName: string | null) =>
    system.post("amina", `${at}/record-identity`, { ...name, givenName }, onRevision(first.body.revision));
  const both = await Promise.all([correct("Examplisia"), correct(null)]);
  expect(new Set(both.map(({ status }) => status))).toEqual(new Set([200, 412]));
});

test("two first records at once do not replace each other unread", async () => {
  const record = (phone: string) => system.post("amina", `${at}/record-contact`, { phone });
  const both = await Promise.all([record("+255700000001"), record("+255700000002")]);
  expect(new Set(both.map(({ status }) => status))).toEqual(new Set([200, 428]));
});

test("a name stays when only the languages are corrected, and how to reach her when nothing is said", async () => {
  await system.post("amina", `${at}/record-identity`, { givenName: "Examplina", citizenships: [], languages: ["sw"] });
  await system.post("amina", `${at}/record-contact`, { phone: "+255700000001" });
  await system.post("amina", `${at}/record-contact`, {});
  const last = await system.post("amina", `${at}/record-identity`, { citizenships: [], languages: ["sw", "en"] });
  const { body } = await system.get("amina", at, { "consistent-after": last.body.position });
  expect(body.person).toMatchObject({ languages: ["sw", "en"], identity: { givenName: "Examplina" }, contact: { phone: "+255700000001" } });
});

test("whoever has no right to what is told may open a case, and not tell it", async () => {
  const opened = await system.post("jabari", "/v1/cases/open-case", { ...woman, immediateNeeds: "Invented needs" });
  expect([opened.status, opened.body.code]).toEqual([403, "FieldNotAllowed"]);
  expect((await system.post("jabari", "/v1/cases/open-case", woman)).status).toBe(201);
});
