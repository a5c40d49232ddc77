import { ArrayMaxSize, ArrayNotEmpty, IsArray, IsBoolean, IsIn, IsString, IsUUID, Matches, MaxLength } from "class-validator";
import { Personal } from "#access/personal.js";
import { require, slice, type Instant, type Rule } from "#kernel/kernel.js";
import { isChildAt, type Intake } from "../intake/intake.js";
import type { Closure } from "../closure/closure.js";
import { Optional } from "#platform/optional.js";
import { IsInstant, utc } from "#platform/time.js";
import {
  dataClasses,
  evidences,
  givers,
  languages,
  purposes,
  type DataClass,
  type Evidence,
  type Giver,
  type Language,
  type Purpose,
} from "../vocabulary.js";
import type { EmergencyFact } from "./emergency.js";

// Facts

type Reason = Record<string, { narrative: { reason: string } }> | undefined;
export type ConsentFact =
  | {
      type: "ConsentGiven";
      data: Scope & {
        consentId: string;
        givenBy: Giver;
        childAssents?: boolean | undefined;
        language?: Language | undefined;
        evidence: Evidence;
        evidenceHash?: string | undefined;
      };
    }
  | { type: "ConsentRefused"; data: { purpose: Purpose; refusedBy: Giver } }
  | { type: "ConsentNarrowed"; data: { consentId: string; recipients: string[]; dataClasses: DataClass[]; expiresAt: Instant } }
  | { type: "ConsentWithdrawn"; data: { consentId: string }; personal?: Reason }
  | EmergencyFact;

/** What is allowed, to whom, for what, until when: never "everything", never for ever. */
export interface Scope {
  purpose: Purpose;
  /** Organisations. */
  recipients: string[];
  dataClasses: DataClass[];
  expiresAt: Instant;
}

// State

export interface Consent extends Readonly<Scope> {
  readonly id: string;
}
export interface Consents {
  /** Given and not withdrawn; whether one has expired depends on when it is asked. */
  readonly standing: readonly Consent[];
  /** Until when a recorded vital interest allows what consent would; null: none. */
  readonly emergencyUntil: Instant | null;
}
export const consents = slice<ConsentFact>()<Consents>(
  { standing: [], emergencyUntil: null },
  {
    ConsentGiven: (state, { consentId, purpose, recipients, dataClasses, expiresAt }) => ({
      ...state,
      standing: [...state.standing, { id: consentId, purpose, recipients, dataClasses, expiresAt }],
    }),
    ConsentRefused: (state) => state,
    ConsentNarrowed: (state, { consentId, recipients, dataClasses, expiresAt }) => ({
      ...state,
      standing: state.standing.map((consent) => (consent.id === consentId ? { ...consent, recipients, dataClasses, expiresAt } : consent)),
    }),
    ConsentWithdrawn: (state, { consentId }) => ({ ...state, standing: state.standing.filter(({ id }) => id !== consentId) }),
    EmergencyProcessingInvoked: (state, { reviewBy }) => ({ ...state, emergencyUntil: reviewBy }),
  },
);

// Requests

export class GiveConsent {
  @IsIn(purposes) purpose!: Purpose;
  @IsArray() @ArrayNotEmpty() @ArrayMaxSize(20) @IsUUID("all", { each: true }) recipients!: string[];
  @IsArray() @ArrayNotEmpty() @ArrayMaxSize(20) @IsIn(dataClasses, { each: true }) dataClasses!: DataClass[];
  @IsInstant() expiresAt!: Instant;
  @IsIn(givers) givenBy!: Giver;
  @Optional() @IsBoolean() childAssents?: boolean;
  @Optional() @IsIn(languages) language?: Language;
  @IsIn(evidences) evidence!: Evidence;
  @Optional() @IsString() @Matches(/^[0-9a-f]{64}$/) evidenceHash?: string;
}
export class RefuseConsent {
  @IsIn(purposes) purpose!: Purpose;
  @IsIn(givers) refusedBy!: Giver;
}
export class NarrowConsent {
  @IsUUID() consentId!: string;
  @IsArray() @ArrayNotEmpty() @ArrayMaxSize(20) @IsUUID("all", { each: true }) recipients!: string[];
  @IsArray() @ArrayNotEmpty() @ArrayMaxSize(20) @IsIn(dataClasses, { each: true }) dataClasses!: DataClass[];
  @IsInstant() expiresAt!: Instant;
}
export class WithdrawConsent {
  @IsUUID() consentId!: string;
  @Optional() @Personal("narrative") @IsString() @MaxLength(2000) reason?: string;
}

