import { may } from "#access/decide.js";
import { change, changes } from "#api/changes/changes.js";
import { list } from "#api/reads/reads.js";
import { caseRecord } from "../areas.js";
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
import { consentView } from "./consent.view.js";
import { InvokeEmergencyProcessing, invokeEmergencyProcessing } from "./emergency.js";

/** Each line: `POST /v1/cases/{id}/give-consent`, its OpenAPI, `mutation giveConsent(id, input)`. */
export const consentOperations = [
  ...changes(caseRecord, "ConsentKeeping", [
    change(giveConsent, GiveConsent, may("write", "consent")),
    change(refuseConsent, RefuseConsent, may("write", "consent")),
    change(narrowConsent, NarrowConsent, may("write", "consent")),
    change(withdrawConsent, WithdrawConsent, may("write", "consent")),
    change(invokeEmergencyProcessing, InvokeEmergencyProcessing, may("write", "consent")),
  ]),
  list(consentView, {
    name: "consents",
    permission: may("read", "consent"),
    filters: ["caseId", "purpose", "status"],
    sorts: ["expiresAt", "-expiresAt"],
  }),
];
