import { System } from "../support/system.js";
import { assign, caseWithConsent, eventually, shelterWith } from "./journey.js";

const kageraKey = "4c5a1f60-0000-4000-8000-00000000000b";
const beds = [{ bed: "W1", category: "Women", availability: "YearRound" }];
const system = new System();
let kigoma: string;
let kagera: string;
beforeAll(async () => {
  await system.start();
  kigoma = await shelterWith(system, beds);
  const house = { code: "KAG-1", region: "Kagera", address: "Invented street 9" };
  const { body } = await system.post("faraji", "/v1/shelters/register-shelter", house, { "idempotency-key": kageraKey });
  await system.post("faraji", `/v1/shelters/${body.id}/change-capacity`, { beds });
  kagera = body.id;
}, 120_000);
afterAll(() => system.stop(), 60_000);

const tomorrow = () => new Date(Date.now() + 86_400_000).toISOString();
const keptIn = async (who: string, shelter: string): Promise<boolean> => {
  const { reservations } = (await system.get(who, `/v1/shelters/${shelter}/state`)).body.state.stays;
  return reservations.some(({ until }: { until: string }) => Date.parse(until) > Date.now());
};
const knownToHerCase = async (who: string, caseId: string) =>
  (await system.get(who, `/v1/cases/${caseId}/state`)).body.state.reservations?.length === 1;

test("a bed that one shelter keeps for her is free again when another has taken her in", async () => {
  const caseId = await caseWithConsent(system);
  await system.post("amina", `/v1/shelters/${kigoma}/reserve-bed`, { caseId, until: tomorrow() });
  await eventually(() => knownToHerCase("amina", caseId), Boolean);
  await assign(system, caseId, "baraka");
  await system.post("baraka", `/v1/shelters/${kagera}/admit-resident`, { caseId, voluntary: true, houseRulesExplained: true });
  await eventually(
    () => keptIn("amina", kigoma),
    (kept) => !kept,
  );
}, 60_000);

test("a bed that is kept for her is free again when her case is closed because she has died", async () => {
  const caseId = await caseWithConsent(system);
  await system.post("amina", `/v1/shelters/${kigoma}/reserve-bed`, { caseId, until: tomorrow() });
  await eventually(() => knownToHerCase("amina", caseId), Boolean);
  await system.post("amina", `/v1/cases/${caseId}/request-closure`, { reason: "Deceased" });
  expect((await system.post("imani", `/v1/cases/${caseId}/approve-closure`, {})).status).toBe(200);
  await eventually(
    () => keptIn("amina", kigoma),
    (kept) => !kept,
  );
}, 60_000);
