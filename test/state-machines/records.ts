import type { Machine } from "./machine.js";
import { help, ofAWoman, riskForm } from "./steps.js";
import { idOf, inDays, nothing, type Told } from "./told.js";

// What is written down in a case: notes, documents, forms, and what is taken back of them. Correct, don't edit (domain reference, 6, 18); a no stays
// (7, 23).

const noteIn = ({ notes }: any): string => notes[0]?.note ?? nothing;
const text = { narrative: "Invented note" };

export const notes: Machine = {
  of: "a note",
  begin: async (told) => {
    await ofAWoman(told);
    await told.did("assign-worker", { worker: idOf("musa"), role: "Legal" });
    return told.at;
  },
  seen: ({ notes: [first] }) => (!first ? "None" : first.retracted ? "Retracted" : "Written"),
  states: {
    None: async () => {},
    Written: (told) => told.did("add-note", text),
    Retracted: async (told) => {
      await told.did("add-note", text);
      await told.did("retract-note", { note: noteIn(await told.state()), reason: "NotTrue" });
    },
  },
  changes: {
    "add-note": { body: text },
    "add-note of two classes": { body: { ...text, safety: "Invented note" } },
    "retract-note": { body: (state) => ({ note: noteIn(state), reason: "NotTrue" }) },
    "retract-note by another": { by: "musa", body: (state) => ({ note: noteIn(state), reason: "NotTrue" }) },
  },
  table: `
          | add-note | add-note of two classes | retract-note | retract-note by another
None      | Written  | OneNoteAtATime          | NoteUnknown  | NoteUnknown
Written   | done     | OneNoteAtATime          | Retracted    | NotTheAuthor
Retracted | done     | OneNoteAtATime          | already      | NotTheAuthor
`,
};

const documentIn = ({ documents }: any): string => documents[0]?.document ?? nothing;
const letter = (file: string) => ({ kind: "Letter", narrative: "Invented title", file });
const added =
  (file: string, scan: string = "Awaited") =>
  async (told: Told): Promise<void> => {
    told.kept["file"] = file;
    await told.did("add-document", letter(file));
    await told.until(({ documents }) => documents[0].scan === scan);
  };
const taken = { reason: "AddedTwice" };

/** `unanswered`: of what a scanner says nothing; `harmful`: of what it finds to do harm. */
export const documentsWith = (unanswered: string, harmful: string): Machine => ({
  of: "a document",
  begin: async (told) => {
    await ofAWoman(told);
    await told.did("assign-worker", { worker: idOf("musa"), role: "Legal" });
    return told.at;
  },
  seen: ({ documents }) => {
    const last = documents.at(-1);
    return !last ? "None" : last.withdrawn !== null ? "Withdrawn" : last.scan;
  },
  states: {
    None: async () => {},
    Awaited: added(unanswered),
    Clean: added("Invented letter", "Clean"),
    Infected: added(harmful, "Infected"),
    Withdrawn: async (told) => {
      await added(unanswered)(told);
      await told.did("withdraw-document", { document: documentIn(await told.state()), ...taken });
    },
  },
  changes: {
    "add-document the same": { body: (_, { kept }) => letter(kept["file"] ?? unanswered) },
    "withdraw-document": { body: (state) => ({ document: documentIn(state), ...taken }) },
    "withdraw-document by another": { by: "musa", body: (state) => ({ document: documentIn(state), ...taken }) },
    "withdraw-document by a supervisor": { by: "imani", body: (state) => ({ document: documentIn(state), ...taken }) },
  },
  table: `
          | add-document the same | withdraw-document | withdraw-document by another | withdraw-document by a supervisor
None      | Awaited               | DocumentUnknown   | DocumentUnknown              | DocumentUnknown
Awaited   | already               | Withdrawn         | NotTheAuthor                 | Withdrawn
Clean     | already               | Withdrawn         | NotTheAuthor                 | Withdrawn
Infected  | already               | Withdrawn         | NotTheAuthor                 | Withdrawn
Withdrawn | Awaited               | already           | NotTheAuthor                 | already
`,
});

const risk = (over: object = {}) => ({ ...riskForm, reviewBy: inDays(5), ...over });
const filledIn = (told: Told) => told.did("complete-assessment", risk());
const more = (state: any, index: number) => ({
  assessment: state.assessments.at(index)?.assessment ?? nothing,
  safety: [{ question: "impact", codes: ["Severe"] }],
});

