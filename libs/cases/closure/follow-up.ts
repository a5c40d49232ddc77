import { IsIn } from "class-validator";
import { Described } from "#kernel/described.js";
import { require, requireNotBefore, type Instant, type Rule } from "#kernel/kernel.js";
import { Refuses } from "#kernel/refusals.js";
import { isSupportedAt, requireOpen, type Openness } from "../open.js";
import { placedAt, type Placement } from "../placement/placement.js";
import { hasOpenService, type Services } from "../services/services.js";
import { resumptionReasons, type ResumptionReason } from "../vocabulary.js";

// Facts

export type FollowUpFact =
  { type: "FollowUpStarted"; data: { episode: number } } | { type: "SupportResumed"; data: { reason: ResumptionReason } };

// Requests

@Refuses("CaseNotOpen", "ClosureAlreadyRequested", "ServicesNotFinished", "StillInShelter")
export class StartFollowUp {}
@Refuses("CaseNotOpen", "ClosureAlreadyRequested")
export class ResumeSupport {
  @Described("Why she is supported again") @IsIn(resumptionReasons) reason!: ResumptionReason;
}

// Rules

/** How far the closing of her case has come, as far as follow-up asks. */
interface Standing extends Openness {
  readonly status: "Open" | "ClosureRequested" | "Closed";
  readonly episode: number;
  readonly since: Instant | null;
}
type Needs = { closure: Standing; placement: Placement; services: Services };

/**
 * Support has done its part, and she is asked after for a while (HTCDS 2.0, status *FollowUp*): nothing that was asked for waits any more, and she
 * sleeps in no shelter.
 */
export const startFollowUp: Rule<Needs, StartFollowUp, FollowUpFact> = ({ closure, placement, services }, _, { at, now }) => {
  requireOpen(closure, at, now);
  if (!isSupportedAt(closure, now)) return [];
  require(closure.status === "Open", "ClosureAlreadyRequested");
  requireNotBefore(at, closure.since);
  require([at, now].every((moment) => placedAt(placement, moment) === undefined), "StillInShelter");
  require(!hasOpenService(services), "ServicesNotFinished");
  return [{ type: "FollowUpStarted", data: { episode: closure.episode } }];
};

/** Whoever needs more than to be asked after is supported again, at once and in the same episode. */
export const resumeSupport: Rule<Needs, ResumeSupport, FollowUpFact> = ({ closure }, { reason }, { at, now }) => {
  requireOpen(closure, at, now);
  if (isSupportedAt(closure, now)) return [];
  require(closure.status === "Open", "ClosureAlreadyRequested");
  requireNotBefore(at, closure.since);
  return [{ type: "SupportResumed", data: { reason } }];
};
