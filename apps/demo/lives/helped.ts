import { onDay } from "../telling.js";
import { provider, type Life } from "./life.js";

/** Of each group of help: what it is, what is counted, and what it costs at most, in shillings. */
const help: Readonly<Record<string, readonly (readonly [kind: string | null, unit: string, cost: number])[]>> = {
  Shelter: [["Shelter", "Night", 0]],
  BasicNeeds: [
    ["FoodNfi", "Meal", 9_000],
    ["HygieneKit", "Kit", 20_000],
  ],
  Safety: [["SafetyEscort", "Journey", 30_000]],
  Health: [[null, "Session", 40_000]],
  Psychosocial: [[null, "Session", 25_000]],
  Legal: [
    ["LegalInformation", "Session", 0],
    ["LegalRepresentation", "Session", 150_000],
    ["CourtAccompaniment", "Day", 60_000],
  ],
  Documents: [["DocumentationSupport", "Item", 50_000]],
  PracticalHelp: [
    ["Interpretation", "Hour", 15_000],
    ["Transport", "Journey", 20_000],
  ],
  Education: [
    ["Education", "Day", 5_000],
    ["VocationalTraining", "Day", 25_000],
  ],
  Livelihood: [["CashOrInKind", "Payment", 300_000]],
  Family: [["FamilyMediation", "Session", 10_000]],
  Return: [["ReturnAssistance", "Journey", 120_000]],
  Reintegration: [["ReintegrationAssistance", "Payment", 200_000]],
  Other: [["Other", "Item", 10_000]],
};
const free = ["Shelter", "BasicNeeds", "Safety"];
const byConsent = Object.keys(help).filter((each) => !free.includes(each));

/** She agrees to some help, and is given it, misses it, or says no to it. */
export function isHelped(life: Life): void {
  const { random, arrival } = life;
  life.groups = random.some(byConsent, random.between(6, byConsent.length));
  life.step(arrival + 2, "own", "give-consent", life.consent("ServiceDelivery", { serviceGroups: life.groups }));
  const kit = { group: "BasicNeeds", kind: "HygieneKit", quantity: 1, unit: "Kit" };
  life.step(arrival + 2, "own", "deliver-service", kit);
  if (random.chance(0.08)) isEnteredTwice(life, kit);
  const declined = random.chance(0.1) ? random.pick(life.groups) : null;
  if (declined) life.step(arrival + 3, "own", "decline-service", { group: declined });
  const wanted = [...free, ...life.groups].filter((each) => each !== declined);
  for (const group of random.some(wanted, random.between(2, 6))) serves(life, group);
  if (random.chance(0.04) && life.groups.includes("Health") && declined !== "Health") needsUrgentCare(life);
}

/** The same kit, written down by two people. */
function isEnteredTwice(life: Life, kit: object): void {
  const again = life.step(life.arrival + 2, "own", "deliver-service", { ...kit });
  life.step(life.arrival + 3, "own", "mark-entry-erroneous", { entry: life.made(again), reason: "EnteredTwice" });
}

/** One service, from when it is asked for on. */
function serves(life: Life, group: string): void {
  const { random, arrival } = life;
  const [kind, unit, mostCost] = random.pick(help[group]!);
  const [asked, given] = [arrival + random.between(3, 8), arrival + random.between(9, 19)];
  const what = { group, ...(kind && { kind }) };
  const service = life.made(life.step(asked, "own", "request-service", { ...what, dueBy: onDay(given + 5) }), "service");
  const end = random.next();
  if (end < 0.1) return void life.step(given, "own", "decline-service", { group, service });
  if (random.chance(0.6)) life.step(asked, "own", "schedule-service", { service, plannedFor: onDay(given), provider });
  if (end > 0.93) return void (life.waitsForHelp = true);
  if (end < 0.25) life.step(given - 0.5, "own", "miss-service", { service, missedBy: random.pick(["Person", "Provider"]) });
  const cost = random.chance(0.7) ? random.between(0, mostCost / 1_000) * 100_000 : 0;
  const delivered = {
    ...{ ...what, service, provider, quantity: random.between(1, 5), unit },
    ...(unit === "Session" && { durationMinutes: random.between(2, 6) * 15 }),
    ...(cost > 0 && { cost, currency: "TZS" }),
    ...(cost > 0 && kind && { fundingSource: random.pick(["EX-2025/1", "EX-2026/2"]) }),
  };
  delivers(life, given, delivered);
  if (random.chance(0.5))
    life.step(given, "own", "record-service-outcome", { service, outcome: random.pick(["NeedMet", "PartlyMet", "GoesOn"]) });
  if (random.chance(0.4)) life.step(given, "own", "record-service-satisfaction", { service, score: random.between(2, 5) });
}

/** Where there is a nurse or a psychologist, she says which help it was; it is sealed in her class. */
function delivers(life: Life, offset: number, delivered: { group: string }): void {
  if (life.hasClinic && delivered.group === "Health")
    life.step(offset, "nurse", "deliver-service", { ...delivered, healthService: "MedicalCare", healthNote: "An invented finding." });
  else if (life.hasClinic && delivered.group === "Psychosocial")
    life.step(offset, "psychologist", "deliver-service", { ...delivered, psychosocialService: "IndividualCounselling" });
  else life.step(offset, "own", "deliver-service", delivered);
}

/** Care that has to come within hours of what happened. */
function needsUrgentCare(life: Life): void {
  const { arrival } = life;
  const asked = life.step(arrival + 3, "own", "request-urgent-care", { since: onDay(arrival - 1) });
  const service = life.made(asked, "service");
  life.step(arrival + 3, "own", "deliver-service", { service, group: "Health" });
}
