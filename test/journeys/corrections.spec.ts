import { System } from "../support/system.js";
import { assign, caseWithConsent, consent, eventually } from "./journey.js";

const system = new System();
beforeAll(() => system.start(), 120_000);
afterAll(() => system.stop(), 60_000);

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();
const help = { ...consent, purpose: "ServiceDelivery", dataClasses: ["health"], serviceGroups: ["Health", "Legal"] };

/** A case in which a nurse and a lawyer work as well. */
async function helped() {
  const caseId = await caseWithConsent(system);
  for (const colleague of ["khadija", "musa"]) await assign(system, caseId, colleague);
  const ask = async (who: string, verb: string, body: object) => system.post(who, `/v1/cases/${caseId}/${verb}`, body);
  const did = async (who: string, verb: string, body: object) => {
    const { status, body: answer } = await ask(who, verb, body);
    expect([verb, status, answer.code]).toEqual([verb, 200, undefined]);
  };
  await did("amina", "give-consent", help);
  const history = async (who = "amina"): Promise<any[]> => (await system.get(who, `/v1/cases/${caseId}/history?first=200`)).body.items;
  /** The id of the last fact of this type. */
  const entry = async (type: string): Promise<string> => (await history()).findLast((each) => each.type === type).id;
  const state = async (query = "") => (await system.get("amina", `/v1/cases/${caseId}/state${query}`)).body.state;
  const services = async (who: string): Promise<any[]> => (await system.get(who, `/v1/services?caseId=${caseId}`)).body.items;
  return { caseId, ask, did, history, entry, state, services };
}

test("help that was written down of the wrong person counts nowhere from then on, and the history tells both", async () => {
  const { caseId, ask, did, history, entry, state, services } = await helped();
  const check = { group: "Health", healthService: "MedicalCare", healthNote: "Invented findings", quantity: 1, unit: "Session" };
  await did("khadija", "deliver-service", check);
  await did("khadija", "deliver-service", { ...check, healthNote: "Invented findings of somebody else" });
  const records = async () => (await system.get("khadija", `/v1/cases/${caseId}`)).body.serviceRecords;
  await eventually(records, (section) => section?.health.length === 2);
  const before = new Date().toISOString();
  const mistaken = await entry("ServiceDelivered");
  const [kept] = (await state()).services.known;
  const { service } = (await state()).services.known.at(-1);
  await did("khadija", "record-service-outcome", { service, outcome: "NeedMet" });

  // What rests on it is marked first, each by whoever wrote it; she is told which.
  const mark = { entry: mistaken, reason: "WrongPerson" };
  expect((await ask("musa", "mark-entry-erroneous", mark)).body.code).toBe("NotTheAuthor");
  const refused = (await ask("khadija", "mark-entry-erroneous", mark)).body;
  const outcome = await entry("ServiceOutcomeRecorded");
  expect([refused.code, JSON.stringify(refused)]).toEqual(["OthersRestOnIt", expect.stringContaining(outcome)]);
  await did("khadija", "mark-entry-erroneous", { ...mark, entry: outcome });
  await did("khadija", "mark-entry-erroneous", mark);
  await did("khadija", "mark-entry-erroneous", mark);

  // Lists, the record of her case, and the state show the corrected.
  const left = await eventually(
    () => services("khadija"),
    (items) => items.length === 1,
  );
  expect(left).toEqual([expect.objectContaining({ id: kept.service, deliveries: 1, outcome: null })]);
  expect((await records()).health).toEqual([expect.objectContaining({ note: "Invented findings" })]);
  expect((await state()).services.known).toEqual([kept]);
  expect((await state()).corrections.map((each: { entry: string }) => each.entry)).toEqual([outcome, mistaken]);
  // And what was known before it was known to be a mistake is still told.
  expect((await state(`?knownAt=${before}`)).services.known).toHaveLength(2);
  const told = (await history()).filter(({ type }) => type.startsWith("Service") || type.startsWith("Entry"));
  expect(told.map(({ type, erroneous }) => [type, erroneous])).toEqual([
    ["ServiceDelivered", false],
    ["ServiceDelivered", true],
    ["ServiceOutcomeRecorded", true],
    ["EntryMarkedErroneous", false],
    ["EntryMarkedErroneous", false],
  ]);
  expect(Object.keys(told.at(-1).changed)).toContain("services.known.1");
  // Rules go by it as well, in whichever process they are asked.
  expect((await ask("khadija", "record-service-outcome", { service, outcome: "NeedMet" })).body.code).toBe("ServiceUnknown");
}, 60_000);

test("an entry is replaced by the right one, by GraphQL as well", async () => {
  const { caseId, did, entry, state } = await helped();
  const risk = { reasons: ["TraffickerKnowsWhereSheIs"], reviewBy: inDays(6) };
  await did("amina", "assess-risk", { ...risk, level: "Low" });
  const wrong = await entry("RiskAssessed");
  await did("amina", "assess-risk", { ...risk, level: "High" });
  const text = `mutation { markEntryErroneous(id: "${caseId}", input: { entry: "${wrong}", reason: WrongValue, replacement: "${await entry("RiskAssessed")}" }) { revision } }`;
  expect((await system.graphql("amina", text)).body.errors).toBeUndefined();
  expect((await state()).safety.risks.map(({ level }: { level: string }) => level)).toEqual(["High"]);
  const { errors } = (await system.graphql("amina", text.replace(wrong, caseId))).body as { errors: { extensions: { code: string } }[] };
  expect(errors[0]!.extensions.code).toBe("EntryUnknown");
}, 60_000);

test("a no of hers, and what others have acted on, cannot be marked away", async () => {
  const { ask, did, entry } = await helped();
  await did("amina", "refuse-consent", { purpose: "PhotoMedia", refusedBy: "self" });
  await did("khadija", "decline-service", { group: "Health" });
  for (const type of ["ConsentRefused", "ConsentGiven", "ServiceDeclined", "CaseOpened", "WorkerAssigned"]) {
    const { body } = await ask("imani", "mark-entry-erroneous", { entry: await entry(type), reason: "Other" });
    expect([type, body.code]).toEqual([type, "EntryNotCorrectable"]);
  }
}, 60_000);

test("two who mark the same entry at once mark it once", async () => {
  const { did, ask, entry, history } = await helped();
  await did("amina", "raise-flag", { kind: "NoPhotos" });
  const mark = { entry: await entry("FlagRaised"), reason: "EnteredTwice" };
  const answers = await Promise.all(["amina", "imani", "amina"].map((who) => ask(who, "mark-entry-erroneous", mark)));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  expect((await history()).filter(({ type }) => type === "EntryMarkedErroneous")).toHaveLength(1);
}, 60_000);
