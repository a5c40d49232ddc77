import { Code, Flag, Key, Moment, Reference, Text, ViewOf } from "#projection/columns.js";
import { view } from "#projection/view.js";
import { shelters } from "../shelters.js";
import { bedCategories, exitTypes, type BedCategory, type ExitType } from "../vocabulary.js";

/** One stay, from admission to discharge. In which house it is, is for the staff of that house. */
@ViewOf("Stay", {
  about: ["shelter", "shelter"],
  indexes: [
    ["admittedAt", "id"],
    ["shelter", "admittedAt", "id"],
    ["caseId", "admittedAt", "id"],
  ],
  spans: [{ of: "shelter", from: "admittedAt", until: "dischargedAt", telling: ["overflow"] }],
})
export class StayView {
  @Key() id!: string;
  @Reference({ area: "location" }) shelter!: string;
  @Reference({ area: "stay" }) caseId!: string;
  @Text({ area: "location" }) bed!: string;
  @Code(bedCategories, { area: "stay" }) category!: BedCategory;
  @Flag({ area: "stay" }) overflow!: boolean;
  @Moment({ area: "stay" }) admittedAt!: string;
  @Moment({ area: "stay", optional: true }) leaveUntil!: string | null;
  @Moment({ area: "stay", optional: true }) dischargedAt!: string | null;
  @Code(exitTypes, { area: "stay", optional: true }) exitType!: ExitType | null;
}

export const stayView = view(shelters)(StayView, {
  version: 1,
  key: (fact) => ("stay" in fact.data ? fact.data.stay : fact.id),
  project: {
    ResidentAdmitted: (_, { streamId, at, data: { stay, caseId, bed, category, overflow } }) => ({
      ...{ id: stay, shelter: streamId, caseId, bed, category, overflow, admittedAt: at },
      ...{ leaveUntil: null, dischargedAt: null, exitType: null },
    }),
    ResidentMoved: (row, { data: { bed, category, overflow } }) => row && { ...row, bed, category, overflow },
    LeaveGranted: (row, { data: { until } }) => row && { ...row, leaveUntil: until },
    ResidentReturned: (row) => row && { ...row, leaveUntil: null },
    ResidentDischarged: (row, { at, data: { exitType } }) => row && { ...row, dischargedAt: at, exitType },
  },
});
