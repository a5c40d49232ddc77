import { Code, Codes, Count, Flag, Key, Moment, Reference, References, Text, ViewOf, Words } from "#projection/declare/columns.js";
import { weekdays, type Weekday } from "#kernel/in-time.js";
import { Sealed, Shape, Structures } from "#projection/declare/shapes.js";
import { sealedPart, view } from "#projection/declare/view.js";
import type { SealedPart } from "#seal/sealed.js";
import { languages, type Language } from "#vocabulary/languages.js";
import { callBackArea, hotlineAccountArea, hotlineArea as area, hotlineLinkArea } from "./areas.js";
import { hotlineContacts } from "./hotline-contacts.js";
import * as codes from "./vocabulary.js";

@Shape("HotlineAccount")
class HotlineAccount {
  @Words() summary!: string;
}
@Shape("HotlineCallBack")
class HotlineCallBack {
  @Words({ description: "How the caller is reached" }) callBack!: string;
}
@Shape("CallBackHours")
class CallBackHours {
  @Code(weekdays, { area }) day!: Weekday;
  @Count({ area }) from!: number;
  @Count({ area, description: "This hour is no longer part of it" }) until!: number;
}

/** Somebody who called for help or advice, and what she was told. */
@ViewOf("HotlineContact", {
  about: ["hotline-contact", "id"],
  concerns: ["hotline-contact", "id"],
  indexes: [
    ["receivedAt", "id"],
    ["channel", "receivedAt", "id"],
    ["topics", "receivedAt", "id"],
    ["becameCase", "receivedAt", "id"],
  ],
})
export class HotlineContactView {
  @Key() id!: string;
  @Count({ area, description: "Send it as `If-Match` with the next change" }) revision!: number;
  @Moment({ area }) receivedAt!: string;
  @Text({ area, description: "Who answered" }) answeredBy!: string;
  @Code(codes.hotlineChannels, { area }) channel!: codes.HotlineChannel;
  @Code(languages, { area, optional: true }) language!: Language | null;
  @Codes(codes.hotlineTopics, { area }) topics!: codes.HotlineTopic[];
  @Code(codes.callerRelations, { area }) caller!: codes.CallerRelation;
  @Codes(codes.hotlineAdvices, { area }) advice!: codes.HotlineAdvice[];
  @References({ area, description: "Organisations that the caller was told of" }) referredTo!: string[];
  @Flag({ area, description: "The caller has said that calling back endangers nobody" }) callBackIsSafe!: boolean;
  @Structures(CallBackHours, { description: "When the caller may be called back, where that is safe; none: at any hour" })
  callBackHours!: CallBackHours[];
  @Moment({ area, optional: true, description: "When the caller was called back last" }) calledBackAt!: string | null;
  @Flag({ area, description: "What is done for her is done in a case" }) becameCase!: boolean;
  @Reference({ area: hotlineLinkArea, optional: true }) caseId!: string | null;
  @Sealed(hotlineAccountArea, HotlineAccount) account!: SealedPart | null;
  @Sealed(callBackArea, HotlineCallBack) callBack!: SealedPart | null;
}

const later = (one: string | null, other: string): string => (one !== null && one > other ? one : other);

export const hotlineContactView = view(hotlineContacts)(HotlineContactView, {
  version: 1,
  key: ({ streamId }) => streamId,
  project: {
    HotlineContactRecorded: (_, fact) => {
      const { channel, language = null, topics, caller, callBackIsSafe, callBackHours } = fact.data;
      return {
        ...{ id: fact.streamId, revision: 0, receivedAt: fact.at, answeredBy: fact.metadata.by.id },
        ...{ channel, language, topics, caller, callBackIsSafe, callBackHours, advice: [], referredTo: [] },
        ...{ calledBackAt: null, becameCase: false, caseId: null },
        ...{ account: sealedPart(fact, hotlineAccountArea), callBack: sealedPart(fact, callBackArea) },
      };
    },
    HotlineAdviceGiven: (row, { data: { advice } }) => row && { ...row, advice: [...new Set([...row.advice, ...advice])] },
    HotlineCallerReferred: (row, { data: { organisation } }) => row && { ...row, referredTo: [...row.referredTo, organisation] },
    HotlineCallerCalledBack: (row, { at }) => row && { ...row, calledBackAt: later(row.calledBackAt, at) },
    ContactLinkedToCase: (row, { data: { caseId } }) => row && { ...row, becameCase: true, caseId },
  },
  always: (row, { revision }) => ({ ...row, revision: Number(revision) }),
});
