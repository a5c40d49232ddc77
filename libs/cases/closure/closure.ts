import { IsBoolean, IsIn } from "class-validator";
import { isDuring, standingAt, type Interval } from "#kernel/in-time.js";
import { require, requireNotBefore, slice, type Instant, type Rule } from "#kernel/kernel.js";
import { placedAt, type Placement, type PlacementFact } from "../placement/placement.js";
import type { Screening } from "../screening/screening.js";
import { Optional } from "#platform/optional.js";
import { closureReasons, reopeningReasons, type ClosureReason, type ReopeningReason } from "../vocabulary.js";

// Facts

export type ClosureFact =
  | { type: "CaseClosureRequested"; data: { reason: ClosureReason; referralOffered?: boolean | undefined; requestedBy: string } }
  | { type: "CaseClosureApproved"; data: { approvedBy: string } }
  | { type: "CaseClosureRejected"; data: { rejectedBy: string } }
  | { type: "CaseClosed"; data: { reason: ClosureReason; episode: number } }
  | { type: "CaseReopened"; data: { reason: ReopeningReason; episode: number } };

// State

/** Each time a case is open is an episode; every pair of opening and closing is kept. */
export interface Closure {
  readonly status: "Open" | "ClosureRequested" | "Closed";
  readonly reason: ClosureReason | null;
  readonly requestedBy: string | null;
  readonly episode: number;
  /** When the last step was taken: each builds on the one before. */
  readonly since: Instant | null;
  /** When the case was not open, in order of time. */
  readonly closed: readonly Interval[];
}
const nothingAsked = { status: "Open", reason: null, requestedBy: null } as const;
export const closure = slice<ClosureFact>()<Closure>(
  { ...nothingAsked, episode: 1, since: null, closed: [] },
  {
    CaseClosureRequested: (state, { reason, requestedBy }, since) => ({
      ...state,
      ...{ status: "ClosureRequested", reason, requestedBy, since },
    }),
    CaseClosureApproved: (state) => state,
    CaseClosureRejected: (state, _, since) => ({ ...state, ...nothingAsked, since }),
    CaseClosed: (state, { reason }, since) => ({
      ...state,
      ...{ status: "Closed", reason, since, closed: [...state.closed, { from: since, until: null }] },
    }),
    CaseReopened: ({ closed }, { episode }, since) => ({
      ...{ ...nothingAsked, episode, since },
      closed: closed.map(({ from, until }) => ({ from, until: until ?? since })),
    }),
  },
);

// Requests

export class RequestClosure {
  @IsIn(closureReasons) reason!: ClosureReason;
  @Optional() @IsBoolean() referralOffered?: boolean;
}
/** Nothing to say but yes. */
export class ApproveClosure {}
export class RejectClosure {}
export class ReopenCase {
  @IsIn(reopeningReasons) reason!: ReopeningReason;
}

// Rules

/** Whoever turns out not to be a victim is not sent away empty-handed: a referral is offered first. */
export const requestClosure: Rule<{ closure: Closure; screening: Screening }, RequestClosure, ClosureFact> = (
  state,
  request,
  { at, actor },
) => {
  const { closure, screening } = state;
  const { reason, referralOffered } = request;
  require(closure.status !== "Closed", "CaseNotOpen");
  if (closure.status === "ClosureRequested" && closure.reason === reason) return [];
  require(closure.status === "Open", "ClosureAlreadyRequested");
  requireNotBefore(at, closure.since);
  const found = standingAt(screening.determinations, at)?.status;
  const notAVictim = reason === "NotAVictim" || found === "NotAVictimOfTrafficking";
  require(!notAVictim || referralOffered, "ReferralNotOffered");
  return [{ type: "CaseClosureRequested", data: { reason, referralOffered, requestedBy: actor.id } }];
};

/** Two persons: who asks for a case to be closed never decides it. */
export const approveClosure: Rule<{ closure: Closure; placement: Placement }, ApproveClosure, ClosureFact | PlacementFact> = (
  { closure, placement },
  _,
  { at, actor },
) => {
  if (closure.status === "Closed") return [];
  require(closure.status === "ClosureRequested", "ClosureNotRequested");
  requireNotBefore(at, closure.since);
  require(closure.requestedBy !== actor.id, "ApproverIsRequester");
  return [
    { type: "CaseClosureApproved", data: { approvedBy: actor.id } },
    { type: "CaseClosed", data: { reason: closure.reason!, episode: closure.episode } },
    ...bedLeft(placement, closure.reason!, at),
  ];
};

/** Reasons that say she sleeps elsewhere now, and how she left the shelter. */
const exits: Partial<Record<ClosureReason, string>> = {
  ReturnedHome: "Return",
  ReunifiedWithFamily: "Reunification",
  LeftWithoutNotice: "Absconded",
  Deceased: "Deceased",
};

const bedLeft = (placement: Placement, reason: ClosureReason, at: Instant): PlacementFact[] => {
  const [here, exitType] = [placedAt(placement, at), exits[reason]];
  return here && exitType ? [{ type: "ShelterPlacementEnded", data: { shelter: here.shelter, stay: here.stay, exitType } }] : [];
};

export const rejectClosure: Rule<{ closure: Closure }, RejectClosure, ClosureFact> = ({ closure }, _, { at, actor }) => {
  if (closure.status === "Open") return [];
  require(closure.status === "ClosureRequested", "ClosureNotRequested");
  requireNotBefore(at, closure.since);
  require(closure.requestedBy !== actor.id, "ApproverIsRequester");
  return [{ type: "CaseClosureRejected", data: { rejectedBy: actor.id } }];
};

export const reopenCase: Rule<{ closure: Closure }, ReopenCase, ClosureFact> = ({ closure }, { reason }, { at }) => {
  if (closure.status !== "Closed") return [];
  requireNotBefore(at, closure.since);
  return [{ type: "CaseReopened", data: { reason, episode: closure.episode + 1 } }];
};

// Asked by every rule that needs an open case

/** Was her case open at that moment? */
export const isOpenAt = ({ closed }: Closure, moment: Instant): boolean => !closed.some((each) => isDuring(each, moment));

/** What was done needs a case that was open then; what is newly stored, one that is open now as well. */
export const requireOpen = (closure: Closure, ...moments: readonly Instant[]): void =>
  require(moments.every((moment) => isOpenAt(closure, moment)), "CaseNotOpen");
