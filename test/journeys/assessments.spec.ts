import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { System } from "../support/system.js";
import { assign, caseWithConsent, consent, eventually } from "./journey.js";

const folder = mkdtempSync(join(tmpdir(), "hifadhi-templates-"));
const own = (version: number, label: string) => `template: OWN-1
version: ${version}
en: ${label}
sw: Fomu yetu
fr: Notre formulaire
questions:
  - id: sleep
    class: narrative
    purpose: Identification
    kind: OneCode
    required: true
    en: How does she sleep?
    sw: Analala vipi?
    fr: Comment dort-elle ?
    codes:
      - { code: Well, points: 1, en: Well, sw: Vizuri, fr: Bien }
      - { code: Badly, points: 0, en: Badly, sw: Vibaya, fr: Mal }
scores:
  - { id: rest, rule: Sum, questions: [sleep], en: Rest, sw: Mapumziko, fr: Repos }
`;
writeFileSync(join(folder, "own.v1.yaml"), own(1, "Our form"));
writeFileSync(join(folder, "own.v2.yaml"), own(2, "Our form, anew").replace("How does she sleep?", "How did she sleep last night?"));

const system = new System();
beforeAll(() => system.start({ TEMPLATES: folder }), 120_000);
afterAll(() => system.stop(), 60_000);

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();
/** Makes a change in a case as somebody; answers the status, and the code where it is refused. */
const doing = (caseId: string) => async (who: string, verb: string, body: object) => {
  const { status, body: answer } = await system.post(who, `/v1/cases/${caseId}/${verb}`, body);
  return status === 200 ? "done" : `${status} ${answer.code}`;
};
const listed = async (who: string, path: string, isSo: (items: any[]) => boolean) =>
  (
    await eventually(
      () => system.get(who, path),
      ({ body }) => isSo(body.items),
    )
  ).body.items;
const answersFor = async (who: string, caseId: string, isSo: (section: any) => boolean) =>
  (
    await eventually(
      () => system.get(who, `/v1/cases/${caseId}`),
      ({ body }) => isSo(body.assessmentAnswers),
    )
  ).body.assessmentAnswers;

const [likelihood, impact] = [
  { question: "likelihood", codes: ["Likely"] },
  { question: "impact", codes: ["Severe"] },
];

test("a worker assesses the risk, a nurse adds what is hers, and it waits to be repeated", async () => {
  const caseId = await caseWithConsent(system);
  const ask = doing(caseId);
  for (const colleague of ["khadija", "musa"]) await assign(system, caseId, colleague);
  const risk = { template: "RSK-1", version: 1, safety: [likelihood], reviewBy: inDays(5) };
  expect(await ask("amina", "complete-assessment", { ...risk, reviewBy: undefined })).toBe("409 ReviewMissing");
  expect(await ask("amina", "complete-assessment", { ...risk, version: 7 })).toBe("409 TemplateUnknown");
  expect(await ask("amina", "complete-assessment", { ...risk, health: [{ question: "urgentCare", codes: ["Yes"] }] })).toBe(
    "403 FieldNotAllowed",
  );
  expect(await ask("amina", "complete-assessment", risk)).toBe("done");
  const path = `/v1/assessments?caseId=${caseId}`;
  const [first] = await listed("amina", path, (items) => items.length === 1);
  expect(first).toMatchObject({
    ...{ template: "RSK-1", version: 1, complete: false, missing: ["health", "psychosocial", "safety"], supersededBy: null },
    scores: [{ score: "risk", rule: "Product", ruleVersion: 1, complete: false }],
  });
  expect(first.scores[0].value ?? null).toBeNull();

  expect(await ask("amina", "complete-assessment", { ...risk, safety: [likelihood, impact], reviewBy: inDays(6) })).toBe("done");
  const [second, superseded] = await listed("amina", path, ([, before]) => before?.supersededBy);
  expect([second.scores[0].value, superseded.id, superseded.supersededBy]).toEqual([9, first.id, second.id]);
  const care = { assessment: second.id, health: [{ question: "urgentCare", codes: ["Yes"] }] };
  expect(await ask("khadija", "supplement-assessment", { ...care, assessment: first.id })).toBe("409 AssessmentNotStanding");
  expect(await ask("khadija", "supplement-assessment", care)).toBe("done");
  await listed("amina", path, ([newest]) => newest.missing.join() === "psychosocial,safety");

  const [waiting] = await listed("amina", "/v1/work", (items) =>
    items.some(({ id, kinds }) => id === caseId && kinds.includes("AssessmentReview")),
  );
  expect(waiting.items.filter(({ kind }: { kind: string }) => kind === "AssessmentReview")).toEqual([
    expect.objectContaining({ about: second.id }),
  ]);

  const nurse = await answersFor("khadija", caseId, (section) => section?.health?.length === 1);
  expect(nurse.health[0]).toMatchObject({ type: "AssessmentSupplemented", answers: care.health });
  expect(nurse.records.find(({ fact }: { fact: string }) => fact === nurse.health[0].fact)).toMatchObject({
    assessment: second.id,
    version: 1,
  });
  const worker = await answersFor("amina", caseId, (section) => section?.safety?.length === 2);
  expect(worker.health).toBeNull();
  expect(worker.safety.map(({ answers }: { answers: object[] }) => answers)).toEqual([[likelihood], [likelihood, impact]]);
}, 60_000);

