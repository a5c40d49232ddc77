import { Code, Codes, Count, Flag, Inner, Key, Measure, Moment, Reference, Text, ViewOf } from "#projection/declare/columns.js";
import { Shape, Structures } from "#projection/declare/shapes.js";
import { view } from "#projection/declare/view.js";
import { answerClasses, scoringRules, type AnswerClass, type ScoringRule } from "#vocabulary/templates.js";
import { cases } from "../cases.js";
import { assessmentArea as area } from "./areas.js";
import type { OpenScore } from "./assessments.js";

@Shape("AssessmentScore")
class AssessmentScore {
  @Text({ area, description: "By its id in the template" }) score!: string;
  @Code(scoringRules, { area }) rule!: ScoringRule;
  @Count({ area, description: "Of the rule that made it" }) ruleVersion!: number;
  @Flag({ area, description: "False: an answer is missing, and there is no value" }) complete!: boolean;
  @Measure({ area, optional: true }) value!: number | null;
}

/** A form that was filled in. What she answered stands in the record of her case. */
@ViewOf("Assessment", {
  about: ["case", "caseId"],
  concerns: ["case", "caseId"],
  indexes: [
    ["completedAt", "id"],
    ["caseId", "completedAt", "id"],
    ["template", "completedAt", "id"],
  ],
})
export class AssessmentView {
  @Key() id!: string;
  @Reference({ area }) caseId!: string;
  @Text({ area, description: "The form, such as RSK-1" }) template!: string;
  @Count({ area, description: "Of the form, under which its answers are read" }) version!: number;
  @Moment({ area }) completedAt!: string;
  @Text({ area, description: "Who filled it in with her" }) completedBy!: string;
  @Codes(answerClasses, { area, description: "The classes in which something was answered" }) classes!: AnswerClass[];
  @Codes(answerClasses, { area, description: "Those in which a required answer is missing" }) missing!: AnswerClass[];
  @Flag({ area, description: "Nothing is missing" }) complete!: boolean;
  @Structures(AssessmentScore, { description: "Those that stand in the open" }) scores!: AssessmentScore[];
  @Moment({ area, optional: true, description: "When it is repeated" }) reviewBy!: string | null;
  @Text({ area, optional: true, description: "The newer one that stands in its place; null: it stands" }) supersededBy!: string | null;
  /** When each class was told last. */
  @Inner() since!: Record<string, string>;
}

/** In the order of the classes. */
const ordered = (classes: readonly AnswerClass[]): AnswerClass[] => answerClasses.filter((each) => classes.includes(each));
const scoreOf = ({ value, class: _, ...told }: OpenScore): AssessmentScore => ({ ...told, value: value ?? null });
const since = (classes: readonly AnswerClass[], at: string) => Object.fromEntries(classes.map((each) => [each, at]));

export const assessmentView = view(cases)(AssessmentView, {
  version: 1,
  key: ({ id, data }) => ("assessment" in data ? data.assessment : id),
  project: {
    AssessmentCompleted: (_, { streamId, at, metadata, data }) => {
      const { assessment, template, version, classes, incomplete, awaited, scores, reviewBy = null } = data;
      const missing = ordered([...incomplete, ...awaited]);
      return {
        ...{ id: assessment, caseId: streamId, template, version, completedAt: at, completedBy: metadata.by.id, reviewBy },
        ...{ classes: ordered(classes), missing, complete: missing.length === 0, scores: scores.map(scoreOf), supersededBy: null },
        since: since(classes, at),
      };
    },
    AssessmentSupplemented: (row, { at, data }) => {
      if (!row) return row;
      // Of a class, what was told of the latest time counts.
      const newer = data.classes.filter((each) => (row.since[each] ?? "") <= at);
      const incomplete = data.incomplete.filter((each) => newer.includes(each));
      const missing = ordered([...row.missing.filter((each) => !newer.includes(each)), ...incomplete]);
      const scores = data.scores.filter((each) => newer.includes(each.class)).map(scoreOf);
      return {
        ...row,
        ...{ classes: ordered([...row.classes, ...data.classes]), missing, complete: missing.length === 0 },
        scores: row.scores.map((each) => scores.find(({ score }) => score === each.score) ?? each),
        since: { ...row.since, ...since(newer, at) },
      };
    },
    AssessmentSuperseded: (row, { data: { by } }) => row && { ...row, supersededBy: by },
  },
});
