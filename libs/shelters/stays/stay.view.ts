import { earlier, inserted } from "#kernel/in-time.js";
import { newest } from "#projection/declare/newest.js";
import { Code, Flag, Inner, Key, Moment, Reference, Text, ViewOf } from "#projection/declare/columns.js";
import { view } from "#projection/declare/view.js";
import { shelters } from "../shelters.js";
import { exitTypes, type ExitType } from "#vocabulary/stays.js";
import { bedCategories, type BedCategory } from "../vocabulary.js";

interface SleptNight {
  readonly at: string;
  readonly bed: string;
  readonly category: BedCategory;
  readonly overflow: boolean;
}

/** One stay, from admission to discharge. In which house it is, is for the staff of that house. */
@ViewOf("Stay", {
  about: ["shelter", "shelter"],
  concerns: ["case", "caseId"],
  rows: { area: "stay", house: "shelter" },
  indexes: [
    ["admittedAt", "id"],
    ["shelter", "admittedAt", "id"],
    ["caseId", "admittedAt", "id"],
  ],
  spans: [{ of: "shelter", from: "admittedAt", until: "dischargedAt", telling: ["id", "bed", "overflow", "moved"] }],
})
export class StayView {
  @Key() id!: string;
  @Reference({ area: "location" }) shelter!: string;
  @Reference({ area: "stay" }) caseId!: string;
  @Text({ area: "location", description: "The last bed in which she slept" }) bed!: string;
  @Code(bedCategories, { area: "stay" }) category!: BedCategory;
  @Flag({ area: "stay" }) overflow!: boolean;
  @Moment({ area: "stay" }) admittedAt!: string;
  @Moment({ area: "stay", optional: true }) leaveUntil!: string | null;
  @Moment({ area: "stay", optional: true, description: "When she should have been back from leave; null: she is not overdue" })
  overdueSince!: string | null;
  @Moment({ area: "stay", optional: true }) dischargedAt!: string | null;
  @Code(exitTypes, { area: "stay", optional: true }) exitType!: ExitType | null;
  @Flag({ area: "stay", description: "In more than one bed" }) moved!: boolean;
  /** In which bed from when on, in order of time. */
  @Inner() beds!: SleptNight[];
  /** When it was told last whether she is on leave: leave. */
  @Inner() since!: Record<string, string>;
}

/** Where she slept last, of all beds that count: what this house told of times after her departure does not. */
const inBeds = (row: StayView, beds: readonly SleptNight[]): StayView => {
  const { bed, category, overflow } = beds.findLast(({ at }) => row.dischargedAt === null || at < row.dischargedAt) ?? beds[0]!;
  return { ...row, bed, category, overflow, moved: beds.length > 1, beds: [...beds] };
};

export const stayView = view(shelters)(StayView, {
  version: 3,
  key: (fact) => ("stay" in fact.data ? fact.data.stay : fact.id),
  project: {
    ResidentAdmitted: (_, { streamId, at, data: { stay, caseId, bed, category, overflow } }) => ({
      id: stay,
      shelter: streamId,
      caseId,
      bed,
      category,
      overflow,
      admittedAt: at,
      leaveUntil: null,
      overdueSince: null,
      dischargedAt: null,
      exitType: null,
      moved: false,
      beds: [{ at, bed, category, overflow }],
      since: {},
    }),
    ResidentMoved: (row, { at, data: { bed, category, overflow } }) =>
      row && inBeds(row, inserted(row.beds, { at, bed, category, overflow })),
    LeaveGranted: (row, { at, data: { until } }) => row && newest(row, "leave", at, { leaveUntil: until, overdueSince: null }),
    LeaveOverrun: (row, { data: { until } }) => row && (row.leaveUntil === until ? { ...row, overdueSince: until } : row),
    ResidentReturned: (row, { at }) => row && newest(row, "leave", at, { leaveUntil: null, overdueSince: null }),
    ResidentDischarged: (row, { at, data: { exitType } }) =>
      row && earlier(row.dischargedAt, at) === at ? inBeds({ ...row, dischargedAt: at, exitType, overdueSince: null }, row.beds) : row,
  },
});
