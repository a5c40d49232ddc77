import { IsBoolean, IsIn, IsInt, IsString, Matches, Max, MaxLength, Min } from "class-validator";
import { IsId } from "#platform/values/ids.js";
import { Personal } from "#access/personal.js";
import { Described } from "#kernel/described.js";
import { earlier, inserted, standingAt } from "#kernel/in-time.js";
import { require, slice, type Instant, type Rule } from "#kernel/kernel.js";
import { Refuses } from "#kernel/refusals.js";
import { WithSource, fromUnknown, sourceOf, type KnownFrom } from "../known-from.js";
import { requireOpen, type Openness } from "../open.js";
import { Optional } from "#platform/values/optional.js";
import { regions, type Region } from "#vocabulary/regions.js";
import { isChildAt, yearOf, type Ages } from "./age.js";
import { languages, type Language } from "#vocabulary/languages.js";
import {
  ageBands,
  ageMethods,
  contactSources,
  sexes,
  urgencies,
  type AgeBand,
  type AgeMethod,
  type ContactSource,
  type Sex,
  type Urgency,
} from "../vocabulary.js";
import type { AcknowledgementChannel, IncomingReason, UrgencyReason } from "./vocabulary.js";

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
        district?: string | undefined;
        knownFrom?: KnownFrom | undefined;
        /** Of a case that began with a notification: until when its source is answered, and what is missing is to be known. */
        notification?: { completeBy: Instant; acknowledgeBy?: Instant | undefined; reason?: IncomingReason | undefined } | undefined;
      };
      personal?: Record<string, { narrative?: { immediateNeeds: string }; notifier?: { personInCharge: string } }> | undefined;
    }
  | { type: "NotificationAcknowledged"; data: { channel: AcknowledgementChannel } }
  /** What was told as unknown at first contact. */
  | {
      type: "FirstContactSupplemented";
      data: {
        sex?: Sex | undefined;
        ageBand?: AgeBand | undefined;
        language?: Language | undefined;
        referringOrganisation?: string | undefined;
        district?: string | undefined;
        knownFrom: KnownFrom;
      };
    }
  | { type: "UrgencyChanged"; data: { from?: Urgency | undefined; to: Urgency; reason: UrgencyReason } }
  /** What else is known of her contradicts how old she was said or found to be: an assessment is owed. */
  | { type: "AgeQuestioned"; data: { contradictedBy: "BirthDate" } }
  | {
      type: "AgeAssessed";
      data: { method: AgeMethod; isChild: boolean; birthYear?: number | undefined; knownFrom?: KnownFrom | undefined };
    }
  /** By the year of birth that was assessed: a child no longer. */
  | { type: "CameOfAge"; data: { birthYear: number } };

// State

export interface Intake extends Ages {
  /** Whose case it is: the subject of the personal data in it; empty before the case is opened. */
  readonly subject: string;
  readonly sex: Sex;
  readonly region: Region | null;
  /** Who opened it, and for which organisation. */
  readonly openedBy: string | null;
  readonly organisation: string | null;
  /** The code of the district whose social welfare officers look after her. */
  readonly district: string | null;
  /** Who told of her, and for which organisation. */
  readonly source: ContactSource | null;
  readonly referringOrganisation: string | null;
  readonly language: Language | null;
  /** How soon she needs help, in order of time. */
  readonly urgencies: readonly { readonly at: Instant; readonly urgency: Urgency }[];
  /** Null: her case was not begun by a notification. */
  readonly notification: Notification | null;
}
interface Notification {
  readonly completeBy: Instant;
  /** Null: nobody is to be answered. */
  readonly acknowledgeBy: Instant | null;
  readonly acknowledgedAt: Instant | null;
}

export const intake = slice<IntakeFact>()<Intake>(
  {
    subject: "",
    sex: "Unknown",
    ageBand: "Unknown",
    region: null,
    openedAt: null,
    openedBy: null,
    organisation: null,
    district: null,
    assessments: [],
    source: null,
    referringOrganisation: null,
    language: null,
    urgencies: [],
    notification: null,
  },
  {
    CaseOpened: (state, { subject, sex, ageBand, region, urgency, notification, ...told }, { at, by }) => ({
      ...state,
      subject,
      sex,
      ageBand,
      region,
      district: told.district ?? null,
      source: told.source,
      referringOrganisation: told.referringOrganisation ?? null,
      language: told.language ?? null,
      urgencies: inserted(state.urgencies, { at, urgency }),
      notification: notification
        ? { completeBy: notification.completeBy, acknowledgeBy: notification.acknowledgeBy ?? null, acknowledgedAt: null }
        : null,
      openedAt: at,
      openedBy: by.id,
      organisation: by.organisation ?? null,
    }),
    NotificationAcknowledged: (state, _, { at }) => ({
      ...state,
      notification: state.notification && { ...state.notification, acknowledgedAt: earlier(state.notification.acknowledgedAt, at) },
    }),
    FirstContactSupplemented: (state, { knownFrom: _, ...told }) => ({ ...state, ...told }),
    UrgencyChanged: (state, { to }, { at }) => ({ ...state, urgencies: inserted(state.urgencies, { at, urgency: to }) }),
    AgeQuestioned: (state, _, { at }) => ({
      ...state,
      assessments: inserted(state.assessments, { at, method: "Questioned", isChild: true }),
    }),
    AgeAssessed: (state, { method, isChild, birthYear }, { at }) => ({
      ...state,
      assessments: inserted(state.assessments, { at, method, isChild, birthYear }),
    }),
    CameOfAge: (state, { birthYear }, { at }) => ({
      ...state,
      assessments: inserted(state.assessments, { at, method: "CameOfAge", isChild: false, birthYear }),
    }),
  },
  { CaseOpened: [fromUnknown], AgeAssessed: [fromUnknown] },
  { NotificationAcknowledged: [], UrgencyChanged: [] },
);

