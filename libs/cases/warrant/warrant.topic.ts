import { may } from "#access/decide.js";
import { change } from "#api/changes/changes.js";
import { list } from "#api/reads/reads.js";
import { topic } from "#topics/topic.js";
import { cases } from "../cases.js";
import { caseView } from "../intake/case.view.js";
import { warrantArea } from "./areas.js";
import { warrantVocabularies } from "./labels.js";
import { IssueWarrant, issueWarrant, RevokeWarrant, revokeWarrant, warrants } from "./warrant.js";
import { byWarrant } from "./warrant.relation.js";
import { warrantView } from "./warrant.view.js";

/** By which whoever checks others' work is let into the content of one case. */
export const warrantTopic = topic(cases, warrants, {
  state: warrantArea,
  facts: { WarrantIssued: warrantArea, WarrantRevoked: warrantArea },
  changes: {
    Oversight: [
      change(issueWarrant, IssueWarrant, may("write", warrantArea)),
      change(revokeWarrant, RevokeWarrant, may("write", warrantArea)),
    ],
  },
  views: [warrantView],
  lists: [
    list(warrantView, {
      name: "warrants",
      permission: may("read", warrantArea, "Oversight"),
      filters: ["caseId", "holder"],
      sorts: ["-issuedAt", "issuedAt"],
      below: { caseId: () => [caseView] },
    }),
  ],
  relations: [byWarrant],
  vocabularies: warrantVocabularies,
});
