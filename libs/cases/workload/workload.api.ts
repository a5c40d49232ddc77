import { may } from "#access/decide.js";
import { list } from "#api/reads/reads.js";
import { workloadView } from "./workload.view.js";

export const workloadOperations = [
  list(workloadView, {
    name: "workloads",
    permission: may("read", "workload"),
    filters: [],
    sorts: ["-lastRecordedAt", "lastRecordedAt"],
  }),
];
