import { eachOf, right, type Expectation } from "#access/expectation.js";

const text = { text: "Invented note" };

/** Who may do and see what, as the people concerned would say it. */
export const expected: Expectation = {
  operations: {
    ...eachOf(["addNote", "retractNote"], right("write", "note", "a case")),
    notes: right("read", "note", "all"),
    caseNotes: right("read", "note", "a case"),
  },
  personal: {
    addNote: { narrative: "narrative", health: "health", psychosocial: "psychosocial", legal: "legal", safety: "safety" },
  },
  answers: {
    Note: {
      ...eachOf(["id", "stale", "skipped", "intact"], "open"),
      ...eachOf(["caseId", "fact", "about", "knownFrom", "author", "authorOnly", "writtenAt", "retractedAt", "retractedBecause"], "note"),
    },
    CaseNotes: {
      ...eachOf(["id", "stale", "skipped"], "open"),
      ...{ narrative: "narrative", health: "health", psychosocial: "psychosocial", legal: "legal", safety: "safety" },
    },
  },
  states: { case: { notes: "note" } },
  facts: eachOf(["NoteAdded", "NoteRetracted"], "note"),
  cells: {
    note: {
      ...eachOf(["shelter-case-manager", "nurse", "psychologist", "lawyer"], "W" as const),
      ...eachOf(["shelter-manager", "social-welfare-officer", "supervisor", "auditor"], "R" as const),
    },
  },
  told: { NoteAdded: text },
  story: async ({ resident, done, state }) => {
    const say = (verb: string, body: object, role: string) => done(role, `/v1/cases/${resident}/${verb}`, body);
    const { text: words } = text;
    await say("add-note", { narrative: words }, "shelter-case-manager");
    await say("add-note", { narrative: words, authorOnly: true }, "shelter-case-manager");
    await say("add-note", { safety: words }, "shelter-case-manager");
    await say("add-note", { health: words }, "nurse");
    await say("add-note", { psychosocial: words }, "psychologist");
    await say("add-note", { legal: words }, "lawyer");
    await say("add-note", { legal: words }, "lawyer");
    const { notes } = (await state(`/v1/cases/${resident}`)) as { notes: { note: string }[] };
    await say("retract-note", { note: notes.at(-1)!.note, reason: "WrittenTwice" }, "lawyer");
  },
};
