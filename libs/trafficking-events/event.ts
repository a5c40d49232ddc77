import { slice, type Day, type Instant } from "#kernel/kernel.js";
import type { Region } from "#vocabulary/regions.js";
import type { AllegationWithdrawal, EventKind, EventUnlinkReason, ReportingEntity } from "./vocabulary.js";

// Facts

export type TraffickingEventFact =
  | {
      type: "TraffickingEventRecorded";
      /** `date`: a day, or as much of it as is known. */
      data: { subject: string; kind: EventKind; country: string; region?: Region | undefined; date: Day; reportingEntity: ReportingEntity };
      personal?: Record<string, { narrative: { account: string } }> | undefined;
    }
  | { type: "TraffickingEventShared"; data: { worker: string } }
  | { type: "TraffickingEventUnshared"; data: { worker: string } }
  | { type: "CaseLinkedToEvent"; data: { caseId: string } }
  | { type: "CaseUnlinkedFromEvent"; data: { caseId: string; reason: EventUnlinkReason } }
  /** What is alleged of somebody: sealed whole, and of nobody by name in the open. */
  | {
      type: "PerpetratorAlleged";
      data: { allegation: string };
      personal: Record<string, { perpetrator: { description: string } }>;
    }
  | { type: "AllegationWithdrawn"; data: { allegation: string; reason: AllegationWithdrawal } };

// State

export interface TraffickingEvent {
  /** The subject of the personal data in it; empty before it is recorded. */
  readonly subject: string;
  readonly recordedAt: Instant | null;
  readonly recordedBy: string | null;
  /** The organisation whose worker recorded it. */
  readonly organisation: string | null;
  /** Who works with it: whoever recorded it, and those with whom it was shared. */
  readonly workers: readonly string[];
  readonly cases: readonly LinkedCase[];
  readonly allegations: readonly { readonly allegation: string; readonly withdrawn: boolean }[];
}
interface LinkedCase {
  readonly caseId: string;
  readonly since: Instant;
}

export const traffickingEvent = slice<TraffickingEventFact>()<TraffickingEvent>(
  { subject: "", recordedAt: null, recordedBy: null, organisation: null, workers: [], cases: [], allegations: [] },
  {
    TraffickingEventRecorded: (state, { subject }, { at, by }) => ({
      ...state,
      subject,
      recordedAt: at,
      recordedBy: by.id,
      organisation: by.organisation ?? null,
      workers: [by.id],
    }),
    TraffickingEventShared: (state, { worker }) => ({ ...state, workers: [...state.workers.filter((each) => each !== worker), worker] }),
    TraffickingEventUnshared: (state, { worker }) => ({ ...state, workers: state.workers.filter((each) => each !== worker) }),
    CaseLinkedToEvent: (state, { caseId }, { at: since }) => ({
      ...state,
      cases: [...state.cases.filter((each) => each.caseId !== caseId), { caseId, since }],
    }),
    CaseUnlinkedFromEvent: (state, { caseId }) => ({ ...state, cases: state.cases.filter((each) => each.caseId !== caseId) }),
    PerpetratorAlleged: (state, { allegation }) => ({
      ...state,
      allegations: [...state.allegations, { allegation, withdrawn: false }],
    }),
    AllegationWithdrawn: (state, { allegation }) => ({
      ...state,
      allegations: state.allegations.map((each) => (each.allegation === allegation ? { allegation, withdrawn: true } : each)),
    }),
  },
);
