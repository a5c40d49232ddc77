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

function story(random: Random, { seed, region, number, arrival, freeFrom }: DemoShelter): Story {
  const child = random.chance(0.4);
  const female = random.chance(0.75);
  const birthYear = 2024 - (child ? random.between(8, 15) : random.between(20, 45));
  const stay = random.between(20, 160);
  const leaves = arrival + stay;
  const victim = random.chance(0.85);
  const closed = leaves < days - 5;
  const steps: DemoStep[] = [];
  const step = (
    offset: number,
    by: DemoStep["by"],
    about: DemoStep["about"],
    what: string,
    body: DemoStep["body"],
    wait?: DemoStep["wait"],
  ) => {
    const at = new Date(start + offset * day + steps.length * 60_000).toISOString();
    // What another caseload tells of the same number is something else, and has another key.
    const key = keyOf(seed, region, number, steps.length + 1, arrival, what, JSON.stringify(body));
    steps.push({ at, key, by, about, what, body, ...(wait && { wait }) });
  };
  const by = child ? "social-welfare-officer" : "self";
  const consent = {
    recipients: [organisation],
    dataClasses: ["identity", "narrative"],
    givenBy: by,
    evidence: "Signature",
    ...(child && { childAssents: true }),
  };
  const expiresAt = new Date(start + (arrival + 365) * day).toISOString();
  step(arrival, "own", "case", "assess-age", { method: child ? "SocialAssessment" : "Document", isChild: child, birthYear });
  step(arrival, "own", "case", "give-consent", { ...consent, purpose: "Interview", expiresAt });
  const phone = `+255700${String(100_000 + random.between(0, 899_999))}`;
  step(arrival, "own", "case", "record-identity", {
    givenName: random.pick(names),
    familyName: `${random.pick(families)}-${number}`,
    citizenships: [random.pick(["TZ", "BI", "UG", "CD"])],
    languages: ["sw"],
  });
  step(arrival, "own", "case", "record-contact", { phone, safeWayToReach: "An invented way to reach an invented person" });
  step(arrival + 1, "own", "case", "start-screening", { formVersion: 1 });
  step(arrival + 1, "own", "case", "complete-screening", {
    formVersion: 1,
    acts: random.some(["Recruitment", "Transportation", "Harbouring"], 2),
    means: random.some(["Deception", "Coercion", "AbuseOfVulnerability"], child ? random.between(0, 1) : 1),
    exploitations: [random.pick(["ForcedLabour", "SexualExploitation", "ForcedBegging", "Servitude", "ChildLabour"])],
    methodsOfControl: random.some(["DebtBondage", "FalsePromises", "TakesEarnings", "WithholdsDocuments"], 2),
    account: `An invented account, number ${number}, told for a demonstration.`,
  });
  step(arrival + 1, "supervisor", "case", "determine-trafficking-status", {
    status: "PossibleVictimOfTrafficking",
    decidedBy: "NGO",
    basis: "Screening",
  });
  const bed = beds.find(({ bed: each, category }) => category === categoryOf(female, child) && freeFrom.get(each)! < arrival);
  if (bed && (victim || random.chance(0.3))) {
    freeFrom.set(bed.bed, closed ? leaves + 2 : days * 2);
    step(
      arrival + 1,
      "own",
      "shelter",
      "admit-resident",
      { bed: bed.bed, voluntary: true, houseRulesExplained: true, acceptOverflow: bed.availability === "Overflow" },
      "placed",
    );
  }
  if (random.chance(0.6))
    step(arrival + 2, "own", "case", "give-consent", {
      ...consent,
      purpose: random.pick(["ShareWithProvider", "FamilyTracing", "AnonymisedReporting"]),
      expiresAt,
    });
  if (victim) {
    step(arrival + 9, "supervisor", "case", "determine-trafficking-status", {
      status: "ActualVictimOfTrafficking",
      decidedBy: "Police",
      basis: "Investigation",
    });
    step(arrival + 9, "own", "case", "record-trafficking-history-event", {
      event: "Exploitation",
      country: "TZ",
      date: "2024-06-15",
      place: "An invented place",
    });
  } else
    step(arrival + 9, "supervisor", "case", "determine-trafficking-status", {
      status: "NotAVictimOfTrafficking",
      decidedBy: "Police",
      basis: "Investigation",
    });
  if (closed) {
    const placed = steps.some(({ what }) => what === "admit-resident");
    const reason = victim ? random.pick(outcomes) : "NotAVictim";
    const returned = reason === "ReturnedHome" || reason === "ReunifiedWithFamily" || reason === "LeftWithoutNotice";
    if (placed && !returned) step(leaves, "own", "shelter", "discharge-resident", { exitType: "Planned" }, "freed");
    step(leaves, "own", "case", "request-closure", { reason, referralOffered: true });
    step(leaves + 1, "supervisor", "case", "approve-closure", {}, placed && returned ? "freed" : undefined);
  }
  const ageBand = child
    ? 2024 - birthYear <= 8
      ? "0-8"
      : "9-17"
    : 2024 - birthYear <= 20
      ? "18-20"
      : 2024 - birthYear <= 29
        ? "21-29"
        : "30-47";
  const opening: DemoStep = {
    at: new Date(start + arrival * day - 3_600_000).toISOString(),
    key: keyOf(seed, region, number, 0, arrival),
    by: "own",
    about: "case",
    what: "open-case",
    body: {
      source: random.pick(["Police", "Immigration", "SocialWelfare", "Hotline", "NGO", "Community"]),
      urgency: random.pick(["Immediate", "Within24Hours", "Routine"]),
      region,
      sex: female ? "Female" : "Male",
      ageBand,
      language: "sw",
      immediateNeeds: `Invented needs of an invented person, number ${number}.`,
    },
  };
  return { number, opening, steps };
}
