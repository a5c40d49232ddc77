import { IsIn, IsString, MaxLength, MinLength } from "class-validator";
import { Personal } from "#access/personal.js";
import { Described } from "#kernel/described.js";
import { dayOf } from "#kernel/in-time.js";
import { require, requireNotBefore, type Actor, type Day, type Instant, type Rule } from "#kernel/kernel.js";
import { Refuses } from "#kernel/refusals.js";
import { IsCountry, IsId } from "#platform/values/ids.js";
import { Optional } from "#platform/values/optional.js";
import { IsDayOrLess } from "#platform/values/time.js";
import { regions, type Region } from "#vocabulary/regions.js";
import type { TraffickingEvent, TraffickingEventFact } from "./event.js";
import {
  allegationWithdrawals,
  eventKinds,
  eventUnlinkReasons,
  reportingEntities,
  type AllegationWithdrawal,
  type EventKind,
  type EventUnlinkReason,
  type ReportingEntity,
} from "./vocabulary.js";

/** What a trafficking event is told of a case. */
export interface CaseOfEvent {
  readonly openedAt: Instant | null;
}

// Requests

@Refuses("DateInFuture", "TraffickingEventAlreadyRecorded")
export class RecordTraffickingEvent {
  @Described("What kind of event it was") @IsIn(eventKinds) kind!: EventKind;
  @Described("Where, ISO 3166-1 alpha-2") @IsCountry() country!: string;
  @Described("In which region, where it was here") @Optional() @IsIn(regions) region?: Region;
  @Described("When: a day, a month or a year, as far as it is known") @IsDayOrLess() date!: Day;
  @Described("What kind of body reported it") @IsIn(reportingEntities) reportingEntity!: ReportingEntity;
  @Optional() @Personal("narrative") @IsString() @MaxLength(10_000) account?: string;
}
@Refuses("NotTheRecorder")
export class ShareTraffickingEvent {
  @Described("The id of whoever works with it from now on") @IsId() worker!: string;
}
@Refuses("NotTheRecorder")
export class UnshareTraffickingEvent {
  @Described("The id of whoever works with it no longer") @IsId() worker!: string;
}
export class LinkCaseToEvent {
  @Described("The case of somebody whom it concerned; one has to stand to it") @IsId() caseId!: string;
}
@Refuses("CaseNotLinked")
export class UnlinkCaseFromEvent {
  @Described("Which case") @IsId() caseId!: string;
  @Described("Why") @IsIn(eventUnlinkReasons) reason!: EventUnlinkReason;
}
export class AllegePerpetrator {
  @Personal("perpetrator") @IsString() @MinLength(1) @MaxLength(10_000) description!: string;
}
@Refuses("AllegationUnknown")
export class WithdrawAllegation {
  @Described("Which one") @IsId() allegation!: string;
  @Described("Why") @IsIn(allegationWithdrawals) reason!: AllegationWithdrawal;
}

// Rules

type Needs = { traffickingEvent: TraffickingEvent };

/** What happened to several people at once is told once; each of them keeps a case of her own (IC-TIP: the event is a unit of its own). */
export const recordTraffickingEvent: Rule<Needs, RecordTraffickingEvent, TraffickingEventFact> = (
  { traffickingEvent },
  { account, ...request },
  { at, zone, newId },
) => {
  require(traffickingEvent.recordedAt === null, "TraffickingEventAlreadyRecorded");
  const { kind, country, region, date, reportingEntity } = request;
  require(date <= dayOf(at, zone).slice(0, date.length), "DateInFuture");
  const subject = newId();
  const personal = account ? { [subject]: { narrative: { account } } } : undefined;
  return [{ type: "TraffickingEventRecorded", data: { subject, kind, country, region, date, reportingEntity }, personal }];
};

/** With whom it was shared, shares it with nobody else: it names whom people accuse. */
const requireRecorder = ({ recordedBy }: TraffickingEvent, { id, role }: Actor): void =>
  require(id === recordedBy || role === "supervisor", "NotTheRecorder");

export const shareTraffickingEvent: Rule<Needs, ShareTraffickingEvent, TraffickingEventFact> = (
  { traffickingEvent },
  { worker },
  { actor },
) => {
  requireRecorder(traffickingEvent, actor);
  return traffickingEvent.workers.includes(worker) ? [] : [{ type: "TraffickingEventShared", data: { worker } }];
};

/** Whoever works with it may also leave it herself. */
export const unshareTraffickingEvent: Rule<Needs, UnshareTraffickingEvent, TraffickingEventFact> = (
  { traffickingEvent },
  { worker },
  { actor },
) => {
  if (worker !== actor.id) requireRecorder(traffickingEvent, actor);
  return traffickingEvent.workers.includes(worker) ? [{ type: "TraffickingEventUnshared", data: { worker } }] : [];
};

/** A case may be part of several events, such as of a raid and of the one before it. */
export const linkCaseToEvent: Rule<Needs & { ofCase: CaseOfEvent }, LinkCaseToEvent, TraffickingEventFact> = (
  { traffickingEvent, ofCase },
  { caseId },
  { at },
) => {
  requireNotBefore(at, ofCase.openedAt);
  return traffickingEvent.cases.some((each) => each.caseId === caseId) ? [] : [{ type: "CaseLinkedToEvent", data: { caseId } }];
};

export const unlinkCaseFromEvent: Rule<Needs & { ofCase: CaseOfEvent }, UnlinkCaseFromEvent, TraffickingEventFact> = (
  { traffickingEvent },
  { caseId, reason },
  { at },
) => {
  const linked = traffickingEvent.cases.find((each) => each.caseId === caseId);
  require(linked, "CaseNotLinked");
  requireNotBefore(at, linked.since);
  return [{ type: "CaseUnlinkedFromEvent", data: { caseId, reason } }];
};

/** An allegation, worded as one: whoever it names is no suspect of this house, and stands in no list. */
export const allegePerpetrator: Rule<Needs, AllegePerpetrator, TraffickingEventFact> = (
  { traffickingEvent: { subject } },
  { description },
  { newId },
) => [{ type: "PerpetratorAlleged", data: { allegation: newId() }, personal: { [subject]: { perpetrator: { description } } } }];

export const withdrawAllegation: Rule<Needs, WithdrawAllegation, TraffickingEventFact> = ({ traffickingEvent }, { allegation, reason }) => {
  const known = traffickingEvent.allegations.find((each) => each.allegation === allegation);
  require(known, "AllegationUnknown");
  return known.withdrawn ? [] : [{ type: "AllegationWithdrawn", data: { allegation, reason } }];
};
