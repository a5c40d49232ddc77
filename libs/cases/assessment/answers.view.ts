import { Codes, Count, Key, Text, ViewOf } from "#projection/declare/columns.js";
import { SealedObjects, Shape, Structures } from "#projection/declare/shapes.js";
import { sealedPart, view } from "#projection/declare/view.js";
import type { SealedPart } from "#seal/sealed.js";
import { answerClasses, type AnswerClass } from "#vocabulary/templates.js";
import { cases } from "../cases.js";
import { assessmentArea as area } from "./areas.js";

const description =
  "Each part has the `fact` and the `type` that it came with; `answers`, of which each has its `question`, by its id in the template, and `codes`, `text`, `number` or `day`; and `scores`, those that do not stand in the open, of which each has `score`, `rule`, `ruleVersion`, `complete`, and a `value` where it is complete";

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
  @SealedObjects("identity", { description }) identity!: SealedPart[];
  @SealedObjects("contact", { description }) contact!: SealedPart[];
  @SealedObjects("narrative", { description }) narrative!: SealedPart[];
  @SealedObjects("health", { description }) health!: SealedPart[];
  @SealedObjects("psychosocial", { description }) psychosocial!: SealedPart[];
  @SealedObjects("legal", { description }) legal!: SealedPart[];
  @SealedObjects("perpetrator", { description }) perpetrator!: SealedPart[];
  @SealedObjects("safety", { description }) safety!: SealedPart[];
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
