import { IsIn } from "class-validator";
import { IsId } from "#platform/values/ids.js";
import { require, type Instant, type Rule } from "#kernel/kernel.js";
import { requireOpen, type Openness } from "../open.js";
import { IsInstant, utc } from "#platform/values/time.js";
import { vitalInterests, type VitalInterest } from "../vocabulary.js";

// Fact

/** A lawful basis other than consent: never a general override, always with a reviewer and a deadline. */
export type EmergencyFact = {
  type: "EmergencyProcessingInvoked";
  data: { vitalInterest: VitalInterest; authorisedBy: string; reviewBy: Instant };
};

// Request

export class InvokeEmergencyProcessing {
  @IsIn(vitalInterests) vitalInterest!: VitalInterest;
  @IsId() authorisedBy!: string;
  @IsInstant() reviewBy!: Instant;
}

// Rule

const longestMilliseconds = 72 * 3_600_000;

/** To be reviewed within 72 hours from now, however late it is told; after that, consent or nothing. */
export const invokeEmergencyProcessing: Rule<{ closure: Openness }, InvokeEmergencyProcessing, EmergencyFact> = (
  { closure },
  request,
  { at, now },
) => {
  requireOpen(closure, at, now);
  const { vitalInterest, authorisedBy } = request;
  const reviewBy = utc(request.reviewBy);
  require(reviewBy > now, "ReviewAlreadyDue");
  require(Date.parse(reviewBy) - Date.parse(now) <= longestMilliseconds, "ReviewTooLate", { hours: 72 });
  return [{ type: "EmergencyProcessingInvoked", data: { vitalInterest, authorisedBy, reviewBy } }];
};
