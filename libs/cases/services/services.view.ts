import { Code, Count, Flag, Inner, Key, Measure, Moment, Reference, Text, ViewOf } from "#projection/declare/columns.js";
import { newest } from "#projection/declare/newest.js";
import { view } from "#projection/declare/view.js";
import { earlier, inserted } from "#kernel/in-time.js";
import { cases } from "../cases.js";
import { serviceArea as area } from "./areas.js";
import type { ServiceStep } from "./services.js";
import * as codes from "./vocabulary.js";

/** Help that was asked for or given. Lists and counts see its group; what it was stands in the record of her case, with its discipline. */
@ViewOf("Service", {
  about: ["case", "caseId"],
  concerns: ["case", "caseId"],
  indexes: [
    ["askedAt", "id"],
    ["caseId", "askedAt", "id"],
    ["group", "askedAt", "id"],
    ["status", "askedAt", "id"],
    ["provider", "askedAt", "id"],
  ],
})
export class ServiceView {
  @Key() id!: string;
  @Reference({ area }) caseId!: string;
  @Code(codes.serviceGroups, { area }) group!: codes.ServiceGroup;
  @Code(codes.openServices, { area, optional: true }) kind!: codes.OpenService | null;
  @Code(codes.serviceStatuses, { area }) status!: codes.ServiceStatus;
  @Code(codes.urgentSteps, { area, optional: true }) urgentStep!: codes.UrgentStep | null;
  @Moment({ area, description: "When it was asked for, or given where nobody had asked" }) askedAt!: string;
  @Moment({ area, optional: true, description: "By when she has to have it" }) dueBy!: string | null;
  @Moment({ area, optional: true }) plannedFor!: string | null;
  @Reference({ area, optional: true, description: "The organisation that gives it" }) provider!: string | null;
  @Moment({ area, optional: true, description: "When it was given last" }) deliveredAt!: string | null;
  @Count({ area, description: "How often it was given" }) deliveries!: number;
  @Measure({ area, optional: true, description: "How much of it altogether" }) quantity!: number | null;
  @Code(codes.serviceUnits, { area, optional: true }) unit!: codes.ServiceUnit | null;
  @Count({ area, description: "Minutes altogether" }) durationMinutes!: number;
  @Measure({ area, optional: true, description: "Altogether, in hundredths of the currency" }) cost!: number | null;
  @Text({ area, optional: true, description: "ISO 4217" }) currency!: string | null;
  @Text({ area, optional: true, description: "The code of the grant that pays for it" }) fundingSource!: string | null;
  @Flag({ area, description: "Others were there as well" }) inGroup!: boolean;
  @Code(codes.missedBys, { area, optional: true, description: "Who did not come last" }) missedBy!: codes.MissedBy | null;
  @Code(codes.serviceOutcomes, { area, optional: true }) outcome!: codes.ServiceOutcome | null;
  @Count({ area, optional: true, description: "As she says herself, from 1 to 5" }) satisfaction!: number | null;
  /** In order of time. */
  @Inner() steps!: readonly ServiceStep[];
  @Inner() since!: Record<string, string>;
}

type Row = ServiceView;
const begun = (id: string, caseId: string, group: codes.ServiceGroup, askedAt: string): Row => ({
  ...{ id, caseId, group, kind: null, status: "Requested", urgentStep: null, askedAt, dueBy: null, plannedFor: null, provider: null },
  ...{ deliveredAt: null, deliveries: 0, quantity: null, unit: null, durationMinutes: 0, cost: null, currency: null },
  ...{ fundingSource: null, inGroup: false, missedBy: null, outcome: null, satisfaction: null, steps: [], since: {} },
});

/** The row after a step, which may be told late: it stands where its last step left it. */
const after = (row: Row, at: string, status: codes.ServiceStatus): Row => {
  const steps = inserted(row.steps, { at, status });
  return { ...row, steps, status: steps.at(-1)!.status };
};

/** What is measured in another unit, or paid in another currency, is no sum: then the last counts. */
const sum = (before: number | null, more: number | undefined, isSame: boolean): number | null =>
  more === undefined ? before : (isSame ? (before ?? 0) : 0) + more;

export const serviceView = view(cases)(ServiceView, {
  version: 2,
  key: ({ id, data }) => ("service" in data && data.service !== undefined ? data.service : id),
  project: {
    ServiceRequested: (_, fact) => {
      const { service, group, kind = null, urgentStep = null, dueBy = null } = fact.data;
      return after({ ...begun(service, fact.streamId, group, fact.at), kind, urgentStep, dueBy }, fact.at, "Requested");
    },
    ServiceScheduled: (row, { at, data: { plannedFor, provider = null } }) =>
      row && newest(after(row, at, "Scheduled"), "planned", at, { plannedFor, provider }),
    ServiceDelivered: (row, fact) => {
      const { service, group, kind, provider, quantity, unit, durationMinutes = 0, cost, currency, fundingSource, inGroup } = fact.data;
      const before = row ?? begun(service, fact.streamId, group, fact.at);
      const given = {
        ...after(before, fact.at, "Delivered"),
        ...{ askedAt: earlier(before.askedAt, fact.at)!, deliveries: before.deliveries + 1, kind: kind ?? before.kind },
        ...{ fundingSource: fundingSource ?? before.fundingSource },
        ...{ quantity: sum(before.quantity, quantity, before.unit === unit), unit: unit ?? before.unit },
        ...{ cost: sum(before.cost, cost, before.currency === currency), currency: currency ?? before.currency },
        ...{ durationMinutes: before.durationMinutes + durationMinutes, inGroup: inGroup ?? before.inGroup },
      };
      return newest(given, "given", fact.at, { deliveredAt: fact.at, provider: provider ?? before.provider });
    },
    ServiceMissed: (row, { at, data: { missedBy } }) => row && newest(after(row, at, "Missed"), "missed", at, { missedBy }),
    ServiceDeclined: (row, { at }) => row && after(row, at, "Declined"),
    ServiceOutcomeRecorded: (row, { at, data: { outcome } }) => row && newest(row, "outcome", at, { outcome }),
    ServiceSatisfactionRecorded: (row, { at, data: { score } }) => row && newest(row, "satisfaction", at, { satisfaction: score }),
  },
});
