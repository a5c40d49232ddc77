import { isDuring, type Interval } from "#kernel/in-time.js";
import { require, type Instant } from "#kernel/kernel.js";

// Asked by every rule that needs an open case

/** When the case was not open, in order of time, as its closing and reopening tell it. */
export interface Openness {
  readonly closed: readonly Interval[];
}

/** Was her case open at that moment? */
export const isOpenAt = ({ closed }: Openness, moment: Instant): boolean => !closed.some((each) => isDuring(each, moment));

/** What was done needs a case that was open then; what is newly stored, one that is open now as well. */
export const requireOpen = (openness: Openness, ...moments: readonly Instant[]): void =>
  require(moments.every((moment) => isOpenAt(openness, moment)), "CaseNotOpen");