test("needs are told with her consent, and whether she is pregnant is for her nurse alone", async () => {
  const caseId = await caseWithConsent(system);
  const ask = doing(caseId);
  await assign(system, caseId, "khadija");
  await assign(system, caseId, "imani");
  const needs = {
    template: "NDS-1",
    version: 1,
    health: [
      { question: "pregnancy", codes: ["Yes"] },
      { question: "pregnancyWeeks", number: 12 },
    ],
  };
  expect(await ask("khadija", "complete-assessment", needs)).toBe("409 AskingNotPermitted");
  expect(await ask("amina", "give-consent", { ...consent, purpose: "CaseManagement" })).toBe("done");
  const hidden = [{ question: "pregnancy", codes: ["No"] }, needs.health[1]!];
  expect(await ask("khadija", "complete-assessment", { ...needs, health: hidden })).toBe("409 QuestionNotAsked");
  expect(await ask("khadija", "complete-assessment", needs)).toBe("done");
  const [row] = await listed("imani", `/v1/assessments?caseId=${caseId}`, (items) => items.length === 1);
  expect(JSON.stringify(row)).not.toContain("regnan");
  expect(Date.parse(row.reviewBy) - Date.parse(row.completedAt)).toBe(90 * 86_400_000);
  const { body } = await system.get("imani", `/v1/cases/${caseId}/history`);
  expect(JSON.stringify(body)).not.toContain("regnan");
}, 60_000);

test("by GraphQL the same is filled in, and shown", async () => {
  const caseId = await caseWithConsent(system);
  const complete = `mutation($input: CompleteAssessment!) { completeAssessment(id: "${caseId}", input: $input) { position } }`;
  const input = { template: "RSK-1", version: 1, safety: [likelihood, impact], reviewBy: inDays(3) };
  const { data, errors } = (await system.graphql("amina", complete, { input })).body;
  expect(errors).toBeUndefined();
  const query = `query($after: String) { case(id: "${caseId}", consistentAfter: $after) {
    assessments { items { template complete scores { score value } } }
    assessmentAnswers { safety } } }`;
  const shown = (await system.graphql("amina", query, { after: data.completeAssessment.position })).body;
  expect(shown.data.case).toEqual({
    assessments: { items: [{ template: "RSK-1", complete: false, scores: [{ score: "risk", value: 9 }] }] },
    assessmentAnswers: { safety: [expect.objectContaining({ answers: [likelihood, impact], scores: [] })] },
  });
}, 60_000);

test("forms are told in the language that is asked for, the deployment's own among them, and an old version by its number", async () => {
  const { body: all } = await system.get("amina", "/v1/assessment-templates?language=sw");
  expect(all.map(({ template, version }: { template: string; version: number }) => `${template} ${version}`)).toEqual([
    ...["CLS-1 1", "ILO-1 1", "NDS-1 1", "OWN-1 2", "RSK-1 1", "SCR-1 1"],
  ]);
  expect(all.find(({ template }: { template: string }) => template === "RSK-1").label).toBe("Tathmini ya hatari");
  const one = async (query: string) => (await system.get("amina", `/v1/assessment-templates?${query}`)).body;
  expect((await one("template=OWN-1&version=1"))[0]).toMatchObject({
    ...{ version: 1, versions: [1, 2], label: "Our form" },
    questions: [{ label: "How does she sleep?", codes: [{ code: "Well", label: "Well" }, { code: "Badly" }] }],
  });
  expect((await one("template=OWN-1&language=fr"))[0]).toMatchObject({ version: 2, label: "Notre formulaire" });
  expect(await one("template=OWN-1&version=3")).toEqual([]);
  expect((await system.get("amina", "/v1/assessment-templates?version=1")).status).toBe(400);
  const asked = `{ assessmentTemplates(where: { language: fr, template: "NDS-1" }) { version questions { id label whenQuestion whenCodes } } }`;
  const { data, errors } = (await system.graphql("khadija", asked)).body;
  expect(errors).toBeUndefined();
  expect(data.assessmentTemplates[0].questions).toContainEqual({
    ...{ id: "pregnancyWeeks", label: "À quelle semaine ?", whenQuestion: "pregnancy", whenCodes: ["Yes"] },
  });
});

test("what was answered under an old version is read under it, and a sealed score stands with the answers", async () => {
  const caseId = await caseWithConsent(system);
  const sleep = [{ question: "sleep", codes: ["Badly"] }];
  expect(await doing(caseId)("amina", "complete-assessment", { template: "OWN-1", version: 1, narrative: sleep })).toBe("done");
  const { records, narrative } = await answersFor("amina", caseId, (section) => section?.narrative?.length === 1);
  expect(records).toEqual([expect.objectContaining({ template: "OWN-1", version: 1, fact: narrative[0].fact })]);
  expect(narrative[0]).toMatchObject({
    answers: sleep,
    scores: [{ score: "rest", rule: "Sum", ruleVersion: 1, complete: true, value: 0 }],
  });
  const [row] = await listed("amina", `/v1/assessments?caseId=${caseId}`, (items) => items.length === 1);
  expect([row.complete, row.scores]).toEqual([true, []]);
}, 60_000);

test("with a wrong form nothing starts: its file, the line and the reason are told", async () => {
  const wrong = join(folder, "wrong.yaml");
  writeFileSync(wrong, own(3, "Wrong").replace("class: narrative", "class: secrets").replace("    sw: Analala vipi?\n", ""));
  const api = join(process.cwd(), "dist", "apps", "api", "main.js");
  const env = { ...process.env, ...system.environment, DEMO_SIGN_IN: "yes" };
  const child = spawn(process.execPath, [api], { env, stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  child.stderr.on("data", (chunk: Buffer) => (said += chunk.toString()));
  const [code] = (await once(child, "close")) as [number];
  rmSync(wrong);
  expect(code).toBe(1);
  expect(said).toContain(`${wrong}, line 7: sw is missing`);
  expect(said).toContain(`${wrong}, line 8: there is no class "secrets"`);
}, 60_000);
