import { IsBoolean, IsIn, IsInt, IsISO4217CurrencyCode, IsNumber, IsString, Matches, Max, Min } from "class-validator";
import { Described } from "#kernel/described.js";
import { require, requireNotBefore, type Rule } from "#kernel/kernel.js";
import { Refuses } from "#kernel/refusals.js";
import { IsId } from "#platform/values/ids.js";
import { Optional } from "#platform/values/optional.js";
import type { Intake } from "../intake/intake.js";
import { requireSupport, type Openness } from "../open.js";
import { detailsOf, isSealed, OfService, requireGroup } from "./requesting.js";
import {
  hasDeclined,
  lastStep,
  mayBeGiven,
  requireService,
  statusAt,
  type ServiceFact,
  type ServiceNeeds,
  type Services,
} from "./services.js";
import { missedBys, serviceOutcomes, serviceUnits, type MissedBy, type ServiceOutcome, type ServiceUnit } from "./vocabulary.js";

// Requests

@Refuses(
  ...["CaseInFollowUp", "CaseNotOpen", "CostWithoutCurrency", "QuantityWithoutUnit", "ServiceDeclinedByHer"],
  ...["ServiceNotConsented", "ServiceOfAnotherGroup", "ServiceUnknown"],
)
export class DeliverService extends OfService {
  @Described("Which one, where it was asked for") @Optional() @IsId() service?: string;
  @Described("The organisation that gave it") @Optional() @IsId() provider?: string;
  @Described("How much of it") @Optional() @IsNumber() @Min(0.01) @Max(100_000) quantity?: number;
  @Described("What is counted") @Optional() @IsIn(serviceUnits) unit?: ServiceUnit;
  @Described("How long it took, in minutes") @Optional() @IsInt() @Min(1) @Max(1_440) durationMinutes?: number;
  @Described("In hundredths of the currency") @Optional() @IsInt() @Min(0) @Max(100_000_000_000) cost?: number;
  @Described("ISO 4217, `TZS`")
  @Optional()
  @IsString()
  @Matches(/^[A-Z]{3}$/, { message: "$property must be three capital letters" })
  @IsISO4217CurrencyCode()
  currency?: string;
  @Described("The code of the grant that pays for it; of health and psychosocial help it is kept in its class")
  @Optional()
  @IsString()
  @Matches(/^[A-Za-z0-9][\w./-]{0,39}$/, { message: "$property must be a code of letters, digits and . / - _" })
  fundingSource?: string;
  @Described("Others were there as well; it names none of them, and is not kept of what is sealed in its class")
  @Optional()
  @IsBoolean()
  inGroup?: boolean;
}
@Refuses("CaseInFollowUp", "CaseNotOpen", "ServiceDeclinedByHer", "ServiceUnknown")
export class MissService {
  @Described("Which one") @IsId() service!: string;
  @Described("Who did not come") @IsIn(missedBys) missedBy!: MissedBy;
}
@Refuses("ServiceNotDelivered", "ServiceUnknown")
export class RecordServiceOutcome {
  @Described("Which one") @IsId() service!: string;
  @Described("What became of it") @IsIn(serviceOutcomes) outcome!: ServiceOutcome;
}
@Refuses("ServiceNotDelivered", "ServiceUnknown")
export class RecordServiceSatisfaction {
  @Described("Which one") @IsId() service!: string;
  @Described("As she says herself, from 1, not at all, to 5, fully") @IsInt() @Min(1) @Max(5) score!: number;
}

// Rules

type Needs = ServiceNeeds & { services: Services; closure: Openness; intake: Intake };

/**
 * Help that is given, asked for before or not: nobody waits for a form. After a declination nothing is given without a new request; beyond shelter,
 * food and safety it needs her consent, when it is given and when it is written down.
 */
export const deliverService: Rule<Needs, DeliverService, ServiceFact> = (state, request, times) => {
  const { services, closure, intake } = state;
  const { at, now, newId } = times;
  const { service: asked, kind, healthService: _, psychosocialService: __, ...rest } = request;
  const { group, provider, quantity, unit, durationMinutes, cost, currency, fundingSource, inGroup } = rest;
  requireSupport(closure, at, now);
  requireGroup(request);
  require(quantity === undefined || unit !== undefined, "QuantityWithoutUnit");
  require(cost === undefined || currency !== undefined, "CostWithoutCurrency");
  const found = asked === undefined ? undefined : requireService(services, asked);
  if (found) {
    require(found.group === group, "ServiceOfAnotherGroup", { group: found.group });
    require(statusAt(found, at) !== "Declined", "ServiceDeclinedByHer");
  }
  require(!hasDeclined(services, group, at), "ServiceDeclinedByHer");
  require(mayBeGiven(state, group, times, at) && mayBeGiven(state, group, times, now), "ServiceNotConsented", { group });
  const service = asked ?? newId();
  const measured = { provider, quantity, unit, durationMinutes, cost, currency, ...(!isSealed(group) && { fundingSource, inGroup }) };
  return [{ type: "ServiceDelivered", data: { service, group, kind, ...measured }, personal: detailsOf(intake.subject, request) }];
};

export const missService: Rule<Needs, MissService, ServiceFact> = ({ services, closure }, { service, missedBy }, { at, now }) => {
  requireSupport(closure, at, now);
  const found = requireService(services, service);
  const { at: since, status } = lastStep(found);
  requireNotBefore(at, since);
  require(status !== "Declined", "ServiceDeclinedByHer");
  return [{ type: "ServiceMissed", data: { service, missedBy } }];
};

type Known = { services: Services };

/** @throws Refusal, where it was never given */
const requireDelivered = (services: Services, service: string): void =>
  require(requireService(services, service).steps.some(({ status }) => status === "Delivered"), "ServiceNotDelivered");

export const recordServiceOutcome: Rule<Known, RecordServiceOutcome, ServiceFact> = ({ services }, { service, outcome }) => {
  requireDelivered(services, service);
  return [{ type: "ServiceOutcomeRecorded", data: { service, outcome } }];
};

export const recordServiceSatisfaction: Rule<Known, RecordServiceSatisfaction, ServiceFact> = ({ services }, { service, score }) => {
  requireDelivered(services, service);
  return [{ type: "ServiceSatisfactionRecorded", data: { service, score } }];
};
