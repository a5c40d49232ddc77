import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { demoOrganisation, demoPeople } from "#platform/sign-in/sign-in.js";
import { System } from "../support/system.js";
import { consent, eventually, woman } from "./journey.js";

const system = new System();
beforeAll(() => system.start(), 120_000);
afterAll(() => system.stop(), 60_000);

const idOf = (username: string) => demoPeople.find((each) => each.username === username)!.id;
const by = (username: string) => {
  const { id, role, shelter } = demoPeople.find((each) => each.username === username)!;
  return { id, role, organisation: demoOrganisation, ...(shelter && { shelter }) };
};
const daysAgo = (days: number, hours = 0) => new Date(Date.now() - days * 86_400_000 + hours * 3_600_000).toISOString();
const line = (as: string, operation: string, at: string, input: object = {}, id?: string) => ({
  key: randomUUID(),
  operation,
  at,
  by: by(as),
  input,
  ...(id && { id }),
});

const opened: string[] = [];
async function anImport(): Promise<string> {
  const until = new Date(Date.now() + 3_600_000).toISOString();
  const { body } = await system.post("tatu", "/v1/imports/open-import", { importer: idOf("wema"), until });
  expect((await system.post("vumilia", `/v1/imports/${body.id}/approve-import`)).status).toBe(200);
  opened.push(body.id);
  return body.id;
}
const bringIn = (id: string, ...lines: object[]) => system.post("wema", `/v1/imports/${id}/bring-in`, { lines });

describe("what happened long ago", () => {
  test("is told within the window by anybody; before it by a supervisor who says why, up to a year", async () => {
    const { body } = await system.post("amina", "/v1/cases/open-case", woman, { "occurred-at": daysAgo(29) });
    const at = `/v1/cases/${body.id}`;
    const told = (as: string, verb: string, input: object, headers: Record<string, string>) =>
      system.post(as, `${at}/${verb}`, input, headers);
    const late = await system.post("amina", "/v1/cases/open-case", woman, { "occurred-at": daysAgo(31) });
    expect([late.status, late.body.code]).toEqual([409, "LateEntryNeedsSupervisor"]);
    const decided = { status: "PossibleVictimOfTrafficking", decidedBy: "NGO", basis: "Screening" };
    const unsaid = await told("imani", "determine-trafficking-status", decided, { "occurred-at": daysAgo(40) });
    expect([unsaid.status, unsaid.body.code]).toEqual([409, "LateReasonMissing"]);
    const ancient = await told("imani", "determine-trafficking-status", decided, {
      "occurred-at": daysAgo(367),
      "late-reason": "KeptOnPaper",
    });
    expect([ancient.status, ancient.body.code]).toEqual([409, "TooLate"]);
    const strange = await told("imani", "determine-trafficking-status", decided, { "late-reason": "Whatever" });
    expect([strange.status, strange.body.code]).toEqual([400, "RequestMalformed"]);
    // Not before the case was opened, whoever tells it and why.
    const before = await told("imani", "determine-trafficking-status", decided, {
      "occurred-at": daysAgo(40),
      "late-reason": "KeptOnPaper",
    });
    expect([before.status, before.body.code]).toEqual([409, "BeforeItsBeginning"]);
  });

  test("is told with its reason by GraphQL as well, and the history says it", async () => {
    const history = await anImport();
    const [{ id }] = (await bringIn(history, line("amina", "openCase", daysAgo(60), woman))).body.receipts;
    await bringIn(history, line("amina", "giveConsent", daysAgo(59), consent, id));
    const mutation = `mutation ($id: ID!, $at: String!, $why: String) {
      startScreening(id: $id, occurredAt: $at, lateReason: $why, input: { formVersion: 1 }) { revision } }`;
    const unsaid = await system.graphql("imani", mutation, { id, at: daysAgo(50) });
    expect(unsaid.body.errors[0].extensions.code).toBe("LateReasonMissing");
    const said = await system.graphql("imani", mutation, { id, at: daysAgo(50), why: "DisclosedLater" });
    expect(said.body.data.startScreening).toEqual({ revision: 2 });
    const { body } = await system.get("imani", `/v1/cases/${id}/history`);
    expect(body.items[2]).toMatchObject({ source: "api", lateReason: "DisclosedLater", imported: null });
  });
});

