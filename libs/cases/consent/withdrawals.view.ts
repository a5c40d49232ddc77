import { Key, ViewOf, Words } from "#projection/declare/columns.js";
import { SealedList, Shape } from "#projection/declare/shapes.js";
import { sealedPart, view } from "#projection/declare/view.js";
import type { SealedPart } from "#seal/sealed.js";
import { cases } from "../cases.js";

@Shape("WithdrawalReason")
class WithdrawalReason {
  @Words() fact!: string;
  @Words() type!: string;
  @Words() reason!: string;
}

/** Why she withdrew consents, in her words. */
@ViewOf("CaseWithdrawals", { concerns: ["case", "id"] })
export class CaseWithdrawalsView {
  @Key() id!: string;
  @SealedList("narrative", WithdrawalReason) reasons!: SealedPart[];
}

export const caseWithdrawalsView = view(cases)(CaseWithdrawalsView, {
  version: 1,
  key: ({ streamId }) => streamId,
  project: {
    ConsentWithdrawn: (row, fact) => {
      const reason = sealedPart(fact, "narrative");
      return reason ? { id: fact.streamId, reasons: [...(row?.reasons ?? []), reason] } : row;
    },
  },
});
