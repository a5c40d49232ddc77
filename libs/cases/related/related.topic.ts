import { may } from "#access/decide.js";
import { change, from } from "#api/changes/changes.js";
import { list } from "#api/reads/reads.js";
import { topic } from "#topics/topic.js";
import { cases } from "../cases.js";
import { caseView } from "../intake/case.view.js";
import { relatedArea, relatedIdArea } from "./areas.js";
import { relatedVocabularies } from "./labels.js";
import { relatedCases } from "./related.js";
import { tellTheRelated } from "./related.policy.js";
import { relatedCaseView } from "./related.view.js";
import * as relating from "./relating.js";

const write = may("write", relatedArea);
/** Whoever names the other case has to stand to it as well. */
const other = from(cases, "relatedCase", ({ intake }): relating.OtherCase => intake);

/** People who belong together, each with a case of her own. */
export const relatedTopic = topic(cases, relatedCases, {
  state: {
    ...{ link: relatedArea, related: relatedIdArea, relation: relatedArea, at: relatedArea },
    ...{ requestedBy: relatedArea, confirmedAt: relatedArea, unlinkedAt: relatedArea },
  },
  facts: {
    RelatedCaseLinked: { link: relatedArea, related: relatedIdArea, relation: relatedArea, requestedBy: relatedArea },
    RelatedCaseConfirmed: { link: relatedArea, related: relatedIdArea, confirmedBy: relatedArea },
    RelatedCaseUnlinked: { link: relatedArea, related: relatedIdArea, reason: relatedArea },
  },
  changes: {
    Identification: [
      change(relating.linkRelatedCase, relating.LinkRelatedCase, write, { other }),
      change(relating.confirmRelatedCase, relating.ConfirmRelatedCase, write, { other }),
      change(relating.unlinkRelatedCase, relating.UnlinkRelatedCase, write, { other }),
    ],
  },
  views: [relatedCaseView],
  lists: [
    list(relatedCaseView, {
      name: "relatedCases",
      permission: may("read", relatedArea, "CaseManagement", "Accommodation", "Oversight"),
      filters: ["caseId", "link", "confirmed"],
      sorts: ["-linkedAt", "linkedAt"],
      below: { caseId: () => [caseView] },
    }),
  ],
  policies: [tellTheRelated],
  vocabularies: relatedVocabularies,
});
