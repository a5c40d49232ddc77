import { ArrayMaxSize, ArrayNotEmpty, IsArray, IsBoolean, IsIn, IsString, Matches, MaxLength } from "class-validator";
import { IsId } from "#platform/values/ids.js";
import { Personal } from "#access/personal.js";
import { Described } from "#kernel/described.js";
import { require, requireNotBefore, type Instant, type Rule } from "#kernel/kernel.js";
import { Refuses } from "#kernel/refusals.js";
import { isChildAt } from "../intake/age.js";
import type { Intake } from "../intake/intake.js";
import { requireOpen, type Openness } from "../open.js";
import { Optional } from "#platform/values/optional.js";
import { IsInstant, utc } from "#platform/values/time.js";
import { requireNoReflection, type Reflection } from "../reflection/reflection.js";
import { serviceGroups as groups, type ServiceGroup } from "../services/vocabulary.js";
import { languages, type Language } from "#vocabulary/languages.js";
import { dataClasses, evidences, givers, purposes, type DataClass, type Evidence, type Giver, type Purpose } from "../vocabulary.js";
import { scopeAt, scopeOf, type ConsentFact, type Consents, type SaidScope } from "./consents.js";

// Requests

@Refuses(
  ...["AdultConsentsHerself", "CaseNotOpen", "ChildCannotConsentAlone", "ChildHasNotAssented", "ConsentAlreadyExpired"],
  ...["ReflectionPeriodRuns", "SaidNoSince", "ServiceGroupsMissing", "ServiceGroupsOutOfPlace"],
)
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
  @Described("To which help, where it is a consent to be helped")
  @Optional()
  @IsArray()
  @ArrayMaxSize(20)
  @IsIn(groups, { each: true })
  serviceGroups?: ServiceGroup[];
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
  @Described("To which help still, where it is a consent to be helped; not said: as before")
  @Optional()
  @IsArray()
  @ArrayMaxSize(20)
  @IsIn(groups, { each: true })
  serviceGroups?: ServiceGroup[];
  @Described("Until when it still stands") @IsInstant() expiresAt!: Instant;
}
@Refuses("ConsentUnknown")
export class WithdrawConsent {
  @Described("Which one") @IsId() consentId!: string;
  @Optional() @Personal("narrative") @IsString() @MaxLength(2000) reason?: string;
}

// Rules

/** Has she taken back a yes to this, or said no to it, after a moment? A yes that is told late brings back nothing of it. */
const hasSaidNoAfter = ({ given, refused }: Consents, purpose: Purpose, moment: Instant): boolean =>
  given.some((each) => each.purpose === purpose && each.withdrawnAt !== null && each.withdrawnAt > moment) ||
  refused.some((each) => each.purpose === purpose && each.by === "self" && each.at > moment);

type GivingNeeds = { intake: Intake; closure: Openness; reflection: Reflection; consents: Consents };

/**
 * A child's consent is given by a guardian or a social welfare officer, and only with the child's own assent; nobody consents for an
 * adult. Whoever recovers and reflects is not asked to share anything with the police.
 */
export const giveConsent: Rule<GivingNeeds, GiveConsent, ConsentFact> = (
  { intake, closure, reflection, consents },
  request,
  { newId, ...times },
) => {
  requireOpen(closure, times.at);
  if (request.purpose === "ShareWithLawEnforcement") requireNoReflection(reflection, times);
  const expiresAt = utc(request.expiresAt);
  require(expiresAt > times.at, "ConsentAlreadyExpired");
  require(!hasSaidNoAfter(consents, request.purpose, times.at), "SaidNoSince");
  if (isChildAt(intake, times)) {
    require(request.givenBy !== "self", "ChildCannotConsentAlone");
    require(request.childAssents, "ChildHasNotAssented");
  } else require(request.givenBy === "self", "AdultConsentsHerself");
  const { purpose, recipients, dataClasses, serviceGroups, givenBy, childAssents, language, evidence, evidenceHash } = request;
  if (purpose === "ServiceDelivery") require(serviceGroups && serviceGroups.length > 0, "ServiceGroupsMissing");
  else require(!serviceGroups || serviceGroups.length === 0, "ServiceGroupsOutOfPlace");
  const scope = { purpose, recipients, dataClasses, ...(purpose === "ServiceDelivery" && { serviceGroups }), expiresAt };
  return [{ type: "ConsentGiven", data: { consentId: newId(), ...scope, givenBy, childAssents, language, evidence, evidenceHash } }];
};

/** A "no" is a fact as good as a "yes": nobody asks again as if nothing had been said. */
export const refuseConsent: Rule<{ closure: Openness }, RefuseConsent, ConsentFact> = ({ closure }, { purpose, refusedBy }, { at }) => {
  requireOpen(closure, at);
  return [{ type: "ConsentRefused", data: { purpose, refusedBy } }];
};

type Listed = Pick<SaidScope, "recipients" | "dataClasses" | "serviceGroups">;

/** Only ever to less, and while it stands. More, or one whose time has run out, is a new consent, asked for anew. */
export const narrowConsent: Rule<{ consents: Consents }, NarrowConsent, ConsentFact> = ({ consents }, request, { at }) => {
  const { consentId, recipients, dataClasses } = request;
  const expiresAt = utc(request.expiresAt);
  const consent = consents.given.find(({ id }) => id === consentId);
  require(consent, "ConsentUnknown");
  requireNotBefore(at, consent.givenAt);
  require(consent.withdrawnAt === null || at < consent.withdrawnAt, "ConsentNotStanding");
  const before = scopeAt(consent, at);
  require(at < before.expiresAt, "ConsentNotStanding");
  const serviceGroups = request.serviceGroups ?? [...before.serviceGroups];
  const within = <T>(inner: readonly T[], outer: readonly T[]) => inner.every((each) => outer.includes(each));
  const scope = { recipients, dataClasses, serviceGroups };
  const isWithin = (inner: Listed, outer: Listed) =>
    within(inner.recipients, outer.recipients) &&
    within(inner.dataClasses, outer.dataClasses) &&
    within(inner.serviceGroups, outer.serviceGroups);
  require(isWithin(scope, before) && expiresAt <= before.expiresAt, "NotNarrower");
  if (isWithin(before, scope) && expiresAt === before.expiresAt) return [];
  const forServices = consent.purpose === "ServiceDelivery" && { serviceGroups };
  return [{ type: "ConsentNarrowed", data: { consentId, recipients, dataClasses, ...forServices, expiresAt } }];
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
