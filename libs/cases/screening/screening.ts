import { ArrayMaxSize, IsArray, IsIn, IsInt, IsString, Max, MaxLength, Min } from "class-validator";
import { Removable } from "#access/personal.js";
import { Described } from "#kernel/described.js";
import { earlier, inserted } from "#kernel/in-time.js";
import { require, requireNotBefore, slice, type Instant, type Rule } from "#kernel/kernel.js";
import { Refuses } from "#kernel/refusals.js";
import { requireSupport, type Openness } from "../open.js";
import type { ServiceGroup } from "../services/vocabulary.js";
import { requireInterview, type Consents } from "../consent/consents.js";
import type { Intake } from "../intake/intake.js";
import { Optional } from "#platform/values/optional.js";
import { personalContent } from "../personal.js";
import {
  acts,
  exploitations,
  means,
  methodsOfControl,
  relationships,
  type Act,
  type Exploitation,
  type Means,
  type MethodOfControl,
  type Relationship,
  type TraffickingStatus,
} from "../vocabulary.js";
import type { Determined, DeterminationFact, ReferralOnFact } from "./decided.js";
import type { TraffickingDetailsFact } from "./trafficking-details.js";
import type { TraffickingHistoryFact } from "./trafficking-history.js";

// Facts

interface Findings {
  formVersion: number;
  /** What was done: one part of the definition in the Palermo Protocol, article 3. */
  acts: Act[];
  /** How: of no matter for a child. */
  means: Means[];
  /** What for. */
  exploitations: Exploitation[];
  methodsOfControl: MethodOfControl[];
  relationshipToTrafficker?: Relationship | undefined;
}
export type ScreeningFact =
  | { type: "ScreeningStarted"; data: { formVersion: number } }
  | {
      type: "ScreeningCompleted";
      /** `removed`: what was told before and is to be shown no more; a class that is neither told nor removed stays as it was. */
      data: Findings & { removed?: ("narrative" | "perpetrator")[] | undefined };
      personal?: Record<string, { narrative?: { account: string }; perpetrator?: { description: string } }> | undefined;
    }
  | DeterminationFact
  | ReferralOnFact
  | TraffickingDetailsFact
  | TraffickingHistoryFact;

// State

export interface Screening {
  readonly startedAt: Instant | null;
  /** The newest findings, null before the first. */
  readonly findings: Readonly<Findings> | null;
  /** All of them, in order of time. */
  readonly completed: readonly Completed[];
  /** What was decided last, null before anyone has. */
  readonly status: TraffickingStatus | null;
  /** Every decision, in order of time. */
  readonly determinations: readonly Determined[];
  /** When she was referred on, or declined to be, in order of time. */
  readonly referrals: readonly ReferredOn[];
  readonly events: number;
  /** Is it on record how she was recruited, and for what? */
  readonly detailed: boolean;
}
interface ReferredOn {
  readonly at: Instant;
  /** Where to: the code of an organisation. Null: she declined. */
  readonly organisation: string | null;
  readonly group: ServiceGroup | null;
}
interface Completed {
  readonly at: Instant;
  readonly findings: Readonly<Findings>;
}
const decided = (state: Screening, one: Determined): Screening => {
  const determinations = inserted(state.determinations, one);
  return { ...state, determinations, status: determinations.at(-1)!.status };
};
export const screening = slice<ScreeningFact>()<Screening>(
  { startedAt: null, findings: null, completed: [], status: null, determinations: [], referrals: [], events: 0, detailed: false },
  {
    ScreeningStarted: (state, _, { at }) => ({ ...state, startedAt: earlier(state.startedAt, at) ?? at }),
    ScreeningCompleted: (state, { removed: _, ...findings }, { at }) => {
      const completed = inserted(state.completed, { at, findings });
      return { ...state, completed, findings: completed.at(-1)!.findings };
    },
    TraffickingStatusDetermined: (state, { status, decidedBy, basis }, { at }) => decided(state, { at, status, decidedBy, basis }),
    TraffickingStatusRevised: (state, { status, decidedBy, basis }, { at }) => decided(state, { at, status, decidedBy, basis }),
    ReferredOn: (state, { organisation, group }, { at }) => ({
      ...state,
      referrals: inserted(state.referrals, { at, organisation, group }),
    }),
    ReferralOnDeclined: (state, _, { at }) => ({
      ...state,
      referrals: inserted(state.referrals, { at, organisation: null, group: null }),
    }),
    TraffickingDetailsRecorded: (state) => ({ ...state, detailed: true }),
    TraffickingHistoryEventRecorded: (state) => ({ ...state, events: state.events + 1 }),
  },
  {},
  // Nothing is decided by these, and nothing rests on them.
  { TraffickingDetailsRecorded: [], TraffickingHistoryEventRecorded: [] },
);

// Requests

@Refuses("CaseInFollowUp", "CaseNotOpen", "InterviewNotPermitted")
export class StartScreening {
  @Described("Of the form that is used") @IsInt() @Min(1) @Max(1000) formVersion!: number;
}
@Refuses("CaseInFollowUp", "CaseNotOpen", "InterviewNotPermitted", "ScreeningNotStarted")
export class CompleteScreening {
  @Described("Of the form that was used") @IsInt() @Min(1) @Max(1000) formVersion!: number;
  @Described("What was done with her (Palermo Protocol, article 3)") @IsArray() @ArrayMaxSize(10) @IsIn(acts, { each: true }) acts!: Act[];
  @Described("How she was made to; for a child they do not matter")
  @IsArray()
  @ArrayMaxSize(10)
  @IsIn(means, { each: true })
  means!: Means[];
  @Described("To what end she was used") @IsArray() @ArrayMaxSize(15) @IsIn(exploitations, { each: true }) exploitations!: Exploitation[];
  @Described("How she is controlled")
  @IsArray()
  @ArrayMaxSize(20)
  @IsIn(methodsOfControl, { each: true })
  methodsOfControl!: MethodOfControl[];
  @Described("Who the trafficker is to her") @Optional() @IsIn(relationships) relationshipToTrafficker?: Relationship;
  @Removable("narrative") @IsString() @MaxLength(10_000) account?: string | null;
  @Removable("perpetrator") @IsString() @MaxLength(10_000) perpetrator?: string | null;
}

// Rules

type ScreeningNeeds = { screening: Screening; consents: Consents; closure: Openness };

export const startScreening: Rule<ScreeningNeeds, StartScreening, ScreeningFact> = (
  { screening, consents, closure },
  { formVersion },
  times,
) => {
  requireSupport(closure, times.at, times.now);
  requireInterview(consents, times);
  return screening.startedAt && screening.startedAt <= times.at ? [] : [{ type: "ScreeningStarted", data: { formVersion } }];
};

/** What she said is kept only with her consent to be asked; it may be completed again when she says more. */
export const completeScreening: Rule<ScreeningNeeds & { intake: Intake }, CompleteScreening, ScreeningFact> = (state, request, times) => {
  const { screening, consents, closure, intake } = state;
  requireSupport(closure, times.at, times.now);
  requireInterview(consents, times);
  require(screening.startedAt, "ScreeningNotStarted");
  requireNotBefore(times.at, screening.startedAt);
  const { formVersion, acts, means, exploitations, methodsOfControl, relationshipToTrafficker, account, perpetrator } = request;
  const { personal, removed } = personalContent(intake.subject, { narrative: { account }, perpetrator: { description: perpetrator } });
  const data = { formVersion, acts, means, exploitations, methodsOfControl, relationshipToTrafficker, removed };
  return [{ type: "ScreeningCompleted", data, personal }];
};
