import { forOne } from "#access/for-one.js";
import { given } from "#kernel/given.js";
import { cases } from "../cases.js";
import type { IntakeFact } from "../intake/intake.js";
import { addNote, retractNote, type NoteFact } from "./notes.js";
import { noteClasses } from "./vocabulary.js";

const opened: IntakeFact = {
  type: "CaseOpened",
  data: { subject: "p-1", source: "Police", urgency: "Routine", region: "Kigoma", sex: "Female", ageBand: "21-29" },
};
const amina = { actor: { id: "amina", role: "shelter-case-manager" } };
const written: NoteFact = {
  type: "NoteAdded",
  data: { note: "id-1", about: "narrative", authorOnly: false },
  personal: { "p-1": { narrative: { text: "Invented note" } } },
};
const byAmina = (fact: NoteFact) => ({ fact, at: "2026-01-10T08:00:00.000Z", by: amina.actor });
const retracted: NoteFact = { type: "NoteRetracted", data: { note: "id-1", reason: "NotTrue" } };
const ask = { note: "id-1", reason: "NotTrue" } as const;

describe("a note", () => {
  test.each(noteClasses)("says one thing, of the class %s", (about) =>
    given(cases, opened)
      .when(addNote, { [about]: "Invented note" }, amina)
      .then({
        type: "NoteAdded",
        data: { note: "id-1", about, knownFrom: "Unknown", authorOnly: false },
        personal: { "p-1": { [about]: { text: "Invented note" } } },
      }),
  );
  test("is sealed for its author alone, where she says so", () =>
    given(cases, opened)
      .when(addNote, { psychosocial: "Invented note", authorOnly: true }, amina)
      .then({
        type: "NoteAdded",
        data: { note: "id-1", about: "psychosocial", knownFrom: "Unknown", authorOnly: true },
        personal: { "p-1": { [forOne("psychosocial", "amina")]: { text: "Invented note" } } },
      }));
  test("of the first version was for whoever might read its class", () =>
    expect(cases.upcast("NoteAdded", 1, { note: "id-1", about: "narrative" })).toMatchObject({ authorOnly: false }));
  test("says neither nothing nor several things", () => {
    given(cases, opened).when(addNote, {}, amina).refused("OneNoteAtATime");
    given(cases, opened).when(addNote, { narrative: "One", health: "Two" }, amina).refused("OneNoteAtATime");
  });
  test("is written while her case is open", () =>
    given(cases, opened, { type: "CaseClosed", data: { reason: "Other", episode: 1 } })
      .when(addNote, { narrative: "One" }, amina)
      .refused("CaseNotOpen"));
  test("is taken back once, by whoever wrote it", () => {
    given(cases, opened, byAmina(written)).when(retractNote, ask, amina).then(retracted);
    given(cases, opened, byAmina(written), byAmina(retracted)).when(retractNote, ask, amina).then();
    given(cases, opened, byAmina(written))
      .when(retractNote, ask, { actor: { id: "juma", role: "nurse" } })
      .refused("NotTheAuthor");
    given(cases, opened).when(retractNote, ask, amina).refused("NoteUnknown");
  });
});
