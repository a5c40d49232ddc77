import { System } from "../support/system.js";
import { assign, caseWithConsent, consent, eventually, findings, inAYear } from "./journey.js";

const system = new System();
beforeAll(() => system.start(), 120_000);
afterAll(() => system.stop(), 60_000);

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();

/** Makes a change in a case as somebody; answers the status, and the code where it is refused. */
const doing = (caseId: string) => async (who: string, verb: string, body: object) => {
  const { status, body: answer } = await system.post(who, `/v1/cases/${caseId}/${verb}`, body);
  return status === 200 ? "done" : `${status} ${answer.code}`;
};
const stateOf = async (caseId: string) => (await system.get("amina", `/v1/cases/${caseId}/state`)).body.state;
const help = (...serviceGroups: string[]) => ({ ...consent, purpose: "ServiceDelivery", dataClasses: ["health"], serviceGroups });
/** What a list tells of a case, once it tells as much as was done. */
const listed = async (who: string, path: string, isSo: (items: any[]) => boolean = (items) => items.length > 0) =>
  (
    await eventually(
      () => system.get(who, path),
      ({ body }) => isSo(body.items),
    )
  ).body.items;

async function screened(caseId: string): Promise<void> {
  const ask = doing(caseId);
  expect(await ask("amina", "start-screening", { formVersion: 1 })).toBe("done");
  expect(await ask("amina", "complete-screening", findings)).toBe("done");
}

test("a woman from Burundi who was forced to work on a farm is seen by a nurse, plans with her worker, is helped, and is followed up", async () => {
  const caseId = await caseWithConsent(system);
  const ask = doing(caseId);
  for (const colleague of ["khadija", "musa"]) await assign(system, caseId, colleague);
  const identity = { givenName: "Examplina", citizenships: ["BI"], languages: ["rn", "sw"] };
  expect(await ask("amina", "record-identity", identity)).toBe("done");
  await screened(caseId);

  // Help
  expect(await ask("khadija", "deliver-service", { group: "Health", healthService: "MedicalCare" })).toBe("409 ServiceNotConsented");
  expect(await ask("amina", "give-consent", help("Health", "Legal", "Livelihood"))).toBe("done");
  const check = { group: "Health", healthService: "MedicalCare", healthNote: "Invented findings" };
  expect(await ask("khadija", "deliver-service", check)).toBe("done");
  const [seen] = await listed("khadija", `/v1/services?caseId=${caseId}`);
  expect([seen.group, seen.kind, seen.status]).toEqual(["Health", null, "Delivered"]);
  const records = async (who: string) => (await system.get(who, `/v1/cases/${caseId}`)).body.serviceRecords;
  const { health } = await eventually(
    () => records("khadija"),
    (section) => section !== null,
  );
  expect(health).toEqual([expect.objectContaining({ service: "MedicalCare", note: "Invented findings" })]);
  expect((await records("amina")).health).toBeNull();

  // Plan
  expect(await ask("amina", "set-goal", { domain: "Livelihood", dueBy: inDays(60) })).toBe("409 PlanNotDrafted");
  expect(await ask("amina", "draft-case-plan", { reviewBy: inDays(90) })).toBe("done");
  expect(await ask("amina", "set-goal", { domain: "Livelihood", dueBy: inDays(60), target: "Invented goal" })).toBe("done");
  const { goal } = (await stateOf(caseId)).plan.goals[0];
  const step = { goal, responsible: "4c5a1f60-0000-4000-8000-0000000000f1", dueBy: inDays(7), task: "Invented task" };
  expect(await ask("amina", "set-plan-action", step)).toBe("done");
  expect(await ask("amina", "submit-case-plan", {})).toBe("409 PlanNotAgreed");
  expect(await ask("amina", "agree-to-case-plan", { evidence: "Signature" })).toBe("done");
  expect(await ask("amina", "submit-case-plan", {})).toBe("done");
  expect(await ask("amina", "approve-case-plan", {})).toBe("409 ApproverIsRequester");
  expect(await ask("imani", "approve-case-plan", {})).toBe("done");

  // What waits, soonest first
  const isWhole = ([line]: any[]) => line?.kinds.includes("PlanReview");
  const [line] = await listed("amina", "/v1/work?kinds=PlanReview", isWhole);
  expect([line.id, line.items.map(({ kind }: { kind: string }) => kind)]).toEqual([
    caseId,
    ["PlanAction", "Goal", "PlanReview", "ConsentEnding", "ConsentEnding"],
  ]);
  expect((await system.get("baraka", "/v1/work")).body.items).toEqual([]);

  // Services, and how far she has come
  const legal = { group: "Legal", kind: "LegalInformation", quantity: 1, unit: "Session", cost: 500_000, currency: "TZS" };
  expect(await ask("musa", "deliver-service", { ...legal, legalNote: "Invented advice" })).toBe("done");
  const { service } = (await stateOf(caseId)).services.known.find(({ group }: { group: string }) => group === "Legal");
  expect(await ask("musa", "record-service-outcome", { service, outcome: "NeedMet" })).toBe("done");
  expect(await ask("amina", "record-service-satisfaction", { service, score: 6 })).toMatch(/^400/);
  expect(await ask("amina", "record-service-satisfaction", { service, score: 5 })).toBe("done");
  expect(await ask("amina", "record-goal-progress", { goal, percent: 50 })).toBe("done");
  expect(await ask("amina", "review-case-plan", { nextReviewBy: inDays(120) })).toBe("done");
  expect(await ask("amina", "achieve-goal", { goal })).toBe("done");
  const [reached] = await listed("amina", `/v1/goals?caseId=${caseId}`, ([each]) => each?.status === "Achieved");
  expect([reached.percent, reached.actions.length]).toEqual([100, 1]);

  // Follow-up: she is asked after, and is taken in only when support goes on
  expect(await ask("amina", "start-follow-up", {})).toBe("done");
  expect(await ask("musa", "deliver-service", legal)).toBe("409 CaseInFollowUp");
  await listed("amina", "/v1/cases?stage=FollowUp");
  expect(await ask("amina", "resume-support", { reason: "AskedForHelp" })).toBe("done");
  expect(await ask("musa", "deliver-service", legal)).toBe("done");
}, 60_000);

