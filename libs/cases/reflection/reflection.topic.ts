import { may } from "#access/decide.js";
import { change } from "#api/changes/changes.js";
import { topic } from "#topics/topic.js";
import { cases } from "../cases.js";
import { reflectionArea } from "./areas.js";
import { reflectionElapsing } from "./elapsing.policy.js";
import { reflectionVocabularies } from "./labels.js";
import * as reflecting from "./reflecting.js";
import { reflection } from "./reflection.js";
import { caseReflectionView } from "./reflection.view.js";

const write = may("write", reflectionArea);

/** Time to recover and to reflect. */
export const reflectionTopic = topic(cases, reflection, {
  state: reflectionArea,
  facts: {
    ReflectionPeriodGranted: reflectionArea,
    ReflectionPeriodExtended: reflectionArea,
    ReflectionPeriodEnded: reflectionArea,
  },
  changes: {
    Identification: [
      change(reflecting.grantReflectionPeriod, reflecting.GrantReflectionPeriod, write),
      change(reflecting.extendReflectionPeriod, reflecting.ExtendReflectionPeriod, write),
      change(reflecting.endReflectionPeriod, reflecting.EndReflectionPeriod, write),
    ],
  },
  sections: { reflection: caseReflectionView },
  due: [reflectionElapsing],
  vocabularies: reflectionVocabularies,
});
