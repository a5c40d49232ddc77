import { Codes, Count, Key, Objects, Text, ViewOf, Words } from "#projection/declare/columns.js";
import { SealedList, Shape, Structures } from "#projection/declare/shapes.js";
import { sealedPart, view } from "#projection/declare/view.js";
import type { SealedPart } from "#seal/sealed.js";
import { answerClasses, type AnswerClass } from "#vocabulary/templates.js";
import { cases } from "../cases.js";
import { assessmentArea as area } from "./areas.js";

const answer = "Each has its `question`, by its id in the template, and `codes`, `text`, `number` or `day`";
const score =
  "Those that do not stand in the open. Each has `score`, `rule`, `ruleVersion`, `complete`, and a `value` where it is complete";

@Shape("ClassAnswers")
class ClassAnswers {
  @Words() fact!: string;
  @Words() type!: string;
  @Objects({ description: answer }) answers!: object[];
  @Objects({ description: score }) scores!: object[];
}

@Shape("AssessmentRecord")
class AssessmentRecord {
  @Text({ area, description: "What was answered has the same `fact` in its class" }) fact!: string;
  @Text({ area }) assessment!: string;
  @Text({ area, description: "The form, such as RSK-1" }) template!: string;
  @Count({ area, description: "Of the form, under which the answers are read" }) version!: number;
  @Codes(answerClasses, { area, description: "The classes that it told" }) classes!: AnswerClass[];
}

/** What she answered in assessments, class by class: for whoever may read the class, under the form by which she was asked. */
@ViewOf("CaseAssessmentAnswers", { concerns: ["case", "id"] })
export class CaseAssessmentAnswersView {
  @Key() id!: string;
  @Structures(AssessmentRecord, { description: "In the order in which they were told; nothing is overwritten" })
  records!: AssessmentRecord[];
  @SealedList("identity", ClassAnswers) identity!: SealedPart[];
  @SealedList("contact", ClassAnswers) contact!: SealedPart[];
  @SealedList("narrative", ClassAnswers) narrative!: SealedPart[];
  @SealedList("health", ClassAnswers) health!: SealedPart[];
  @SealedList("psychosocial", ClassAnswers) psychosocial!: SealedPart[];
  @SealedList("legal", ClassAnswers) legal!: SealedPart[];
  @SealedList("perpetrator", ClassAnswers) perpetrator!: SealedPart[];
  @SealedList("safety", ClassAnswers) safety!: SealedPart[];
}

type Row = CaseAssessmentAnswersView;
const nothingYet = (id: string): Row => ({
  ...{ id, records: [], identity: [], contact: [], narrative: [], health: [] },
  ...{ psychosocial: [], legal: [], perpetrator: [], safety: [] },
});

type Told = Parameters<typeof sealedPart>[0] & { readonly data: { readonly classes: AnswerClass[] } };
const told = (row: Row, fact: Told, { assessment, template, version }: Omit<AssessmentRecord, "fact" | "classes">): Row => {
  const parts = fact.data.classes.flatMap((each) => {
    const part = sealedPart(fact, each);
    return part ? [[each, [...row[each], part]]] : [];
  });
  const record = { fact: fact.id, assessment, template, version, classes: fact.data.classes };
  return { ...row, ...(Object.fromEntries(parts) as Partial<Row>), records: [...row.records, record] };
};

export const caseAssessmentAnswersView = view(cases)(CaseAssessmentAnswersView, {
  version: 1,
  key: ({ streamId }) => streamId,
  project: {
    AssessmentCompleted: (row, fact) => told(row ?? nothingYet(fact.streamId), fact, fact.data),
    AssessmentSupplemented: (row, fact) => {
      const first = row?.records.find(({ assessment }) => assessment === fact.data.assessment);
      return row && first ? told(row, fact, first) : row;
    },
  },
});