test("a man who is no victim is helped all the same, and offered a referral before his case is closed", async () => {
  const caseId = await caseWithConsent(system, { sex: "Male" });
  const ask = doing(caseId);
  await screened(caseId);
  const found = { status: "NotAVictimOfTrafficking", decidedBy: "NGO", basis: "Screening" };
  expect(await ask("amina", "determine-trafficking-status", found)).toBe("done");
  expect(await ask("amina", "deliver-service", { group: "BasicNeeds", kind: "FoodNfi", quantity: 3, unit: "Meal" })).toBe("done");
  expect(await ask("amina", "request-closure", { reason: "NotAVictim" })).toBe("409 ReferralNotOffered");
  expect(await ask("amina", "request-closure", { reason: "NotAVictim", referralOffered: true })).toBe("done");
  expect(await ask("imani", "approve-closure", {})).toBe("done");
  expect(await ask("amina", "deliver-service", { group: "BasicNeeds" })).toBe("409 CaseNotOpen");
}, 60_000);

test("a woman who declines psychiatric care is given none until she asks for it", async () => {
  const caseId = await caseWithConsent(system);
  const ask = doing(caseId);
  await assign(system, caseId, "lulu");
  expect(await ask("amina", "give-consent", help("Psychosocial"))).toBe("done");
  const psychiatric = { group: "Psychosocial", psychosocialService: "PsychiatricCare" };
  expect(await ask("amina", "request-service", psychiatric)).toBe("403 FieldNotAllowed");
  expect(await ask("lulu", "request-service", { ...psychiatric, psychosocialNote: "Invented note" })).toBe("done");
  const [{ service }] = (await stateOf(caseId)).services.known;
  expect(await ask("lulu", "decline-service", { group: "Psychosocial", service })).toBe("done");
  expect(await ask("lulu", "deliver-service", { ...psychiatric, service })).toBe("409 ServiceDeclinedByHer");
  expect(await ask("lulu", "decline-service", { group: "Psychosocial" })).toBe("done");
  expect(await ask("lulu", "deliver-service", psychiatric)).toBe("409 ServiceDeclinedByHer");
  expect(await ask("lulu", "request-service", psychiatric)).toBe("done");
  const asked = (await stateOf(caseId)).services.known.at(-1);
  expect(await ask("lulu", "deliver-service", { ...psychiatric, service: asked.service })).toBe("done");
  // Which care it is, her case manager does not learn.
  const listedFor = async (who: string) => JSON.stringify((await system.get(who, `/v1/services?caseId=${caseId}`)).body);
  await listed("amina", `/v1/services?caseId=${caseId}`, (items) => items.some(({ status }) => status === "Delivered"));
  expect(await listedFor("amina")).not.toContain("PsychiatricCare");
}, 60_000);

