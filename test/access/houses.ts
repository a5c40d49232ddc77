import { randomUUID } from "node:crypto";
import { eventually, inAYear, organisation } from "../journeys/journey.js";
import type { Scene } from "#access/expectation.js";
import { stories, toldOfTopics } from "./expected.js";
import { idOf, type People } from "./people.js";
import { anotherOrganisation, barredIn, district } from "./reading.js";
import type { Person } from "./reading.js";

/** What is sealed of the people and houses in these tests, as it was told. */
export const told = {
  identity: { givenName: "Examplina", familyName: "Sampleson", otherNames: "Testa", birthDate: "2000-01-01", identityNumber: "X-1" },
  contact: { phone: "+255700000001", email: "nobody@example.org", safeWayToReach: "Invented way" },
  immediateNeeds: { immediateNeeds: "Invented needs" },
  account: { account: "Invented account" },
  perpetrator: { description: "Invented description" },
  notes: {
    ConsentWithdrawn: { reason: "An invented reason" },
    TraffickingHistoryEventRecorded: { place: "Invented place" },
  } as Record<string, object>,
  location: { address: "Invented street 1", latitude: -4, longitude: 29, phone: "+255700000002" },
} as const;

/** A house with somebody in it, and somebody who has left it. */
export interface House {
  readonly shelter: string;
  /** She stays there. */
  readonly resident: string;
  readonly stay: string;
  /** She has left, her case was closed and opened again and closed. */
  readonly former: string;
  /** She has come, and has no bed yet. */
  readonly newcomer: string;
}

type Say = (verb: string, body?: object, as?: Person) => Promise<any>;

/** Registers a house and tells a story in which everything happens that can happen in one. */
export async function houseOf(people: People, code: string): Promise<House> {
  // Whoever registers a house works for one; the id of the new one is not known before.
  const beginner = { role: "shelter-manager", shelter: randomUUID() };
  const registered = await people.done(beginner, "/v1/shelters/register-shelter", { code, region: "Kigoma", ...told.location });
  const shelter = registered.id as string;
  const [worker, manager] = [
    { role: "shelter-case-manager", shelter },
    { role: "shelter-manager", shelter },
  ];
  const inHouse: Say = (verb, body = {}, as = worker) => people.done(as, `/v1/shelters/${shelter}/${verb}`, body);
  await inHouse("vet-shelter", { validUntil: inAYear }, { role: "social-welfare-officer", organisation: anotherOrganisation });
  const beds = ["W-1", "W-2", "W-3"].map((bed) => ({ bed, category: "Women", availability: "YearRound" }));
  await inHouse("change-capacity", { beds }, manager);
  await inHouse("take-bed-out-of-service", { bed: "W-3", reason: "Repair" }, manager);
  await inHouse("restore-bed", { bed: "W-3" }, manager);
  const resident = await caseOf(people, worker, notified);
  const staying = await stayOf(people, { inHouse, worker, caseId: resident });
  const former = await caseOf(people, worker);
  const stay = await stayOf(people, { inHouse, worker, caseId: former });
  await inHouse("discharge-resident", { stay, exitType: "Planned" });
  await closedTwice((verb, body = {}, as = worker) => people.done(as, `/v1/cases/${former}/${verb}`, body));
  const newcomer = await caseOf(people, worker);
  const stranger = { barred: idOf(barredIn(shelter)), kind: "Person", reason: "KnowsThePerson" };
  for (const caseId of [resident, former, newcomer]) {
    for (const role of ["lawyer", "return-officer"])
      await people.done(worker, `/v1/cases/${caseId}/assign-worker`, { worker: idOf({ role, shelter }), role: "CaseWorker" });
    await people.done(worker, `/v1/cases/${caseId}/raise-wall`, stranger);
  }
  const freed = () => people.ask(worker, "GET", `/v1/cases/${former}/history?first=200`);
  await eventually(freed, ({ body }) => body.items.some(({ type }: { type: string }) => type === "ShelterPlacementEnded"));
  await people.ask({ role: "investigator" }, "GET", `/v1/cases/${resident}`);
  const house = { shelter, resident, stay: staying, former, newcomer };
  // Most of them wait for something to fall due.
  await Promise.all(stories.map((story) => story(sceneOf(people, house))));
  return house;
}

/** What a topic's own story is told in. */
export const sceneOf = (people: People, { shelter, resident, stay, newcomer }: House): Scene => ({
  shelter,
  resident,
  stay,
  newcomer,
  barred: idOf(barredIn(shelter)),
  person: (role) => idOf({ role, shelter }),
  done: (role, path, body = {}) => people.done({ role, shelter }, path, body),
  state: async (record, role = "shelter-case-manager") => (await people.ask({ role, shelter }, "GET", `${record}/state`)).body.state,
  happened: async (record, type) => {
    const history = () => people.ask({ role: "shelter-case-manager", shelter }, "GET", `${record}/history?first=200`);
    await eventually(history, ({ body }) => body.items.some((each: { type: string }) => each.type === type));
  },
  entry: async (record, revision) => {
    const asked = `${record}/history?sort=-revision&first=1&after=${revision + 1}`;
    return (await people.ask({ role: "shelter-case-manager", shelter }, "GET", asked)).body.items[0].id;
  },
});

