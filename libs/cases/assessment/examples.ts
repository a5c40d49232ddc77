import { Templates, type Question, type Template } from "#vocabulary/templates.js";

// Forms of examples and tests.

const labels = ["Invented", "Buni", "Inventé"] as const;
const coded = (id: string, of: Question["class"], codes: readonly string[], over: Partial<Question> = {}): Question => ({
  ...{ id, class: of, purpose: "Safety", kind: "OneCode", labels, required: true, strictly: false },
  codes: codes.map((code, points) => ({ code, labels, points })),
  ...over,
});

/** Two questions that are counted, one that hangs on the first, and one for a nurse. */
export const example: Template = {
  ...{ id: "EX-1", version: 1, labels, reviewRequired: false },
  questions: [
    coded("danger", "safety", ["None", "Some", "Much"]),
    coded("gravity", "safety", ["None", "Some", "Much"]),
    coded("what", "safety", [], { kind: "Text", when: { question: "danger", codes: ["Some", "Much"] } }),
    coded("care", "health", ["No", "Yes"]),
    coded("weeks", "health", [], { kind: "Number", required: false, when: { question: "care", codes: ["Yes"] }, least: 1, most: 45 }),
  ],
  scores: [
    { id: "risk", labels, class: "safety", rule: "Product", questions: ["danger", "gravity"], open: true },
    { id: "burden", labels, class: "safety", rule: "Sum", questions: ["danger", "gravity"], open: false },
  ],
};

/** Of consents, of days of review, and of what is required strictly. */
export const strict: Template = {
  ...{ id: "EX-2", version: 3, labels, reviewRequired: true, reviewWithinDays: 30, scores: [] },
  questions: [
    coded("wish", "narrative", [], { kind: "Text", purpose: "Planning", strictly: true }),
    coded("since", "narrative", [], { kind: "Day", purpose: "Planning", required: false }),
    coded("signs", "narrative", ["A", "B", "C"], { kind: "SeveralCodes", purpose: "Identification", required: false }),
    coded("call", "narrative", [], { kind: "Text", purpose: "FollowUp", required: false }),
  ],
};

/** The same form as it was before, which asked one question. */
export const older: Template = { ...example, version: 0, questions: example.questions.slice(0, 1), scores: [] };

export const templates = new Templates([example, strict, older]);
