import { onDay } from "../telling.js";
import type { Life } from "./life.js";

/** What was done with her, as she tells it, and who decides what that makes her. */
export function isScreened(life: Life): void {
  const { random, arrival, child } = life;
  life.step(arrival + 1, "own", "start-screening", { formVersion: 1 });
  life.step(arrival + 1, "own", "complete-screening", {
    formVersion: 1,
    acts: random.some(["Recruitment", "Transportation", "Harbouring"], 2),
    means: random.some(["Deception", "Coercion", "AbuseOfVulnerability"], child ? random.between(0, 1) : 1),
    exploitations: [random.pick(["ForcedLabour", "SexualExploitation", "ForcedBegging", "Servitude", "ChildLabour"])],
    methodsOfControl: random.some(["DebtBondage", "FalsePromises", "TakesEarnings", "WithholdsDocuments"], 2),
    relationshipToTrafficker: random.pick(["Familial", "Acquainted", "Unaquainted"]),
    account: `An invented account, number ${life.place.number}, told for a demonstration.`,
  });
  determined(life, arrival + 1, "PossibleVictimOfTrafficking", "NGO", "Screening");
  reflects(life);
}

function determined(life: Life, offset: number, status: string, decidedBy: string, basis: string): void {
  const isOfficial = decidedBy === "Police" || decidedBy === "CourtOrProsecution";
  life.step(offset, "supervisor", "determine-trafficking-status", {
    ...{ status, decidedBy, basis },
    ...(isOfficial && { document: `PF-${1 + life.place.number}/2026` }),
  });
}

/** A time in which nobody asks anything of her. */
function reflects(life: Life): void {
  const { random, arrival, child } = life;
  if (!random.chance(0.25)) return;
  const until = random.between(33, 45);
  life.step(arrival + 2, "supervisor", "grant-reflection-period", { jurisdiction: "TanzaniaMainland", until: onDay(arrival + until) });
  if (!life.goesOn(arrival + 21)) return;
  const end = random.next();
  if (end < 0.2) life.step(arrival + 20, "supervisor", "extend-reflection-period", { until: onDay(arrival + until + 15) });
  else if (!child && end < 0.4) life.step(arrival + 20, "own", "end-reflection-period", { reason: "HerOwnDecision" });
}

/** What the police find in the end; once in a while that is not the end. */
export function isFound(life: Life): void {
  const { random, arrival, victim } = life;
  const isDoubted = victim && random.chance(0.08) && life.goesOn(arrival + 30);
  const found = victim && !isDoubted ? "ActualVictimOfTrafficking" : "NotAVictimOfTrafficking";
  determined(life, arrival + 9, found, "Police", "Investigation");
  if (isDoubted) {
    determined(life, arrival + 12, "PossibleVictimOfTrafficking", "NGO", "NewInformation");
    determined(life, arrival + 29, "ActualVictimOfTrafficking", "CourtOrProsecution", "CourtDecision");
  }
  if (victim) tellsMore(life);
  // Whoever is no victim of trafficking is not sent away empty-handed.
  else if (random.chance(0.25)) life.step(arrival + 10, "own", "decline-referral-on");
  else life.step(arrival + 10, "own", "refer-on", { organisation: "EXAMPLE-AID", group: random.pick(["Legal", "Livelihood", "Health"]) });
}

/** Where it began, how it went on, in which work, and for how long. */
function tellsMore(life: Life): void {
  const { random, arrival } = life;
  const stations = random.chance(0.5) ? ["Recruitment", "Transit", "Exploitation"] : ["Exploitation"];
  for (const [index, event] of stations.entries())
    life.step(arrival + 9, "own", "record-trafficking-history-event", {
      event,
      country: random.pick(["TZ", "BI", "KE", "UG"]),
      date: `2024-0${index + 1}-15`,
      place: "An invented place",
    });
  if (!random.chance(0.7)) return;
  const industry = random.pick(["A_AgricultureForestryAndFishing", "T_ActivitiesOfHouseholdsAsEmployers", "B_MiningAndQuarrying"]);
  life.step(arrival + 9, "own", "record-trafficking-details", {
    recruitmentMethods: [random.pick(["ThroughFamilyOrFamilyEvents", "ThroughFriendsOrSocialEvents", "AtWork"])],
    industries: [industry],
    ...(industry.startsWith("A_") && { landIndustries: ["A03_FishingAndAquaculture"] }),
    durationMonths: random.between(1, 30),
  });
}
