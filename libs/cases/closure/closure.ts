import { IsBoolean, IsIn } from "class-validator";
import { requireApprover } from "#access/approvals.js";
import { Described } from "#kernel/described.js";
import { standingAt, type Interval } from "#kernel/in-time.js";
import { require, requireNotBefore, slice, type Instant, type Rule } from "#kernel/kernel.js";
import { Refuses } from "#kernel/refusals.js";
import { placedAt, whereOf, type Placement, type PlacementFact, type Where } from "../placement/placement.js";
import { givenUp, type ReservationFact, type Reservations } from "../placement/reservations.js";
import { isReferredOn } from "../screening/referral-on.js";
import type { Screening } from "../screening/screening.js";
import type { ExitType } from "#vocabulary/stays.js";
import { requireOpen, type Openness } from "../open.js";
import type { FollowUpFact } from "./follow-up.js";
import { Optional } from "#platform/values/optional.js";
import {
  approvalReasons,
  closureReasons,
  rejectionReasons,
  reopeningReasons,
  type ApprovalReason,
  type ClosureReason,
  type RejectionReason,
  type ReopeningReason,
} from "../vocabulary.js";

// Facts

export type ClosureFact =
  /** `askedOf`: the partner whose supervisors decide it, where the own organisation has too few. */
  | {
      type: "CaseClosureRequested";
      data: { reason: ClosureReason; referralOffered?: boolean | undefined; requestedBy: string; askedOf?: string | undefined };
    }
  | { type: "CaseClosureApproved"; data: { approvedBy: string; reason?: ApprovalReason | undefined } }
  | { type: "CaseClosureRejected"; data: { rejectedBy: string; reason?: RejectionReason | undefined } }
  /** `remainsIn`: where she goes on to sleep, though her case is closed. */
  | { type: "CaseClosed"; data: { reason: ClosureReason; episode: number; remainsIn?: Where | undefined } }
  | { type: "CaseReopened"; data: { reason: ReopeningReason; episode: number } }
  | FollowUpFact;

// State

/** Each time a case is open is an episode; every pair of opening and closing is kept. */
export interface Closure extends Openness {
  readonly status: "Open" | "ClosureRequested" | "Closed";
  readonly reason: ClosureReason | null;
  readonly requestedBy: string | null;
  /** The partner whose supervisors may decide it as well; null: there is no need of one. */
  readonly askedOf: string | null;
  /** Was she offered a referral, by the request that waits? */
  readonly referralOffered: boolean;
  /** Was the last request rejected, and none made since? */
  readonly rejected: boolean;
  readonly episode: number;
  /** When the last step was taken: each builds on the one before. */
  readonly since: Instant | null;
}
const ended = (intervals: readonly Interval[], at: Instant): readonly Interval[] =>
  intervals.map(({ from, until }) => ({ from, until: until ?? at }));

const nothingAsked = { status: "Open", reason: null, requestedBy: null, askedOf: null, referralOffered: false, rejected: false } as const;
export const closure = slice<ClosureFact>()<Closure>(
  { ...nothingAsked, episode: 1, since: null, closed: [], followUp: [] },
  {
    CaseClosureRequested: (state, { reason, requestedBy, referralOffered = false, askedOf = null }, { at: since }) => ({
      ...state,
      status: "ClosureRequested",
      reason,
      requestedBy,
      askedOf,
      referralOffered,
      rejected: false,
      since,
    }),
    CaseClosureApproved: (state) => state,
    CaseClosureRejected: (state, _, { at: since }) => ({ ...state, ...nothingAsked, rejected: true, since }),
    CaseClosed: (state, { reason }, { at: since }) => ({
      ...state,
      status: "Closed",
      reason,
      since,
      closed: [...state.closed, { from: since, until: null }],
      followUp: ended(state.followUp, since),
    }),
    CaseReopened: ({ closed, followUp }, { episode }, { at: since }) => ({
      ...nothingAsked,
      episode,
      since,
      closed: ended(closed, since),
      followUp,
    }),
    FollowUpStarted: (state, _, { at: since }) => ({ ...state, since, followUp: [...state.followUp, { from: since, until: null }] }),
    SupportResumed: (state, _, { at: since }) => ({ ...state, since, followUp: ended(state.followUp, since) }),
  },
);

// Requests

