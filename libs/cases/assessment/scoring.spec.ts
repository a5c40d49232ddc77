import fc from "fast-check";
import type { Question, Template } from "#vocabulary/templates.js";
import { isAsked, lacking, requireAnswers, type Answer } from "./answering.js";
import { scored } from "./scoring.js";

const labels = ["Invented", "Buni", "Inventé"] as const;
const codes = [1, 2, 3, 4, 5].map((points) => ({ code: `c${points}`, labels, points }));
const question = (id: string, over: Partial<Question> = {}): Question => ({
  ...{ id, class: "psychosocial", purpose: "Planning", kind: "OneCode", labels, required: true, strictly: false, codes },
  ...over,
});
const form = (questions: readonly Question[]): Template => ({
  ...{ id: "EX-1", version: 1, labels, questions, scores: [], reviewRequired: false },
});

describe("a score", () => {
  const items = ["a", "b", "c", "d"];
  const questions = items.map((id) => question(id));
  const scoreBy = (rule: "Sum" | "Product", answers: readonly Answer[]) =>
    scored({ questions }, { id: "s", labels, class: "psychosocial", rule, questions: items, open: true }, answers);
  const points = fc.tuple(...items.map(() => fc.integer({ min: 1, max: 5 })));
  const answersOf = (given: readonly number[]): Answer[] => given.map((each, place) => ({ question: items[place]!, codes: [`c${each}`] }));

  test("is the sum or the product of what the answers count, in whatever order they come", () =>
    fc.assert(
      fc.property(points, fc.infiniteStream(fc.nat()), (given, dice) => {
        const answers = answersOf(given).toSorted(() => (dice.next().value! % 2 === 0 ? 1 : -1));
        expect(scoreBy("Sum", answers)).toMatchObject({ complete: true, value: given.reduce((one, other) => one + other) });
        expect(scoreBy("Product", answers)).toMatchObject({ complete: true, value: given.reduce((one, other) => one * other) });
      }),
    ));
  test("has no value where any answer is missing, whichever it is", () =>
    fc.assert(
      fc.property(points, fc.uniqueArray(fc.nat(items.length - 1), { minLength: 1 }), (given, left) => {
        const answers = answersOf(given).filter((_, place) => !left.includes(place));
        for (const rule of ["Sum", "Product"] as const)
          expect(scoreBy(rule, answers)).toEqual({ score: "s", rule, ruleVersion: 1, complete: false });
      }),
    ));
  test("has none where she did not want to answer", () => {
    const silent = [...codes, { code: "NoAnswer", labels }];
    const of = [question("a", { codes: silent })];
    const answers = [{ question: "a", codes: ["NoAnswer"] }];
    const score = { id: "s", labels, class: "psychosocial", rule: "Sum", questions: ["a"], open: true } as const;
    expect(scored({ questions: of }, score, answers)).toEqual({ score: "s", rule: "Sum", ruleVersion: 1, complete: false });
  });
  test.each([
    ["two strong", [3, 3], 1],
    ["a strong and a weak one", [3, 1], 1],
    ["a strong and a medium one", [3, 2], 1],
    ["three medium", [2, 2, 2], 1],
    ["two medium and a weak one", [2, 2, 1], 1],
    ["a strong one alone", [3], 0],
    ["two medium", [2, 2], 0],
    ["a medium and two weak ones", [2, 1, 1], 0],
    ["weak ones alone", [1, 1, 1, 1], 0],
    ["none", [0], 0],
  ] as const)("of indicators says whether they are enough: %s", (_, given, value) => {
    const offered = given.map((points, place) => ({ code: `i${place}`, labels, points }));
    const of = [question("i", { kind: "SeveralCodes", codes: [...offered, { code: "NotAsked", labels }] })];
    const score = { id: "s", labels, class: "psychosocial", rule: "Indicators", questions: ["i"], open: false } as const;
    const answered = (...chosen: string[]) => scored({ questions: of }, score, [{ question: "i", codes: chosen }]);
    expect(answered(...offered.map(({ code }) => code))).toMatchObject({ complete: true, value });
    expect(answered(...offered.map(({ code }) => code), "NotAsked")).not.toHaveProperty("value");
  });
  test("counts a number as it is, 0 as well", () => {
    const of = [question("n", { kind: "Number", codes: [] })];
    const score = { id: "s", labels, class: "psychosocial", rule: "Sum", questions: ["n"], open: true } as const;
    expect(scored({ questions: of }, score, [{ question: "n", number: 0 }])).toMatchObject({ complete: true, value: 0 });
  });
});

describe("a form with branches", () => {
  /** Each question is always asked, or hangs on one before it. */
  const forms = fc
    .array(fc.record({ on: fc.option(fc.nat(), { nil: undefined }), code: fc.constantFrom("c1", "c2"), required: fc.boolean() }), {
      minLength: 1,
      maxLength: 12,
    })
    .map((drawn) =>
      drawn.map(({ on, code, required }, place) =>
        question(`q${place}`, {
          ...(on !== undefined && place > 0 && { when: { question: `q${on % place}`, codes: [code] } }),
          required,
        }),
      ),
    );
  const answered = fc.array(fc.constantFrom("c1", "c2", "c3", undefined), { minLength: 12, maxLength: 12 });
  /** As somebody fills it in who goes from the top: what is asked is answered as drawn, or left out. */
  const filledIn = (questions: readonly Question[], drawn: readonly (string | undefined)[]): Answer[] =>
    questions.reduce<Answer[]>((answers, each, place) => {
      const code = drawn[place];
      return code !== undefined && isAsked(questions, each, answers) ? [...answers, { question: each.id, codes: [code] }] : answers;
    }, []);

  test("takes what somebody answers who goes from the top", () =>
    fc.assert(
      fc.property(forms, answered, (questions, drawn) => {
        const answers = filledIn(questions, drawn);
        fc.pre(answers.length > 0);
        expect(() => requireAnswers(form(questions), "psychosocial", answers)).not.toThrow();
      }),
    ));
  test("takes no answer to what is hidden, however deep it hangs", () =>
    fc.assert(
      fc.property(forms, answered, (questions, drawn) => {
        const answers = filledIn(questions, drawn);
        for (const hidden of questions.filter((each) => !isAsked(questions, each, answers)))
          expect(() => requireAnswers(form(questions), "psychosocial", [...answers, { question: hidden.id, codes: ["c1"] }])).toThrow(
            "QuestionNotAsked",
          );
      }),
    ));
  test("lacks exactly what is asked, required, and not answered", () =>
    fc.assert(
      fc.property(forms, answered, (questions, drawn) => {
        const answers = filledIn(questions, drawn);
        const missing = new Set(lacking({ questions }, "psychosocial", answers));
        for (const each of questions) {
          const isAnswered = answers.some((answer) => answer.question === each.id);
          expect(missing.has(each)).toBe(each.required && !isAnswered && isAsked(questions, each, answers));
        }
        expect(lacking({ questions }, "health", answers)).toEqual([]);
      }),
    ));
});
