import { demoPeople } from "#platform/sign-in/sign-in.js";
import { keyOf, type Random } from "../random.js";
import { days, MadeId, onDay, RecordId, type DemoDocument, type DemoStep, type Teller } from "../telling.js";

const organisation = "4c5a1f60-0000-4000-8000-0000000000ff";
const names = ["Examplina", "Sampleth", "Demoson", "Testwin", "Fictara", "Mockeline", "Placeholda", "Inventio"];
const families = ["Of-The-Example", "Sampleson", "Demonstrata", "Fictitious", "Invented"];

/** One case of a shelter, before anything of it is told. */
export interface Place {
  readonly seed: string;
  readonly region: string;
  /** The username of the shelter's case manager. */
  readonly worker: string;
  readonly number: number;
  readonly arrival: number;
  /** The case before hers is her sibling's. */
  readonly hasSiblingBefore: boolean;
  readonly hasSiblingAfter: boolean;
  readonly freeFrom: Map<string, number>;
}

interface StepOptions {
  readonly begins?: boolean;
  readonly housed?: string;
  readonly wait?: "placed" | "freed";
}

/** One person's two years, told step by step; what she is like is drawn before anything is told. */
export class Life {
  readonly steps: DemoStep[] = [];
  readonly documents: DemoDocument[] = [];
  readonly child: boolean;
  readonly female: boolean;
  readonly birthYear: number;
  readonly leaves: number;
  readonly victim: boolean;
  readonly closed: boolean;
  readonly source: string;
  /** She was told of with the least that was known. */
  readonly notified: boolean;
  readonly followedUp: boolean;
  /** To which help she has said yes. */
  groups: readonly string[] = [];
  bed: string | null = null;
  /** Services wait that were asked for. */
  waitsForHelp = false;

  constructor(
    readonly random: Random,
    readonly place: Place,
  ) {
    const isSibling = place.hasSiblingBefore || place.hasSiblingAfter;
    this.child = random.chance(0.4) || isSibling;
    this.female = random.chance(0.75);
    this.birthYear = 2024 - (this.child ? random.between(8, 15) : random.between(20, 45));
    this.leaves = place.arrival + random.between(20, 160);
    this.victim = random.chance(0.85);
    this.closed = this.leaves < days - 40;
    this.source = random.pick(["Police", "Immigration", "SocialWelfare", "Hotline", "NGO", "Community"]);
    this.notified = random.chance(0.35);
    this.followedUp = random.chance(0.3);
  }

  get record(): string {
    return `case ${this.place.number}`;
  }

  get arrival(): number {
    return this.place.arrival;
  }

  /** There are a nurse and a psychologist in this house alone. */
  get hasClinic(): boolean {
    return this.place.region === "Kigoma";
  }

  get familyName(): string {
    const { number, hasSiblingBefore } = this.place;
    const first = hasSiblingBefore ? number - 1 : number;
    return `${families[first % families.length]}-${first}`;
  }

  get givenName(): string {
    return names[this.place.number % names.length]!;
  }

  /** Does her case go on on that day? */
  goesOn(offset: number): boolean {
    return offset < (this.closed ? this.leaves : days);
  }

  /** `offset`: the day, counted from the beginning of the two years. Answers the key of the step. */
  step(offset: number, by: Teller, what: string, body: DemoStep["body"] = {}, options: StepOptions = {}): string {
    return this.#tell(offset, by, this.record, what, body, options);
  }

  inShelter(offset: number, what: string, body: DemoStep["body"], wait: "placed" | "freed"): string {
    const about = { ...body, ...(what === "admit-resident" && { caseId: new RecordId(this.record) }) };
    return this.#tell(offset, "own", "shelter", what, about, { housed: this.record, wait });
  }

  #tell(offset: number, by: Teller, record: string, what: string, body: DemoStep["body"], options: StepOptions): string {
    const { seed, region, number, arrival } = this.place;
    // What another caseload tells of the same number is something else, and has another key.
    const key = keyOf(seed, region, number, this.steps.length, arrival, what, JSON.stringify(body));
    this.steps.push({ at: onDay(offset, this.steps.length), key, by, record, what, body, ...options });
    return key;
  }

  /** A consent such as this, until a year from her arrival. */
  consent(purpose: string, over: object = {}): DemoStep["body"] {
    return {
      purpose,
      recipients: [organisation],
      dataClasses: ["identity", "narrative"],
      givenBy: this.child ? "social-welfare-officer" : "self",
      evidence: "Signature",
      ...(this.child && { childAssents: true }),
      expiresAt: onDay(this.arrival + 365),
      ...over,
    };
  }

  /** The id that the fact of an earlier step names. */
  made(key: string, field?: string): MadeId {
    return new MadeId(key, field);
  }
}

/** The id of somebody of the demo. */
export const idOf = (username: string): string => demoPeople.find((each) => each.username === username)!.id;
export const provider = organisation;
