import type { Instant } from "#kernel/kernel.js";
import type { ServiceGroup } from "../services/vocabulary.js";
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
  readonly basis: DecisionBasis;
}

/** What somebody who is not a victim is owed: help elsewhere, which she may decline. */
export type ReferralOnFact =
  /** `organisation`: its code. `group`: for which help. */
  { type: "ReferredOn"; data: { organisation: string; group: ServiceGroup } } | { type: "ReferralOnDeclined"; data: object };
