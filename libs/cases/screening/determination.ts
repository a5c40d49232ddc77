import { IsIn } from "class-validator";
import { require, type Rule } from "#kernel/kernel.js";
import type { Closure } from "../closure/closure.js";
import { isChildAt, type Intake } from "../intake/intake.js";
import {
  decidingOrganisations,
  decisionBases,
  traffickingStatuses,
  type DecidingOrganisation,
  type DecisionBasis,
  type TraffickingStatus,
} from "../vocabulary.js";
import type { Screening, ScreeningFact } from "./screening.js";

// Facts

interface Determination {
  status: TraffickingStatus;
  decidedBy: DecidingOrganisation;
  basis: DecisionBasis;
}
/** Every decision is kept with who took it; a later one supersedes, and erases nothing. */
export type DeterminationFact =
  | { type: "TraffickingStatusDetermined"; data: Determination }
  | { type: "TraffickingStatusRevised"; data: Determination & { supersedes: TraffickingStatus } };

// Request

export class DetermineTraffickingStatus {
  @IsIn(traffickingStatuses) status!: TraffickingStatus;
  @IsIn(decidingOrganisations) decidedBy!: DecidingOrganisation;
  @IsIn(decisionBases) basis!: DecisionBasis;
}

// Rule

const competent: readonly DecidingOrganisation[] = ["Police", "CourtOrProsecution", "NonPoliceGovernmentalOrganization"];

/**
 * Palermo Protocol, article 3: an adult is a victim by act, means and purpose; a child by act and purpose, whatever the means.
 * In doubt she is a possible victim, and served as one. What a decision said of her is changed by a competent body only.
 */
export const determineTraffickingStatus: Rule<
  { screening: Screening; intake: Intake; closure: Closure },
  DetermineTraffickingStatus,
  ScreeningFact
> = ({ screening, intake, closure }, { status, decidedBy, basis }, { at }) => {
  require(closure.status !== "Closed", "CaseNotOpen");
  if (screening.status === status) return [];
  require(screening.findings, "ScreeningNotCompleted");
  if (status === "ActualVictimOfTrafficking") {
    require(screening.findings.acts.length > 0, "ActMissing");
    require(screening.findings.exploitations.length > 0, "PurposeMissing");
    require(isChildAt(intake, at) || screening.findings.means.length > 0, "MeansMissing");
  }
  if (screening.status === null) return [{ type: "TraffickingStatusDetermined", data: { status, decidedBy, basis } }];
  require(competent.includes(decidedBy), "CompetentBodyRequired");
  return [{ type: "TraffickingStatusRevised", data: { status, decidedBy, basis, supersedes: screening.status } }];
};
