import { Count, Key, Moment, Reference, ViewOf } from "#projection/declare/columns.js";
import { view, type FactsOf } from "#projection/declare/view.js";
import type { Located } from "#store/stored.js";
import { cases } from "../cases.js";

/** Recorded later than this after it happened counts as late, milliseconds: by then it is written down from memory. */
const late = 24 * 3_600_000;

/** What one worker has recorded, in whatever cases. Ids and counts only: a supervisor sees who has too much to do, and nothing of anybody. */
@ViewOf("Workload", {
  rows: { area: "workload", organisation: "organisation" },
  indexes: [
    ["lastRecordedAt", "id"],
    ["organisation", "lastRecordedAt", "id"],
  ],
})
export class WorkloadView {
  @Key() id!: string;
  @Reference({ area: "workload", optional: true, description: "Whom the worker works for, as she told last" }) organisation!: string | null;
  @Count({ area: "workload" }) casesOpened!: number;
  @Count({ area: "workload" }) screeningsCompleted!: number;
  @Count({ area: "workload", description: "Consents given, refused, narrowed or withdrawn" }) consentsRecorded!: number;
  @Count({ area: "workload" }) closuresRequested!: number;
  @Count({ area: "workload", description: "Of all these, recorded more than a day after it happened" }) recordedLate!: number;
  @Moment({ area: "workload", description: "When the store took the last of them" }) lastRecordedAt!: string;
}

type CaseFact = Located<FactsOf<typeof cases>>;
type Counter = "casesOpened" | "screeningsCompleted" | "consentsRecorded" | "closuresRequested";

const nothingYet = {
  organisation: null,
  casesOpened: 0,
  screeningsCompleted: 0,
  consentsRecorded: 0,
  closuresRequested: 0,
  recordedLate: 0,
};

const counting =
  (counter: Counter) =>
  (row: WorkloadView | null, { metadata, at, recordedAt }: CaseFact): WorkloadView => {
    const before = row ?? { id: metadata.by.id, ...nothingYet };
    // What is brought in as history was never meant to be told at once.
    const isLate = metadata.source !== "import" && Date.parse(recordedAt) - Date.parse(at) > late;
    const organisation = metadata.by.organisation ?? before.organisation;
    return {
      ...before,
      organisation,
      [counter]: before[counter] + 1,
      recordedLate: before.recordedLate + Number(isLate),
      lastRecordedAt: recordedAt,
    };
  };

const worker = ({ metadata }: CaseFact): string => metadata.by.id;

export const workloadView = view(cases)(WorkloadView, {
  version: 3,
  key: worker,
  routeBy: worker,
  project: {
    CaseOpened: counting("casesOpened"),
    ScreeningCompleted: counting("screeningsCompleted"),
    ConsentGiven: counting("consentsRecorded"),
    ConsentRefused: counting("consentsRecorded"),
    ConsentNarrowed: counting("consentsRecorded"),
    ConsentWithdrawn: counting("consentsRecorded"),
    CaseClosureRequested: counting("closuresRequested"),
  },
});
