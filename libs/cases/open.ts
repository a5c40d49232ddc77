import { isDuring, type Interval } from "#kernel/in-time.js";
import { require, type Instant } from "#kernel/kernel.js";

// Asked by every rule that needs an open case, or one in which support goes on

/** When the case was not open, and when it was in follow-up, in order of time. */
export interface Openness {
  readonly closed: readonly Interval[];
  readonly followUp: readonly Interval[];
}

/** Was her case open at that moment? In follow-up it is. */
export const isOpenAt = ({ closed }: Pick<Openness, "closed">, moment: Instant): boolean => !closed.some((each) => isDuring(each, moment));

/** Was she supported then? In follow-up she is seen and asked after, and given no bed and no help before support goes on. */
export const isSupportedAt = (openness: Openness, moment: Instant): boolean =>
  isOpenAt(openness, moment) && !openness.followUp.some((each) => isDuring(each, moment));

/** What was done needs a case that was open then; what is newly stored, one that is open now as well. */
export const requireOpen = (openness: Pick<Openness, "closed">, ...moments: readonly Instant[]): void =>
  require(moments.every((moment) => isOpenAt(openness, moment)), "CaseNotOpen");

/** The same of support: what begins it anew is a fact of its own. */
export function requireSupport(openness: Openness, ...moments: readonly Instant[]): void {
  requireOpen(openness, ...moments);
  require(moments.every((moment) => isSupportedAt(openness, moment)), "CaseInFollowUp");
}
