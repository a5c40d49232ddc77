import { Key, ViewOf, Words } from "#projection/declare/columns.js";
import { SealedList, Shape } from "#projection/declare/shapes.js";
import { sealedPart, view } from "#projection/declare/view.js";
import type { SealedPart } from "#seal/sealed.js";
import { cases } from "../cases.js";

@Shape("HandoverNote")
class HandoverNote {
  @Words() fact!: string;
  @Words() type!: string;
  @Words() note!: string;
}

/** What whoever handed the case over had to say to whoever took it. */
@ViewOf("CaseHandovers", { concerns: ["case", "id"] })
export class CaseHandoversView {
  @Key() id!: string;
  @SealedList("narrative", HandoverNote) notes!: SealedPart[];
}

export const caseHandoversView = view(cases)(CaseHandoversView, {
  version: 1,
  key: ({ streamId }) => streamId,
  project: {
    WorkerAssigned: (row, fact) => {
      const note = sealedPart(fact, "narrative");
      return note ? { id: fact.streamId, notes: [...(row?.notes ?? []), note] } : row;
    },
  },
});
