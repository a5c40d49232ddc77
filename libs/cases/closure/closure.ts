import { IsBoolean, IsIn } from "class-validator";
import { require, slice, type Rule } from "#kernel/kernel.js";
import type { Placement, PlacementFact } from "../placement/placement.js";
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
}
export const closure = slice<ClosureFact>()<Closure>(
  { status: "Open", reason: null, requestedBy: null, episode: 1 },
  {
    CaseClosureRequested: (state, { reason, requestedBy }) => ({ ...state, status: "ClosureRequested", reason, requestedBy }),
    CaseClosureApproved: (state) => state,
    CaseClosureRejected: (state) => ({ ...state, status: "Open", reason: null, requestedBy: null }),
    CaseClosed: (state, { reason }) => ({ ...state, status: "Closed", reason }),
    CaseReopened: (_, { episode }) => ({ status: "Open", reason: null, requestedBy: null, episode }),
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
  { actor },
) => {
  const { closure, screening } = state;
  const { reason, referralOffered } = request;
  require(closure.status !== "Closed", "CaseNotOpen");
  if (closure.status === "ClosureRequested" && closure.reason === reason) return [];
  require(closure.status === "Open", "ClosureAlreadyRequested");
  const notAVictim = reason === "NotAVictim" || screening.status === "NotAVictimOfTrafficking";
  require(!notAVictim || referralOffered, "ReferralNotOffered");
  return [{ type: "CaseClosureRequested", data: { reason, referralOffered, requestedBy: actor.id } }];
};

/** Two persons: who asks for a case to be closed never decides it. */
export const approveClosure: Rule<{ closure: Closure; placement: Placement }, ApproveClosure, ClosureFact | PlacementFact> = (
  { closure, placement },
  _,
  { actor },
) => {
  if (closure.status === "Closed") return [];
  require(closure.status === "ClosureRequested", "ClosureNotRequested");
  require(closure.requestedBy !== actor.id, "ApproverIsRequester");
  return [
    { type: "CaseClosureApproved", data: { approvedBy: actor.id } },
    { type: "CaseClosed", data: { reason: closure.reason!, episode: closure.episode } },
    ...bedLeft(placement, closure.reason!),
  ];
};

/** Reasons that say she sleeps elsewhere now, and how she left the shelter. */
const exits: Partial<Record<ClosureReason, string>> = {
  ReturnedHome: "Return",
  ReunifiedWithFamily: "Reunification",
  LeftWithoutNotice: "Absconded",
  Deceased: "Deceased",
};

const bedLeft = ({ current }: Placement, reason: ClosureReason): PlacementFact[] =>
  current && exits[reason] ? [{ type: "ShelterPlacementEnded", data: { ...current, exitType: exits[reason] } }] : [];

export const rejectClosure: Rule<{ closure: Closure }, RejectClosure, ClosureFact> = ({ closure }, _, { actor }) => {
  if (closure.status === "Open") return [];
  require(closure.status === "ClosureRequested", "ClosureNotRequested");
  require(closure.requestedBy !== actor.id, "ApproverIsRequester");
  return [{ type: "CaseClosureRejected", data: { rejectedBy: actor.id } }];
};

export const reopenCase: Rule<{ closure: Closure }, ReopenCase, ClosureFact> = ({ closure }, { reason }) => {
  if (closure.status !== "Closed") return [];
  return [{ type: "CaseReopened", data: { reason, episode: closure.episode + 1 } }];
};
