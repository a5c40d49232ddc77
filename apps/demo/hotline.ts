import { everyDay } from "./lives/arriving.js";
import { provider, type Life } from "./lives/life.js";
import { keyOf, Random } from "./random.js";
import { days, onDay, RecordId, type DemoStep } from "./telling.js";

interface House {
  readonly seed: string;
  readonly region: string;
}

/** Steps about one record that is no case. */
export class Tale {
  readonly steps: DemoStep[] = [];

  constructor(
    readonly house: House,
    readonly record: string,
    readonly from: number,
  ) {}

  step(offset: number, what: string, body: DemoStep["body"]): string {
    const { seed, region } = this.house;
    const key = keyOf(seed, region, this.record, this.steps.length, this.from, what, JSON.stringify(body));
    const begins = this.steps.length === 0;
    this.steps.push({ at: onDay(offset, this.steps.length), key, by: "own", record: this.record, what, body, ...(begins && { begins }) });
    return key;
  }
}

/** Whoever calls the hotline: of some a case becomes, most only ask. */
export function hotlineContacts(house: House, lives: readonly Life[]): DemoStep[] {
  const random = new Random(`${house.seed}|${house.region}|hotline`);
  const called = lives.filter(({ source }) => source === "Hotline");
  const others = Array.from({ length: Math.ceil(lives.length * 0.4) }, () => random.between(0, days - 10));
  const contacts = [
    ...called.map((life) => ({ offset: life.arrival - 2 / 24, life })),
    ...others.map((offset) => ({ offset, life: null })),
  ];
  return contacts.flatMap(({ offset, life }, index) => {
    const tale = new Tale(house, `contact ${index}`, offset);
    calls(tale, random, offset);
    if (life) tale.step(life.arrival, "link-hotline-contact-to-case", { caseId: new RecordId(life.record) });
    else if (random.chance(0.3))
      tale.step(offset + 1, "call-back-hotline-caller", { outcome: random.pick(["Reached", "NotReached"]), left: "Nothing" });
    return tale.steps;
  });
}

function calls(tale: Tale, random: Random, offset: number): void {
  tale.step(offset, "record-hotline-contact", {
    channel: random.pick(["PhoneCall", "MessagingApp", "InPerson"]),
    language: "sw",
    topics: random.some(["Trafficking", "Shelter", "Legal", "Work", "Information"], random.between(1, 2)),
    caller: random.pick(["Herself", "Family", "Neighbour", "Stranger", "NotSaid"]),
    callBackIsSafe: true,
    callBackHours: everyDay(7, 18),
    callBack: `+255700${String(100_000 + random.between(0, 899_999))}`,
    summary: "An invented call of an invented caller.",
  });
  tale.step(offset, "give-hotline-advice", { advice: random.some(["WhereToGetHelp", "HowToStaySafe", "EmergencyNumber"], 2) });
  if (random.chance(0.4)) tale.step(offset, "refer-hotline-caller", { organisation: provider });
}
