import { may } from "#access/decide.js";
import { change } from "#api/changes/changes.js";
import { list } from "#api/reads/reads.js";
import { topic } from "#topics/topic.js";
import { cases } from "../cases.js";
import { caseView } from "../intake/case.view.js";
import { documentArea } from "./areas.js";
import { downloadOf, uploadOf } from "./document-bytes.api.js";
import { documents } from "./documents.js";
import { caseDocumentsView, documentView } from "./documents.view.js";
import { withdrawDocument, WithdrawDocument } from "./keeping.js";
import { documentVocabularies } from "./labels.js";

/** What was written, drawn or recorded elsewhere, and belongs to her case. */
export const documentTopic = topic(cases, documents, {
  state: documentArea,
  facts: {
    DocumentAdded: documentArea,
    DocumentReleased: documentArea,
    DocumentQuarantined: documentArea,
    DocumentWithdrawn: documentArea,
  },
  changes: { CaseManagement: [change(withdrawDocument, WithdrawDocument, may("write", documentArea))] },
  views: [documentView],
  sections: { documentTitles: caseDocumentsView },
  lists: [
    list(documentView, {
      name: "documents",
      permission: may("read", documentArea, "CaseManagement", "Accommodation", "Oversight"),
      filters: ["caseId", "about", "kind", "scan"],
      sorts: ["-addedAt", "addedAt"],
      below: { caseId: () => [caseView] },
    }),
  ],
  reads: (about) => [uploadOf(about), downloadOf(about)],
  vocabularies: documentVocabularies,
});