// Rules

/** A child's consent is given by a guardian or a social welfare officer, and only with the child's own assent. */
export const giveConsent: Rule<{ intake: Intake; closure: Closure }, GiveConsent, ConsentFact> = (
  { intake, closure },
  request,
  { at, newId },
) => {
  require(closure.status !== "Closed", "CaseNotOpen");
  const expiresAt = utc(request.expiresAt);
  require(expiresAt > at, "ConsentAlreadyExpired");
  if (isChildAt(intake, at)) {
    require(request.givenBy !== "self", "ChildCannotConsentAlone");
    require(request.childAssents, "ChildHasNotAssented");
  }
  const { purpose, recipients, dataClasses, givenBy, childAssents, language, evidence, evidenceHash } = request;
  const scope = { purpose, recipients, dataClasses, expiresAt };
  return [{ type: "ConsentGiven", data: { consentId: newId(), ...scope, givenBy, childAssents, language, evidence, evidenceHash } }];
};

/** A "no" is a fact as good as a "yes": nobody asks again as if nothing had been said. */
export const refuseConsent: Rule<{ closure: Closure }, RefuseConsent, ConsentFact> = ({ closure }, { purpose, refusedBy }) => {
  require(closure.status !== "Closed", "CaseNotOpen");
  return [{ type: "ConsentRefused", data: { purpose, refusedBy } }];
};

/** Only ever to less. More is a new consent, asked for anew. */
export const narrowConsent: Rule<{ consents: Consents }, NarrowConsent, ConsentFact> = ({ consents }, request) => {
  const { consentId, recipients, dataClasses } = request;
  const expiresAt = utc(request.expiresAt);
  const before = consents.standing.find(({ id }) => id === consentId);
  require(before, "ConsentNotStanding");
  const within = <T>(inner: readonly T[], outer: readonly T[]) => inner.every((each) => outer.includes(each));
  require(within(recipients, before.recipients) && within(dataClasses, before.dataClasses) && expiresAt <= before.expiresAt, "NotNarrower");
  const same = within(before.recipients, recipients) && within(before.dataClasses, dataClasses) && expiresAt === before.expiresAt;
  return same ? [] : [{ type: "ConsentNarrowed", data: { consentId, recipients, dataClasses, expiresAt } }];
};

/** Always possible, at once, without giving a reason; also when the case is closed. */
export const withdrawConsent: Rule<{ intake: Intake; consents: Consents }, WithdrawConsent, ConsentFact> = (
  { intake, consents },
  { consentId, reason },
) => {
  if (!consents.standing.some(({ id }) => id === consentId)) return [];
  return [
    { type: "ConsentWithdrawn", data: { consentId }, personal: reason ? { [intake.subject]: { narrative: { reason } } } : undefined },
  ];
};

// Asked by every rule that would use or share personal data

/** Does a consent that stands now cover this use? */
export const covers = ({ standing }: Consents, use: { purpose: Purpose; recipient: string; dataClass: DataClass }, at: Instant): boolean =>
  standing.some(
    ({ purpose, recipients, dataClasses, expiresAt }) =>
      purpose === use.purpose && recipients.includes(use.recipient) && dataClasses.includes(use.dataClass) && expiresAt > at,
  );

/** No interview data without consent to the interview or a recorded lawful basis. */
export const mayInterview = ({ standing, emergencyUntil }: Consents, at: Instant): boolean =>
  (emergencyUntil !== null && emergencyUntil > at) || standing.some(({ purpose, expiresAt }) => purpose === "Interview" && expiresAt > at);
