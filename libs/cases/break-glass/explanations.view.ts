import { Key, ViewOf, Words } from "#projection/declare/columns.js";
import { SealedList, Shape } from "#projection/declare/shapes.js";
import { sealedPart, view } from "#projection/declare/view.js";
import type { SealedPart } from "#seal/sealed.js";
import { cases } from "../cases.js";
import { explanationArea } from "./areas.js";

@Shape("EmergencyExplanation")
class EmergencyExplanation {
  @Words() fact!: string;
  @Words() type!: string;
  @Words() explanation!: string;
}

/** Why somebody looked into the case in an emergency, for whoever reviews that. */
@ViewOf("CaseEmergencies", { concerns: ["case", "id"] })
export class CaseEmergenciesView {
  @Key() id!: string;
  @SealedList(explanationArea, EmergencyExplanation) explanations!: SealedPart[];
}

export const caseEmergenciesView = view(cases)(CaseEmergenciesView, {
  version: 1,
  key: ({ streamId }) => streamId,
  project: {
    BreakGlassInvoked: (row, fact) => {
      const explanation = sealedPart(fact, explanationArea);
      return explanation ? { id: fact.streamId, explanations: [...(row?.explanations ?? []), explanation] } : row;
    },
  },
});
