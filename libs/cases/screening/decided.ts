import type { Instant } from "#kernel/kernel.js";
import type { DecidingOrganisation, DecisionBasis, TraffickingStatus } from "../vocabulary.js";

// Facts

interface Determination {
  status: TraffickingStatus;
  decidedBy: DecidingOrganisation;
  /** By which the police or a court decided. */
  document?: string | undefined;
  basis: DecisionBasis;
}
/** Every decision is kept with who took it; a later one supersedes, and erases nothing. */
export type DeterminationFact =
  | { type: "TraffickingStatusDetermined"; data: Determination }
  | { type: "TraffickingStatusRevised"; data: Determination & { supersedes: TraffickingStatus } };

/** A decision as the state keeps it. */
export interface Determined {
  readonly at: Instant;
  readonly status: TraffickingStatus;
  readonly decidedBy: DecidingOrganisation;
}
