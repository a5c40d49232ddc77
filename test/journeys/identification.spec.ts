import { demoPeople } from "#platform/sign-in/sign-in.js";
import { EventReader } from "../support/live.js";
import { System } from "../support/system.js";
import { assign, caseWithConsent, consent, eventually, findings } from "./journey.js";

const system = new System();
beforeAll(() => system.start(), 120_000);
afterAll(() => system.stop(), 60_000);

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();
const idOf = (name: string) => demoPeople.find(({ username }) => username === name)!.id;

/** Makes a change by REST as somebody; answers the status, and the code where it is refused. */
const doing = (path: string) => async (who: string, verb: string, body: object) => {
  const { status, body: answer } = await system.post(who, `/v1/${path}/${verb}`, body);
  return status < 300 ? "done" : `${status} ${answer.code}`;
};
/** The same by GraphQL. */
const changing = (id: string) => async (who: string, name: string, input: object) => {
  const type = name[0]!.toUpperCase() + name.slice(1);
  const text = `mutation($id: ID!, $input: ${type}!) { done: ${name}(id: $id, input: $input) { revision } }`;
  const { body } = await system.graphql(who, text, { id, input });
  return body.errors ? `${body.errors[0].extensions.status} ${body.errors[0].extensions.code}` : "done";
};
const read = async (who: string, caseId: string) => (await system.get(who, `/v1/cases/${caseId}`)).body;
const itemsOf = async (who: string, path: string) => (await system.get(who, path)).body.items as any[];
/** What waits in a case. */
const waiting = async (caseId: string) =>
  (await itemsOf("amina", "/v1/work")).find(({ id }) => id === caseId)?.kinds.filter((kind: string) => kind !== "ConsentEnding") ?? [];

async function screened(over: object = {}): Promise<string> {
  const caseId = await caseWithConsent(system, over);
  const ask = doing(`cases/${caseId}`);
  expect(await ask("amina", "start-screening", { formVersion: 1 })).toBe("done");
  expect(await ask("amina", "complete-screening", findings)).toBe("done");
  return caseId;
}
const found = (status: string, over: object = {}) => ({ status, decidedBy: "NGO", basis: "Screening", ...over });

test("a man who is found not to be a victim is referred on, and on new information he possibly is one after all", async () => {
  const caseId = await screened({ sex: "Male" });
  const [ask, change] = [doing(`cases/${caseId}`), changing(caseId)];
  expect(await ask("amina", "determine-trafficking-status", found("NotAVictimOfTrafficking"))).toBe("done");
  await eventually(
    () => waiting(caseId),
    (kinds) => kinds.includes("ReferralOn"),
  );
  // He is helped all the same, and his case is not closed before he was referred on.
  expect(await ask("amina", "deliver-service", { group: "BasicNeeds" })).toBe("done");
  expect(await ask("amina", "request-closure", { reason: "NotAVictim" })).toBe("409 ReferralNotOffered");
  expect(await change("amina", "referOn", { organisation: "UNHCR", group: "Legal" })).toBe("done");
  await eventually(
    () => waiting(caseId),
    (kinds) => !kinds.includes("ReferralOn"),
  );
  expect(await ask("amina", "determine-trafficking-status", found("PossibleVictimOfTrafficking"))).toBe("409 CompetentBodyRequired");
  const again = found("PossibleVictimOfTrafficking", { basis: "NewInformation" });
  expect(await change("amina", "determineTraffickingStatus", again)).toBe("done");
  const { screening, traffickingStatus } = await eventually(
    () => read("amina", caseId),
    (body) => body.traffickingStatus === "PossibleVictimOfTrafficking" && body.screening.possibleAt !== null,
  );
  expect([traffickingStatus, screening.confirmedAt]).toEqual(["PossibleVictimOfTrafficking", null]);
  expect(screening.determinations.map(({ status, supersedes }: any) => [status, supersedes ?? null])).toEqual([
    ["NotAVictimOfTrafficking", null],
    ["PossibleVictimOfTrafficking", "NotAVictimOfTrafficking"],
  ]);
  expect(screening.referrals).toEqual([expect.objectContaining({ organisation: "UNHCR", group: "Legal" })]);
}, 60_000);

