import { IsIn, IsString, MaxLength } from "class-validator";
import { Personal } from "#access/personal.js";
import { Described } from "#kernel/described.js";
import { require, requireNotBefore, type Instant, type Rule } from "#kernel/kernel.js";
import { Refuses } from "#kernel/refusals.js";
import { IsId } from "#platform/values/ids.js";
import { Optional } from "#platform/values/optional.js";
import { IsInstant, utc } from "#platform/values/time.js";
import type { Intake } from "../intake/intake.js";
import { requireSupport, type Openness } from "../open.js";
import { personalContent } from "../personal.js";
import { catalogue } from "./catalogue.js";
import { hasDeclined, isWaitingAt, lastStep, requireService, type ServiceFact, type Services } from "./services.js";
import {
  healthServices,
  openServices,
  psychosocialServices,
  serviceGroups,
  type HealthService,
  type OpenService,
  type PsychosocialService,
  type ServiceGroup,
} from "./vocabulary.js";

// Requests

/** What help it is: its group in the open, the service itself in the class of its discipline. */
export class OfService {
  @Described("Of which group it is") @IsIn(serviceGroups) group!: ServiceGroup;
  @Described("Which service, where the group alone does not tell of her health") @Optional() @IsIn(openServices) kind?: OpenService;
  @Optional() @Personal("health") @IsIn(healthServices) healthService?: HealthService;
  @Optional() @Personal("health") @IsString() @MaxLength(5000) healthNote?: string;
  @Optional() @Personal("psychosocial") @IsIn(psychosocialServices) psychosocialService?: PsychosocialService;
  @Optional() @Personal("psychosocial") @IsString() @MaxLength(5000) psychosocialNote?: string;
  @Optional() @Personal("legal") @IsString() @MaxLength(5000) legalNote?: string;
  @Optional() @Personal("narrative") @IsString() @MaxLength(5000) note?: string;
}
@Refuses("CaseInFollowUp", "CaseNotOpen", "ServiceDueAlready", "ServiceOfAnotherGroup")
export class RequestService extends OfService {
  @Described("By when she has to have it") @Optional() @IsInstant() dueBy?: Instant;
}
@Refuses("CaseInFollowUp", "CaseNotOpen", "UrgentCareTooLate")
export class RequestUrgentCare {
  @Described("When it happened: what can still be done is counted from then") @IsInstant() since!: Instant;
}
@Refuses("CaseInFollowUp", "CaseNotOpen", "ServiceDeclinedByHer", "ServiceUnknown")
export class ScheduleService {
  @Described("Which one") @IsId() service!: string;
  @Described("For when") @IsInstant() plannedFor!: Instant;
  @Described("The organisation that gives it") @Optional() @IsId() provider?: string;
}
@Refuses("ServiceOfAnotherGroup", "ServiceUnknown")
export class DeclineService {
  @Described("Of which group it is") @IsIn(serviceGroups) group!: ServiceGroup;
  @Described("Which one; not said: all help of the group") @Optional() @IsId() service?: string;
}

// Rules

/** What is said of a service has to be of its group. @throws Refusal */
export function requireGroup({ group, kind, healthService, psychosocialService }: OfService): void {
  for (const each of [kind, healthService, psychosocialService])
    require(each === undefined || catalogue[each].group === group, "ServiceOfAnotherGroup", { group });
}

/** Groups of which the very service stands in its class. What else would tell which it was stands with it: the grant that pays, and who was there as well. */
export const isSealed = (group: ServiceGroup): boolean => group === "Health" || group === "Psychosocial";

/** What the disciplines keep to themselves, sealed each in its class. */
export const detailsOf = (subject: string, request: OfService & { fundingSource?: string }) =>
  personalContent(subject, {
    health: {
      ...{ service: request.healthService, note: request.healthNote },
      fundingSource: request.group === "Health" ? request.fundingSource : undefined,
    },
    psychosocial: {
      ...{ service: request.psychosocialService, note: request.psychosocialNote },
      fundingSource: request.group === "Psychosocial" ? request.fundingSource : undefined,
    },
    legal: { note: request.legalNote },
    narrative: { note: request.note },
  }).personal;

type Needs = { services: Services; intake: Intake; closure: Openness };

/** Whoever has declined may ask for it again: then it is given again. */
export const requestService: Rule<Needs, RequestService, ServiceFact> = ({ intake, closure }, request, { at, now, newId }) => {
  requireSupport(closure, at, now);
  requireGroup(request);
  const { group, kind } = request;
  const dueBy = request.dueBy && utc(request.dueBy);
  require(dueBy === undefined || dueBy > at, "ServiceDueAlready");
  const data = { service: newId(), group, kind, dueBy };
  return [{ type: "ServiceRequested", data, personal: detailsOf(intake.subject, request) }];
};

const hour = 3_600_000;
const urgentSteps = [
  { urgentStep: "Within72Hours", hours: 72 },
  { urgentStep: "Within120Hours", hours: 120 },
] as const;

/**
 * After sexual violence some care is of use within 72 hours of it, and some within 120 (WHO, clinical management of rape). What it is stands
 * with the nurse; in the open stand the hours alone. Each is settled by the delivery that names its id.
 */
export const requestUrgentCare: Rule<Needs, RequestUrgentCare, ServiceFact> = ({ services, closure }, request, { at, now, newId }) => {
  requireSupport(closure, at, now);
  const since = Date.parse(utc(request.since));
  const dueBy = (hours: number) => new Date(since + hours * hour).toISOString();
  const possible = urgentSteps.filter(({ hours }) => dueBy(hours) > at);
  require(possible.length > 0 && since <= Date.parse(at), "UrgentCareTooLate");
  const asked = (urgentStep: string, by: Instant) =>
    services.known.some((each) => each.urgentStep === urgentStep && each.dueBy === by && lastStep(each).status !== "Declined");
  return possible
    .filter(({ urgentStep, hours }) => !asked(urgentStep, dueBy(hours)))
    .map(({ urgentStep, hours }) => ({
      type: "ServiceRequested" as const,
      data: { service: newId(), group: "Health" as const, urgentStep, dueBy: dueBy(hours) },
    }));
};

export const scheduleService: Rule<Needs, ScheduleService, ServiceFact> = ({ services, closure }, request, { at, now }) => {
  requireSupport(closure, now);
  const { service, provider } = request;
  const found = requireService(services, service);
  const { at: since, status } = lastStep(found);
  requireNotBefore(at, since);
  require(status !== "Declined" && !hasDeclined(services, found.group, at), "ServiceDeclinedByHer");
  return [{ type: "ServiceScheduled", data: { service, plannedFor: utc(request.plannedFor), provider } }];
};

/** Her no counts at once, to one service or to all of its group, and is no reason to end anything else. */
export const declineService: Rule<Needs, DeclineService, ServiceFact> = ({ services }, { group, service }, { at }) => {
  if (service === undefined) {
    const isSo = hasDeclined(services, group, at);
    const waiting = services.known.filter((each) => each.group === group && isWaitingAt(each, at));
    const each = waiting.map(({ service }) => ({ type: "ServiceDeclined" as const, data: { group, service } }));
    return isSo && each.length === 0 ? [] : [{ type: "ServiceDeclined", data: { group } }, ...each];
  }
  const found = requireService(services, service);
  require(found.group === group, "ServiceOfAnotherGroup", { group: found.group });
  const { at: since, status } = lastStep(found);
  requireNotBefore(at, since);
  return status === "Declined" ? [] : [{ type: "ServiceDeclined", data: { group, service } }];
};
