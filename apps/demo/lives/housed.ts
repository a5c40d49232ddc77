import { days } from "../telling.js";
import type { Life } from "./life.js";

export const beds = [
  ...["W-1", "W-2", "W-3", "W-4", "W-5"].map((bed) => ({ bed, category: "Women", availability: "YearRound" })),
  ...["M-1", "M-2", "M-3"].map((bed) => ({ bed, category: "Men", availability: "YearRound" })),
  ...["G-1", "G-2", "G-3"].map((bed) => ({ bed, category: "Girls", availability: "YearRound" })),
  ...["B-1", "B-2"].map((bed) => ({ bed, category: "Boys", availability: "YearRound" })),
  { bed: "W-9", category: "Women", availability: "Overflow" },
  { bed: "G-9", category: "Girls", availability: "Overflow" },
];
const categoryOf = (female: boolean, child: boolean): string => (child ? (female ? "Girls" : "Boys") : female ? "Women" : "Men");

/** A bed of those that are free when it is needed. */
export function isTakenIn(life: Life): void {
  const { random, arrival, victim, closed, leaves } = life;
  const { freeFrom } = life.place;
  const category = categoryOf(life.female, life.child);
  const free = beds.find((bed) => bed.category === category && freeFrom.get(bed.bed)! < arrival);
  if (!free || !(victim || random.chance(0.3))) return;
  // Of whom too little is known, nobody says that the bed suits.
  if (!life.steps.some(({ what }) => what === "open-case" || what === "supplement-first-contact")) return;
  freeFrom.set(free.bed, closed ? leaves + 40 : days * 2);
  life.bed = free.bed;
  const admission = { bed: free.bed, voluntary: true, houseRulesExplained: true, acceptOverflow: free.availability === "Overflow" };
  life.inShelter(arrival + 1, "admit-resident", admission, "placed");
}
