import { onDay, RecordId } from "../telling.js";
import { idOf, provider, type Life } from "./life.js";

const hour = 1 / 24;

/** The age bands that the demo's people are in, each up to and with an age. */
const ageBands: readonly (readonly [number, string])[] = [
  [8, "0-8"],
  [17, "9-17"],
  [20, "18-20"],
  [29, "21-29"],
  [47, "30-47"],
];
const ageBandOf = (age: number): string => ageBands.find(([upTo]) => age <= upTo)![1];
const week = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
/** Every day from one hour until another. */
export const everyDay = (from: number, until: number) => week.map((each) => ({ day: each, from, until }));

/** She is told of, or comes herself: with the least that is known, or with all of it. */
export function isToldOf(life: Life): void {
  const { random, arrival, source, notified } = life;
  const told = {
    source,
    urgency: random.pick(["Immediate", "Within24Hours", "Routine"]),
    region: life.place.region,
    immediateNeeds: `Invented needs of an invented person, number ${life.place.number}.`,
  };
  const known = { sex: life.female ? "Female" : "Male", ageBand: ageBandOf(2024 - life.birthYear), language: "sw" };
  if (!notified) {
    life.step(arrival - hour, "own", "open-case", { ...told, ...known }, { begins: true });
    isRelated(life);
    return;
  }
  const knownFrom = source === "Police" || source === "Community" ? source : "OtherOrganisation";
  const notification = { ...told, knownFrom, reason: "AdditionalServicesRequired", personInCharge: "Example Officer" };
  life.step(arrival - hour, "own", "notify-case", notification, { begins: true });
  isRelated(life);
  if (random.chance(0.85)) life.step(arrival - hour / 2, "own", "acknowledge-notification", { channel: random.pick(["Phone", "Email"]) });
  // Of some it is never known.
  if (life.victim || random.chance(0.5)) life.step(arrival, "own", "supplement-first-contact", { ...known, knownFrom: "Self" });
  if (random.chance(0.2)) life.step(arrival + 1, "own", "change-urgency", { urgency: "Within24Hours", reason: "NewInformation" });
}

/** Siblings come together, and each keeps a case of her own. */
function isRelated(life: Life): void {
  const { arrival, place } = life;
  if (!place.hasSiblingAfter) return;
  const relatedCase = new RecordId(`case ${place.number + 1}`);
  life.step(arrival - hour, "own", "link-related-case", { relatedCase, relation: "Sibling" });
  if (life.random.chance(0.8)) life.step(arrival - hour, "supervisor", "confirm-related-case", { relatedCase });
}

/** Who she is, what she has agreed to, and how she may be reached without danger. */
export function tellsOfHerself(life: Life): void {
  const { random, arrival, child } = life;
  life.step(arrival, "own", "assess-age", {
    method: child ? "SocialAssessment" : "Document",
    isChild: child,
    birthYear: life.birthYear,
  });
  life.step(arrival, "own", "give-consent", life.consent("Interview"));
  life.step(arrival, "own", "record-identity", {
    givenName: life.givenName,
    familyName: life.familyName,
    citizenships: [random.pick(["TZ", "BI", "UG", "CD"])],
    languages: ["sw"],
  });
  const phone = `+255700${String(100_000 + random.between(0, 899_999))}`;
  life.step(arrival, "own", "record-contact", { phone, safeWayToReach: "An invented way to reach an invented person" });
  life.step(arrival, "own", "give-consent", life.consent("CaseManagement"));
  const channels = ["PhoneCall", ...random.some(["TextMessage", "Visit", "ThroughTrustedPerson"], random.between(0, 2))];
  life.step(arrival, "own", "agree-safe-contact", {
    channels,
    hours: everyDay(random.pick([7, 8, 9]), random.pick([12, 17])),
    agreedWith: child ? "social-welfare-officer" : "self",
  });
  life.step(arrival, "own", "assign-worker", { worker: idOf("musa"), role: "Legal" });
  if (life.hasClinic) {
    life.step(arrival, "own", "assign-worker", { worker: idOf("khadija"), role: "Medical" });
    life.step(arrival, "own", "assign-worker", { worker: idOf("lulu"), role: "Psychosocial" });
  }
  saysYesAndNo(life);
}

/** What else she agrees to, refuses, and takes back. */
function saysYesAndNo(life: Life): void {
  const { random, arrival, child } = life;
  if (random.chance(0.3)) life.step(arrival, "own", "refuse-consent", { purpose: "PhotoMedia", refusedBy: child ? "guardian" : "self" });
  if (life.followedUp) life.step(arrival + 2, "own", "give-consent", life.consent("FollowUpContact"));
  if (!random.chance(0.6)) return;
  const purpose = random.pick(["ShareWithProvider", "FamilyTracing", "AnonymisedReporting"]);
  const given = life.step(arrival + 2, "own", "give-consent", life.consent(purpose));
  const consentId = life.made(given, "consentId");
  if (random.chance(0.2)) life.step(arrival + 11, "own", "withdraw-consent", { consentId, reason: "An invented reason." });
  else if (random.chance(0.15))
    life.step(arrival + 11, "own", "narrow-consent", {
      ...{ consentId, dataClasses: ["identity"], recipients: [provider] },
      expiresAt: onDay(arrival + 200),
    });
}
