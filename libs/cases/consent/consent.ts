import { ArrayMaxSize, ArrayNotEmpty, IsArray, IsBoolean, IsIn, IsString, Matches, MaxLength } from "class-validator";
import { IsId } from "#platform/values/ids.js";
import { Personal } from "#access/personal.js";
import { Described } from "#kernel/described.js";
import { earlier, inserted, isDuring } from "#kernel/in-time.js";
import { require, requireNotBefore, slice, type Instant, type Rule, type Times } from "#kernel/kernel.js";
import { Refuses } from "#kernel/refusals.js";
import { isChildAt } from "../intake/age.js";
import type { Intake } from "../intake/intake.js";
import { requireOpen, type Openness } from "../open.js";
import { Optional } from "#platform/values/optional.js";
import { IsInstant, utc } from "#platform/values/time.js";
import { languages, type Language } from "#vocabulary/languages.js";
import { dataClasses, evidences, givers, purposes, type DataClass, type Evidence, type Giver, type Purpose } from "../vocabulary.js";
import { namedByReview, type EmergencyFact, type EmergencyProcessing } from "./emergency.js";

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
  | { type: "ConsentExpired"; data: { consentId: string } }
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

/** One consent, through time: given, made less, withdrawn. It is kept when it has ended, so that "did it stand then?" can be asked. */
export interface Consent {
  readonly id: string;
  readonly purpose: Purpose;
  readonly givenAt: Instant;
  readonly withdrawnAt: Instant | null;
  /** It is on record that its time has run out. It covers nothing after `expiresAt` in any case. */
  readonly expired: boolean;
  /** What was said of its scope, in order of time, from the giving on. */
  readonly said: readonly SaidScope[];
}
export interface SaidScope extends Omit<Scope, "purpose"> {
  readonly at: Instant;
}
export interface Consents {
  readonly given: readonly Consent[];
  readonly emergencies: readonly EmergencyProcessing[];
}
/** The first version kept recipients as they were written. */
const inLowerCase = (data: { recipients: string[] }) => ({ ...data, recipients: data.recipients.map((each) => each.toLowerCase()) });

export const consents = slice<ConsentFact>()<Consents>(
  { given: [], emergencies: [] },
  {
    ConsentGiven: (state, { consentId, purpose, recipients, dataClasses, expiresAt }, { at }) => ({
      ...state,
      given: [
        ...state.given,
        { id: consentId, purpose, givenAt: at, withdrawnAt: null, expired: false, said: [{ at, recipients, dataClasses, expiresAt }] },
      ],
    }),
    ConsentRefused: (state) => state,
    ConsentNarrowed: (state, { consentId, recipients, dataClasses, expiresAt }, { at }) =>
      changed(state, consentId, (consent) => ({ ...consent, said: inserted(consent.said, { at, recipients, dataClasses, expiresAt }) })),
    ConsentWithdrawn: (state, { consentId }, { at }) =>
      changed(state, consentId, (consent) => ({ ...consent, withdrawnAt: earlier(consent.withdrawnAt, at) })),
    ConsentExpired: (state, { consentId }) => changed(state, consentId, (consent) => ({ ...consent, expired: true })),
    EmergencyProcessingInvoked: (state, { emergency, authorisedBy, reviewBy }, { at, by }) => ({
      ...state,
      emergencies: [
        ...state.emergencies,
        { id: emergency, from: at, until: reviewBy, by: by.id, authorisedBy, finding: null, overdue: false },
      ],
    }),
    EmergencyProcessingReviewed: (state, { emergency, finding }, { at }) =>
      reviewed(state, emergency, (each) => ({
        ...each,
        finding,
        overdue: false,
        until: finding === "NotJustified" ? earlier(each.until, at)! : each.until,
      })),
    EmergencyProcessingReviewOverdue: (state, { emergency }) => reviewed(state, emergency, (each) => ({ ...each, overdue: true })),
  },
  { ConsentGiven: [inLowerCase], ConsentNarrowed: [inLowerCase], EmergencyProcessingInvoked: [namedByReview] },
);

const changed = (state: Consents, consentId: string, change: (consent: Consent) => Consent): Consents => ({
  ...state,
  given: state.given.map((each) => (each.id === consentId ? change(each) : each)),
});

