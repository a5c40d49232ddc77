import { keyOf, Random } from "./random.js";

/** One step of the demo: who sends what, and when it happened. */
export interface DemoStep {
  readonly at: string;
  readonly key: string;
  /** "own": the case worker of the shelter; the others by name. */
  readonly by: "own" | "manager" | "supervisor";
  readonly about: "case" | "shelter";
  readonly what: string;
  readonly body: Record<string, unknown>;
  /** Wait until the shelter's bed is known to the case, or is free again: policies do it. */
  readonly wait?: "placed" | "freed";
}

/** One invented case. */
export interface Story {
  readonly number: number;
  readonly opening: DemoStep;
  readonly steps: readonly DemoStep[];
}

const day = 86_400_000;
const start = Date.parse("2024-11-01T06:00:00Z");
const days = 700;
const organisation = "4c5a1f60-0000-4000-8000-0000000000ff";
const names = ["Examplina", "Sampleth", "Demoson", "Testwin", "Fictara", "Mockeline", "Placeholda", "Inventio"];
const families = ["Of-The-Example", "Sampleson", "Demonstrata", "Fictitious", "Invented"];
const outcomes = [
  "ReturnedHome",
  "ReunifiedWithFamily",
  "GoalsAchieved",
  "DeclinedFurtherSupport",
  "TransferredToAgency",
  "LeftWithoutNotice",
];
export const beds = [
  ...["W-1", "W-2", "W-3", "W-4", "W-5"].map((bed) => ({ bed, category: "Women", availability: "YearRound" })),
  ...["M-1", "M-2", "M-3"].map((bed) => ({ bed, category: "Men", availability: "YearRound" })),
  ...["G-1", "G-2", "G-3"].map((bed) => ({ bed, category: "Girls", availability: "YearRound" })),
  ...["B-1", "B-2"].map((bed) => ({ bed, category: "Boys", availability: "YearRound" })),
  { bed: "W-9", category: "Women", availability: "Overflow" },
  { bed: "G-9", category: "Girls", availability: "Overflow" },
];
const categoryOf = (female: boolean, child: boolean): string => (child ? (female ? "Girls" : "Boys") : female ? "Women" : "Men");

/** The whole caseload of one shelter, each story with beds that are free when they are needed. */
export function caseload(seed: string, region: string, count: number): Story[] {
  const random = new Random(`${seed}|${region}`);
  const freeFrom = new Map(beds.map(({ bed }) => [bed, 0]));
  const arrivals = Array.from({ length: count }, () => random.between(0, days - 10)).sort((one, other) => one - other);
  return arrivals.map((arrival, number) => story(new Random(`${seed}|${region}|${number}`), { seed, region, number, arrival, freeFrom }));
}

interface DemoShelter {
  readonly seed: string;
  readonly region: string;
  readonly number: number;
  readonly arrival: number;
  readonly freeFrom: Map<string, number>;
}

/** One person's two years, told step by step. */
class StoryTeller {
  readonly steps: DemoStep[] = [];
  readonly child: boolean;
  readonly female: boolean;
  readonly birthYear: number;
  readonly leaves: number;
  readonly victim: boolean;
  readonly closed: boolean;

  constructor(
    readonly random: Random,
    readonly place: DemoShelter,
  ) {
    this.child = random.chance(0.4);
    this.female = random.chance(0.75);
    this.birthYear = 2024 - (this.child ? random.between(8, 15) : random.between(20, 45));
    this.leaves = place.arrival + random.between(20, 160);
    this.victim = random.chance(0.85);
    this.closed = this.leaves < days - 5;
  }

  /** `offset`: the day, counted from the beginning of the two years. */
  step(offset: number, by: DemoStep["by"], about: DemoStep["about"], what: string, body: DemoStep["body"], wait?: DemoStep["wait"]): void {
    const { seed, region, number, arrival } = this.place;
    const at = new Date(start + offset * day + this.steps.length * 60_000).toISOString();
    // What another caseload tells of the same number is something else, and has another key.
    const key = keyOf(seed, region, number, this.steps.length + 1, arrival, what, JSON.stringify(body));
    this.steps.push({ at, key, by, about, what, body, ...(wait && { wait }) });
  }

