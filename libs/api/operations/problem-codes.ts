import { personalFields } from "#access/personal.js";
import { lateRefusals } from "../changes/late-entry.js";
import { isAboutOne, isChange, type Answered, type Downloaded, type Uploaded } from "./operation.js";

/** By status, the codes of the problems with which an operation may be answered: those of its kind, and its own. */
export function problemCodesOf(operation: Answered | Uploaded | Downloaded): ReadonlyMap<number, readonly string[]> {
  const { input, permission, problems = {} } = operation;
  const change = isChange(operation);
  const ofItsKind: Readonly<Record<number, readonly string[]>> = {
    400: ["RequestInvalid", "RequestMalformed", ...(change ? ["BodyMalformed"] : [])],
    401: ["TokenMissing", "TokenExpired", "TokenInvalid"],
    403: change && input && personalFields(input).size > 0 ? ["FieldNotAllowed"] : [],
    404: permission === "anybody" ? [] : ["NotFound"],
    412: change && isAboutOne(operation) ? ["StaleRevision"] : [],
    413: change ? ["BodyTooLarge"] : [],
    415: change ? ["MediaTypeUnsupported"] : [],
    422: change ? ["KeyReused"] : [],
    429: ["TooManyRequests"],
    503: ["Unavailable", ...(change ? [] : ["NotYetConsistent"])],
  };
  const statuses = new Set([...Object.keys(ofItsKind), ...Object.keys(problems)].map(Number));
  return new Map(
    [...statuses]
      .toSorted((one, other) => one - other)
      .map((status) => [status, [...(ofItsKind[status] ?? []), ...(problems[status] ?? [])]] as const)
      .filter(([, codes]) => codes.length > 0),
  );
}

/** Whatever changes a record may be refused so, whatever its own rule says. */
export const everyChangeRefuses: readonly string[] = ["BeforeItsBeginning", "TooContended", ...lateRefusals];
