import { slice, type Instant } from "#kernel/kernel.js";
import type { HoursOfDay } from "#kernel/in-time.js";
import type { Language } from "#vocabulary/languages.js";
import type { CallBackOutcome, CallerRelation, HotlineAdvice, HotlineChannel, HotlineTopic } from "./vocabulary.js";

// Facts

export type HotlineFact =
  | {
      type: "HotlineContactRecorded";
      data: {
        subject: string;
        channel: HotlineChannel;
        language?: Language | undefined;
        topics: HotlineTopic[];
        caller: CallerRelation;
        /** Did the caller say that calling back endangers nobody? */
        callBackIsSafe: boolean;
        /** At which hours; none: she has named none, and it is safe at any. */
        callBackHours: HoursOfDay[];
      };
      personal?: Record<string, { hotlineAccount?: { summary: string }; hotlineCallBack?: { callBack: string } }> | undefined;
    }
  | { type: "HotlineAdviceGiven"; data: { advice: HotlineAdvice[] } }
  | { type: "HotlineCallerReferred"; data: { organisation: string } }
  | { type: "HotlineCallerCalledBack"; data: { outcome: CallBackOutcome } }
  /** It has become a case: what is done for her is done there from now on. */
  | { type: "ContactLinkedToCase"; data: { caseId: string } };

// State

export interface HotlineContact {
  /** The subject of the personal data in it; empty before it is recorded. */
  readonly subject: string;
  readonly receivedAt: Instant | null;
  /** The organisation whose worker answered. */
  readonly organisation: string | null;
  readonly callBackIsSafe: boolean;
  readonly callBackHours: readonly Readonly<HoursOfDay>[];
  readonly advice: readonly HotlineAdvice[];
  readonly referredTo: readonly string[];
  readonly caseId: string | null;
  /** Who said which case it has become. */
  readonly linkedBy: string | null;
}

export const contact = slice<HotlineFact>()<HotlineContact>(
  {
    subject: "",
    receivedAt: null,
    organisation: null,
    callBackIsSafe: false,
    callBackHours: [],
    advice: [],
    referredTo: [],
    caseId: null,
    linkedBy: null,
  },
  {
    HotlineContactRecorded: (state, { subject, callBackIsSafe, callBackHours }, { at, by }) => ({
      ...state,
      subject,
      callBackIsSafe,
      callBackHours,
      receivedAt: at,
      organisation: by.organisation ?? null,
    }),
    HotlineAdviceGiven: (state, { advice }) => ({ ...state, advice: [...new Set([...state.advice, ...advice])] }),
    HotlineCallerReferred: (state, { organisation }) => ({ ...state, referredTo: [...state.referredTo, organisation] }),
    HotlineCallerCalledBack: (state) => state,
    ContactLinkedToCase: (state, { caseId }, { by }) => ({ ...state, caseId, linkedBy: by.id }),
  },
);
