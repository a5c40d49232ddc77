import { IsBoolean, IsIn, IsInt, IsString, Max, MaxLength, Min } from "class-validator";
import { IsId } from "#platform/ids.js";
import { Personal } from "#access/personal.js";
import { dayOf, inserted, standingAt } from "#kernel/in-time.js";
import { require, slice, type Day, type Instant, type Rule, type Times } from "#kernel/kernel.js";
import type { Closure } from "../closure/closure.js";
import { requireOpen } from "../open.js";
import { Optional } from "#platform/optional.js";
import {
  ageBands,
  ageMethods,
  contactSources,
  languages,
  regions,
  sexes,
  urgencies,
  type AgeBand,
  type AgeMethod,
  type ContactSource,
  type Language,
  type Region,
  type Sex,
  type Urgency,
} from "../vocabulary.js";

// Facts

export type IntakeFact =
  | {
      type: "CaseOpened";
      data: {
        subject: string;
        source: ContactSource;
        urgency: Urgency;
        region: Region;
        sex: Sex;
        ageBand: AgeBand;
        language?: Language | undefined;
        referringOrganisation?: string | undefined;
      };
      personal?: Record<string, { narrative: { immediateNeeds: string } }> | undefined;
    }
  | { type: "AgeAssessed"; data: { method: AgeMethod; isChild: boolean; birthYear?: number | undefined } };

// State

export interface Intake {
  /** Whose case it is: the subject of the personal data in it; empty before the case is opened. */
  readonly subject: string;
  readonly sex: Sex;
  readonly ageBand: AgeBand;
  readonly region: Region | null;
  readonly openedAt: Instant | null;
  /** How old she was found to be, in order of time. */
  readonly assessments: readonly Assessment[];
}
interface Assessment {
  readonly at: Instant;
  readonly method: AgeMethod;
  readonly isChild: boolean;
  readonly birthYear?: number | undefined;
}

export const intake = slice<IntakeFact>()<Intake>(
  { subject: "", sex: "Unknown", ageBand: "Unknown", region: null, openedAt: null, assessments: [] },
  {
    CaseOpened: (state, { subject, sex, ageBand, region }, at) => ({ ...state, subject, sex, ageBand, region, openedAt: at }),
    AgeAssessed: (state, { method, isChild, birthYear }, at) => ({
      ...state,
      assessments: inserted(state.assessments, { at, method, isChild, birthYear }),
    }),
  },
);

// Requests

export class OpenCase {
  @IsIn(contactSources) source!: ContactSource;
  @IsIn(urgencies) urgency!: Urgency;
  @IsIn(regions) region!: Region;
  @IsIn(sexes) sex!: Sex;
  @IsIn(ageBands) ageBand!: AgeBand;
  @Optional() @IsIn(languages) language?: Language;
  @Optional() @IsId() referringOrganisation?: string;
  @Optional() @Personal("narrative") @IsString() @MaxLength(2000) immediateNeeds?: string;
}

export class AssessAge {
  @IsIn(ageMethods) method!: AgeMethod;
  @IsBoolean() isChild!: boolean;
  @Optional() @IsInt() @Min(1900) @Max(2100) birthYear?: number;
}

// Rules

/** Partial data is enough, no name is needed: help comes first (IOM Handbook on Direct Assistance, chapter 2). */
export const openCase: Rule<{ intake: Intake }, OpenCase, IntakeFact> = ({ intake }, request, { newId }) => {
  require(intake.openedAt === null, "CaseAlreadyOpened");
  const { source, urgency, region, sex, ageBand, language, referringOrganisation, immediateNeeds } = request;
  const subject = newId();
  const data = { subject, source, urgency, region, sex, ageBand, language, referringOrganisation };
  return [{ type: "CaseOpened", data, personal: immediateNeeds ? { [subject]: { narrative: { immediateNeeds } } } : undefined }];
};

/** Whoever may be a child is treated as one: a disputed age never makes an adult (Palermo Protocol, UNICEF guidelines 3.1). */
export const assessAge: Rule<{ intake: Intake; closure: Closure }, AssessAge, IntakeFact> = ({ intake, closure }, request, times) => {
  requireOpen(closure, times.at);
  const { method, isChild, birthYear } = request;
  const years = birthYear === undefined ? undefined : yearOf(times) - birthYear;
  require(years === undefined || years >= 0, "DateInFuture");
  require(isChild || method !== "Disputed", "DisputedAgeIsAChild");
  require(isChild || years === undefined || years >= 18, "BirthYearIsAChilds");
  require(!isChild || years === undefined || years <= 18, "BirthYearIsAnAdults");
  const age = standingAt(intake.assessments, times.at);
  if (age && age.method === method && age.isChild === isChild && age.birthYear === birthYear) return [];
  return [{ type: "AgeAssessed", data: { method, isChild, birthYear } }];
};

/** A child until assessed otherwise; protected to the end of the year in which the eighteenth birthday falls. As it stood at `at`. */
export const isChildAt = ({ assessments, ageBand }: Intake, when: Pick<Times, "at" | "zone">): boolean => {
  const age = standingAt(assessments, when.at);
  if (age?.isChild === false) return false;
  if (age?.birthYear) return yearOf(when) - age.birthYear <= 18;
  return age?.isChild ?? (ageBand === "0-8" || ageBand === "9-17");
};

/** Nothing is recorded of a time to come, or from before the person was born. */
export const requirePast = ({ assessments }: Intake, day: Day, { at, zone }: Pick<Times, "at" | "zone">): void => {
  const birthYear = assessments.at(-1)?.birthYear;
  require(day <= dayOf(at, zone), "DateInFuture");
  require(birthYear === undefined || Number(day.slice(0, 4)) >= birthYear, "DateBeforeBirth");
};

const yearOf = ({ at, zone }: Pick<Times, "at" | "zone">): number => Number(dayOf(at, zone).slice(0, 4));
