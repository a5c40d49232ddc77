import { Type } from "class-transformer";
import { ArrayMaxSize, ArrayNotEmpty, ArrayUnique, IsArray, IsBoolean, IsIn, IsString, MaxLength, ValidateNested } from "class-validator";
import { Personal } from "#access/personal.js";
import { Described } from "#kernel/described.js";
import { isWithinHours } from "#kernel/in-time.js";
import { require, requireNotBefore, type Instant, type Rule } from "#kernel/kernel.js";
import { Refuses } from "#kernel/refusals.js";
import { HoursOfADay } from "#platform/values/hours.js";
import { IsId } from "#platform/values/ids.js";
import { Optional } from "#platform/values/optional.js";
import { languages, type Language } from "#vocabulary/languages.js";
import { callBackArea, hotlineAccountArea } from "./areas.js";
import type { HotlineContact, HotlineFact } from "./contact.js";
import * as codes from "./vocabulary.js";

// Requests

@Refuses("CallBackNotSafe", "HotlineContactAlreadyRecorded", "HoursEndBeforeTheyBegin")
export class RecordHotlineContact {
  @Described("How the caller came") @IsIn(codes.hotlineChannels) channel!: codes.HotlineChannel;
  @Described("In which was spoken") @Optional() @IsIn(languages) language?: Language;
  @Described("What it was about, by groups")
  @IsArray()
  @ArrayUnique()
  @ArrayMaxSize(12)
  @IsIn(codes.hotlineTopics, { each: true })
  topics!: codes.HotlineTopic[];
  @Described("What the caller is to whom it is about") @IsIn(codes.callerRelations) caller!: codes.CallerRelation;
  @Described("True: the caller has said that calling back endangers nobody") @IsBoolean() callBackIsSafe!: boolean;
  @Described("When the caller may be called back, where she is; none: at any hour")
  @Optional()
  @IsArray()
  @ArrayMaxSize(50)
  @ValidateNested({ each: true })
  @Type(() => HoursOfADay)
  callBackHours?: HoursOfADay[];
  @Optional() @Personal(callBackArea) @IsString() @MaxLength(500) callBack?: string;
  @Optional() @Personal(hotlineAccountArea) @IsString() @MaxLength(8000) summary?: string;
}
export class GiveHotlineAdvice {
  @Described("What the caller was told")
  @IsArray()
  @ArrayNotEmpty()
  @ArrayUnique()
  @ArrayMaxSize(7)
  @IsIn(codes.hotlineAdvices, { each: true })
  advice!: codes.HotlineAdvice[];
}
export class ReferHotlineCaller {
  @Described("The organisation of the directory that the caller was told of; to it nothing is told") @IsId() organisation!: string;
}
@Refuses("ContactBelongsToCase", "LeftWithOthers", "NoSafeWayKnown", "NotAtThisHour")
export class CallBackHotlineCaller {
  @Described("What came of it") @IsIn(codes.callBackOutcomes) outcome!: codes.CallBackOutcome;
  @Described("What was left where nobody was reached: nothing may be") @IsIn(codes.callBackLeft) left!: codes.CallBackLeft;
}
@Refuses("LinkedToAnotherCase")
export class LinkHotlineContactToCase {
  @Described("The case that it has become") @IsId() caseId!: string;
}

// Rules

type State = { contact: HotlineContact };

/**
 * Advice needs no case and no name. A way to call back is kept only where the caller has said that it endangers nobody, and with the hours at which
 * that is so, if she named any.
 */
export const recordHotlineContact: Rule<State, RecordHotlineContact, HotlineFact> = ({ contact }, request, { newId }) => {
  require(contact.receivedAt === null, "HotlineContactAlreadyRecorded");
  const { channel, language, topics, caller, callBackIsSafe, callBack, summary } = request;
  const callBackHours = (request.callBackHours ?? []).map(({ day, from, until }) => ({ day, from, until }));
  require(callBackIsSafe || (callBack === undefined && callBackHours.length === 0), "CallBackNotSafe");
  require(callBackHours.every(({ from, until }) => from < until), "HoursEndBeforeTheyBegin");
  const subject = newId();
  const classes = { ...(summary && { hotlineAccount: { summary } }), ...(callBack && { hotlineCallBack: { callBack } }) };
  const personal = Object.keys(classes).length > 0 ? { [subject]: classes } : undefined;
  return [
    { type: "HotlineContactRecorded", data: { subject, channel, language, topics, caller, callBackIsSafe, callBackHours }, personal },
  ];
};

export const giveHotlineAdvice: Rule<State, GiveHotlineAdvice, HotlineFact> = ({ contact }, { advice }) => {
  const further = advice.filter((each) => !contact.advice.includes(each));
  return further.length > 0 ? [{ type: "HotlineAdviceGiven", data: { advice: further } }] : [];
};

/** The caller is told where to go. Nothing about her is passed on: that takes a case and her consent. */
export const referHotlineCaller: Rule<State, ReferHotlineCaller, HotlineFact> = ({ contact }, { organisation }) =>
  contact.referredTo.includes(organisation) ? [] : [{ type: "HotlineCallerReferred", data: { organisation } }];

/** As safely as she is contacted by her case: only at the hours that the caller named, and nothing is left with others. */
export const callBackHotlineCaller: Rule<State, CallBackHotlineCaller, HotlineFact> = ({ contact }, { outcome, left }, { at, zone }) => {
  require(contact.caseId === null, "ContactBelongsToCase");
  require(contact.callBackIsSafe, "NoSafeWayKnown");
  require(contact.callBackHours.length === 0 || isWithinHours(contact.callBackHours, at, zone), "NotAtThisHour");
  require(left === "Nothing", "LeftWithOthers");
  return [{ type: "HotlineCallerCalledBack", data: { outcome } }];
};

/** What is to be known of the case that it becomes. */
export interface LinkedCase {
  readonly openedAt: Instant | null;
}

/** From then on she is contacted by her case, in the way that she names there. */
export const linkHotlineContactToCase: Rule<State & { linked: LinkedCase }, LinkHotlineContactToCase, HotlineFact> = (
  { contact, linked },
  { caseId },
  { at },
) => {
  requireNotBefore(at, linked.openedAt);
  require(contact.caseId === null || contact.caseId === caseId, "LinkedToAnotherCase");
  return contact.caseId === caseId ? [] : [{ type: "ContactLinkedToCase", data: { caseId } }];
};
