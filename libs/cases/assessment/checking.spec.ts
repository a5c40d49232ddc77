import { checked } from "./checking.js";
import { codeLists } from "./code-lists.js";

const labels = { en: "Invented", sw: "Buni", fr: "Inventé" };
const coded = (id: string, over: object = {}) => ({
  ...{ id, class: "safety", purpose: "Safety", kind: "OneCode", ...labels },
  codes: [
    { code: "Yes", points: 1, ...labels },
    { code: "No", points: 0, ...labels },
  ],
  ...over,
});
const form = (questions: readonly object[], over: object = {}) => ({ template: "EX-1", version: 1, ...labels, questions, ...over });
const faultsOf = (written: unknown): readonly string[] => {
  const result = checked(written, codeLists);
  return "faults" in result ? result.faults.map(({ path, reason }) => `${path.join(".")}: ${reason}`) : [];
};

test("a form that hangs together is taken, with the class of its scores", () => {
  const score = { id: "s", rule: "Sum", questions: ["a", "b"], ...labels };
  const result = checked(form([coded("a"), coded("b", { when: undefined })], { scores: [score], reviewWithinDays: 90 }), codeLists);
  expect(result).toMatchObject({
    template: { id: "EX-1", reviewWithinDays: 90, reviewRequired: false, scores: [{ id: "s", class: "safety", open: false }] },
  });
});

test("a question may offer a code list by its name", () => {
  const result = checked(form([coded("a", { codes: undefined, vocabulary: "riskLevel" })]), codeLists);
  expect(result).toMatchObject({ template: { questions: [{ codes: [{ code: "Low" }, { code: "Medium" }, { code: "High" }] }] } });
});

const later = coded("b", { when: { question: "a", codes: ["Yes"] } });
test.each([
  ["an unknown class", [coded("a", { class: "secrets" })], 'questions.0.class: there is no class "secrets": it must be one of identity'],
  ["an unknown kind", [coded("a", { kind: "Scale" })], 'questions.0.kind: there is no kind "Scale"'],
  ["an unknown code list", [coded("a", { vocabulary: "colour" })], 'questions.0.vocabulary: there is no vocabulary "colour"'],
  ["a label that is missing", [coded("a", { fr: undefined })], "questions.0.fr: fr is missing"],
  ["a label of blanks", [coded("a", { fr: " " })], "questions.0.fr: it must be a label in this language"],
  ["a field that nobody knows", [coded("a", { requird: true })], 'questions.0.requird: there is no field "requird" here'],
  ["one id twice", [coded("a"), coded("a")], "questions.1.id: two questions have the id a"],
  [
    "one code twice",
    [coded("a", { vocabulary: "riskLevel", codes: [{ code: "Low", ...labels }] })],
    "questions.0: the code Low is offered twice",
  ],
  ["a question of codes without any", [coded("a", { codes: undefined })], "questions.0: a question of codes needs codes"],
  ["codes where words are asked for", [coded("a", { kind: "Text" })], "questions.0: a question of the kind Text offers no codes"],
  ["bounds of what is no number", [coded("a", { least: 1 })], "questions.0: only a number has bounds"],
  [
    "bounds that hold nothing",
    [coded("a", { kind: "Number", codes: undefined, least: 2, most: 1 })],
    "questions.0.least: least is more than most",
  ],
  ["hanging on what comes later", [later, coded("a")], "questions.0.when.question: it hangs on a, which does not come before it"],
  [
    "hanging on itself",
    [coded("b", { when: { question: "b", codes: ["Yes"] } })],
    "questions.0.when.question: it hangs on b, which does not come before it",
  ],
  ["hanging on nothing", [later], "questions.0.when.question: it hangs on a, which is no question here"],
  [
    "hanging on a code that is not offered",
    [coded("a"), coded("b", { when: { question: "a", codes: ["Maybe"] } })],
    "questions.1.when.codes.0: a offers no code Maybe",
  ],
  [
    "hanging on another class",
    [coded("a", { class: "health" }), later],
    "questions.1.when.question: it hangs on a, which is of another class",
  ],
])("%s is told", (_, questions, fault) => expect(faultsOf(form(questions))).toEqual([expect.stringContaining(fault)]));

const score = (...questions: readonly string[]) => ({ scores: [{ id: "s", rule: "Sum", questions, ...labels }] });
test.each([
  ["of a question that there is not", [coded("a")], score("z"), "scores.0.questions.0: z is no question here"],
  ["that counts one twice", [coded("a")], score("a", "a"), "scores.0.questions.1: a is counted twice"],
  ["of what is not always asked", [coded("a"), later], score("b"), "scores.0.questions.0: b is not always asked, and cannot be counted"],
  ["of words", [coded("a", { kind: "Text", codes: undefined })], score("a"), "scores.0.questions.0: a has no points"],
  ["of several codes", [coded("a", { kind: "SeveralCodes" })], score("a"), "scores.0.questions.0: a has no points"],
  [
    "of indicators where one code is chosen",
    [coded("a")],
    { scores: [{ ...score("a").scores[0]!, rule: "Indicators" }] },
    "scores.0.questions.0: a offers no codes of 0 to 3 points",
  ],
  [
    "of two classes",
    [coded("a"), coded("b", { class: "health" })],
    score("a", "b"),
    "scores.0.questions: its questions are not of one class",
  ],
  ["by an unknown rule", [coded("a")], { scores: [{ ...score("a").scores[0], rule: "Guess" }] }, 'scores.0.rule: there is no rule "Guess"'],
  ["of the id of another", [coded("a")], { scores: [score("a").scores[0], score("a").scores[0]] }, "scores.1.id: two scores have the id s"],
])("a score %s is told", (_, questions, over, fault) => expect(faultsOf(form(questions, over))).toEqual([expect.stringContaining(fault)]));

test("what is no form at all is told, and so is everything that is wrong at once", () => {
  for (const written of [null, "form", 7, []]) expect(faultsOf(written)[0]).toBe(": fields are expected here");
  expect(faultsOf(form([], { template: "own", version: 0 }))).toEqual([
    "template: it must be an id such as RSK-1",
    "version: it must be a whole number from 1 to 10000",
    "questions: it must be a list of 1 to 150",
  ]);
});
