import type { Operation } from "#api/operations/operation.js";
import { caseOperations } from "#cases/cases.api.js";
import { shelterOperationsWith } from "#shelters/shelters.api.js";
import { resident } from "./resident.api.js";

/** Everything that can be asked of cases and of shelters, which do not know each other. */
export const operationsOfPeople: readonly Operation[] = [...caseOperations, ...shelterOperationsWith({ resident })];