describe("history that is brought in", () => {
  test("keeps who acted then and who brought it in, for ever, and the same line again changes nothing", async () => {
    const history = await anImport();
    const opening = line("amina", "openCase", daysAgo(400), woman);
    const first = await bringIn(history, opening);
    expect(first.body).toMatchObject({ refused: null, receipts: [{ revision: 0 }] });
    const [{ id }] = first.body.receipts;
    // Her consent has ended since: what was permitted then is brought in all the same.
    const asked = line("amina", "giveConsent", daysAgo(399), { ...consent, expiresAt: daysAgo(100) }, id);
    const identity = line("amina", "recordIdentity", daysAgo(398), { givenName: "Examplina", citizenships: ["TZ"], languages: ["sw"] }, id);
    expect((await bringIn(history, opening, asked, identity)).body).toMatchObject({
      refused: null,
      receipts: [{ id, revision: 0 }, { revision: 1 }, { revision: 2 }],
    });
    const { body } = await system.get("rehema", `/v1/cases/${id}/history`);
    expect(body.items).toHaveLength(3);
    for (const item of body.items)
      expect(item).toMatchObject({ source: "import", by: { id: idOf("amina") }, imported: { import: history, by: idOf("wema") } });
    expect((await system.get("amina", `/v1/cases/${id}`)).body.person.identity).toMatchObject({ givenName: "Examplina" });
  });

  test("is refused line by line by the rules of then, by the policy and by the order of time; what came before is kept", async () => {
    const history = await anImport();
    const [{ id }] = (await bringIn(history, line("amina", "openCase", daysAgo(200), woman))).body.receipts;
    const refusal = async (...lines: object[]) => {
      const { status, body } = await bringIn(history, ...lines);
      return [status, body.receipts.length, body.refused, body.problem?.code];
    };
    const assess = line("amina", "assessAge", daysAgo(195), { method: "Document", isChild: false, birthYear: 1990 }, id);
    const start = line("amina", "startScreening", daysAgo(190), { formVersion: 1 }, id);
    expect(await refusal(assess, start)).toEqual([200, 1, 1, "InterviewNotPermitted"]);
    expect(await refusal(line("amina", "giveConsent", daysAgo(199), consent, id))).toEqual([200, 0, 0, "ImportNotInOrder"]);
    expect(await refusal(line("musa", "giveConsent", daysAgo(180), consent, id))).toEqual([200, 0, 0, "OriginalActorNotAllowed"]);
    expect(await refusal(line("amina", "giveConsents", daysAgo(180), consent, id))).toEqual([200, 0, 0, "OperationUnknown"]);
    expect(await refusal(line("amina", "giveConsent", daysAgo(180), consent))).toEqual([200, 0, 0, "RecordNotNamed"]);
    expect(await refusal(line("amina", "giveConsent", daysAgo(180), { ...consent, purpose: "Anything" }, id))).toEqual([
      ...[200, 0, 0, "RequestInvalid"],
    ]);
    // Four eyes are those of then.
    const asked = line("imani", "requestClosure", daysAgo(170), { reason: "GoalsAchieved" }, id);
    expect(await refusal({ ...asked, by: by("amina") }, line("amina", "approveClosure", daysAgo(169), {}, id))).toEqual([
      ...[200, 1, 1, "OriginalActorNotAllowed"],
    ]);
    expect(await refusal(line("imani", "approveClosure", daysAgo(168), {}, id))).toEqual([200, 1, null, undefined]);
  });

  test("has what fell due in it asked for when the import has ended, once, at its own time", async () => {
    const history = await anImport();
    const year = new Date().getUTCFullYear();
    const [{ id }] = (await bringIn(history, line("amina", "openCase", `${year - 2}-05-01T08:00:00Z`, { ...woman, ageBand: "9-17" }))).body
      .receipts;
    const assessed = { method: "Statement", isChild: true, birthYear: year - 20 };
    const giver = { givenBy: "guardian", childAssents: true, expiresAt: `${year - 2}-07-01T00:00:00Z` };
    const lines = [
      line("amina", "assessAge", `${year - 2}-06-01T08:00:00Z`, assessed, id),
      line("amina", "giveConsent", `${year - 2}-06-02T08:00:00Z`, { ...consent, ...giver }, id),
    ];
    expect((await bringIn(history, ...lines)).body.refused).toBeNull();
    const told = async () => (await system.get("rehema", `/v1/cases/${id}/history`)).body.items.map(({ type, at }: any) => `${type} ${at}`);
    // Longer than it takes to look again.
    await pause(6_000);
    expect(await told()).toHaveLength(3);
    await system.post("tatu", `/v1/imports/${history}/end-import`);
    const due = [`ConsentExpired ${year - 2}-07-01T00:00:00.000Z`, `CameOfAge ${year - 1}-01-01T12:00:00.000Z`];
    await eventually(told, (items) => items.length === 5);
    await pause(6_000);
    expect((await told()).slice(3)).toEqual(due);
    const row = () => system.get("imani", `/v1/cases?id=${id}`);
    await eventually(row, ({ body }) => body.items[0]?.isChild === false);
    const status = (await system.get("tatu", "/v1/projections")).body.due;
    expect(status).toContainEqual(expect.objectContaining({ due: "coming-of-age", waiting: 0, asked: 1, refusals: 0 }));
  }, 60_000);

  test("comes by an approved import alone, of the person whom it names, until it is ended", async () => {
    const until = new Date(Date.now() + 3_600_000).toISOString();
    const { body } = await system.post("tatu", "/v1/imports/open-import", { importer: idOf("wema"), until });
    const opening = line("amina", "openCase", daysAgo(400), woman);
    const codeOf = async (id: string) => {
      const answer = await bringIn(id, opening);
      return [answer.status, answer.body.code];
    };
    expect(await codeOf(body.id)).toEqual([409, "ImportNotApproved"]);
    expect((await system.post("tatu", `/v1/imports/${body.id}/approve-import`)).body.code).toBe("ApproverIsRequester");
    expect((await system.post("amina", `/v1/imports/${body.id}/bring-in`, { lines: [opening] })).status).toBe(404);
    const another = await system.post("tatu", "/v1/imports/open-import", { importer: "somebody-else", until });
    await system.post("vumilia", `/v1/imports/${another.body.id}/approve-import`);
    expect(await codeOf(another.body.id)).toEqual([409, "ImportOfAnother"]);
    const history = await anImport();
    await system.post("tatu", `/v1/imports/${history}/end-import`);
    expect(await codeOf(history)).toEqual([409, "ImportEnded"]);
    // Whoever brings in sees nothing.
    expect((await system.get("wema", "/v1/cases")).status).toBe(404);
  });

  test("has a ledger of its own: a person's key is not an import's", async () => {
    const history = await anImport();
    const key = randomUUID();
    const { body } = await system.post("amina", "/v1/cases/open-case", woman);
    await system.post("amina", `/v1/cases/${body.id}/give-consent`, consent, { "idempotency-key": key });
    const brought = await bringIn(history, {
      ...line("amina", "startScreening", new Date().toISOString(), { formVersion: 1 }, body.id),
      key,
    });
    expect(brought.body).toMatchObject({ refused: null, receipts: [{ revision: 2 }] });
  });
});
