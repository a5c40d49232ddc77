import { may } from "#access/decide.js";
import { change } from "#api/changes/changes.js";
import { list } from "#api/reads/reads.js";
import { topic } from "#topics/topic.js";
import { cases } from "../cases.js";
import { caseView } from "../intake/case.view.js";
import { noteArea } from "./areas.js";
import { noteVocabularies } from "./labels.js";
import { AddNote, addNote, notes, RetractNote, retractNote } from "./notes.js";
import { caseNotesView, noteView } from "./notes.view.js";

/** What her team writes down. */
export const noteTopic = topic(cases, notes, {
  state: noteArea,
  facts: { NoteAdded: noteArea, NoteRetracted: noteArea },
  changes: {
    CaseManagement: [change(addNote, AddNote, may("write", noteArea)), change(retractNote, RetractNote, may("write", noteArea))],
  },
  views: [noteView],
  sections: { noteTexts: caseNotesView },
  lists: [
    list(noteView, {
      name: "notes",
      permission: may("read", noteArea, "CaseManagement", "Accommodation", "Oversight"),
      filters: ["caseId", "about", "author"],
      sorts: ["-writtenAt", "writtenAt"],
      below: { caseId: () => [caseView] },
    }),
  ],
  vocabularies: noteVocabularies,
});
