import { may } from "#access/decide.js";
import { list } from "#api/reads/reads.js";
import { topic } from "#topics/topic.js";
import { cases } from "../cases.js";
import { workloadView } from "./workload.view.js";

export const workloadTopic = topic(cases, {
  views: [workloadView],
  lists: [
    list(workloadView, {
      name: "workloads",
      permission: may("read", "workload", "Oversight"),
      filters: [],
      sorts: ["-lastRecordedAt", "lastRecordedAt"],
    }),
  ],
});
