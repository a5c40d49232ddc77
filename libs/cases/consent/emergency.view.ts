import { Code, Key, Moment, Reference, Text, ViewOf } from "#projection/declare/columns.js";
import { view } from "#projection/declare/view.js";
import { cases } from "../cases.js";
import {
  emergencyFindings,
  emergencyRefusals,
  vitalInterests,
  type EmergencyFinding,
  type EmergencyRefusal,
  type VitalInterest,
} from "../vocabulary.js";
import { emergencyProcessingArea as area } from "./areas.js";

/** What was done without consent, for a vital interest, for whoever reviews it. */
@ViewOf("EmergencyProcessing", {
  about: ["case", "caseId"],
  concerns: ["case", "caseId"],
  indexes: [
    ["invokedAt", "id"],
    ["caseId", "invokedAt", "id"],
  ],
})
export class EmergencyProcessingView {
  @Key() id!: string;
  @Reference({ area }) caseId!: string;
  @Text({ area, description: "What a review names it by" }) emergency!: string;
  @Code(vitalInterests, { area }) vitalInterest!: VitalInterest;
  @Text({ area, description: "Who invoked it" }) by!: string;
  @Text({ area, description: "Who is to authorise it, or has" }) authorisedBy!: string;
  @Moment({ area }) invokedAt!: string;
  @Moment({
    ...{ area, optional: true },
    description: "By when she is to say so herself; null: it was enough then that she was named",
  })
  confirmBy!: string | null;
  @Moment({ area, optional: true, description: "When she said so; null: she has not" }) confirmedAt!: string | null;
  @Moment({ area, optional: true, description: "When she said no" }) refusedAt!: string | null;
  @Code(emergencyRefusals, { area, optional: true, description: "Why she said no" }) refusedBecause!: EmergencyRefusal | null;
  @Moment({ area, optional: true, description: "When it lapsed, since she had not said so in time; null: it has not" })
  lapsedAt!: string | null;
  @Moment({ area, description: "By when it is to be reviewed; it allows nothing from then on" }) reviewBy!: string;
  @Moment({ area, optional: true, description: "Since when its review is overdue; null: it is not" }) overdueSince!: string | null;
  @Code(emergencyFindings, { area, optional: true }) finding!: EmergencyFinding | null;
}

export const emergencyProcessingView = view(cases)(EmergencyProcessingView, {
  version: 2,
  // Those of the first version are told apart within a case alone.
  key: ({ streamId, id, data }) => ("emergency" in data ? `${streamId} ${data.emergency}` : id),
  project: {
    EmergencyProcessingInvoked: (_, { streamId, at, metadata, data: { emergency, ...data } }) => ({
      ...{ id: `${streamId} ${emergency}`, caseId: streamId, emergency, by: metadata.by.id, ...data },
      ...{ confirmedAt: null, refusedAt: null, refusedBecause: null, lapsedAt: null },
      ...{ invokedAt: at, overdueSince: null, finding: null },
    }),
    EmergencyProcessingConfirmed: (row, { data: { confirmedAt } }) => row && { ...row, confirmedAt },
    EmergencyProcessingRefused: (row, { at, data: { reason } }) => row && { ...row, refusedAt: at, refusedBecause: reason },
    EmergencyProcessingLapsed: (row, { at }) => row && { ...row, lapsedAt: at },
    EmergencyProcessingReviewed: (row, { data: { finding } }) => row && { ...row, finding, overdueSince: null },
    EmergencyProcessingReviewOverdue: (row, { at }) => row && { ...row, overdueSince: at },
  },
});