const reviewed = (state: Consents, id: string, change: (each: EmergencyProcessing) => EmergencyProcessing): Consents => ({
  ...state,
  emergencies: state.emergencies.map((each) => (each.id === id ? change(each) : each)),
});

// Requests

@Refuses("CaseNotOpen", "ChildCannotConsentAlone", "ChildHasNotAssented", "ConsentAlreadyExpired")
export class GiveConsent {
  @Described("What for") @IsIn(purposes) purpose!: Purpose;
  @Described("The organisations that may be told")
  @IsArray()
  @ArrayNotEmpty()
  @ArrayMaxSize(20)
  @IsId({ each: true })
  recipients!: string[];
  @Described("What they may be told")
  @IsArray()
  @ArrayNotEmpty()
  @ArrayMaxSize(20)
  @IsIn(dataClasses, { each: true })
  dataClasses!: DataClass[];
  @Described("Until when: never for ever") @IsInstant() expiresAt!: Instant;
  @Described("By whom it was given") @IsIn(givers) givenBy!: Giver;
  @Described("A child has agreed herself, beside whoever consents for her") @Optional() @IsBoolean() childAssents?: boolean;
  @Described("In which it was explained") @Optional() @IsIn(languages) language?: Language;
  @Described("How it is proven") @IsIn(evidences) evidence!: Evidence;
  @Described("SHA-256 of the paper or the recording, in 64 hexadecimal digits")
  @Optional()
  @IsString()
  @Matches(/^[0-9a-f]{64}$/, { message: "$property must be a SHA-256 in 64 hexadecimal digits" })
  evidenceHash?: string;
}
@Refuses("CaseNotOpen")
export class RefuseConsent {
  @Described("What for") @IsIn(purposes) purpose!: Purpose;
  @Described("Who said no") @IsIn(givers) refusedBy!: Giver;
}
@Refuses("ConsentNotStanding", "ConsentUnknown", "NotNarrower")
export class NarrowConsent {
  @Described("Which one") @IsId() consentId!: string;
  @Described("The organisations that may still be told")
  @IsArray()
  @ArrayNotEmpty()
  @ArrayMaxSize(20)
  @IsId({ each: true })
  recipients!: string[];
  @Described("What they may still be told")
  @IsArray()
  @ArrayNotEmpty()
  @ArrayMaxSize(20)
  @IsIn(dataClasses, { each: true })
  dataClasses!: DataClass[];
  @Described("Until when it still stands") @IsInstant() expiresAt!: Instant;
}
@Refuses("ConsentUnknown")
export class WithdrawConsent {
  @Described("Which one") @IsId() consentId!: string;
  @Optional() @Personal("narrative") @IsString() @MaxLength(2000) reason?: string;
}

// Rules

/** A child's consent is given by a guardian or a social welfare officer, and only with the child's own assent. */
export const giveConsent: Rule<{ intake: Intake; closure: Openness }, GiveConsent, ConsentFact> = (
  { intake, closure },
  request,
  { newId, ...times },
) => {
  requireOpen(closure, times.at);
  const expiresAt = utc(request.expiresAt);
  require(expiresAt > times.at, "ConsentAlreadyExpired");
  if (isChildAt(intake, times)) {
    require(request.givenBy !== "self", "ChildCannotConsentAlone");
    require(request.childAssents, "ChildHasNotAssented");
  }
  const { purpose, recipients, dataClasses, givenBy, childAssents, language, evidence, evidenceHash } = request;
  const scope = { purpose, recipients, dataClasses, expiresAt };
  return [{ type: "ConsentGiven", data: { consentId: newId(), ...scope, givenBy, childAssents, language, evidence, evidenceHash } }];
};

/** A "no" is a fact as good as a "yes": nobody asks again as if nothing had been said. */
export const refuseConsent: Rule<{ closure: Openness }, RefuseConsent, ConsentFact> = ({ closure }, { purpose, refusedBy }, { at }) => {
  requireOpen(closure, at);
  return [{ type: "ConsentRefused", data: { purpose, refusedBy } }];
};

