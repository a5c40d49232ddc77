import { may } from "#access/decide.js";
import { list } from "#api/reads/reads.js";
import { topic } from "#topics/topic.js";
import { cases } from "../cases.js";
import { workArea } from "./areas.js";
import { workVocabularies } from "./labels.js";
import { board } from "./board.api.js";
import { caseWorkView } from "./work.view.js";

/** What waits, soonest first: for whoever works in a case, and for whoever answers for those who do. */
export const workTopic = topic(cases, {
  views: [caseWorkView],
  lists: [
    list(caseWorkView, {
      name: "work",
      permission: may("read", workArea, "CaseManagement", "Accommodation", "Oversight"),
      filters: ["kinds"],
      days: { dueOn: "nextDueAt" },
      sorts: ["nextDueAt", "-nextDueAt"],
    }),
  ],
  reads: () => [board],
  vocabularies: workVocabularies,
});
