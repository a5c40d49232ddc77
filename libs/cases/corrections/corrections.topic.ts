import { may } from "#access/decide.js";
import { change, ownEntries } from "#api/changes/changes.js";
import { topic } from "#topics/topic.js";
import { cases } from "../cases.js";
import { correctionArea } from "./areas.js";
import { corrections, MarkEntryErroneous, markEntryErroneousWith } from "./corrections.js";
import { correctionVocabularies } from "./labels.js";

const markEntryErroneous = markEntryErroneousWith(() => cases.corrections);

/** What was entered by mistake: it stays in the history, and counts nowhere. */
export const correctionTopic = topic(cases, corrections, {
  state: correctionArea,
  facts: { EntryMarkedErroneous: correctionArea },
  changes: {
    CaseManagement: [change(markEntryErroneous, MarkEntryErroneous, may("write", correctionArea), { entries: ownEntries(cases) })],
  },
  vocabularies: correctionVocabularies,
});
