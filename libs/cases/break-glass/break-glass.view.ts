import { Code, Key, Moment, Reference, Text, ViewOf } from "#projection/declare/columns.js";
import { view } from "#projection/declare/view.js";
import { cases } from "../cases.js";
import { emergencyReviewArea as area } from "./areas.js";
import { breakGlassFindings, breakGlassReasons, type BreakGlassFinding, type BreakGlassReason } from "./vocabulary.js";

/** Who has looked into a case in an emergency, for whoever reviews it. */
@ViewOf("EmergencyAccess", {
  about: ["case", "caseId"],
  concerns: ["case", "caseId"],
  indexes: [
    ["invokedAt", "id"],
    ["caseId", "invokedAt", "id"],
    ["by", "invokedAt", "id"],
  ],
})
export class EmergencyAccessView {
  @Key() id!: string;
  @Reference({ area }) caseId!: string;
  @Text({ area, description: "Who invoked it" }) by!: string;
  @Text({ area, description: "Whom she told" }) informed!: string;
  @Code(breakGlassReasons, { area }) reason!: BreakGlassReason;
  @Moment({ area }) invokedAt!: string;
  @Moment({ area }) until!: string;
  @Moment({ area, description: "By when it is to be reviewed" }) reviewBy!: string;
  @Moment({ area, optional: true, description: "Since when its review is overdue; null: it is not" }) overdueSince!: string | null;
  @Code(breakGlassFindings, { area, optional: true }) finding!: BreakGlassFinding | null;
}

export const emergencyAccessView = view(cases)(EmergencyAccessView, {
  version: 1,
  key: ({ id, data }) => ("access" in data ? data.access : id),
  project: {
    BreakGlassInvoked: (_, { streamId, at, data: { access, by, informed, reason, until, reviewBy } }) => ({
      ...{ id: access, caseId: streamId, by, informed, reason, invokedAt: at, until, reviewBy },
      overdueSince: null,
      finding: null,
    }),
    BreakGlassReviewed: (row, { data: { finding } }) => row && { ...row, finding, overdueSince: null },
    BreakGlassReviewOverdue: (row, { at }) => row && { ...row, overdueSince: at },
  },
});
