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
};

/** The version of a rule by which scores are made today. */
export const versionOf = (rule: ScoringRule): number => rules[rule].version;

/** What an answer counts: its number, or the points of its code; null where it counts nothing. */
function pointsOf({ questions }: Pick<Template, "questions">, answer: Answer | undefined): number | null {
  if (!answer) return null;
  const { codes } = questions.find(({ id }) => id === answer.question)!;
  if (answer.number !== undefined) return answer.number;
  const [code] = answer.codes ?? [];
  return codes.find((each) => each.code === code)?.points ?? null;
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
  return { score: id, rule, ruleVersion: version, complete, ...(complete && { value: of(points as number[]) }) };
}
