import { may } from "#access/decide.js";
import { change, changes, replacing } from "#api/changes/changes.js";
import { caseRecord } from "../areas.js";
import type { cases } from "../cases.js";
import { DetermineTraffickingStatus, determineTraffickingStatus } from "./determination.js";
import { CompleteScreening, completeScreening, StartScreening, startScreening } from "./screening.js";
import { RecordTraffickingHistoryEvent, recordTraffickingHistoryEvent } from "./trafficking-history.js";

export const screeningOperations = changes(caseRecord, "Identification", [
  change(startScreening, StartScreening, may("write", "screening")),
  replacing(
    change(completeScreening, CompleteScreening, may("write", "screening")),
    ({ screening }: typeof cases.initial) => screening.findings !== null,
  ),
  change(determineTraffickingStatus, DetermineTraffickingStatus, may("write", "screening")),
  change(recordTraffickingHistoryEvent, RecordTraffickingHistoryEvent, may("write", "screening")),
]);
