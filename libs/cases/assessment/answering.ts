import { require } from "#kernel/kernel.js";
import type { AnswerClass, Question, QuestionKind, Template } from "#vocabulary/templates.js";

/** What was answered to one question: codes, a text, a number or a day, as the question is of that kind. */
export interface Answer {
  question: string;
  codes?: string[] | undefined;
  text?: string | undefined;
  number?: number | undefined;
  day?: string | undefined;
}

type Value = keyof Omit<Answer, "question">;
const values: readonly Value[] = ["codes", "text", "number", "day"];
const valueOf: Readonly<Record<QuestionKind, Value>> = {
  OneCode: "codes",
  SeveralCodes: "codes",
  Text: "text",
  Number: "number",
  Day: "day",
};

/** Is this question asked, where these are the answers so far? What hangs on a question that is not asked is not asked either. */
export function isAsked(questions: readonly Question[], { when }: Question, answers: readonly Answer[]): boolean {
  if (!when) return true;
  const before = questions.find(({ id }) => id === when.question)!;
  const codes = answers.find(({ question }) => question === when.question)?.codes ?? [];
  return isAsked(questions, before, answers) && when.codes.some((each) => codes.includes(each));
}

/** Refuses an answer that the template does not take. */
export function requireFits(question: Question, answer: Answer): void {
  const detail = { question: question.id };
  const given = values.filter((each) => answer[each] !== undefined);
  require(given.length === 1 && given[0] === valueOf[question.kind], "AnswerOfAnotherKind", detail);
  const { codes, number } = answer;
  if (codes) {
    require(codes.length > 0 && new Set(codes).size === codes.length, "AnswerOfAnotherKind", detail);
    require(question.kind === "SeveralCodes" || codes.length === 1, "AnswerOfAnotherKind", detail);
    require(codes.every((code) => question.codes.some((each) => each.code === code)), "CodeNotOffered", detail);
  }
  if (number !== undefined) {
    const { least = number, most = number } = question;
    require(number >= least && number <= most, "NumberOutOfBounds", detail);
  }
}

/**
 * Refuses answers of one class that its questions do not take: each is known, of this class, asked, answered once and in its own form; and what
 * is required strictly is there.
 */
export function requireAnswers({ questions }: Template, dataClass: AnswerClass, answers: readonly Answer[]): void {
  for (const [place, answer] of answers.entries()) {
    const detail = { question: answer.question };
    const question = questions.find(({ id }) => id === answer.question);
    require(question?.class === dataClass, "QuestionUnknown", detail);
    require(!answers.slice(0, place).some((each) => each.question === answer.question), "QuestionAnsweredTwice", detail);
    requireFits(question, answer);
    require(isAsked(questions, question, answers), "QuestionNotAsked", detail);
  }
  const missing = lacking({ questions }, dataClass, answers).find(({ strictly }) => strictly);
  require(!missing, "AnswerRequired", missing && { question: missing.id });
}

/** The questions of a class that are asked and required, and were not answered. */
export const lacking = (
  { questions }: Pick<Template, "questions">,
  dataClass: AnswerClass,
  answers: readonly Answer[],
): readonly Question[] =>
  questions.filter(
    (each) =>
      each.class === dataClass &&
      each.required &&
      isAsked(questions, each, answers) &&
      !answers.some(({ question }) => question === each.id),
  );
