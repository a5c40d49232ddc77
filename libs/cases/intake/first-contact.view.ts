import { Code, Key, ViewOf, Words } from "#projection/declare/columns.js";
import { Sealed, Shape } from "#projection/declare/shapes.js";
import { sealedPart, view } from "#projection/declare/view.js";
import type { SealedPart } from "#seal/sealed.js";
import { cases } from "../cases.js";
import { knownFromCodes, type KnownFrom } from "../known-from.js";

@Shape("ImmediateNeeds")
class ImmediateNeeds {
  @Words() immediateNeeds!: string;
}

/** What was told at first contact. */
@ViewOf("CaseFirstContact", { concerns: ["case", "id"] })
export class CaseFirstContactView {
  @Key() id!: string;
  @Code(knownFromCodes, { area: "case", description: "From whom or what this is known" }) knownFrom!: KnownFrom;
  @Sealed("narrative", ImmediateNeeds) immediateNeeds!: SealedPart | null;
}

export const caseFirstContactView = view(cases)(CaseFirstContactView, {
  version: 2,
  key: ({ streamId }) => streamId,
  project: {
    CaseOpened: (row, fact) => {
      const immediateNeeds = sealedPart(fact, "narrative");
      return immediateNeeds ? { id: fact.streamId, knownFrom: fact.data.knownFrom ?? "Unknown", immediateNeeds } : row;
    },
  },
});
