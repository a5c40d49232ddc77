import { inserted, type HoursOfDay } from "#kernel/in-time.js";
import { slice, type Instant } from "#kernel/kernel.js";
import type { Giver } from "../vocabulary.js";
import type { ContactChannel, ContactOutcome, ContactReason } from "./vocabulary.js";

// Facts

export type SafeContactFact =
  | { type: "SafeContactAgreed"; data: { channels: ContactChannel[]; hours: HoursOfDay[]; agreedWith: Giver } }
  | {
      type: "ContactAttempted";
      data: { attempt: string; channel: ContactChannel; reason: ContactReason; outcome: ContactOutcome };
      personal?: Record<string, { contact: { account: string } }> | undefined;
    };

// State

export interface SafeWay {
  readonly at: Instant;
  readonly channels: readonly ContactChannel[];
  readonly hours: readonly Readonly<HoursOfDay>[];
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
  {},
  { ContactAttempted: [] },
);