/** How her case begins: what is told at first contact, or the least of it. */
const opened = ["open-case", { ageBand: "18-20", language: "sw" }] as const;
const notified = ["notify-case", { ageBand: "18-20", reason: "AdditionalServicesRequired", personInCharge: "Invented officer" }] as const;

async function caseOf(people: People, worker: Person, [verb, first]: typeof opened | typeof notified = opened): Promise<string> {
  const { id } = await people.done(worker, `/v1/cases/${verb}`, {
    source: "Police",
    urgency: "Immediate",
    region: "Kigoma",
    sex: "Female",
    ...first,
    referringOrganisation: organisation,
    district,
    ...told.immediateNeeds,
  });
  const say: Say = (verb, body = {}, as = worker) => people.done(as, `/v1/cases/${id}/${verb}`, body);
  await consentsOf(people, worker, id, say);
  await say("record-identity", { ...told.identity, citizenships: ["TZ"], languages: ["sw"] });
  // She was said to be younger, so that her age is in question until it has been assessed.
  await say("assess-age", { method: "Document", isChild: false, birthYear: 2000 });
  await say("record-contact", told.contact);
  await say("start-screening", { formVersion: 1 });
  await say("complete-screening", {
    formVersion: 1,
    acts: ["Recruitment"],
    means: ["Deception"],
    exploitations: ["ForcedLabour"],
    methodsOfControl: ["TakesEarnings"],
    relationshipToTrafficker: "Acquainted",
    account: told.account.account,
    perpetrator: told.perpetrator.description,
  });
  await say("record-trafficking-history-event", { event: "Transit", country: "TZ", date: "2020-01-01", place: "Invented place" });
  await say("record-trafficking-details", {
    recruitmentMethods: ["AtWork"],
    industries: ["A_AgricultureForestryAndFishing"],
    landIndustries: ["A03_FishingAndAquaculture"],
    ...toldOfTopics["CaseTraffickingHistory.details"],
  });
  const decision = { decidedBy: "Police", basis: "Investigation", document: "PF-12/2026" };
  // She was taken for no victim first, and was owed a referral.
  await say("determine-trafficking-status", { status: "NotAVictimOfTrafficking", ...decision }, { role: "supervisor" });
  await say("decline-referral-on");
  await say("refer-on", { organisation: "UNHCR", group: "Documents" });
  await say("determine-trafficking-status", { status: "PossibleVictimOfTrafficking", ...decision }, { role: "supervisor" });
  await say("determine-trafficking-status", { status: "ActualVictimOfTrafficking", ...decision }, { role: "supervisor" });
  return id;
}

async function consentsOf(people: People, worker: Person, id: string, say: Say): Promise<void> {
  const scope = { recipients: [organisation, randomUUID()], dataClasses: ["identity"], expiresAt: inAYear };
  for (const purpose of ["Interview", "FamilyTracing", "PhotoMedia"])
    await say("give-consent", { ...scope, purpose, givenBy: "self", language: "sw", evidence: "Signature" });
  const { body } = await people.ask(worker, "GET", `/v1/cases/${id}/history`);
  const given = body.items.filter(({ type }: { type: string }) => type === "ConsentGiven");
  const [, tracing, photo] = given.map(({ data }: { data: { consentId: string } }) => data.consentId);
  await say("narrow-consent", { ...scope, consentId: tracing, recipients: [organisation] });
  await say("withdraw-consent", { consentId: photo, reason: "An invented reason" });
  await say("refuse-consent", { purpose: "AnonymisedResearch", refusedBy: "self" });
  const soon = new Date(Date.now() + 3_600_000).toISOString();
  await say("invoke-emergency-processing", { vitalInterest: "ImmediateThreatToLife", authorisedBy: randomUUID(), reviewBy: soon });
}

/** From the reservation to a leave that has not ended. Answers the stay. */
async function stayOf(people: People, { inHouse, worker, caseId }: { inHouse: Say; worker: Person; caseId: string }): Promise<string> {
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString();
  const placement = () => people.ask(worker, "GET", `/v1/cases/${caseId}/state`);
  const house = () => people.ask(worker, "GET", `/v1/shelters/${worker.shelter}/state`);
  await inHouse("reserve-bed", { caseId, until: tomorrow });
  const [{ reservation }] = (await house()).body.state.stays.reservations;
  await inHouse("release-reservation", { reservation });
  await inHouse("admit-resident", { caseId, voluntary: true, houseRulesExplained: true });
  const { body } = await eventually(placement, (reply) => reply.body.state.placement.current);
  const { stay } = body.state.placement.current;
  await inHouse("grant-leave", { stay, until: tomorrow });
  await inHouse("record-return", { stay });
  await inHouse("move-resident", { caseId, bed: "W-3" }).catch(() => inHouse("move-resident", { caseId, bed: "W-2" }));
  await inHouse("grant-leave", { stay, until: tomorrow });
  return stay;
}

async function closedTwice(say: Say): Promise<void> {
  const supervisor = { role: "supervisor" };
  await say("request-closure", { reason: "Other" });
  await say("reject-closure", { reason: "NeedsRemain" }, supervisor);
  await say("request-closure", { reason: "Other" });
  await say("approve-closure", {}, supervisor);
  await say("reopen-case", { reason: "NewNeeds" }, supervisor);
  await say("request-closure", { reason: "GoalsAchieved" });
  await say("approve-closure", {}, supervisor);
}
