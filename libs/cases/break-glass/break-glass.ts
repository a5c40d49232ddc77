import { IsIn, IsInt, IsString, Matches, Max, MaxLength, Min } from "class-validator";
import { Personal } from "#access/personal.js";
import { Described } from "#kernel/described.js";
import { require, slice, type Instant, type Rule } from "#kernel/kernel.js";
import { Refuses } from "#kernel/refusals.js";
import { IsId } from "#platform/values/ids.js";
import { explanationArea } from "./areas.js";
import type { Intake } from "../intake/intake.js";
import {
  breakGlassFindings,
  breakGlassReasons,
  closedReasons,
  type BreakGlassFinding,
  type BreakGlassReason,
  type ClosedReason,
} from "./vocabulary.js";

// Facts

export type BreakGlassFact =
  | {
      type: "BreakGlassInvoked";
      data: { access: string; by: string; reason: BreakGlassReason; until: Instant; informed: string; reviewBy: Instant };
      personal?: Record<string, { emergencyExplanation: { explanation: string } }> | undefined;
    }
  | { type: "BreakGlassReviewed"; data: { access: string; by: string; finding: BreakGlassFinding } }
  /** Nobody has reviewed it in time: whoever invoked it may not again before somebody has. */
  | { type: "BreakGlassReviewOverdue"; data: { access: string; by: string } }
  | { type: "CaseClosedToBreakGlass"; data: { reason: ClosedReason } }
  | { type: "CaseOpenedToBreakGlass"; data: object };

// State

export interface EmergencyAccess {
  readonly access: string;
  readonly by: string;
  readonly until: Instant;
  readonly threatToLife: boolean;
  readonly finding: BreakGlassFinding | null;
  readonly overdue: boolean;
}
export interface BreakGlass {
  readonly closed: boolean;
  readonly accesses: readonly EmergencyAccess[];
}

const changed = (state: BreakGlass, access: string, change: Partial<EmergencyAccess>): BreakGlass => ({
  ...state,
  accesses: state.accesses.map((each) => (each.access === access ? { ...each, ...change } : each)),
});

export const breakGlass = slice<BreakGlassFact>()<BreakGlass>(
  { closed: false, accesses: [] },
  {
    BreakGlassInvoked: (state, { access, by, reason, until }) => ({
      ...state,
      accesses: [...state.accesses, { access, by, until, threatToLife: reason === "ThreatToLife", finding: null, overdue: false }],
    }),
    BreakGlassReviewed: (state, { access, finding }) => changed(state, access, { finding, overdue: false }),
    BreakGlassReviewOverdue: (state, { access }) => changed(state, access, { overdue: true }),
    CaseClosedToBreakGlass: (state) => ({ ...state, closed: true }),
    CaseOpenedToBreakGlass: (state) => ({ ...state, closed: false }),
  },
);

/** The access by which somebody may look into the case now; undefined: there is none. */
export const accessOf = ({ closed, accesses }: BreakGlass, by: string, now: Instant): EmergencyAccess | undefined =>
  closed ? undefined : accesses.find((each) => each.by === by && now < each.until && each.finding !== "Misuse");

// Requests

@Refuses("SecondPersonMissing")
export class InvokeBreakGlass {
  @Described("Why it cannot wait") @IsIn(breakGlassReasons) reason!: BreakGlassReason;
  @Personal(explanationArea) @IsString() @MaxLength(2000) explanation!: string;

  @Described("Who was told that the case is opened so: somebody else")
  @IsString()
  @Matches(/^[\w|:.-]{1,100}$/, { message: "$property must be the id of a person, of letters, digits and | : . - _" })
  informed!: string;
  @Described("For how long, 3 at most") @IsInt() @Min(1) @Max(3) hours!: number;
}
@Refuses("AccessUnknown", "AlreadyReviewed", "OwnAccess")
export class ReviewBreakGlass {
  @Described("Which one") @IsId() access!: string;
  @Described("What the review found") @IsIn(breakGlassFindings) finding!: BreakGlassFinding;
}
export class CloseToBreakGlass {
  @Described("Why nobody may open it so") @IsIn(closedReasons) reason!: ClosedReason;
}
export class OpenToBreakGlass {}

// Rules

type Needs = { breakGlass: BreakGlass; intake: Pick<Intake, "subject"> };
const hour = 3_600_000;
const reviewHours = 72;
const after = (now: Instant, hours: number): Instant => new Date(Date.parse(now) + hours * hour).toISOString();

/**
 * For at most three hours, with a reason in words, and somebody else told (numbered requirement 8). A case that is closed to it stays so, and is
 * to whoever asks as if there were none.
 */
export const invokeBreakGlass: Rule<Needs, InvokeBreakGlass, BreakGlassFact> = (state, request, { actor, now, newId }) => {
  const { reason, explanation, informed, hours } = request;
  require(!state.breakGlass.closed, "NotRelated");
  require(informed !== actor.id, "SecondPersonMissing");
  if (accessOf(state.breakGlass, actor.id, now)) return [];
  const data = { access: newId(), by: actor.id, reason, until: after(now, hours), informed, reviewBy: after(now, reviewHours) };
  return [{ type: "BreakGlassInvoked", data, personal: { [state.intake.subject]: { emergencyExplanation: { explanation } } } }];
};

/** Reviewed once, and never by whoever invoked it. */
export const reviewBreakGlass: Rule<Needs, ReviewBreakGlass, BreakGlassFact> = (
  { breakGlass: { accesses } },
  { access, finding },
  { actor },
) => {
  const found = accesses.find((each) => each.access === access);
  require(found, "AccessUnknown");
  require(found.by !== actor.id, "OwnAccess");
  if (found.finding === finding) return [];
  require(found.finding === null, "AlreadyReviewed");
  return [{ type: "BreakGlassReviewed", data: { access, by: found.by, finding } }];
};

/** What nobody has reviewed within 72 hours. */
export const noteReviewOverdue: Rule<Needs, { access: string }, BreakGlassFact> = ({ breakGlass: { accesses } }, { access }) => {
  const found = accesses.find((each) => each.access === access);
  return found && found.finding === null && !found.overdue ? [{ type: "BreakGlassReviewOverdue", data: { access, by: found.by } }] : [];
};

export const closeToBreakGlass: Rule<Needs, CloseToBreakGlass, BreakGlassFact> = ({ breakGlass: { closed } }, { reason }) =>
  closed ? [] : [{ type: "CaseClosedToBreakGlass", data: { reason } }];
export const openToBreakGlass: Rule<Needs, OpenToBreakGlass, BreakGlassFact> = ({ breakGlass: { closed } }) =>
  closed ? [{ type: "CaseOpenedToBreakGlass", data: {} }] : [];