test("a woman tells how it began, is given time to recover and reflect, and is asked nothing of the police meanwhile", async () => {
  const caseId = await screened();
  const [ask, change] = [doing(`cases/${caseId}`), changing(caseId)];
  const grant = { jurisdiction: "TanzaniaMainland", until: inDays(31) };
  expect(await ask("amina", "grant-reflection-period", grant)).toBe("409 NoReasonableGrounds");
  expect(await ask("amina", "determine-trafficking-status", found("PossibleVictimOfTrafficking"))).toBe("done");
  expect(await ask("amina", "grant-reflection-period", { ...grant, until: inDays(29) })).toBe("409 ReflectionPeriodTooShort");
  expect(await change("amina", "grantReflectionPeriod", grant)).toBe("done");
  const police = { ...consent, purpose: "ShareWithLawEnforcement" };
  expect(await ask("amina", "give-consent", police)).toBe("409 ReflectionPeriodRuns");
  expect(await change("amina", "extendReflectionPeriod", { until: inDays(60) })).toBe("done");
  const details = {
    ...{ recruitmentMethods: ["ThroughFriendsOrSocialEvents"], industries: ["A_AgricultureForestryAndFishing"] },
    ...{ landIndustries: ["A03_FishingAndAquaculture"], ageWhenTrafficked: 16, durationMonths: 14, profiles: "Invented profile" },
  };
  expect(await ask("amina", "record-trafficking-details", details)).toBe("done");
  const step = { event: "Recruitment", country: "BI", date: "2024-05", place: "Invented place" };
  expect(await ask("amina", "record-trafficking-history-event", step)).toBe("done");
  const query = `{ case(id: "${caseId}") { reflection { periods { jurisdiction endedAt } } traffickingHistory { ageBandWhenTrafficked duration landIndustries details { ageWhenTrafficked profiles } stations { date } } } }`;
  const { body } = await eventually(
    () => system.graphql("amina", query),
    (reply) => reply.body.data.case.traffickingHistory?.stations.length === 1 && reply.body.data.case.reflection,
  );
  expect(body.data.case).toEqual({
    reflection: { periods: [{ jurisdiction: "TanzaniaMainland", endedAt: null }] },
    traffickingHistory: {
      ...{ ageBandWhenTrafficked: "9-17", duration: "UpToTwoYears", landIndustries: ["A03_FishingAndAquaculture"] },
      ...{ details: { ageWhenTrafficked: 16, profiles: "Invented profile" }, stations: [{ date: "2024-05" }] },
    },
  });
  // Whoever may not read what she told sees codes and bands.
  const { traffickingHistory } = await read("imani", caseId);
  expect([traffickingHistory.duration, JSON.stringify(await read("rehema", caseId)).includes("Invented profile")]).toEqual([
    "UpToTwoYears",
    false,
  ]);
  expect(await ask("amina", "end-reflection-period", { reason: "HerOwnDecision" })).toBe("done");
  expect(await ask("amina", "give-consent", police)).toBe("done");
}, 60_000);

test("a girl and her brother are linked and checked, and whoever stands to one of them does not learn who the other is", async () => {
  const [girl, boy] = [await caseWithConsent(system, { ageBand: "9-17" }), await caseWithConsent(system, { sex: "Male", ageBand: "9-17" })];
  await assign(system, girl, "baraka");
  await assign(system, girl, "musa");
  const [ask, change] = [doing(`cases/${girl}`), changing(girl)];
  const link = { relatedCase: boy, relation: "Sibling" };
  // Baraka stands to her alone, and to him there is no such case.
  expect(await ask("baraka", "link-related-case", link)).toBe("409 ReferenceUnknown");
  expect(await ask("amina", "link-related-case", link)).toBe("done");
  expect(await ask("amina", "confirm-related-case", { relatedCase: boy })).toBe("409 ApproverIsRequester");
  expect(await change("imani", "confirmRelatedCase", { relatedCase: boy })).toBe("done");
  const sides = await eventually(
    () => itemsOf("amina", "/v1/related-cases?confirmed=true"),
    (items) => items.length === 2,
  );
  expect(new Set(sides.map(({ caseId }) => caseId))).toEqual(new Set([girl, boy]));
  expect(new Set(sides.map((each) => each.link)).size).toBe(1);
  const [{ link: id }] = sides;
  for (const who of ["baraka", "musa"]) {
    expect((await itemsOf(who, `/v1/related-cases?link=${id}`)).map(({ caseId }) => caseId)).toEqual([girl]);
    const told = await Promise.all(
      [`/v1/cases/${girl}`, `/v1/cases/${girl}/state`, `/v1/cases/${girl}/history?first=200`, "/v1/work"].map((path) =>
        system.get(who, path),
      ),
    );
    expect(told.map(({ body }) => JSON.stringify(body).includes(boy))).toEqual([false, false, false, false]);
  }
  const below = await system.graphql("amina", `{ case(id: "${boy}") { relatedCases { items { relation confirmed } } } }`);
  expect(below.body.data.case.relatedCases.items).toEqual([{ relation: "Sibling", confirmed: true }]);
  expect(await ask("amina", "unlink-related-case", { relatedCase: boy, reason: "NotRelated" })).toBe("409 ApproverOfAnotherRole");
  expect(await ask("imani", "unlink-related-case", { relatedCase: boy, reason: "NotRelated" })).toBe("done");
  await eventually(
    () => itemsOf("amina", `/v1/related-cases?link=${id}`),
    (items) => items.length === 0,
  );
}, 60_000);