test("a consent that is withdrawn allows nothing from then on, and leaves her what depends on none", async () => {
  const caseId = await caseWithConsent(system);
  const ask = doing(caseId);
  await assign(system, caseId, "khadija");
  expect(await ask("amina", "give-consent", help("Health"))).toBe("done");
  expect(await ask("khadija", "deliver-service", { group: "Health" })).toBe("done");
  const { given } = (await stateOf(caseId)).consents;
  for (const { id } of given) expect(await ask("amina", "withdraw-consent", { consentId: id })).toBe("done");
  expect(await ask("khadija", "deliver-service", { group: "Health" })).toBe("409 ServiceNotConsented");
  expect(await ask("amina", "start-screening", { formVersion: 1 })).toBe("409 InterviewNotPermitted");
  for (const group of ["Shelter", "BasicNeeds", "Safety"]) expect(await ask("amina", "deliver-service", { group })).toBe("done");
  // In an emergency she is seen all the same, unless she says no herself.
  const emergency = { vitalInterest: "MedicalEmergency", authorisedBy: "4c5a1f60-0000-4000-8000-0000000000f2", reviewBy: inDays(1) };
  expect(await ask("amina", "invoke-emergency-processing", emergency)).toBe("done");
  expect(await ask("khadija", "deliver-service", { group: "Health" })).toBe("done");
  expect(await ask("amina", "refuse-consent", { purpose: "ServiceDelivery", refusedBy: "self" })).toBe("done");
  expect(await ask("khadija", "deliver-service", { group: "Health" })).toBe("409 ServiceNotConsented");
  expect(await ask("amina", "give-consent", { ...help("Health"), expiresAt: inAYear })).toBe("done");
  expect(await ask("khadija", "deliver-service", { group: "Health" })).toBe("done");
}, 60_000);

test("what endangers her is weighed, planned for and looked at again, and what her team writes down stands with who may read it", async () => {
  const caseId = await caseWithConsent(system);
  const ask = doing(caseId);
  await assign(system, caseId, "khadija");
  const risk = { level: "High", reasons: ["TraffickerKnowsWhereSheIs"], account: "Invented danger" };
  expect(await ask("amina", "assess-risk", { ...risk, reviewBy: inDays(8) })).toBe("409 ReviewTooLate");
  expect(await ask("amina", "assess-risk", { ...risk, reviewBy: inDays(6) })).toBe("done");
  expect(await ask("amina", "agree-safety-plan", { measures: "Invented measures", reviewBy: inDays(30) })).toBe("done");
  expect(await ask("amina", "raise-flag", { kind: "AskBeforeContact" })).toBe("done");
  expect(await ask("amina", "report-security-incident", { kind: "Surveillance", severity: "Serious" })).toBe("done");
  const file = async (who: string) => (await system.get(who, `/v1/cases/${caseId}`)).body;
  const { safety } = await eventually(
    () => file("amina"),
    (body) => body.safety?.flags.length === 1,
  );
  expect([safety.riskLevel, safety.safetyPlan.measures, safety.accounts[0].account]).toEqual([
    ...["High", "Invented measures", "Invented danger"],
  ]);
  expect(await ask("khadija", "add-note", { health: "Invented finding" })).toBe("done");
  expect(await ask("khadija", "add-note", { narrative: "Invented story" })).toBe("403 FieldNotAllowed");
  expect(await ask("amina", "add-note", {})).toBe("409 OneNoteAtATime");
  const [{ note }] = (await stateOf(caseId)).notes;
  expect(await ask("amina", "retract-note", { note, reason: "NotTrue" })).toBe("409 NotTheAuthor");
  expect(await ask("khadija", "retract-note", { note, reason: "NotTrue" })).toBe("done");
  // The same by GraphQL, in her language
  const text = `mutation { resolveSecurityIncident(id: "${caseId}", input: { incident: "4c5a1f60-0000-4000-8000-0000000000f3", outcome: Averted }) { revision } }`;
  const { errors } = (await system.graphql("amina", text)).body as { errors: { extensions: { code: string } }[] };
  expect(errors[0]!.extensions.code).toBe("IncidentUnknown");
}, 60_000);
