import { Type } from "class-transformer";
import { ArrayMaxSize, ArrayUnique, IsArray, IsIn, IsString, MaxLength, ValidateNested } from "class-validator";
import { Personal } from "#access/personal.js";
import { Described } from "#kernel/described.js";
import { isWithinHours, standingAt } from "#kernel/in-time.js";
import { require, type Rule, type Times } from "#kernel/kernel.js";
import { Refuses } from "#kernel/refusals.js";
import { HoursOfADay } from "#platform/values/hours.js";
import { Optional } from "#platform/values/optional.js";
import { isAllowed, type Consents } from "../consent/consents.js";
import { isChildAt } from "../intake/age.js";
import type { Intake } from "../intake/intake.js";
import { isSupportedAt, requireOpen, type Openness } from "../open.js";
import { givers, type Giver } from "../vocabulary.js";
import type { SafeContact, SafeContactFact } from "./safe-contact.js";
import {
  contactChannels,
  contactOutcomes,
  contactReasons,
  leftBehind,
  type ContactChannel,
  type ContactOutcome,
  type ContactReason,
  type LeftBehind,
} from "./vocabulary.js";

// Requests

@Refuses("CaseNotOpen", "HoursEndBeforeTheyBegin", "HoursMissing", "SafeWayIsHers")
export class AgreeSafeContact {
  @Described("The ways in which she may be contacted; none: she is not to be contacted")
  @IsArray()
  @ArrayUnique()
  @ArrayMaxSize(10)
  @IsIn(contactChannels, { each: true })
  channels!: ContactChannel[];
  @Described("When she may be contacted; at no other hour is she")
  @IsArray()
  @ArrayMaxSize(50)
  @ValidateNested({ each: true })
  @Type(() => HoursOfADay)
  hours!: HoursOfADay[];
  @Described("Who named it: herself, or of a child whoever answers for it") @IsIn(givers) agreedWith!: Giver;
}
@Refuses(...["CaseNotOpen", "FollowUpNotConsented", "LeftWithOthers"], ...["NoSafeWayKnown", "NotAtThisHour", "NotByThisChannel"])
export class RecordContactAttempt {
  @Described("By which way") @IsIn(contactChannels) channel!: ContactChannel;
  @Described("What for") @IsIn(contactReasons) reason!: ContactReason;
  @Described("What came of it") @IsIn(contactOutcomes) outcome!: ContactOutcome;
  @Described("What was left where she was not reached: nothing may be") @IsIn(leftBehind) left!: LeftBehind;
  @Optional() @Personal("contact") @IsString() @MaxLength(2000) account?: string;
}

// Asked by every rule that would contact her

type Contactable = { safeContact: SafeContact; consents: Consents; closure: Openness };

/**
 * She is contacted only by a way and at an hour that she named herself, as they stood then; and whoever asks after her when support is over, with
 * her consent to be asked. Without one nobody contacts her (section 7b, 22 of the field's reference).
 */
export function mayContact(
  { safeContact, consents, closure }: Contactable,
  { channel, reason }: { readonly channel: ContactChannel; readonly reason: ContactReason },
  { at, zone }: Pick<Times, "at" | "zone">,
): void {
  const way = standingAt(safeContact.agreed, at);
  require(way && way.channels.length > 0, "NoSafeWayKnown");
  require(way.channels.includes(channel), "NotByThisChannel");
  require(isWithinHours(way.hours, at, zone), "NotAtThisHour");
  const isFollowUp = reason === "FollowUp" || !isSupportedAt(closure, at);
  require(!isFollowUp || isAllowed(consents, "FollowUpContact", at), "FollowUpNotConsented");
}

// Rules

/** The whole record, so that what is agreed anew replaces what was agreed before. A grown woman names her way herself. */
export const agreeSafeContact: Rule<{ intake: Intake; closure: Openness; safeContact: SafeContact }, AgreeSafeContact, SafeContactFact> = (
  { intake, closure, safeContact },
  { channels, hours, agreedWith },
  times,
) => {
  requireOpen(closure, times.at, times.now);
  require(channels.length === 0 || hours.length > 0, "HoursMissing");
  require(hours.every(({ from, until }) => from < until), "HoursEndBeforeTheyBegin");
  require(agreedWith === "self" || isChildAt(intake, times), "SafeWayIsHers");
  const plain = hours.map(({ day, from, until }) => ({ day, from, until }));
  const before = standingAt(safeContact.agreed, times.at);
  const isSo = before && JSON.stringify([before.channels, before.hours]) === JSON.stringify([channels, plain]);
  return isSo ? [] : [{ type: "SafeContactAgreed", data: { channels, hours: plain, agreedWith } }];
};

/** Whoever answers in her place learns nothing: no message, no number, no name is left with anybody. */
export const recordContactAttempt: Rule<Contactable & { intake: Intake }, RecordContactAttempt, SafeContactFact> = (
  state,
  { channel, reason, outcome, left, account },
  { at, now, zone, newId },
) => {
  requireOpen(state.closure, at, now);
  mayContact(state, { channel, reason }, { at, zone });
  require(left === "Nothing", "LeftWithOthers");
  const personal = account ? { [state.intake.subject]: { contact: { account } } } : undefined;
  return [{ type: "ContactAttempted", data: { attempt: newId(), channel, reason, outcome }, personal }];
};