  get consent(): DemoStep["body"] {
    return {
      recipients: [organisation],
      dataClasses: ["identity", "narrative"],
      givenBy: this.child ? "social-welfare-officer" : "self",
      evidence: "Signature",
      ...(this.child && { childAssents: true }),
      expiresAt: new Date(start + (this.place.arrival + 365) * day).toISOString(),
    };
  }

  arrives(): void {
    const { random, child, place } = this;
    const { arrival, number } = place;
    this.step(arrival, "own", "case", "assess-age", {
      method: child ? "SocialAssessment" : "Document",
      isChild: child,
      birthYear: this.birthYear,
    });
    this.step(arrival, "own", "case", "give-consent", { ...this.consent, purpose: "Interview" });
    const phone = `+255700${String(100_000 + random.between(0, 899_999))}`;
    this.step(arrival, "own", "case", "record-identity", {
      givenName: random.pick(names),
      familyName: `${random.pick(families)}-${number}`,
      citizenships: [random.pick(["TZ", "BI", "UG", "CD"])],
      languages: ["sw"],
    });
    this.step(arrival, "own", "case", "record-contact", { phone, safeWayToReach: "An invented way to reach an invented person" });
  }

  isScreened(): void {
    const { random, child, place } = this;
    const { arrival, number } = place;
    this.step(arrival + 1, "own", "case", "start-screening", { formVersion: 1 });
    this.step(arrival + 1, "own", "case", "complete-screening", {
      formVersion: 1,
      acts: random.some(["Recruitment", "Transportation", "Harbouring"], 2),
      means: random.some(["Deception", "Coercion", "AbuseOfVulnerability"], child ? random.between(0, 1) : 1),
      exploitations: [random.pick(["ForcedLabour", "SexualExploitation", "ForcedBegging", "Servitude", "ChildLabour"])],
      methodsOfControl: random.some(["DebtBondage", "FalsePromises", "TakesEarnings", "WithholdsDocuments"], 2),
      account: `An invented account, number ${number}, told for a demonstration.`,
    });
    this.isDetermined(arrival + 1, "PossibleVictimOfTrafficking", "NGO", "Screening");
  }

  isDetermined(offset: number, status: string, decidedBy: string, basis: string): void {
    this.step(offset, "supervisor", "case", "determine-trafficking-status", {
      status,
      decidedBy,
      basis,
      ...(decidedBy === "Police" && { document: `PF-1/2026` }),
    });
  }

  isTakenIn(): void {
    const { random, place, victim, closed, leaves } = this;
    const { arrival, freeFrom } = place;
    const category = categoryOf(this.female, this.child);
    const free = beds.find((bed) => bed.category === category && freeFrom.get(bed.bed)! < arrival);
    if (!free || !(victim || random.chance(0.3))) return;
    freeFrom.set(free.bed, closed ? leaves + 2 : days * 2);
    const admission = { bed: free.bed, voluntary: true, houseRulesExplained: true, acceptOverflow: free.availability === "Overflow" };
    this.step(arrival + 1, "own", "shelter", "admit-resident", admission, "placed");
  }

  isServed(): void {
    const { random, place, victim } = this;
    const { arrival } = place;
    if (random.chance(0.6)) {
      const purpose = random.pick(["ShareWithProvider", "FamilyTracing", "AnonymisedReporting"]);
      this.step(arrival + 2, "own", "case", "give-consent", { ...this.consent, purpose });
    }
    this.isDetermined(arrival + 9, victim ? "ActualVictimOfTrafficking" : "NotAVictimOfTrafficking", "Police", "Investigation");
    if (!victim) return;
    const happened = { event: "Exploitation", country: "TZ", date: "2024-06-15", place: "An invented place" };
    this.step(arrival + 9, "own", "case", "record-trafficking-history-event", happened);
  }

