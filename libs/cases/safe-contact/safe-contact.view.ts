import { Code, Codes, Count, Inner, Key, Moment, Reference, Text, ViewOf, Words } from "#projection/declare/columns.js";
import { newest } from "#projection/declare/newest.js";
import { SealedList, Shape, Structures } from "#projection/declare/shapes.js";
import { sealedPart, view } from "#projection/declare/view.js";
import { weekdays, type Weekday } from "#kernel/in-time.js";
import type { SealedPart } from "#seal/sealed.js";
import { cases } from "../cases.js";
import { givers, type Giver } from "../vocabulary.js";
import { safeContactArea as area } from "./areas.js";
import * as codes from "./vocabulary.js";

@Shape("SafeHours")
class SafeHoursShown {
  @Code(weekdays, { area }) day!: Weekday;
  @Count({ area }) from!: number;
  @Count({ area, description: "This hour is no longer part of it" }) until!: number;
}
@Shape("ContactAccount")
class ContactAccount {
  @Words() fact!: string;
  @Words() type!: string;
  @Words() account!: string;
}

/** How she may be contacted, and when: whoever contacts her otherwise endangers her. Nothing is left with others. */
@ViewOf("CaseSafeContact", { concerns: ["case", "id"] })
export class CaseSafeContactView {
  @Key() id!: string;
  @Codes(codes.contactChannels, { area, description: "None: she is not to be contacted" }) channels!: codes.ContactChannel[];
  @Structures(SafeHoursShown, { description: "Where she is; at no other hour is she contacted" }) hours!: SafeHoursShown[];
  @Code(givers, { area, optional: true, description: "Who named it" }) agreedWith!: Giver | null;
  @Moment({ area, optional: true }) agreedAt!: string | null;
  @SealedList("contact", ContactAccount, { description: "Of attempts to contact her, by the `fact` that told it" }) accounts!: SealedPart[];
  /** When it was told: agreed. */
  @Inner() since!: Record<string, string>;
}

const nothingYet = (id: string): CaseSafeContactView => ({
  ...{ id, channels: [], hours: [], agreedWith: null, agreedAt: null, accounts: [], since: {} },
});

export const caseSafeContactView = view(cases)(CaseSafeContactView, {
  version: 1,
  key: ({ streamId }) => streamId,
  project: {
    SafeContactAgreed: (row, { streamId, at, data: { channels, hours, agreedWith } }) =>
      newest(row ?? nothingYet(streamId), "agreed", at, { channels, hours, agreedWith, agreedAt: at }),
    ContactAttempted: (row, fact) => {
      const account = sealedPart(fact, "contact");
      const before = row ?? nothingYet(fact.streamId);
      return account ? { ...before, accounts: [...before.accounts, account] } : before;
    },
  },
});

/** Each time somebody contacted her, or tried to. */
@ViewOf("ContactAttempt", {
  about: ["case", "caseId"],
  concerns: ["case", "caseId"],
  indexes: [
    ["attemptedAt", "id"],
    ["caseId", "attemptedAt", "id"],
    ["outcome", "attemptedAt", "id"],
  ],
})
export class ContactAttemptView {
  @Key() id!: string;
  @Reference({ area }) caseId!: string;
  @Text({ area, description: "What was told of it has the same `fact` in the record of her case" }) fact!: string;
  @Code(codes.contactChannels, { area }) channel!: codes.ContactChannel;
  @Code(codes.contactReasons, { area }) reason!: codes.ContactReason;
  @Code(codes.contactOutcomes, { area }) outcome!: codes.ContactOutcome;
  @Moment({ area }) attemptedAt!: string;
  @Text({ area, description: "Who contacted her" }) attemptedBy!: string;
}

export const contactAttemptView = view(cases)(ContactAttemptView, {
  version: 1,
  key: ({ id, data }) => ("attempt" in data ? data.attempt : id),
  project: {
    ContactAttempted: (_, { streamId, id: fact, at, metadata, data: { attempt, channel, reason, outcome } }) => ({
      ...{ id: attempt, caseId: streamId, fact, channel, reason, outcome, attemptedAt: at, attemptedBy: metadata.by.id },
    }),
  },
});