test("a raid has the cases of those who were found in it, for those who stand to them", async () => {
  const [one, other] = [await screened(), await screened()];
  const raid = { kind: "Raid", country: "TZ", region: "Kigoma", date: "2026-01", reportingEntity: "Police", account: "Invented account" };
  const { body: begun } = await system.post("amina", "/v1/trafficking-events/record-trafficking-event", raid);
  const [ask, change] = [doing(`trafficking-events/${begun.id}`), changing(begun.id)];
  for (const caseId of [one, other]) expect(await change("amina", "linkCaseToEvent", { caseId })).toBe("done");
  expect(await ask("amina", "allege-perpetrator", { description: "Invented allegation" })).toBe("done");
  const row = await eventually(
    async () => (await system.get("amina", `/v1/trafficking-events/${begun.id}`)).body,
    (body) => body.caseCount === 2 && body.allegationCount === 1,
  );
  expect([row.account.account, row.allegations[0].description]).toEqual(["Invented account", "Invented allegation"]);
  // Baraka works with one of the cases: he is shown that it is part of an event, and the event once it is shared with him.
  await assign(system, one, "baraka");
  const parts = () => itemsOf("baraka", `/v1/event-cases?event=${begun.id}`);
  const [part] = await eventually(parts, (items) => items.length > 0);
  expect(part.caseId).toBe(one);
  expect((await system.get("baraka", `/v1/trafficking-events/${begun.id}`)).status).toBe(404);
  expect(await ask("amina", "share-trafficking-event", { worker: idOf("baraka") })).toBe("done");
  const { body } = await system.graphql("baraka", `{ traffickingEvent(id: "${begun.id}") { caseCount eventCases { items { caseId } } } }`);
  expect(body.data.traffickingEvent).toEqual({ caseCount: 2, eventCases: { items: [{ caseId: one }] } });
  for (const path of ["state", "history"])
    expect(JSON.stringify((await system.get("baraka", `/v1/trafficking-events/${begun.id}/${path}`)).body)).not.toContain(other);

  // Whoever has a conflict of interest in one of the cases is kept out of the event as well, whenever that turns out.
  const authorization = `Bearer ${await system.token("baraka")}`;
  const live = new EventReader(
    await fetch(`${system.base}/v1/trafficking-events/${begun.id}/live`, {
      headers: { authorization },
      signal: AbortSignal.timeout(30_000),
    }),
  );
  expect(await live.next()).toMatchObject({ data: { row: { id: begun.id } } });
  expect(await itemsOf("baraka", "/v1/trafficking-events")).toContainEqual(expect.objectContaining({ id: begun.id }));
  expect(await doing(`cases/${other}`)("amina", "raise-wall", { barred: idOf("baraka"), kind: "Person", reason: "KnowsTheAccused" })).toBe(
    "done",
  );
  for (const path of ["", "/state", "/history"])
    expect((await system.get("baraka", `/v1/trafficking-events/${begun.id}${path}`)).status).toBe(404);
  expect(await ask("baraka", "allege-perpetrator", { description: "Invented allegation" })).toBe("404 NotFound");
  expect(await itemsOf("baraka", "/v1/trafficking-events")).not.toContainEqual(expect.objectContaining({ id: begun.id }));
  expect((await system.get("amina", `/v1/trafficking-events/${begun.id}`)).status).toBe(200);
  while (await live.next());
}, 60_000);
