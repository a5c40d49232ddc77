import { keyOf } from "../random.js";
import { idOf, type Life } from "./life.js";

/** A paper that is kept with the case of whoever is still helped. */
export function isKept(life: Life): void {
  const { random, place } = life;
  if (life.closed || !random.chance(0.4)) return;
  const { seed, region, number, arrival } = place;
  life.documents.push({
    record: life.record,
    key: keyOf(seed, region, number, arrival, "document"),
    fields: random.pick<Readonly<Record<string, string>>>([
      { kind: "Letter", narrative: "An invented letter" },
      { kind: "Paper", legal: "An invented court paper" },
    ]),
    text: `An invented paper on an invented person, number ${number} of ${region}.\nIt is kept by ${idOf(place.worker)}.\n`,
  });
}
