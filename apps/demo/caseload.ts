import { traffickingEvents } from "./happenings.js";
import { hotlineContacts } from "./hotline.js";
import { isToldOf, tellsOfHerself } from "./lives/arriving.js";
import { isAssessed } from "./lives/assessed.js";
import { isAccompanied, isEndangered } from "./lives/endangered.js";
import { isHelped } from "./lives/helped.js";
import { beds, isTakenIn } from "./lives/housed.js";
import { isKept } from "./lives/kept.js";
import { leavesAgain } from "./lives/leaving.js";
import { Life, type Place } from "./lives/life.js";
import { plans } from "./lives/planned.js";
import { isFound, isScreened } from "./lives/screened.js";
import { Random } from "./random.js";
import { days, type Caseload } from "./telling.js";

/** Whose caseload it is: a seed is told the same each time. */
export interface House {
  readonly seed: string;
  readonly region: string;
  /** The username of the shelter's case manager. */
  readonly worker: string;
}

/** The whole caseload of one shelter, each story with beds that are free when they are needed. */
export function caseload(house: House, count: number): Caseload {
  const lives = places(house, count).map((place) => lifeOf(place));
  const cases = lives.flatMap(({ steps }) => steps.toSorted((one, other) => (one.at < other.at ? -1 : Number(one.at > other.at))));
  return {
    steps: [...cases, ...hotlineContacts(house, lives), ...traffickingEvents(house, lives)],
    documents: lives.flatMap(({ documents }) => documents),
  };
}

function places(house: House, count: number): Place[] {
  const random = new Random(`${house.seed}|${house.region}`);
  const freeFrom = new Map(beds.map(({ bed }) => [bed, -1]));
  const arrivals = Array.from({ length: count }, () => random.between(0, days - 20)).sort((one, other) => one - other);
  const withSibling = new Set<number>();
  for (let number = 0; number + 1 < count; number++) {
    if (!random.chance(0.06) || withSibling.has(number - 1)) continue;
    withSibling.add(number);
    arrivals[number + 1] = arrivals[number]!;
  }
  return arrivals.map((arrival, number) => ({
    ...house,
    ...{ number, arrival, freeFrom },
    hasSiblingBefore: withSibling.has(number - 1),
    hasSiblingAfter: withSibling.has(number),
  }));
}

/** One person's two years. */
function lifeOf(place: Place): Life {
  const { seed, region, number } = place;
  const life = new Life(new Random(`${seed}|${region}|${number}`), place);
  const topics = [isToldOf, tellsOfHerself, isScreened, isTakenIn, isFound, isHelped, isEndangered, isAssessed, isAccompanied];
  for (const tell of topics) tell(life);
  if (life.victim) plans(life);
  leavesAgain(life);
  isKept(life);
  return life;
}
