import { IsIn, IsString, MaxLength } from "class-validator";
import { IsCountry } from "#platform/values/ids.js";
import { Personal } from "#access/personal.js";
import { Described } from "#kernel/described.js";
import type { Day, Rule } from "#kernel/kernel.js";
import { Refuses } from "#kernel/refusals.js";
import { requireOpen, type Openness } from "../open.js";
import { requireInterview, type Consents } from "../consent/consents.js";
import { requirePast } from "../intake/age.js";
import type { Intake } from "../intake/intake.js";
import { Optional } from "#platform/values/optional.js";
import { IsDayOrLess } from "#platform/values/time.js";
import { historyEventTypes, type HistoryEventType } from "../vocabulary.js";

// Fact

/** A station of what happened to her (HTCDS historic trafficking event): the country is open, place and account are sealed. Of the date perhaps only the month or the year is known. */
export type TraffickingHistoryFact = {
  type: "TraffickingHistoryEventRecorded";
  data: { event: HistoryEventType; country: string; date: Day };
  personal?: Record<string, { narrative: { place?: string | undefined; description?: string | undefined } }> | undefined;
};

// Request

@Refuses("CaseNotOpen", "DateBeforeBirth", "DateInFuture", "InterviewNotPermitted")
export class RecordTraffickingHistoryEvent {
  @Described("What happened") @IsIn(historyEventTypes) event!: HistoryEventType;
  @Described("Where, ISO 3166-1 alpha-2") @IsCountry() country!: string;
  @Described("When: a day, a month or a year, as far as she knows") @IsDayOrLess() date!: Day;
  @Optional() @Personal("narrative") @IsString() @MaxLength(500) place?: string;
  @Optional() @Personal("narrative") @IsString() @MaxLength(5000) description?: string;
}

// Rule

export const recordTraffickingHistoryEvent: Rule<
  { intake: Intake; consents: Consents; closure: Openness },
  RecordTraffickingHistoryEvent,
  TraffickingHistoryFact
> = ({ intake, consents, closure }, { event, country, date, place, description }, times) => {
  requireOpen(closure, times.at, times.now);
  requireInterview(consents, times);
  requirePast(intake, date, times);
  const personal = place || description ? { [intake.subject]: { narrative: { place, description } } } : undefined;
  return [{ type: "TraffickingHistoryEventRecorded", data: { event, country, date }, personal }];
};
