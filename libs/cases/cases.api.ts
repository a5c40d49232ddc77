import { may } from "#access/decide.js";
import { accessTo, historyOf } from "#api/history/history.js";
import type { Operation } from "#api/operations/operation.js";
import { caseRecord } from "./areas.js";
import { closureOperations } from "./closure/closure.api.js";
import { consentOperations } from "./consent/consent.api.js";
import { intakeOperations } from "./intake/intake.api.js";
import { screeningOperations } from "./screening/screening.api.js";
import { workloadOperations } from "./workload/workload.api.js";

/** Everything that can be asked of cases. A new topic is a line here. */
export const caseOperations: readonly Operation[] = [
  ...intakeOperations,
  ...screeningOperations,
  ...consentOperations,
  ...closureOperations,
  ...workloadOperations,
  ...historyOf(caseRecord, may("read", "history")),
  accessTo(caseRecord, may("read", "access")),
];
