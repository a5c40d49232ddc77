import { IsArray, ArrayMaxSize, IsEmail, IsIn, IsISO31661Alpha2, IsString, Matches, MaxLength } from "class-validator";
import { require, slice, type Rule } from "#kernel/kernel.js";
import type { Closure } from "../closure/closure.js";
import { mayInterview, type Consents } from "../consent/consent.js";
import { Optional } from "../optional.js";
import { IsDay } from "#platform/time.js";
import { languages, type Language } from "../vocabulary.js";
import { requirePast, type Intake } from "./intake.js";

// Facts

/** Each carries the whole record of its class, so that a correction replaces and never merges. */
export type IdentityFact =
  | { type: "IdentityRecorded"; data: { citizenships: string[]; languages: Language[] }; personal: Record<string, { identity: object }> }
  | { type: "ContactRecorded"; data: object; personal: Record<string, { contact: object }> };

// State

/** Whether it was ever recorded; what it says is sealed and not for rules. */
export interface Known {
  readonly identity: boolean;
  readonly contact: boolean;
}

export const known = slice<IdentityFact>()<Known>(
  { identity: false, contact: false },
  { IdentityRecorded: (state) => ({ ...state, identity: true }), ContactRecorded: (state) => ({ ...state, contact: true }) },
);

// Requests

export class RecordIdentity {
  @Optional() @IsString() @MaxLength(200) givenName?: string;
  @Optional() @IsString() @MaxLength(200) familyName?: string;
  @Optional() @IsString() @MaxLength(500) otherNames?: string;
  @Optional() @IsDay() birthDate?: string;
  @Optional() @IsString() @MaxLength(100) identityNumber?: string;
  @IsArray() @ArrayMaxSize(5) @IsISO31661Alpha2({ each: true }) citizenships!: string[];
  @IsArray() @ArrayMaxSize(10) @IsIn(languages, { each: true }) languages!: Language[];
}

export class RecordContact {
  @Optional() @IsString() @Matches(/^\+?[1-9]\d{1,14}$/) phone?: string;
  @Optional() @IsEmail() @MaxLength(200) email?: string;
  @Optional() @IsString() @MaxLength(1000) safeWayToReach?: string;
}

// Rules

type Needs = { intake: Intake; closure: Closure; consents: Consents };

/** A name is asked for only with consent to the interview, or where a vital interest is on record. */
export const recordIdentity: Rule<Needs, RecordIdentity, IdentityFact> = (state, request, { at }) => {
  requireInterview(state, at);
  const { givenName, familyName, otherNames, birthDate, identityNumber, citizenships, languages } = request;
  if (birthDate !== undefined) requirePast(state.intake, birthDate, at);
  const identity = { givenName, familyName, otherNames, birthDate, identityNumber };
  return [{ type: "IdentityRecorded", data: { citizenships, languages }, personal: { [state.intake.subject]: { identity } } }];
};

export const recordContact: Rule<Needs, RecordContact, IdentityFact> = (state, request, { at }) => {
  requireInterview(state, at);
  const { phone, email, safeWayToReach } = request;
  return [{ type: "ContactRecorded", data: {}, personal: { [state.intake.subject]: { contact: { phone, email, safeWayToReach } } } }];
};

const requireInterview = ({ closure, consents }: Needs, at: string): void => {
  require(closure.status !== "Closed", "CaseNotOpen");
  require(mayInterview(consents, at), "InterviewNotPermitted");
};
