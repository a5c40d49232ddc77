import { eachOf, right, type Expectation } from "#access/expectation.js";

/** Who may do and see what, as the people concerned would say it. */
export const expected: Expectation = {
  operations: { workloads: right("read", "workload", "all") },
  answers: {
    Workload: {
      ...eachOf(["id", "stale", "skipped"], "open"),
      ...eachOf(
        ["organisation", "casesOpened", "screeningsCompleted", "consentsRecorded", "closuresRequested", "recordedLate", "lastRecordedAt"],
        "workload",
      ),
    },
  },
};
