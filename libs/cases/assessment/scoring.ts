import type { Score, ScoringRule, Template } from "#vocabulary/templates.js";
import type { Answer } from "./answering.js";

/** What a score came to, by which version of which rule. */
export interface Scored {
  score: string;
  rule: ScoringRule;
  ruleVersion: number;
  /** False: an answer is missing, or counts nothing. Then there is no value, which is not 0. */
  complete: boolean;
  value?: number | undefined;
}

interface Scoring {
  /** Raised whenever the same answers would come to something else. */
  readonly version: number;
  readonly of: (points: readonly number[]) => number;
}
const rules: Readonly<Record<ScoringRule, Scoring>> = {
  Sum: { version: 1, of: (points) => points.reduce((sum, each) => sum + each, 0) },
  Product: { version: 1, of: (points) => points.reduce((product, each) => product * each, 1) },
  Indicators: { version: 1, of: (points) => Number(areEnough(points)) },
};

const [weak, medium, strong] = [1, 2, 3];
function areEnough(points: readonly number[]): boolean {
  const count = (weight: number) => points.filter((each) => each === weight).length;
  const [weakOnes, mediumOnes, strongOnes] = [count(weak), count(medium), count(strong)];
  const withStrong = strongOnes >= 2 || (strongOnes === 1 && mediumOnes + weakOnes >= 1);
  return withStrong || mediumOnes >= 3 || (mediumOnes === 2 && weakOnes >= 1);
}

/** The version of a rule by which scores are made today. */
export const versionOf = (rule: ScoringRule): number => rules[rule].version;

/** What an answer counts: its number, or the points of its codes; null where it, or a code of it, counts nothing. */
function pointsOf({ questions }: Pick<Template, "questions">, answer: Answer | undefined): readonly number[] | null {
  if (!answer) return null;
  const { codes } = questions.find(({ id }) => id === answer.question)!;
  if (answer.number !== undefined) return [answer.number];
  const points = (answer.codes ?? []).map((code) => codes.find((each) => each.code === code)?.points);
  return points.length > 0 && points.every((each) => each !== undefined) ? points : null;
}

/** One score of a template from the answers in its class. A missing answer makes it incomplete, never 0 (outcomes, section 7 of the domain reference). */
export function scored(template: Pick<Template, "questions">, { id, rule, questions }: Score, answers: readonly Answer[]): Scored {
  const points = questions.map((question) =>
    pointsOf(
      template,
      answers.find((each) => each.question === question),
    ),
  );
  const complete = points.every((each) => each !== null);
  const { version, of } = rules[rule];
  return { score: id, rule, ruleVersion: version, complete, ...(complete && { value: of(points.flatMap((each) => each ?? [])) }) };
}
