import { Tale } from "./hotline.js";
import { idOf, type Life } from "./lives/life.js";
import { Random } from "./random.js";
import { RecordId, type DemoStep } from "./telling.js";

/** How many cases come for each event that concerns several of them. */
const casesPerEvent = 10;

/** What happened to several people at once: each of them keeps a case of her own. */
export function traffickingEvents(house: { readonly seed: string; readonly region: string }, lives: readonly Life[]): DemoStep[] {
  const victims = lives.filter(({ victim }) => victim);
  const count = Math.ceil(lives.length / casesPerEvent);
  return Array.from({ length: count }, (_, index) => {
    const random = new Random(`${house.seed}|${house.region}|event|${index}`);
    const [first, ...others] = victims.slice(index * casesPerEvent, index * casesPerEvent + random.between(2, 4));
    if (!first) return [];
    const tale = new Tale(house, `event ${index}`, first.arrival);
    happens(tale, random, first);
    for (const each of others) tale.step(each.arrival + 3, "link-case-to-event", { caseId: new RecordId(each.record) });
    const last = others.at(-1);
    if (last && random.chance(0.1))
      tale.step(last.arrival + 5, "unlink-case-from-event", { caseId: new RecordId(last.record), reason: "NotPartOfIt" });
    return tale.steps;
  }).flat();
}

function happens(tale: Tale, random: Random, first: Life): void {
  const offset = first.arrival + 2;
  tale.step(offset, "record-trafficking-event", {
    kind: random.pick(["Raid", "Interception", "Rescue", "Report"]),
    ...{ country: "TZ", region: first.place.region, date: "2024-10" },
    reportingEntity: random.pick(["Police", "Immigration", "NGO", "Community"]),
    account: "An invented event that concerned invented people.",
  });
  tale.step(offset, "link-case-to-event", { caseId: new RecordId(first.record) });
  tale.step(offset, "allege-perpetrator", { description: "Somebody invented is said to have recruited them." });
  if (random.chance(0.5)) tale.step(offset, "share-trafficking-event", { worker: idOf("musa") });
}