/** What was told of it before stays; the newest of a form stands (domain reference, 3.1, stage 5). */
export const assessments: Machine = {
  of: "an assessment",
  begin: ofAWoman,
  seen: (state) =>
    state.assessments.map(({ superseded }: { superseded: boolean }) => (superseded ? "Superseded" : "Recorded")).join("+") || "None",
  states: {
    None: async () => {},
    Recorded: filledIn,
    "Superseded+Recorded": async (told) => {
      await filledIn(told);
      await filledIn(told);
    },
  },
  changes: {
    "complete-assessment": { body: () => risk() },
    "complete-assessment of an unknown version": { body: () => risk({ version: 77 }) },
    "complete-assessment with no day on which it is repeated": { body: () => risk({ reviewBy: undefined }) },
    "complete-assessment with nothing answered": { body: () => risk({ safety: [] }) },
    "complete-assessment with a question that is not asked": {
      body: () => risk({ safety: [{ question: "invented", codes: ["Yes"] }] }),
    },
    "supplement-assessment": { body: (state) => more(state, -1) },
    "supplement-assessment of the first": { body: (state) => more(state, 0) },
  },
  table: `
                    | complete-assessment               | complete-assessment of an unknown version | complete-assessment with no day on which it is repeated
None                | Recorded                          | TemplateUnknown                           | ReviewMissing
Recorded            | Superseded+Recorded               | TemplateUnknown                           | ReviewMissing
Superseded+Recorded | to Superseded+Superseded+Recorded | TemplateUnknown                           | ReviewMissing

                    | complete-assessment with nothing answered | complete-assessment with a question that is not asked | supplement-assessment | supplement-assessment of the first
None                | AnswersMissing                            | QuestionUnknown                                       | AssessmentUnknown     | AssessmentUnknown
Recorded            | AnswersMissing                            | QuestionUnknown                                       | done                  | done
Superseded+Recorded | AnswersMissing                            | QuestionUnknown                                       | done                  | AssessmentNotStanding
`,
};

const mark = (entry: string, over: object = {}) => ({ entry, reason: "WrongPerson", ...over });
const ofType =
  (type: string, over: object = {}) =>
  async (_: unknown, told: Told) =>
    mark(await told.entry(type), over);
const delivered = (told: Told) => told.did("deliver-service", { group: "Legal" });
const ofHelp = async (told: Told): Promise<void> => {
  const [{ service }] = (await told.state()).services.known;
  await told.did("record-service-outcome", { service, outcome: "NeedMet" });
};

/** Beside what is marked stand a no of hers and a danger that was told. */
export const mistakes: Machine = {
  of: "an entry",
  begin: async (told) => {
    await ofAWoman(told);
    await told.did("give-consent", help("Legal"));
    await told.did("assign-worker", { worker: idOf("musa"), role: "Legal" });
    await told.did("refuse-consent", { purpose: "PhotoMedia", refusedBy: "self" });
    await told.did("assess-risk", { level: "Medium", reasons: ["ThreatsToHer"], reviewBy: inDays(20) });
    return told.at;
  },
  seen: async ({ corrections, services }, told) => {
    if (services.known.length === 0) return corrections.length > 0 ? "Marked" : "NotEntered";
    const outcome = await told.entry("ServiceOutcomeRecorded");
    const isRestedOn = outcome !== nothing && !corrections.some(({ entry }: { entry: string }) => entry === outcome);
    return isRestedOn ? "RestedOn" : "Entered";
  },
  states: {
    NotEntered: async () => {},
    Entered: delivered,
    RestedOn: async (told) => {
      await delivered(told);
      await ofHelp(told);
    },
    Marked: async (told) => {
      await delivered(told);
      await told.did("mark-entry-erroneous", mark(await told.entry("ServiceDelivered")));
    },
  },
  changes: {
    "mark-entry-erroneous": { body: ofType("ServiceDelivered") },
    "mark-entry-erroneous by a supervisor": { by: "imani", body: ofType("ServiceDelivered") },
    "mark-entry-erroneous by another": { by: "musa", body: ofType("ServiceDelivered") },
    "mark-entry-erroneous with nothing known in its place": { body: ofType("ServiceDelivered", { replacement: nothing }) },
    "mark-entry-erroneous what rests on it": { body: ofType("ServiceOutcomeRecorded") },
    "mark-entry-erroneous a no of hers": { body: ofType("ConsentRefused") },
    "mark-entry-erroneous a danger, with nothing in its place": { body: ofType("RiskAssessed") },
  },
  table: `
           | mark-entry-erroneous | mark-entry-erroneous by a supervisor | mark-entry-erroneous by another | mark-entry-erroneous with nothing known in its place
NotEntered | EntryUnknown         | EntryUnknown                         | EntryUnknown                    | EntryUnknown
Entered    | Marked               | Marked                               | NotTheAuthor                    | ReplacementUnknown
RestedOn   | OthersRestOnIt       | OthersRestOnIt                       | NotTheAuthor                    | OthersRestOnIt
Marked     | already              | already                              | already                         | already

           | mark-entry-erroneous what rests on it | mark-entry-erroneous a no of hers | mark-entry-erroneous a danger, with nothing in its place
NotEntered | EntryUnknown                          | EntryNotCorrectable               | UnsaidByOneself
Entered    | EntryUnknown                          | EntryNotCorrectable               | UnsaidByOneself
RestedOn   | Entered                               | EntryNotCorrectable               | UnsaidByOneself
Marked     | EntryUnknown                          | EntryNotCorrectable               | UnsaidByOneself
`,
};
