import { ArrayMaxSize, IsArray, IsIn, IsString, MaxLength, MinLength } from "class-validator";
import { Personal } from "#access/personal.js";
import { Described } from "#kernel/described.js";
import { standingAt } from "#kernel/in-time.js";
import { require, type Instant, type Rule } from "#kernel/kernel.js";
import { Refuses } from "#kernel/refusals.js";
import { IsId } from "#platform/values/ids.js";
import { Optional } from "#platform/values/optional.js";
import { IsInstant, utc } from "#platform/values/time.js";
import type { Intake } from "../intake/intake.js";
import { WithSource, sourceOf } from "../known-from.js";
import { requireOpen, type Openness } from "../open.js";
import type { Safety, SafetyFact } from "./safety.js";
import {
  flagKinds,
  incidentKinds,
  incidentOutcomes,
  incidentSeverities,
  riskLevels,
  riskReasons,
  type FlagKind,
  type IncidentKind,
  type IncidentOutcome,
  type IncidentSeverity,
  type RiskLevel,
  type RiskReason,
} from "./vocabulary.js";

// Requests

@Refuses("CaseNotOpen", "ReviewAlreadyDue", "ReviewTooLate", "RiskReasonMissing")
export class AssessRisk extends WithSource {
  @Described("How much she is in danger") @IsIn(riskLevels) level!: RiskLevel;
  @Described("By what") @IsArray() @ArrayMaxSize(11) @IsIn(riskReasons, { each: true }) reasons!: RiskReason[];
  @Described("When it is looked at again; where it is high, within 7 days") @IsInstant() reviewBy!: Instant;
  @Optional() @Personal("safety") @IsString() @MaxLength(10_000) account?: string;
}
@Refuses("CaseNotOpen", "ReviewAlreadyDue")
export class AgreeSafetyPlan {
  @Personal("safety") @IsString() @MinLength(1) @MaxLength(10_000) measures!: string;
  @Described("When it is looked at again") @IsInstant() reviewBy!: Instant;
}
export class ReportSecurityIncident extends WithSource {
  @Described("What happened") @IsIn(incidentKinds) kind!: IncidentKind;
  @Described("How bad it is") @IsIn(incidentSeverities) severity!: IncidentSeverity;
  @Optional() @Personal("safety") @IsString() @MaxLength(10_000) account?: string;
}
@Refuses("IncidentUnknown")
export class ResolveSecurityIncident {
  @Described("Which one") @IsId() incident!: string;
  @Described("What became of it") @IsIn(incidentOutcomes) outcome!: IncidentOutcome;
}
export class RaiseFlag {
  @Described("What whoever opens the case must know first") @IsIn(flagKinds) kind!: FlagKind;
}
@Refuses("FlagUnknown")
export class LowerFlag {
  @Described("Which one") @IsId() flag!: string;
}

// Rules

type Needs = { safety: Safety; intake: Intake; closure: Openness };
const day = 86_400_000;
/** Practice of shelters, section 3.1 of the domain reference, stage 3. */
const highReviewedWithinDays = 7;

/** A level advises nobody without its reasons; one that is high is looked at again within a week. */
export const assessRisk: Rule<Needs, AssessRisk, SafetyFact> = ({ safety, intake, closure }, request, { at, now }) => {
  requireOpen(closure, at, now);
  const { level, reasons, account } = request;
  require(level === "Low" || reasons.length > 0, "RiskReasonMissing");
  const reviewBy = utc(request.reviewBy);
  require(reviewBy > now, "ReviewAlreadyDue");
  const isSoon = Date.parse(reviewBy) - Date.parse(at) <= highReviewedWithinDays * day;
  require(level !== "High" || isSoon, "ReviewTooLate", { hours: highReviewedWithinDays * 24 });
  const before = standingAt(safety.risks, at)?.level;
  const personal = account ? { [intake.subject]: { safety: { account } } } : undefined;
  return [{ type: "RiskAssessed", data: { level, before, reasons: [...new Set(reasons)], reviewBy, ...sourceOf(request) }, personal }];
};

/** Agreed with her, and anew whenever something has changed. */
export const agreeSafetyPlan: Rule<Needs, AgreeSafetyPlan, SafetyFact> = ({ safety, intake, closure }, request, { at, now }) => {
  requireOpen(closure, at, now);
  const reviewBy = utc(request.reviewBy);
  require(reviewBy > now, "ReviewAlreadyDue");
  const { measures } = request;
  return [
    { type: "SafetyPlanAgreed", data: { version: safety.plans + 1, reviewBy }, personal: { [intake.subject]: { safety: { measures } } } },
  ];
};

/** Also of a case that is closed: what has happened to her is told whenever it is known. */
export const reportSecurityIncident: Rule<Needs, ReportSecurityIncident, SafetyFact> = ({ intake }, request, { newId }) => {
  const { kind, severity, account } = request;
  const personal = account ? { [intake.subject]: { safety: { account } } } : undefined;
  return [{ type: "SecurityIncidentReported", data: { incident: newId(), kind, severity, ...sourceOf(request) }, personal }];
};

export const resolveSecurityIncident: Rule<Needs, ResolveSecurityIncident, SafetyFact> = ({ safety }, { incident, outcome }) => {
  const found = safety.incidents.find((each) => each.incident === incident);
  require(found, "IncidentUnknown");
  return found.resolved ? [] : [{ type: "SecurityIncidentResolved", data: { incident, outcome } }];
};

export const raiseFlag: Rule<Needs, RaiseFlag, SafetyFact> = ({ safety }, { kind }, { newId }) =>
  safety.flags.some((each) => each.kind === kind && !each.lowered) ? [] : [{ type: "FlagRaised", data: { flag: newId(), kind } }];

export const lowerFlag: Rule<Needs, LowerFlag, SafetyFact> = ({ safety }, { flag }) => {
  const found = safety.flags.find((each) => each.flag === flag);
  require(found, "FlagUnknown");
  return found.lowered ? [] : [{ type: "FlagLowered", data: { flag } }];
};
