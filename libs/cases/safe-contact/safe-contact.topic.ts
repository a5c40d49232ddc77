import { may } from "#access/decide.js";
import { change } from "#api/changes/changes.js";
import { list } from "#api/reads/reads.js";
import { topic } from "#topics/topic.js";
import { cases } from "../cases.js";
import { caseView } from "../intake/case.view.js";
import { safeContactArea } from "./areas.js";
import { AgreeSafeContact, agreeSafeContact, RecordContactAttempt, recordContactAttempt } from "./contacting.js";
import { safeContactVocabularies } from "./labels.js";
import { safeContact } from "./safe-contact.js";
import { caseSafeContactView, contactAttemptView } from "./safe-contact.view.js";

/** How she may be contacted, and each time that somebody did. */
export const safeContactTopic = topic(cases, safeContact, {
  state: safeContactArea,
  facts: { SafeContactAgreed: safeContactArea, ContactAttempted: safeContactArea },
  changes: {
    Safeguarding: [
      change(agreeSafeContact, AgreeSafeContact, may("write", safeContactArea)),
      change(recordContactAttempt, RecordContactAttempt, may("write", safeContactArea)),
    ],
  },
  views: [contactAttemptView],
  sections: { safeContact: caseSafeContactView },
  lists: [
    list(contactAttemptView, {
      name: "contactAttempts",
      permission: may("read", safeContactArea, "Safeguarding", "CaseManagement", "Oversight"),
      filters: ["caseId", "outcome"],
      sorts: ["-attemptedAt", "attemptedAt"],
      below: { caseId: () => [caseView] },
    }),
  ],
  vocabularies: safeContactVocabularies,
});
