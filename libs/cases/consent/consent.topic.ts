import { may } from "#access/decide.js";
import { change } from "#api/changes/changes.js";
import { list } from "#api/reads/reads.js";
import { topic } from "#topics/topic.js";
import { cases } from "../cases.js";
import { consents } from "./consents.js";
import {
  GiveConsent,
  giveConsent,
  NarrowConsent,
  narrowConsent,
  RefuseConsent,
  refuseConsent,
  WithdrawConsent,
  withdrawConsent,
} from "./consent.js";
import { caseView } from "../intake/case.view.js";
import { consentView } from "./consent.view.js";
import { emergencyProcessingArea } from "./areas.js";
import {
  ConfirmEmergencyProcessing,
  confirmEmergencyProcessing,
  RefuseEmergencyProcessing,
  refuseEmergencyProcessing,
} from "./emergency-confirmation.js";
import { emergencyConfirmation } from "./emergency-confirmation.policy.js";
import { emergencyReview } from "./emergency-review.policy.js";
import { InvokeEmergencyProcessing, invokeEmergencyProcessing, ReviewEmergencyProcessing, reviewEmergencyProcessing } from "./emergency.js";
import { emergencyProcessingView } from "./emergency.view.js";
import { consentExpiry } from "./expiry.policy.js";
import { consentVocabularies } from "./labels.js";
import { caseWithdrawalsView } from "./withdrawals.view.js";

/** Each change: `POST /v1/cases/{id}/give-consent`, its OpenAPI, `mutation giveConsent(id, input)`. */
export const consentTopic = topic(cases, consents, {
  state: "consent",
  facts: {
    ConsentGiven: "consent",
    ConsentRefused: "consent",
    ConsentNarrowed: "consent",
    ConsentWithdrawn: "consent",
    ConsentExpired: "consent",
    EmergencyProcessingInvoked: "consent",
    EmergencyProcessingConfirmed: emergencyProcessingArea,
    EmergencyProcessingRefused: emergencyProcessingArea,
    EmergencyProcessingLapsed: emergencyProcessingArea,
    EmergencyProcessingReviewed: emergencyProcessingArea,
    EmergencyProcessingReviewOverdue: emergencyProcessingArea,
  },
  changes: {
    ConsentKeeping: [
      change(giveConsent, GiveConsent, may("write", "consent")),
      change(refuseConsent, RefuseConsent, may("write", "consent")),
      change(narrowConsent, NarrowConsent, may("write", "consent")),
      change(withdrawConsent, WithdrawConsent, may("write", "consent")),
      change(invokeEmergencyProcessing, InvokeEmergencyProcessing, may("write", "consent")),
    ],
    Safeguarding: [
      change(confirmEmergencyProcessing, ConfirmEmergencyProcessing, may("write", emergencyProcessingArea)),
      change(refuseEmergencyProcessing, RefuseEmergencyProcessing, may("write", emergencyProcessingArea)),
      change(reviewEmergencyProcessing, ReviewEmergencyProcessing, may("write", emergencyProcessingArea)),
    ],
  },
  views: [consentView, emergencyProcessingView],
  sections: { withdrawals: caseWithdrawalsView },
  lists: [
    list(consentView, {
      name: "consents",
      permission: may("read", "consent", "ConsentKeeping", "CaseManagement", "Accommodation", "Oversight"),
      filters: ["caseId", "purpose", "status"],
      sorts: ["expiresAt", "-expiresAt"],
      below: { caseId: () => [caseView] },
    }),
    list(emergencyProcessingView, {
      name: "emergencyProcessings",
      permission: may("read", emergencyProcessingArea, "ConsentKeeping", "Safeguarding", "Oversight"),
      filters: ["caseId"],
      sorts: ["-invokedAt", "invokedAt"],
      below: { caseId: () => [caseView] },
    }),
  ],
  due: [consentExpiry, emergencyConfirmation, emergencyReview],
  vocabularies: consentVocabularies,
});
