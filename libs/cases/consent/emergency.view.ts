import { Code, Key, Moment, Reference, Text, ViewOf } from "#projection/declare/columns.js";
import { view } from "#projection/declare/view.js";
import { cases } from "../cases.js";
import { emergencyFindings, vitalInterests, type EmergencyFinding, type VitalInterest } from "../vocabulary.js";
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
  @Text({ area, description: "Who authorised it" }) authorisedBy!: string;
  @Moment({ area }) invokedAt!: string;
  @Moment({ area, description: "By when it is to be reviewed; it allows nothing from then on" }) reviewBy!: string;
  @Moment({ area, optional: true, description: "Since when its review is overdue; null: it is not" }) overdueSince!: string | null;
  @Code(emergencyFindings, { area, optional: true }) finding!: EmergencyFinding | null;
}

export const emergencyProcessingView = view(cases)(EmergencyProcessingView, {
  version: 1,
  // Those of the first version are told apart within a case alone.
  key: ({ streamId, id, data }) => ("emergency" in data ? `${streamId} ${data.emergency}` : id),
  project: {
    EmergencyProcessingInvoked: (_, { streamId, at, metadata, data: { emergency, vitalInterest, authorisedBy, reviewBy } }) => ({
      ...{ id: `${streamId} ${emergency}`, caseId: streamId, emergency, vitalInterest, by: metadata.by.id, authorisedBy },
      ...{ invokedAt: at, reviewBy, overdueSince: null, finding: null },
    }),
    EmergencyProcessingReviewed: (row, { data: { finding } }) => row && { ...row, finding, overdueSince: null },
    EmergencyProcessingReviewOverdue: (row, { at }) => row && { ...row, overdueSince: at },
  },
});