@Refuses("CaseNotOpen", "ClosureAlreadyRequested", "ReferralNotOffered")
export class RequestClosure {
  @Described("Why the case may be closed") @IsIn(closureReasons) reason!: ClosureReason;
  @Described("She was offered help elsewhere") @Optional() @IsBoolean() referralOffered?: boolean;
}
@Refuses("ApproverIsRequester", "ApproverOfAnotherRole", "ApproverOfOwnOrganisation", "ClosureNotRequested", "ReferralNotOffered")
export class ApproveClosure {
  @Described("Why it is right to close it") @Optional() @IsIn(approvalReasons) reason?: ApprovalReason;
}
/** Whoever asked must know what is still to be done. */
@Refuses("ApproverIsRequester", "ApproverOfAnotherRole", "ApproverOfOwnOrganisation", "ClosureNotRequested")
export class RejectClosure {
  @Described("Why it is not") @IsIn(rejectionReasons) reason!: RejectionReason;
}
@Refuses("CaseNotClosed")
export class ReopenCase {
  @Described("Why it goes on") @IsIn(reopeningReasons) reason!: ReopeningReason;
}

// Rules

/** Whoever turns out not to be a victim is not sent away empty-handed: a referral is offered first. */
const requireReferral = (screening: Screening, { reason, referralOffered }: RequestClosure, at: Instant): void => {
  const found = standingAt(screening.determinations, at)?.status;
  const isAVictim = reason !== "NotAVictim" && found !== "NotAVictimOfTrafficking";
  require(isAVictim || referralOffered || isReferredOn(screening, at), "ReferralNotOffered");
};

/** Who decides closures in the organisation of whoever asks for one. */
export interface ClosureApprovers {
  /** How many of its people can. */
  readonly own: number;
  /** The organisation that was named for it to have too few; null: none was. */
  readonly partner: string | null;
}

type RequestNeeds = { closure: Closure; screening: Screening; approvers: ClosureApprovers };

/** Where an organisation has fewer than two who can decide it, the partner that was named for that is asked as well. */
export const requestClosure: Rule<RequestNeeds, RequestClosure, ClosureFact> = (state, request, { at, now, actor }) => {
  const { closure, screening, approvers } = state;
  const { reason, referralOffered } = request;
  requireOpen(closure, now);
  const isAsked = closure.status === "ClosureRequested" && closure.reason === reason;
  if (isAsked && (closure.referralOffered || !referralOffered)) return [];
  require(isAsked || closure.status === "Open", "ClosureAlreadyRequested");
  requireNotBefore(at, closure.since);
  requireReferral(screening, { reason, referralOffered }, at);
  const askedOf = approvers.own < 2 && approvers.partner !== null ? { askedOf: approvers.partner } : {};
  return [{ type: "CaseClosureRequested", data: { reason, referralOffered, requestedBy: actor.id, ...askedOf } }];
};

type ClosureNeeds = { closure: Closure; screening: Screening; placement: Placement; reservations: Reservations };

/** Two persons: who asks for a case to be closed never decides it. What was found of her since it was asked for counts as well. */
export const approveClosure: Rule<ClosureNeeds, ApproveClosure, ClosureFact | PlacementFact | ReservationFact> = (
  { closure, screening, placement, reservations },
  { reason: why },
  { at, actor },
) => {
  if (closure.status === "Closed") return [];
  require(closure.status === "ClosureRequested", "ClosureNotRequested");
  requireNotBefore(at, closure.since);
  requireApprover("closure", closure, actor);
  const { reason, episode, referralOffered } = closure;
  requireReferral(screening, { reason: reason!, referralOffered }, at);
  const here = placedAt(placement, at);
  const exitType = exits[reason!];
  const remainsIn = here && !exitType ? whereOf(here) : undefined;
  return [
    { type: "CaseClosureApproved", data: { approvedBy: actor.id, reason: why } },
    { type: "CaseClosed", data: { reason: reason!, episode, remainsIn } },
    ...(here && exitType ? [{ type: "ShelterPlacementEnded" as const, data: { ...whereOf(here), exitType } }] : []),
    ...givenUp(reservations, at),
  ];
};

/** Reasons that say she sleeps elsewhere now, and how she left the shelter. */
const exits: Partial<Record<ClosureReason, ExitType>> = {
  ReturnedHome: "Return",
  ReunifiedWithFamily: "Reunification",
  LeftWithoutNotice: "Absconded",
  Deceased: "Deceased",
};

export const rejectClosure: Rule<{ closure: Closure }, RejectClosure, ClosureFact> = ({ closure }, { reason }, { at, actor }) => {
  if (closure.rejected) return [];
  require(closure.status === "ClosureRequested", "ClosureNotRequested");
  requireNotBefore(at, closure.since);
  requireApprover("closure", closure, actor);
  return [{ type: "CaseClosureRejected", data: { rejectedBy: actor.id, reason } }];
};

export const reopenCase: Rule<{ closure: Closure }, ReopenCase, ClosureFact> = ({ closure }, { reason }, { at }) => {
  if (closure.status !== "Closed" && closure.episode > 1) return [];
  require(closure.status === "Closed", "CaseNotClosed");
  requireNotBefore(at, closure.since);
  return [{ type: "CaseReopened", data: { reason, episode: closure.episode + 1 } }];
};
