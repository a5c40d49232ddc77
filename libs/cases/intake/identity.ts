import { IsArray, ArrayMaxSize, IsEmail, IsIn, IsString, MaxLength } from "class-validator";
import { IsCountry } from "#platform/values/ids.js";
import { Removable } from "#access/personal.js";
import { Described } from "#kernel/described.js";
import { dayOf } from "#kernel/in-time.js";
import { require, slice, type Rule, type Times } from "#kernel/kernel.js";
import { Refuses } from "#kernel/refusals.js";
import { WithSource, fromUnknown, sourceOf, type KnownFrom } from "../known-from.js";
import { requireOpen, type Openness } from "../open.js";
import { requireInterview, type Consents } from "../consent/consents.js";
import { personalContent } from "../personal.js";
import { IsPhone } from "#platform/values/phone.js";
import { IsDay } from "#platform/values/time.js";
import { languages, type Language } from "#vocabulary/languages.js";
import { contradicts } from "./age.js";
import type { Intake, IntakeFact } from "./intake.js";

// Facts

/**
 * Each carries the whole record of its class, so that a correction replaces and never merges; or says that it is removed; or neither, and
 * what was there stays.
 */
export type IdentityFact =
  | {
      type: "IdentityRecorded";
      data: { citizenships: string[]; languages: Language[]; removed?: "identity"[] | undefined; knownFrom?: KnownFrom | undefined };
      personal?: Record<string, { identity?: object }> | undefined;
    }
  | {
      type: "ContactRecorded";
      data: { removed?: "contact"[] | undefined; knownFrom?: KnownFrom | undefined };
      personal?: Record<string, { contact?: object }> | undefined;
    };

// State

/** Whether it was recorded, and not removed since; what it says is sealed and not for rules. */
export interface Known {
  readonly identity: boolean;
  readonly contact: boolean;
  /** Was any citizenship of hers told? */
  readonly citizenship: boolean;
}

export const known = slice<IdentityFact>()<Known>(
  { identity: false, contact: false, citizenship: false },
  {
    IdentityRecorded: (state, { citizenships, removed }) => ({
      ...state,
      identity: removed === undefined,
      citizenship: state.citizenship || citizenships.length > 0,
    }),
    ContactRecorded: (state, { removed }) => ({ ...state, contact: removed === undefined }),
  },
  { IdentityRecorded: [fromUnknown], ContactRecorded: [fromUnknown] },
);

// Requests

@Refuses("CaseNotOpen", "DateInFuture", "InterviewNotPermitted")
export class RecordIdentity extends WithSource {
  @Removable("identity") @IsString() @MaxLength(200) givenName?: string | null;
  @Removable("identity") @IsString() @MaxLength(200) familyName?: string | null;
  @Removable("identity") @IsString() @MaxLength(500) otherNames?: string | null;
  @Removable("identity") @IsDay() birthDate?: string | null;
  @Removable("identity") @IsString() @MaxLength(100) identityNumber?: string | null;
  @Described("Countries, ISO 3166-1 alpha-2") @IsArray() @ArrayMaxSize(5) @IsCountry({ each: true }) citizenships!: string[];
  @Described("Which she speaks") @IsArray() @ArrayMaxSize(10) @IsIn(languages, { each: true }) languages!: Language[];
}

@Refuses("CaseNotOpen", "InterviewNotPermitted")
export class RecordContact extends WithSource {
  @Removable("contact") @IsPhone() phone?: string | null;
  @Removable("contact") @IsEmail() @MaxLength(200) email?: string | null;
  @Removable("contact") @IsString() @MaxLength(1000) safeWayToReach?: string | null;
}

// Rules

type IdentityNeeds = { intake: Intake; closure: Openness; consents: Consents; known: Known };

/**
 * A name is asked for only with consent to the interview, or where a vital interest is on record. A day of birth that contradicts how old
 * she was said or found to be decides nothing by itself: an assessment does, and until then she is a child.
 */
export const recordIdentity: Rule<IdentityNeeds, RecordIdentity, IdentityFact | IntakeFact> = (state, request, times) => {
  requireAsked(state, times);
  const { givenName, familyName, otherNames, birthDate, identityNumber, citizenships, languages } = request;
  require(!birthDate || birthDate <= dayOf(times.at, times.zone), "DateInFuture");
  const { personal, removed } = personalContent(state.intake.subject, {
    identity: { givenName, familyName, otherNames, birthDate, identityNumber },
  });
  const isQuestioned = birthDate && contradicts(state.intake, birthDate, times);
  return [
    { type: "IdentityRecorded", data: { citizenships, languages, removed, ...sourceOf(request) }, personal },
    ...(isQuestioned ? [{ type: "AgeQuestioned" as const, data: { contradictedBy: "BirthDate" as const } }] : []),
  ];
};

export const recordContact: Rule<IdentityNeeds, RecordContact, IdentityFact> = (state, request, times) => {
  requireAsked(state, times);
  const { phone, email, safeWayToReach } = request;
  const { personal, removed } = personalContent(state.intake.subject, { contact: { phone, email, safeWayToReach } });
  if (!personal && !(removed && state.known.contact)) return [];
  return [{ type: "ContactRecorded", data: { removed, ...sourceOf(request) }, personal }];
};

const requireAsked = ({ closure, consents }: IdentityNeeds, times: Times): void => {
  requireOpen(closure, times.at, times.now);
  requireInterview(consents, times);
};
