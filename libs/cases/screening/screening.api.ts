import { may } from "#access/decide.js";
import { change, changes } from "#api/changes.js";
import { cases } from "../cases.js";
import { DetermineTraffickingStatus, determineTraffickingStatus } from "./determination.js";
import { CompleteScreening, completeScreening, StartScreening, startScreening } from "./screening.js";
import { RecordTraffickingHistoryEvent, recordTraffickingHistoryEvent } from "./trafficking-history.js";

export const screeningOperations = changes(cases, [
  change(startScreening, StartScreening, may("write", "screening")),
  change(completeScreening, CompleteScreening, may("write", "screening")),
  change(determineTraffickingStatus, DetermineTraffickingStatus, may("write", "screening")),
  change(recordTraffickingHistoryEvent, RecordTraffickingHistoryEvent, may("write", "screening")),
]);
