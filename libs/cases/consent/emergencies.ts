import { earlier, isDuring } from "#kernel/in-time.js";
import type { Instant } from "#kernel/kernel.js";
import type { EmergencyFinding, EmergencyRefusal, VitalInterest } from "../vocabulary.js";

// Facts

/** A lawful basis other than consent: never a general override, always with a reviewer and a deadline. */
export type EmergencyFact =
  | {
      type: "EmergencyProcessingInvoked";
      data: {
        emergency: string;
        vitalInterest: VitalInterest;
        authorisedBy: string;
        reviewBy: Instant;
        /** By when whoever is to authorise it says so herself; null: it was enough then that she was named. */
        confirmBy: Instant | null;
      };
    }
  /** By a request of her own. It allows nothing before that, except where a life is at stake. */
  | { type: "EmergencyProcessingConfirmed"; data: { emergency: string; confirmedAt: Instant } }
  | { type: "EmergencyProcessingRefused"; data: { emergency: string; reason: EmergencyRefusal } }
  /** Whoever was named has not confirmed it in time. */
  | { type: "EmergencyProcessingLapsed"; data: { emergency: string } }
  | { type: "EmergencyProcessingReviewed"; data: { emergency: string; finding: EmergencyFinding } }
  /** Nobody has reviewed it in time. */
  | { type: "EmergencyProcessingReviewOverdue"; data: { emergency: string } };

/** Those of the first version have no id. Within a case they are known by when they were to be reviewed. */
export const namedByReview = (data: { reviewBy: Instant }) => ({ ...data, emergency: data.reviewBy });
/** In those before, the requester alone said who had authorised it. They hold as they did. */
export const authorisedAsNamed = (data: object) => ({ ...data, confirmBy: null });

// State

/** A recorded vital interest, which may stand in for consent until its review. */
export interface EmergencyProcessing {
  readonly id: string;
  /** Since when it is on record. */
  readonly from: Instant;
  /** When it ends: at the latest when it is to be reviewed. */
  readonly until: Instant;
  readonly by: string;
  readonly authorisedBy: string;
  /** Since when it stands in for consent; null: whoever is to authorise it has not said so. */
  readonly holdsFrom: Instant | null;
  readonly confirmBy: Instant | null;
  /** What became of its confirmation; null: it waits for it, or needs none. */
  readonly confirmation: "Confirmed" | "Refused" | "Lapsed" | null;
  readonly finding: EmergencyFinding | null;
  readonly overdue: boolean;
}

/** What cannot wait until somebody else has said so. */
const atStake: readonly VitalInterest[] = ["ImmediateThreatToLife"];

export const invokedAt = (
  at: Instant,
  by: string,
  { emergency, vitalInterest, authorisedBy, reviewBy, confirmBy }: Extract<EmergencyFact, { type: "EmergencyProcessingInvoked" }>["data"],
): EmergencyProcessing => ({
  ...{ id: emergency, from: at, until: reviewBy, by, authorisedBy, confirmBy },
  holdsFrom: confirmBy === null || atStake.includes(vitalInterest) ? at : null,
  ...{ confirmation: null, finding: null, overdue: false },
});

/** Does it wait for whoever is to authorise it? */
export const awaitsConfirmation = ({ confirmBy, confirmation, finding }: EmergencyProcessing): boolean =>
  confirmBy !== null && confirmation === null && finding !== "NotJustified";

/** When it ends, whether or not it is on record that nobody has confirmed it. */
const endOf = (emergency: EmergencyProcessing): Instant =>
  awaitsConfirmation(emergency) ? earlier(emergency.until, emergency.confirmBy)! : emergency.until;

/**
 * Is a vital interest on record at that moment? It is what emergency care asks for: that waits for nobody but for her own no (section 7b of the
 * domain reference, 20).
 */
export const isOnRecord = (emergency: EmergencyProcessing, moment: Instant): boolean =>
  isDuring({ from: emergency.from, until: endOf(emergency) }, moment);

/** Does it stand in for her consent to her data being kept and used at that moment? */
export const standsInForConsent = (emergency: EmergencyProcessing, moment: Instant): boolean =>
  emergency.holdsFrom !== null && emergency.holdsFrom <= moment && isOnRecord(emergency, moment);
