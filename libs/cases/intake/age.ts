import { dayOf, standingAt } from "#kernel/in-time.js";
import { require, type Day, type Instant, type Times } from "#kernel/kernel.js";
import type { AgeBand, AgeMethod } from "../vocabulary.js";

/** How old she was found to be; or that this is in question, and she is taken for a child until somebody has assessed it. */
export interface Assessment {
  readonly at: Instant;
  /** `CameOfAge`: by her year of birth, as it was assessed. */
  readonly method: AgeMethod | "Questioned" | "CameOfAge";
  readonly isChild: boolean;
  readonly birthYear?: number | undefined;
}

/** What is known of how old she is. */
export interface Ages {
  /** As it was told at first contact. */
  readonly ageBand: AgeBand;
  readonly openedAt: Instant | null;
  /** In order of time. */
  readonly assessments: readonly Assessment[];
}

type When = Pick<Times, "at" | "zone">;

/** A child until assessed otherwise; protected to the end of the year in which the eighteenth birthday falls. As it stood at `at`. */
export const isChildAt = ({ assessments, ageBand }: Ages, when: When): boolean => {
  const age = standingAt(assessments, when.at);
  if (age?.isChild === false) return false;
  if (age?.birthYear) return yearOf(when) - age.birthYear <= 18;
  return age?.isChild ?? (ageBand === "0-8" || ageBand === "9-17");
};

/**
 * When she is a child no longer by her year of birth: on the first of January after the year of her eighteenth birthday. Noon, UTC: by then
 * it is that day wherever she is.
 */
export const cameOfAgeAt = (birthYear: number): Instant => `${birthYear + 19}-01-01T12:00:00.000Z`;

/** Nothing is recorded of a time to come, or from before the person was born. Of a day perhaps only the month or the year is known. */
export const requirePast = ({ assessments }: Ages, day: Day, when: When): void => {
  const birthYear = assessments.at(-1)?.birthYear;
  require(day <= dayOf(when.at, when.zone).slice(0, day.length), "DateInFuture");
  require(birthYear === undefined || Number(day.slice(0, 4)) >= birthYear, "DateBeforeBirth");
};

/** Does a day of birth say otherwise than what was assessed last or, before that, told at first contact? What is in question already is not asked again. */
export const contradicts = ({ assessments, ageBand, openedAt }: Ages, born: Day, { at, zone }: When): boolean => {
  const found = standingAt(assessments, at);
  if (!found) return ageBand !== "Unknown" && bandOf(yearsAt(born, dayOf(openedAt ?? at, zone))) !== ageBand;
  if (found.method === "Questioned") return false;
  const bornIn = Number(born.slice(0, 4));
  if (found.birthYear !== undefined && found.birthYear !== bornIn) return true;
  const then = { at: found.at, zone };
  return found.isChild ? yearOf(then) - bornIn > 18 : yearsAt(born, dayOf(found.at, zone)) < 18;
};

export const yearOf = ({ at, zone }: When): number => Number(dayOf(at, zone).slice(0, 4));

/** Full years. Who was born on 29 February has her birthday on 1 March. */
const yearsAt = (born: Day, day: Day): number => Number(day.slice(0, 4)) - Number(born.slice(0, 4)) - Number(day.slice(5) < born.slice(5));

/** The years in which the bands of HTCDS begin. */
export const bandOf = (years: number): AgeBand => {
  if (years >= 48) return "48+";
  if (years >= 30) return "30-47";
  if (years >= 21) return "21-29";
  if (years >= 18) return "18-20";
  return years >= 9 ? "9-17" : "0-8";
};
