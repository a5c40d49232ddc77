import { IsIn, Matches } from "class-validator";
import { requireApprover } from "#access/approvals.js";
import { Described } from "#kernel/described.js";
import { nextAfter, standingAt } from "#kernel/in-time.js";
import { require, requireNotBefore, type Rule } from "#kernel/kernel.js";
import { Refuses } from "#kernel/refusals.js";
import { Optional } from "#platform/values/optional.js";
import { requireOpen, type Openness } from "../open.js";
import { isChildAt } from "../intake/age.js";
import type { Intake } from "../intake/intake.js";
import {
  decidingOrganisations,
  decisionBases,
  traffickingStatuses,
  type DecidingOrganisation,
  type DecisionBasis,
  type TraffickingStatus,
} from "../vocabulary.js";
import type { Determined } from "./decided.js";
import type { Screening, ScreeningFact } from "./screening.js";

// Request

@Refuses(
  "ActMissing",
  "ApproverIsRequester",
  "ApproverOfAnotherRole",
  "ApproverOfOwnOrganisation",
  "CaseNotOpen",
  "CompetentBodyRequired",
  "DocumentMissing",
  "MeansMissing",
  "PurposeMissing",
  "ScreeningNotCompleted",
)
export class DetermineTraffickingStatus {
  @Described("What was found") @IsIn(traffickingStatuses) status!: TraffickingStatus;
  @Described("Which body decided") @IsIn(decidingOrganisations) decidedBy!: DecidingOrganisation;
  @Described("On what it rests") @IsIn(decisionBases) basis!: DecisionBasis;
  @Described("The number of the document by which the police or a court decided")
  @Optional()
  @Matches(/^[A-Z0-9][A-Z0-9/.-]{2,39}$/i, { message: "$property must be the number of a document, of letters, digits and / . -" })
  document?: string;
}

// Rule

const competent: readonly DecidingOrganisation[] = ["Police", "CourtOrProsecution", "NonPoliceGovernmentalOrganization"];

/** Whose decision is on record by its document, and taken down by a supervisor. */
const official: readonly DecidingOrganisation[] = ["Police", "CourtOrProsecution"];

type Decision = Pick<Determined, "status" | "decidedBy" | "basis">;

/**
 * May this decision change what was decided before? A competent body may. Of whoever was found not to be a victim, any organisation may say again
 * that she possibly is one, on new information: in doubt she is protected.
 */
const mayChange = (before: TraffickingStatus, { status, decidedBy, basis }: Decision): boolean =>
  competent.includes(decidedBy) ||
  (before === "NotAVictimOfTrafficking" && status === "PossibleVictimOfTrafficking" && basis === "NewInformation");

/**
 * Palermo Protocol, article 3: an adult is a victim by act, means and purpose; a child by act and purpose, whatever the means.
 * In doubt she is a possible victim, and served as one. What a decision said of her is changed by a competent body only, except that
 * `possible` is restored on new information. Whoever is found not to be a victim is owed a referral.
 */
export const determineTraffickingStatus: Rule<
  { screening: Screening; intake: Intake; closure: Openness },
  DetermineTraffickingStatus,
  ScreeningFact
> = ({ screening, intake, closure }, { status, decidedBy, basis, document }, times) => {
  const { at } = times;
  requireOpen(closure, at);
  const before = standingAt(screening.determinations, at)?.status;
  if (before === status) return [];
  require(screening.findings, "ScreeningNotCompleted");
  requireNotBefore(at, screening.completed[0]!.at);
  const { findings } = standingAt(screening.completed, at)!;
  if (status === "ActualVictimOfTrafficking") {
    require(findings.acts.length > 0, "ActMissing");
    require(findings.exploitations.length > 0, "PurposeMissing");
    require(isChildAt(intake, times) || findings.means.length > 0, "MeansMissing");
  }
  if (official.includes(decidedBy)) {
    requireApprover("officialDetermination", {}, times.actor);
    require(document !== undefined, "DocumentMissing");
  }
  const decision = { status, decidedBy, basis, ...(document !== undefined && { document }) };
  // A decision told late makes the next one a change of it.
  const next = nextAfter(screening.determinations, at);
  require(!next || next.status === status || mayChange(status, next), "CompetentBodyRequired");
  if (before === undefined) return [{ type: "TraffickingStatusDetermined", data: decision }];
  require(mayChange(before, decision), "CompetentBodyRequired");
  return [{ type: "TraffickingStatusRevised", data: { ...decision, supersedes: before } }];
};
