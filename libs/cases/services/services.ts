import { isDuring } from "#kernel/in-time.js";
import { require, slice, type Instant, type Times } from "#kernel/kernel.js";
import { herNoStands, standingConsents, type Consents } from "../consent/consents.js";
import { isChildAt } from "../intake/age.js";
import type { Intake } from "../intake/intake.js";
import { needsNoConsent } from "./catalogue.js";
import type {
  HealthService,
  MissedBy,
  OpenService,
  PsychosocialService,
  ServiceGroup,
  ServiceOutcome,
  ServiceStatus,
  ServiceUnit,
  UrgentStep,
} from "./vocabulary.js";

// Facts

/** What a discipline keeps to itself. */
export type ServiceDetails = {
  health?: { service?: HealthService | undefined; note?: string | undefined };
  psychosocial?: { service?: PsychosocialService | undefined; note?: string | undefined };
  legal?: { note: string };
  narrative?: { note: string };
};
type Details = Record<string, ServiceDetails> | undefined;

export type ServiceFact =
  /** `dueBy`: what cannot wait, such as an urgent step. */
  | {
      type: "ServiceRequested";
      data: {
        service: string;
        group: ServiceGroup;
        kind?: OpenService | undefined;
        urgentStep?: UrgentStep | undefined;
        dueBy?: Instant | undefined;
      };
      personal?: Details;
    }
  | { type: "ServiceScheduled"; data: { service: string; plannedFor: Instant; provider?: string | undefined } }
  | {
      type: "ServiceDelivered";
      data: {
        service: string;
        group: ServiceGroup;
        kind?: OpenService | undefined;
        provider?: string | undefined;
        quantity?: number | undefined;
        unit?: ServiceUnit | undefined;
        durationMinutes?: number | undefined;
        /** In hundredths of the currency. */
        cost?: number | undefined;
        currency?: string | undefined;
        fundingSource?: string | undefined;
        inGroup?: boolean | undefined;
      };
      personal?: Details;
    }
  | { type: "ServiceMissed"; data: { service: string; missedBy: MissedBy } }
  /** `service`: one that was asked for; not said: all of the group. */
  | { type: "ServiceDeclined"; data: { group: ServiceGroup; service?: string | undefined } }
  | { type: "ServiceOutcomeRecorded"; data: { service: string; outcome: ServiceOutcome } }
  | { type: "ServiceSatisfactionRecorded"; data: { service: string; score: number } };

// State

/** One service, from when it was asked for or given. */
export interface KnownService {
  readonly service: string;
  readonly group: ServiceGroup;
  readonly kind: OpenService | null;
  readonly status: ServiceStatus;
  /** When the last of it happened. */
  readonly at: Instant;
  readonly deliveries: number;
  readonly urgentStep: UrgentStep | null;
  readonly dueBy: Instant | null;
}
export interface Services {
  readonly known: readonly KnownService[];
  /** Groups of which she wants nothing, since when: until one is asked for again. */
  readonly declined: readonly { readonly group: ServiceGroup; readonly at: Instant }[];
}

export const services = slice<ServiceFact>()<Services>(
  { known: [], declined: [] },
  {
    ServiceRequested: ({ known, declined }, { service, group, kind = null, urgentStep = null, dueBy = null }, { at }) => ({
      known: [...known, { service, group, kind, status: "Requested", at, deliveries: 0, urgentStep, dueBy }],
      declined: declined.filter((each) => each.group !== group || each.at > at),
    }),
    ServiceScheduled: (state, { service }, { at }) => became(state, service, "Scheduled", at),
    ServiceDelivered: (state, { service, group, kind = null }, { at }) => {
      const before = serviceIn(state, service) ?? { service, group, kind, at, deliveries: 0, urgentStep: null, dueBy: null };
      const delivered: KnownService = { ...before, kind: kind ?? before.kind, status: "Delivered", at, deliveries: before.deliveries + 1 };
      return { ...state, known: [...state.known.filter((each) => each.service !== service), delivered] };
    },
    ServiceMissed: (state, { service }, { at }) => became(state, service, "Missed", at),
    ServiceDeclined: (state, { group, service }, { at }) =>
      service === undefined
        ? { ...state, declined: [...state.declined.filter((each) => each.group !== group), { group, at }] }
        : became(state, service, "Declined", at),
    ServiceOutcomeRecorded: (state) => state,
    ServiceSatisfactionRecorded: (state) => state,
  },
);

/** Asked for, and neither given nor declined yet. */
export const isWaiting = ({ status }: KnownService): boolean => status === "Requested" || status === "Scheduled" || status === "Missed";

const became = (state: Services, service: string, status: ServiceStatus, at: Instant): Services => ({
  ...state,
  known: state.known.map((each) => (each.service === service && each.at <= at ? { ...each, status, at } : each)),
});

// Asked by its rules, and by others

export const serviceIn = ({ known }: Services, service: string): KnownService | undefined => known.find((each) => each.service === service);

/** @throws Refusal, where there is none */
export function requireService(state: Services, service: string): KnownService {
  const found = serviceIn(state, service);
  require(found, "ServiceUnknown");
  return found;
}

/** Is there help that was asked for, and neither given nor declined yet? */
export const hasOpenService = ({ known }: Services): boolean => known.some(isWaiting);

export interface ServiceNeeds {
  readonly consents: Consents;
  readonly intake: Intake;
}

/**
 * May help of this group be given at that moment? Shelter, food and safety are given to whoever wants them. What is a health service may be given where a
 * vital interest is on record, unless a capable adult has said no herself; everything else by her consent to help of its group.
 */
export function mayBeGiven({ consents, intake }: ServiceNeeds, group: ServiceGroup, times: Times, moment: Instant): boolean {
  if (needsNoConsent.includes(group)) return true;
  const inEmergency = group === "Health" && consents.emergencies.some((each) => isDuring(each, moment));
  const herNo = herNoStands(consents, "ServiceDelivery", moment, group) && !isChildAt(intake, { ...times, at: moment });
  if (herNo) return false;
  if (inEmergency) return true;
  return standingConsents(consents, moment).some(
    ({ purpose, serviceGroups }) => purpose === "ServiceDelivery" && serviceGroups.includes(group),
  );
}
