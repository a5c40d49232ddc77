import { IsIn } from "class-validator";
import { Described } from "#kernel/described.js";
import { standingAt } from "#kernel/in-time.js";
import { require, type Instant, type Rule } from "#kernel/kernel.js";
import { Refuses } from "#kernel/refusals.js";
import { IsInstant, utc } from "#platform/values/time.js";
import { isChildAt } from "../intake/age.js";
import type { Intake } from "../intake/intake.js";
import { requireOpen, type Openness } from "../open.js";
import type { Screening } from "../screening/screening.js";
import { leastReflectionDays } from "./jurisdictions.js";
import { reflectionAt, type Reflection, type ReflectionFact } from "./reflection.js";
import { jurisdictions, reflectionEnds, type Jurisdiction, type ReflectionEnd } from "./vocabulary.js";

// Requests

@Refuses("CaseNotOpen", "NoReasonableGrounds", "ReflectionPeriodAlreadyGranted", "ReflectionPeriodTooShort")
export class GrantReflectionPeriod {
  @Described("By whose law") @IsIn(jurisdictions) jurisdiction!: Jurisdiction;
  @Described("Until when: for at least as many days as that law gives") @IsInstant() until!: Instant;
}
@Refuses("CaseNotOpen", "NoReflectionPeriod", "ReflectionPeriodTooShort")
export class ExtendReflectionPeriod {
  @Described("Until when it goes on") @IsInstant() until!: Instant;
}
@Refuses("ChildCannotConsentAlone", "NoReflectionPeriod")
export class EndReflectionPeriod {
  @Described("Why it ends before its time") @IsIn(reflectionEnds) reason!: ReflectionEnd;
}

// Rules

const day = 86_400_000;

type GrantNeeds = { reflection: Reflection; screening: Screening; closure: Openness };

/**
 * Granted to whoever was found to be a victim, or possibly one, without conditions. It is never shorter than the law says, counted from when it is
 * granted on record.
 */
export const grantReflectionPeriod: Rule<GrantNeeds, GrantReflectionPeriod, ReflectionFact> = (state, request, { at, now, newId }) => {
  const { reflection, screening, closure } = state;
  requireOpen(closure, at, now);
  const found = standingAt(screening.determinations, at)?.status;
  require(found !== undefined && found !== "NotAVictimOfTrafficking", "NoReasonableGrounds");
  const { jurisdiction } = request;
  const until = utc(request.until);
  const granted = reflection.find((each) => each.at < until && (each.endedAt ?? each.until) > at);
  if (granted?.until === until && granted.jurisdiction === jurisdiction) return [];
  require(!granted, "ReflectionPeriodAlreadyGranted");
  const days = leastReflectionDays[jurisdiction];
  require(Date.parse(until) - Date.parse(now) >= days * day, "ReflectionPeriodTooShort", { days });
  return [{ type: "ReflectionPeriodGranted", data: { period: newId(), jurisdiction, until } }];
};

/** Only ever to longer. */
export const extendReflectionPeriod: Rule<{ reflection: Reflection; closure: Openness }, ExtendReflectionPeriod, ReflectionFact> = (
  { reflection, closure },
  request,
  { at, now },
) => {
  requireOpen(closure, at, now);
  const runs = reflectionAt(reflection, at);
  require(runs, "NoReflectionPeriod");
  const until = utc(request.until);
  if (until === runs.until) return [];
  require(until > runs.until, "ReflectionPeriodTooShort");
  return [{ type: "ReflectionPeriodExtended", data: { period: runs.period, until } }];
};

/** Before its time it ends because she wants it so, or is no longer there. A child does not give it up herself. */
export const endReflectionPeriod: Rule<{ reflection: Reflection; intake: Intake }, EndReflectionPeriod, ReflectionFact> = (
  { reflection, intake },
  { reason },
  times,
) => {
  const runs = reflectionAt(reflection, times.at);
  if (!runs && reflection.some(({ at }) => at <= times.at)) return [];
  require(runs, "NoReflectionPeriod");
  require(reason !== "HerOwnDecision" || !isChildAt(intake, times), "ChildCannotConsentAlone");
  return [{ type: "ReflectionPeriodEnded", data: { period: runs.period, reason } }];
};

/** Its time is over: on record, so that whoever works with her learns of it. */
export const elapseReflectionPeriod: Rule<{ reflection: Reflection }, { period: string }, ReflectionFact> = (
  { reflection },
  { period },
  { at },
) => {
  const known = reflection.find((each) => each.period === period);
  require(known, "NoReflectionPeriod");
  if (known.endedAt !== null) return [];
  require(known.until <= at, "ReflectionPeriodRuns");
  return [{ type: "ReflectionPeriodEnded", data: { period, reason: "Elapsed" } }];
};
