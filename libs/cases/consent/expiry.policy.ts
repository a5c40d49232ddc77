import { earlier } from "#kernel/in-time.js";
import { due, dueAt, settled } from "#projection/declare/due.js";
import { ask } from "#projection/declare/policy.js";
import { cases } from "../cases.js";
import { expireConsent } from "./consent.js";

/** A consent whose time has run out is put on record as expired. */
export const consentExpiry = due(cases)(
  "consent-expiry",
  {
    ConsentGiven: ({ data: { consentId, expiresAt } }) => dueAt(consentId, expiresAt),
    ConsentNarrowed: ({ data: { consentId, expiresAt } }, before) => dueAt(consentId, earlier(expiresAt, before)!),
    ConsentWithdrawn: ({ data: { consentId } }) => settled(consentId),
    ConsentExpired: ({ data: { consentId } }) => settled(consentId),
  },
  ({ id, key }) => ask(cases, id, expireConsent, { consentId: key }),
);
