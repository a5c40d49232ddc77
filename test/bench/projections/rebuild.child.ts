import "reflect-metadata";
import { rebuild } from "#projection/rebuild/rebuild.js";
import { EventLog } from "#store/event-log.js";
import { views } from "../../../apps/projector/views.js";

/** Folds all views anew. */
const log = new EventLog(process.env["EVENTSTORE_URL"]!);
const begun = performance.now();
let last = begun;
const stages: Record<string, number> = {};
let stage = "reading";
const rebuilt = await rebuild(log, process.env["DATABASE_URL"]!, views, {
  anew: true,
  told(step) {
    if (step.stage === stage) return;
    stages[stage] = (performance.now() - last) / 1_000;
    last = performance.now();
    stage = step.stage;
  },
});
stages[stage] = (performance.now() - last) / 1_000;
process.send!({ rebuilt, stages, seconds: (performance.now() - begun) / 1_000 });
await log.close();
process.exit(0);