// Requests

/** The code of a district: of letters and hyphens. */
export const IsDistrict = (): PropertyDecorator =>
  Matches(/^[A-Za-z][A-Za-z-]{0,49}$/, { message: "$property must be the code of a district, of letters and -" });

@Refuses("CaseAlreadyOpened")
export class OpenCase extends WithSource {
  @Described("Who told of her") @IsIn(contactSources) source!: ContactSource;
  @Described("How soon she needs help") @IsIn(urgencies) urgency!: Urgency;
  @Described("Where she is now") @IsIn(regions) region!: Region;
  @Described("As she says herself") @IsIn(sexes) sex!: Sex;
  @IsIn(ageBands) ageBand!: AgeBand;
  @Described("In which she is spoken with") @Optional() @IsIn(languages) language?: Language;
  @Described("The organisation that sent her") @Optional() @IsId() referringOrganisation?: string;
  @Described("The code of the district that is responsible for her")
  @Optional()
  @IsDistrict()
  district?: string;
  @Optional() @Personal("narrative") @IsString() @MaxLength(2000) immediateNeeds?: string;
}

@Refuses("BirthYearIsAChilds", "BirthYearIsAnAdults", "CaseNotOpen", "DateInFuture", "DisputedAgeIsAChild")
export class AssessAge extends WithSource {
  @Described("How it was assessed") @IsIn(ageMethods) method!: AgeMethod;
  @Described("True: she is under 18, or must be treated so") @IsBoolean() isChild!: boolean;
  @Described("The year alone; the exact day stays with who she is") @Optional() @IsInt() @Min(1900) @Max(2100) birthYear?: number;
}

// Rules

/** Partial data is enough, no name is needed: help comes first (IOM Handbook on Direct Assistance, chapter 2). */
export const openCase: Rule<{ intake: Intake }, OpenCase, IntakeFact> = ({ intake }, request, { newId }) => {
  require(intake.openedAt === null, "CaseAlreadyOpened");
  const { source, urgency, region, sex, ageBand, language, referringOrganisation, district, immediateNeeds } = request;
  const subject = newId();
  const data = { subject, source, urgency, region, sex, ageBand, language, referringOrganisation, district, ...sourceOf(request) };
  return [{ type: "CaseOpened", data, personal: immediateNeeds ? { [subject]: { narrative: { immediateNeeds } } } : undefined }];
};

/** Whoever may be a child is treated as one: a disputed age never makes an adult (Palermo Protocol, UNICEF guidelines 3.1). */
export const assessAge: Rule<{ intake: Intake; closure: Openness }, AssessAge, IntakeFact> = ({ intake, closure }, request, times) => {
  requireOpen(closure, times.at);
  const { method, isChild, birthYear } = request;
  const years = birthYear === undefined ? undefined : yearOf(times) - birthYear;
  require(years === undefined || years >= 0, "DateInFuture");
  require(isChild || method !== "Disputed", "DisputedAgeIsAChild");
  require(isChild || years === undefined || years >= 18, "BirthYearIsAChilds");
  require(!isChild || years === undefined || years <= 18, "BirthYearIsAnAdults");
  const age = standingAt(intake.assessments, times.at);
  if (age && age.method === method && age.isChild === isChild && age.birthYear === birthYear) return [];
  return [{ type: "AgeAssessed", data: { method, isChild, birthYear, ...sourceOf(request) } }];
};

/** A child by her year of birth is one no longer when its time has come; whose age is in question, or was assessed anew, is not meant. */
export const comeOfAge: Rule<{ intake: Intake }, { birthYear: number }, IntakeFact> = ({ intake }, { birthYear }, times) => {
  const age = standingAt(intake.assessments, times.at);
  if (!age?.isChild || age.birthYear !== birthYear) return [];
  require(!isChildAt(intake, times), "StillAChild");
  return [{ type: "CameOfAge", data: { birthYear } }];
};
