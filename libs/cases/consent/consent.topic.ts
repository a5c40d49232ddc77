import { may } from "#access/decide.js";
import { change } from "#api/changes/changes.js";
import { list } from "#api/reads/reads.js";
import { topic } from "#topics/topic.js";
import { cases } from "../cases.js";
import {
  consents,
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
import { InvokeEmergencyProcessing, invokeEmergencyProcessing } from "./emergency.js";
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
  },
  changes: {
    ConsentKeeping: [
      change(giveConsent, GiveConsent, may("write", "consent")),
      change(refuseConsent, RefuseConsent, may("write", "consent")),
      change(narrowConsent, NarrowConsent, may("write", "consent")),
      change(withdrawConsent, WithdrawConsent, may("write", "consent")),
      change(invokeEmergencyProcessing, InvokeEmergencyProcessing, may("write", "consent")),
    ],
  },
  views: [consentView],
  sections: { withdrawals: caseWithdrawalsView },
  lists: [
    list(consentView, {
      name: "consents",
      permission: may("read", "consent"),
      filters: ["caseId", "purpose", "status"],
      sorts: ["expiresAt", "-expiresAt"],
      below: { caseId: () => [caseView] },
    }),
  ],
  due: [consentExpiry],
  vocabularies: consentVocabularies,
});
