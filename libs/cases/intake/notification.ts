import { IsIn, IsInt, IsString, Max, MaxLength, Min } from "class-validator";
import { Personal } from "#access/personal.js";
import { Described } from "#kernel/described.js";
import { standingAt } from "#kernel/in-time.js";
import { require, requireNotBefore, type Instant, type Rule } from "#kernel/kernel.js";
import { Refuses } from "#kernel/refusals.js";
import { IsId } from "#platform/values/ids.js";
import { Optional } from "#platform/values/optional.js";
import { languages, type Language } from "#vocabulary/languages.js";
import { regions, type Region } from "#vocabulary/regions.js";
import { WithSource, sourceOf } from "../known-from.js";
import { requireOpen, type Openness } from "../open.js";
import { ageBands, contactSources, sexes, urgencies, type AgeBand, type ContactSource, type Sex, type Urgency } from "../vocabulary.js";
import { agreedHours } from "./agreed-hours.js";
import { notifierArea } from "./areas.js";
import { IsDistrict, openCase, type Intake, type IntakeFact } from "./intake.js";
import {
  acknowledgementChannels,
  incomingReasons,
  urgencyReasons,
  type AcknowledgementChannel,
  type IncomingReason,
  type UrgencyReason,
} from "./vocabulary.js";

// Requests

/** What somebody tells at two in the morning. */
@Refuses("CaseAlreadyOpened")
export class NotifyCase extends WithSource {
  @Described("Who told of her") @IsIn(contactSources) source!: ContactSource;
  @Described("How soon she needs help") @IsIn(urgencies) urgency!: Urgency;
  @Described("Where she is now") @IsIn(regions) region!: Region;
  @Described("Not said: unknown") @Optional() @IsIn(sexes) sex?: Sex;
  @Described("Not said: unknown") @Optional() @IsIn(ageBands) ageBand?: AgeBand;
  @Described("In which she is spoken with") @Optional() @IsIn(languages) language?: Language;
  @Described("The organisation that told of her, as the directory names it") @Optional() @IsId() referringOrganisation?: string;
  @Described("The code of the district that is responsible for her") @Optional() @IsDistrict() district?: string;
  @Described("Why she was sent") @Optional() @IsIn(incomingReasons) reason?: IncomingReason;
  @Described("Within how many hours the source is answered, where that was agreed")
  @Optional()
  @IsInt()
  @Min(1)
  @Max(720)
  acknowledgeWithinHours?: number;
  @Described("Within how many hours the rest is to be known, where that was agreed")
  @Optional()
  @IsInt()
  @Min(1)
  @Max(720)
  completeWithinHours?: number;
  @Optional() @Personal(notifierArea) @IsString() @MaxLength(500) personInCharge?: string;
  @Optional() @Personal("narrative") @IsString() @MaxLength(2000) immediateNeeds?: string;
}
@Refuses("NotNotified")
export class AcknowledgeNotification {
  @Described("How the source was told that it has arrived") @IsIn(acknowledgementChannels) channel!: AcknowledgementChannel;
}
@Refuses("AlreadyKnown", "CaseNotOpen")
export class SupplementFirstContact extends WithSource {
  @Described("As she says herself") @Optional() @IsIn(sexes) sex?: Sex;
  @Described("Where nobody has assessed how old she is") @Optional() @IsIn(ageBands) ageBand?: AgeBand;
  @Described("In which she is spoken with") @Optional() @IsIn(languages) language?: Language;
  @Described("The organisation that told of her, as the directory names it") @Optional() @IsId() referringOrganisation?: string;
  @Described("The code of the district that is responsible for her") @Optional() @IsDistrict() district?: string;
}
@Refuses("CaseNotOpen")
export class ChangeUrgency {
  @Described("How soon she needs help, as it is known now") @IsIn(urgencies) urgency!: Urgency;
  @Described("Why that has changed") @IsIn(urgencyReasons) reason!: UrgencyReason;
}

// Rules

type Needs = { intake: Intake; closure: Openness };
const inHours = (at: Instant, hours: number): Instant => new Date(Date.parse(at) + hours * 3_600_000).toISOString();

/**
 * The case begins with the least that is known; what is missing is due, and whoever told of her is answered. Who tells of herself is there: nobody else
 * is to be answered.
 */
export const notifyCase: Rule<{ intake: Intake }, NotifyCase, IntakeFact> = (state, request, context) => {
  const { sex = "Unknown", ageBand = "Unknown", reason, acknowledgeWithinHours, completeWithinHours, personInCharge, ...told } = request;
  const agreed = agreedHours[request.urgency];
  const [opened] = openCase(state, { ...told, sex, ageBand }, context);
  if (opened?.type !== "CaseOpened") return [];
  const notification = {
    completeBy: inHours(context.at, completeWithinHours ?? agreed.complete),
    ...(request.source !== "Self" && { acknowledgeBy: inHours(context.at, acknowledgeWithinHours ?? agreed.acknowledge) }),
    reason,
  };
  const { subject } = opened.data;
  const classes = { ...opened.personal?.[subject], ...(personInCharge && { notifier: { personInCharge } }) };
  const personal = Object.keys(classes).length > 0 ? { [subject]: classes } : undefined;
  return [{ type: "CaseOpened", data: { ...opened.data, notification }, personal }];
};

/** Also of a case that was closed meanwhile: whoever told of her waits for an answer. */
export const acknowledgeNotification: Rule<{ intake: Intake }, AcknowledgeNotification, IntakeFact> = ({ intake }, { channel }, { at }) => {
  require(intake.notification, "NotNotified");
  requireNotBefore(at, intake.openedAt);
  return intake.notification.acknowledgedAt === null ? [{ type: "NotificationAcknowledged", data: { channel } }] : [];
};

/** What was told as unknown is told later; what is known stays as it was told. */
export const supplementFirstContact: Rule<Needs, SupplementFirstContact, IntakeFact> = ({ intake, closure }, request, { at, now }) => {
  requireOpen(closure, at, now);
  const { knownFrom: _, ...said } = request;
  const known = {
    sex: intake.sex === "Unknown" ? null : intake.sex,
    ageBand: intake.ageBand !== "Unknown" ? intake.ageBand : intake.assessments.length > 0 ? "Assessed" : null,
    language: intake.language,
    referringOrganisation: intake.referringOrganisation,
    district: intake.district,
  };
  const fresh = Object.entries(said).filter(([name, value]) => {
    const before = known[name as keyof typeof known];
    require(before === null || value === undefined || value === "Unknown" || value === before, "AlreadyKnown", { field: name });
    return value !== undefined && value !== "Unknown" && before === null;
  });
  if (fresh.length === 0) return [];
  return [{ type: "FirstContactSupplemented", data: { ...Object.fromEntries(fresh), ...sourceOf(request) } }];
};

/** How soon she needs help changes with what is known. What is told late stands before what was found since. */
export const changeUrgency: Rule<Needs, ChangeUrgency, IntakeFact> = ({ intake, closure }, { urgency, reason }, { at, now }) => {
  requireOpen(closure, at, now);
  const from = standingAt(intake.urgencies, at)?.urgency;
  return from === urgency ? [] : [{ type: "UrgencyChanged", data: { ...(from && { from }), to: urgency, reason } }];
};