/** Only ever to less. More is a new consent, asked for anew. */
export const narrowConsent: Rule<{ consents: Consents }, NarrowConsent, ConsentFact> = ({ consents }, request, { at }) => {
  const { consentId, recipients, dataClasses } = request;
  const expiresAt = utc(request.expiresAt);
  const consent = consents.given.find(({ id }) => id === consentId);
  require(consent, "ConsentUnknown");
  requireNotBefore(at, consent.givenAt);
  require(consent.withdrawnAt === null || at < consent.withdrawnAt, "ConsentNotStanding");
  const before = scopeAt(consent, at);
  const within = <T>(inner: readonly T[], outer: readonly T[]) => inner.every((each) => outer.includes(each));
  require(within(recipients, before.recipients) && within(dataClasses, before.dataClasses) && expiresAt <= before.expiresAt, "NotNarrower");
  const same = within(before.recipients, recipients) && within(before.dataClasses, dataClasses) && expiresAt === before.expiresAt;
  return same ? [] : [{ type: "ConsentNarrowed", data: { consentId, recipients, dataClasses, expiresAt } }];
};

/** Always possible, at once, without giving a reason; also when the case is closed. Of two times at which she said so, the earlier counts. */
export const withdrawConsent: Rule<{ intake: Intake; consents: Consents }, WithdrawConsent, ConsentFact> = (
  { intake, consents },
  { consentId, reason },
  { at },
) => {
  const consent = consents.given.find(({ id }) => id === consentId);
  require(consent, "ConsentUnknown");
  if (consent.withdrawnAt !== null && consent.withdrawnAt <= at) return [];
  requireNotBefore(at, consent.givenAt);
  return [
    { type: "ConsentWithdrawn", data: { consentId }, personal: reason ? { [intake.subject]: { narrative: { reason } } } : undefined },
  ];
};

/** Its time has run out: on record, so that whoever works with it learns of it and asks her anew, or not at all. */
export const expireConsent: Rule<{ consents: Consents }, { consentId: string }, ConsentFact> = ({ consents }, { consentId }, { at }) => {
  const consent = consents.given.find(({ id }) => id === consentId);
  require(consent, "ConsentUnknown");
  if (consent.expired || (consent.withdrawnAt !== null && consent.withdrawnAt <= at)) return [];
  require(scopeOf(consent.said).expiresAt <= at, "ConsentNotExpired");
  return [{ type: "ConsentExpired", data: { consentId } }];
};

// Asked by every rule that would use or share personal data

/** What all that she has said of a consent so far leaves of it: a no of hers, told late, takes from what she allowed later as well. */
export const scopeOf = (said: readonly SaidScope[]): Omit<SaidScope, "at"> => {
  const [first, ...less] = said;
  return less.reduce<Omit<SaidScope, "at">>(
    (scope, { recipients, dataClasses, expiresAt }) => ({
      recipients: scope.recipients.filter((each) => recipients.includes(each)),
      dataClasses: scope.dataClasses.filter((each) => dataClasses.includes(each)),
      expiresAt: earlier(scope.expiresAt, expiresAt)!,
    }),
    { recipients: first!.recipients, dataClasses: first!.dataClasses, expiresAt: first!.expiresAt },
  );
};

const scopeAt = ({ said }: Consent, moment: Instant) => scopeOf(said.filter(({ at }) => at <= moment));

/** The consents that stood at a moment, each with its scope then. */
export const standingConsents = ({ given }: Consents, moment: Instant): readonly (Scope & { readonly id: string })[] =>
  given
    .filter(({ givenAt, withdrawnAt }) => isDuring({ from: givenAt, until: withdrawnAt }, moment))
    .map((consent) => ({ id: consent.id, purpose: consent.purpose, ...scopeAt(consent, moment) }))
    .filter(({ expiresAt }) => expiresAt > moment);

/** Did a consent that stood at that moment cover this use? Whoever is about to use or share asks of now. */
export const covers = (consents: Consents, use: { purpose: Purpose; recipient: string; dataClass: DataClass }, moment: Instant): boolean =>
  standingConsents(consents, moment).some(
    ({ purpose, recipients, dataClasses }) =>
      purpose === use.purpose && recipients.includes(use.recipient) && dataClasses.includes(use.dataClass),
  );

/** No interview without consent to it or a recorded lawful basis. */
export const mayInterview = (consents: Consents, moment: Instant): boolean =>
  consents.emergencies.some((each) => isDuring(each, moment)) ||
  standingConsents(consents, moment).some(({ purpose }) => purpose === "Interview");

/** She was asked with her consent, and what she said is stored while she still allows it. */
export const requireInterview = (consents: Consents, { at, now }: Times): void =>
  require(mayInterview(consents, at) && mayInterview(consents, now), "InterviewNotPermitted");
