import { Code, Key, Moment, Text, ViewOf } from "#projection/declare/columns.js";
import { Shape, Structures } from "#projection/declare/shapes.js";
import { view } from "#projection/declare/view.js";
import { inserted } from "#kernel/in-time.js";
import { cases } from "../cases.js";
import { reflectionArea as area } from "./areas.js";
import { extended } from "./reflection.js";
import * as codes from "./vocabulary.js";

@Shape("ReflectionPeriod")
class ReflectionPeriod {
  @Text({ area }) period!: string;
  @Code(codes.jurisdictions, { area, description: "By whose law" }) jurisdiction!: codes.Jurisdiction;
  @Moment({ area, description: "Since when" }) at!: string;
  @Moment({ area, description: "Until when, as it was extended last" }) until!: string;
  @Moment({ area, optional: true, description: "When it ended in fact" }) endedAt!: string | null;
  @Code(codes.reflectionOutcomes, { area, optional: true, description: "Why" }) reason!: codes.ReflectionOutcome | null;
}

/** The time that she was given to recover and reflect. While a period runs nobody asks her whether she cooperates with the authorities. */
@ViewOf("CaseReflection", { concerns: ["case", "id"] })
export class CaseReflectionView {
  @Key() id!: string;
  @Structures(ReflectionPeriod, { description: "In order of time" }) periods!: ReflectionPeriod[];
}

const changed = (
  row: CaseReflectionView | null,
  period: string,
  change: (before: ReflectionPeriod) => Partial<ReflectionPeriod>,
): CaseReflectionView | null =>
  row && { ...row, periods: row.periods.map((each) => (each.period === period ? { ...each, ...change(each) } : each)) };

export const caseReflectionView = view(cases)(CaseReflectionView, {
  version: 1,
  key: ({ streamId }) => streamId,
  project: {
    ReflectionPeriodGranted: (row, { streamId, at, data }) => ({
      id: streamId,
      periods: [...inserted(row?.periods ?? [], { ...data, at, endedAt: null, reason: null })],
    }),
    ReflectionPeriodExtended: (row, { data: { period, until } }) => changed(row, period, (before) => extended(before, until)),
    ReflectionPeriodEnded: (row, { at, data: { period, reason } }) => changed(row, period, () => ({ endedAt: at, reason })),
  },
});
