import { Code, Flag, Key, Moment, Reference, Text, ViewOf } from "#projection/columns.js";
import { view } from "#projection/view.js";
import { shelters } from "../shelters.js";
import { bedCategories, exitTypes, type BedCategory, type ExitType } from "../vocabulary.js";

/** One stay, from admission to discharge. */
@ViewOf("Stay", {
  indexes: [
    ["admittedAt", "id"],
    ["shelter", "admittedAt", "id"],
    ["caseId", "admittedAt", "id"],
  ],
  spans: [{ of: "shelter", from: "admittedAt", until: "dischargedAt", telling: ["overflow"] }],
})
export class StayView {
  @Key() id!: string;
  @Reference() shelter!: string;
  @Reference() caseId!: string;
  @Text() bed!: string;
  @Code(bedCategories) category!: BedCategory;
  @Flag() overflow!: boolean;
  @Moment() admittedAt!: string;
  @Moment({ optional: true }) leaveUntil!: string | null;
  @Moment({ optional: true }) dischargedAt!: string | null;
  @Code(exitTypes, { optional: true }) exitType!: ExitType | null;
}

export const stayView = view(shelters)(StayView, {
  onPoison: "park",
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
