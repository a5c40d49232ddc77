import { IsIn, IsString, Matches } from "class-validator";
import { Described } from "#kernel/described.js";
import { standingAt } from "#kernel/in-time.js";
import { require, type Instant, type Rule } from "#kernel/kernel.js";
import { Refuses } from "#kernel/refusals.js";
import { requireOpen, type Openness } from "../open.js";
import { serviceGroups, type ServiceGroup } from "../services/vocabulary.js";
import type { ReferralOnFact } from "./decided.js";
import type { Screening } from "./screening.js";

// Requests

@Refuses("CaseNotOpen")
export class ReferOn {
  @Described("The code of the organisation that helps her from now on")
  @IsString()
  @Matches(/^[A-Za-z0-9][A-Za-z0-9-]{1,49}$/, { message: "$property must be the code of an organisation, of letters, digits and -" })
  organisation!: string;
  @Described("For which help") @IsIn(serviceGroups) group!: ServiceGroup;
}
@Refuses("CaseNotOpen", "NoReferralDue")
export class DeclineReferralOn {}

// Rules

type Needs = { screening: Screening; closure: Openness };

/** When she was last found not to be a victim, where that is what stands; undefined: something else stands, or nothing. */
const notAVictimSince = ({ determinations }: Screening, at: Instant): Instant | undefined => {
  const found = standingAt(determinations, at);
  return found?.status === "NotAVictimOfTrafficking" ? found.at : undefined;
};

/** Was she referred on, or did she decline to be, since she was found not to be a victim? */
export const isReferredOn = (screening: Screening, at: Instant): boolean => {
  const since = notAVictimSince(screening, at);
  return since !== undefined && screening.referrals.some((each) => each.at >= since && each.at <= at);
};

/** Whoever is no victim of trafficking may need help all the same, and is not sent away empty-handed. */
export const referOn: Rule<Needs, ReferOn, ReferralOnFact> = ({ screening, closure }, { organisation, group }, { at, now }) => {
  requireOpen(closure, at, now);
  // What was before she was found not to be a victim is no answer to it.
  const since = notAVictimSince(screening, at) ?? "";
  const same = screening.referrals.filter((each) => each.organisation === organisation && each.group === group);
  const isSo = same.some((each) => each.at >= since && each.at <= at);
  return isSo ? [] : [{ type: "ReferredOn", data: { organisation, group } }];
};

/** She may say no, and is asked no more until she is found not to be a victim again. */
export const declineReferralOn: Rule<Needs, DeclineReferralOn, ReferralOnFact> = ({ screening, closure }, _, { at, now }) => {
  requireOpen(closure, at, now);
  const since = notAVictimSince(screening, at);
  require(since !== undefined, "NoReferralDue");
  const isSo = screening.referrals.some((each) => each.organisation === null && each.at >= since && each.at <= at);
  return isSo ? [] : [{ type: "ReferralOnDeclined", data: {} }];
};