  /** What endangers her, what she wants to reach, and the help that she is given for it. */
  isSupported(): void {
    const { random, place, child, victim } = this;
    const { arrival } = place;
    const later = (days: number) => new Date(start + (arrival + days) * day).toISOString();
    const groups = ["Legal", "Education", "Livelihood", "PracticalHelp"];
    this.step(arrival + 2, "own", "case", "give-consent", { ...this.consent, purpose: "ServiceDelivery", serviceGroups: groups });
    this.step(arrival + 2, "own", "case", "deliver-service", { group: "BasicNeeds", kind: "HygieneKit", quantity: 1, unit: "Kit" });
    const level = random.pick(["Low", "Medium", "High"]);
    const reasons = level === "Low" ? [] : [random.pick(["ThreatsToHer", "ThreatsToFamily", "TraffickerNearby", "Travel"])];
    const account = "An invented danger to an invented person.";
    this.step(arrival + 3, "own", "case", "assess-risk", { level, reasons, reviewBy: later(level === "High" ? 9 : 90), account });
    if (!victim) return;
    this.step(arrival + 4, "own", "case", "draft-case-plan", { reviewBy: later(95) });
    const domain = random.pick(child ? ["Education", "Family", "Safety"] : ["Livelihood", "Legal", "Housing"]);
    this.step(arrival + 4, "own", "case", "set-goal", { domain, dueBy: later(80), target: "An invented goal." });
    this.step(arrival + 5, "own", "case", "agree-to-case-plan", { evidence: "Signature" });
    this.step(arrival + 5, "own", "case", "submit-case-plan", {});
    this.step(arrival + 6, "supervisor", "case", "approve-case-plan", {});
    const help = child
      ? { group: "Education", kind: "Education", quantity: random.between(1, 5), unit: "Day" }
      : { group: "Legal", kind: "LegalInformation", quantity: 1, unit: "Session", durationMinutes: random.between(2, 6) * 15 };
    this.step(arrival + 10, "own", "case", "deliver-service", help);
    this.step(arrival + 12, "own", "case", "add-note", { narrative: "An invented note on an invented person." });
  }

  leavesAgain(): void {
    if (!this.closed) return;
    const { random, leaves, victim } = this;
    const placed = this.steps.some(({ what }) => what === "admit-resident");
    const reason = victim ? random.pick(outcomes) : "NotAVictim";
    const returned = reason === "ReturnedHome" || reason === "ReunifiedWithFamily" || reason === "LeftWithoutNotice";
    if (placed && !returned) this.step(leaves, "own", "shelter", "discharge-resident", { exitType: "Planned" }, "freed");
    this.step(leaves, "own", "case", "request-closure", { reason, referralOffered: true });
    this.step(leaves + 1, "supervisor", "case", "approve-closure", {}, placed && returned ? "freed" : undefined);
  }

  get opening(): DemoStep {
    const { seed, region, number, arrival } = this.place;
    return {
      at: new Date(start + arrival * day - 3_600_000).toISOString(),
      key: keyOf(seed, region, number, 0, arrival),
      by: "own",
      about: "case",
      what: "open-case",
      body: {
        source: this.random.pick(["Police", "Immigration", "SocialWelfare", "Hotline", "NGO", "Community"]),
        urgency: this.random.pick(["Immediate", "Within24Hours", "Routine"]),
        region,
        sex: this.female ? "Female" : "Male",
        ageBand: ageBandOf(2024 - this.birthYear),
        language: "sw",
        immediateNeeds: `Invented needs of an invented person, number ${number}.`,
      },
    };
  }
}

/** The age bands that the demo's people are in, each up to and with an age. */
const ageBands: readonly (readonly [number, string])[] = [
  [8, "0-8"],
  [17, "9-17"],
  [20, "18-20"],
  [29, "21-29"],
  [47, "30-47"],
];
const ageBandOf = (age: number): string => ageBands.find(([upTo]) => age <= upTo)![1];

function story(random: Random, place: DemoShelter): Story {
  const teller = new StoryTeller(random, place);
  teller.arrives();
  teller.isScreened();
  teller.isTakenIn();
  teller.isServed();
  teller.isSupported();
  teller.leavesAgain();
  return { number: place.number, opening: teller.opening, steps: teller.steps };
}
