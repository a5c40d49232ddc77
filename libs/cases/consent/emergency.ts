import { IsIn, IsString, Matches } from "class-validator";
import { IsId } from "#platform/values/ids.js";
import { Described } from "#kernel/described.js";
import { require, requireNotBefore, type Instant, type Rule } from "#kernel/kernel.js";
import { Refuses } from "#kernel/refusals.js";
import { requireOpen, type Openness } from "../open.js";
import { IsInstant, utc } from "#platform/values/time.js";
import { emergencyFindings, vitalInterests, type EmergencyFinding, type VitalInterest } from "../vocabulary.js";

// Facts

/** A lawful basis other than consent: never a general override, always with a reviewer and a deadline. */
export type EmergencyFact =
  | {
      type: "EmergencyProcessingInvoked";
      data: { emergency: string; vitalInterest: VitalInterest; authorisedBy: string; reviewBy: Instant };
    }
  | { type: "EmergencyProcessingReviewed"; data: { emergency: string; finding: EmergencyFinding } }
  /** Nobody has reviewed it in time. */
  | { type: "EmergencyProcessingReviewOverdue"; data: { emergency: string } };

/** Those of the first version have no id. Within a case they are known by when they were to be reviewed. */
export const namedByReview = (data: { reviewBy: Instant }) => ({ ...data, emergency: data.reviewBy });

// State

/** When a recorded vital interest allows what consent would: from then on, until its review. */
export interface EmergencyProcessing {
  readonly id: string;
  readonly from: Instant;
  /** When it ends: at the latest when it is to be reviewed. */
  readonly until: Instant;
  readonly by: string;
  readonly authorisedBy: string;
  readonly finding: EmergencyFinding | null;
  readonly overdue: boolean;
}

// Requests

@Refuses("AuthorisedByOneself", "CaseNotOpen", "EmergencyNotJustified", "ReviewAlreadyDue", "ReviewTooLate")
export class InvokeEmergencyProcessing {
  @Described("What is at stake") @IsIn(vitalInterests) vitalInterest!: VitalInterest;
  @Described("The id of whoever authorised it") @IsId() authorisedBy!: string;
  @Described("When it is to be reviewed, 72 hours from now at most; it allows nothing from then on") @IsInstant() reviewBy!: Instant;
}
@Refuses("AlreadyReviewed", "EmergencyUnknown", "OwnEmergency")
export class ReviewEmergencyProcessing {
  @Described("Which one") @IsString() @Matches(/^[\w:.-]{1,40}$/, { message: "$property must be what names it" }) emergency!: string;
  @Described("What the review found") @IsIn(emergencyFindings) finding!: EmergencyFinding;
}

// Rules

const longestMilliseconds = 72 * 3_600_000;

type Known = { consents: { emergencies: readonly EmergencyProcessing[] } };

/**
 * An emergency is no override: whoever authorises it is another than who asks, and there is no second one before the first was found justified
 * (section 7b of the domain reference, 20). To be reviewed within 72 hours from now, however late it is told; after that, consent or nothing.
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
  require(Date.parse(reviewBy) - Date.parse(now) <= longestMilliseconds, "ReviewTooLate", { hours: 72 });
  return [{ type: "EmergencyProcessingInvoked", data: { emergency: newId(), vitalInterest, authorisedBy, reviewBy } }];
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
