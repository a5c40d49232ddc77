import { inserted, type Weekday } from "#kernel/in-time.js";
import { slice, type Instant } from "#kernel/kernel.js";
import type { Giver } from "../vocabulary.js";
import type { ContactChannel, ContactOutcome, ContactReason } from "./vocabulary.js";

// Facts

/** Hours of a day at her place: from the first hour on, until the last, which is no longer part of it. */
export interface SafeHours {
  day: Weekday;
  from: number;
  until: number;
}
export type SafeContactFact =
  | { type: "SafeContactAgreed"; data: { channels: ContactChannel[]; hours: SafeHours[]; agreedWith: Giver } }
  | {
      type: "ContactAttempted";
      data: { attempt: string; channel: ContactChannel; reason: ContactReason; outcome: ContactOutcome };
      personal?: Record<string, { contact: { account: string } }> | undefined;
    };

// State

export interface SafeWay {
  readonly at: Instant;
  readonly channels: readonly ContactChannel[];
  readonly hours: readonly Readonly<SafeHours>[];
}
export interface SafeContact {
  /** In order of time; the last that is not after a moment stands then. No channel: she is not to be contacted. */
  readonly agreed: readonly SafeWay[];
}

export const safeContact = slice<SafeContactFact>()<SafeContact>(
  { agreed: [] },
  {
    SafeContactAgreed: (state, { channels, hours }, { at }) => ({ agreed: inserted(state.agreed, { at, channels, hours }) }),
    ContactAttempted: (state) => state,
  },
);
