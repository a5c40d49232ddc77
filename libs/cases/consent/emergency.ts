import { IsIn, IsString, Matches } from "class-validator";
import { IsId } from "#platform/values/ids.js";
import { Described } from "#kernel/described.js";
import { earlier } from "#kernel/in-time.js";
import { require, requireNotBefore, type Instant, type Rule } from "#kernel/kernel.js";
import { Refuses } from "#kernel/refusals.js";
import { requireOpen, type Openness } from "../open.js";
import { IsInstant, utc } from "#platform/values/time.js";
import { emergencyFindings, vitalInterests, type EmergencyFinding, type VitalInterest } from "../vocabulary.js";
import type { EmergencyFact, EmergencyProcessing } from "./emergencies.js";

// Requests

@Refuses("AuthorisedByOneself", "CaseNotOpen", "EmergencyNotJustified", "ReviewAlreadyDue", "ReviewTooLate")
export class InvokeEmergencyProcessing {
  @Described("What is at stake") @IsIn(vitalInterests) vitalInterest!: VitalInterest;
  @Described("The id of whoever is to authorise it, by a request of her own within 24 hours") @IsId() authorisedBy!: string;
  @Described("When it is to be reviewed, 72 hours from now at most; it allows nothing from then on") @IsInstant() reviewBy!: Instant;
}
@Refuses("AlreadyReviewed", "EmergencyUnknown", "OwnEmergency")
export class ReviewEmergencyProcessing {
  @Described("Which one") @IsString() @Matches(/^[\w:.-]{1,40}$/, { message: "$property must be what names it" }) emergency!: string;
  @Described("What the review found") @IsIn(emergencyFindings) finding!: EmergencyFinding;
}

// Rules

const hour = 3_600_000;
const reviewHours = 72;
const confirmationHours = 24;

type Known = { consents: { emergencies: readonly EmergencyProcessing[] } };

/**
 * An emergency is no override: whoever authorises it is another than who asks, and there is no second one before the first was found justified
 * (section 7b of the domain reference, 20). Whoever authorises it says so herself, within 24 hours from now. To be reviewed within 72 hours from
 * now, however late it is told; after that, consent or nothing.
 */
export const invokeEmergencyProcessing: Rule<Known & { closure: Openness }, InvokeEmergencyProcessing, EmergencyFact> = (
  { closure, consents: { emergencies } },
  request,
  { actor, at, now, newId },
) => {
  requireOpen(closure, at, now);
  const { vitalInterest, authorisedBy } = request;
  require(authorisedBy !== actor.id, "AuthorisedByOneself");
  require(emergencies.every(({ finding }) => finding === "Justified"), "EmergencyNotJustified");
  const reviewBy = utc(request.reviewBy);
  require(reviewBy > now, "ReviewAlreadyDue");
  require(Date.parse(reviewBy) - Date.parse(now) <= reviewHours * hour, "ReviewTooLate", { hours: reviewHours });
  const confirmBy = earlier(reviewBy, new Date(Date.parse(now) + confirmationHours * hour).toISOString());
  return [{ type: "EmergencyProcessingInvoked", data: { emergency: newId(), vitalInterest, authorisedBy, reviewBy, confirmBy } }];
};

/**
 * Reviewed once, by neither of those who let it happen (numbered requirement 4: each with a reviewer and a deadline). What was not justified
 * allows nothing from then on.
 */
export const reviewEmergencyProcessing: Rule<Known, ReviewEmergencyProcessing, EmergencyFact> = (
  { consents: { emergencies } },
  { emergency, finding },
  { actor, at },
) => {
  const found = emergencies.find(({ id }) => id === emergency);
  require(found, "EmergencyUnknown");
  requireNotBefore(at, found.from);
  require(found.by !== actor.id && found.authorisedBy !== actor.id, "OwnEmergency");
  if (found.finding === finding) return [];
  require(found.finding === null, "AlreadyReviewed");
  return [{ type: "EmergencyProcessingReviewed", data: { emergency, finding } }];
};

/** What nobody has reviewed by the time that was set. */
export const noteEmergencyReviewOverdue: Rule<Known, { emergency: string }, EmergencyFact> = (
  { consents: { emergencies } },
  { emergency },
) => {
  const found = emergencies.find(({ id }) => id === emergency);
  return found && found.finding === null && !found.overdue ? [{ type: "EmergencyProcessingReviewOverdue", data: { emergency } }] : [];
};
