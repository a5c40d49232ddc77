import { inserted, standingAt } from "#kernel/in-time.js";
import { require, slice, type Instant, type Times } from "#kernel/kernel.js";
import { herNoStands, standingConsents, type Consents } from "../consent/consents.js";
import { isOnRecord } from "../consent/emergencies.js";
import { restsOn } from "../consent/purposes.js";
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
  health?: { service?: HealthService | undefined; note?: string | undefined; fundingSource?: string | undefined };
  psychosocial?: { service?: PsychosocialService | undefined; note?: string | undefined; fundingSource?: string | undefined };
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

/** What became of a service at a moment. */
export interface ServiceStep {
  readonly at: Instant;
  readonly status: ServiceStatus;
}
/** One service, from when it was asked for or given. */
export interface KnownService {
  readonly service: string;
  readonly group: ServiceGroup;
  readonly kind: OpenService | null;
  /** In order of time, whenever each was told. */
  readonly steps: readonly ServiceStep[];
  readonly urgentStep: UrgentStep | null;
  readonly dueBy: Instant | null;
}
/** Something of a group was asked for, or all of it declined. */
export interface SaidOfGroup {
  readonly at: Instant;
  readonly group: ServiceGroup;
  readonly wanted: boolean;
}
export interface Services {
  readonly known: readonly KnownService[];
  /** In order of time: after a no to a group nothing of it is given until something of it is asked for. */
  readonly said: readonly SaidOfGroup[];
}

export const services = slice<ServiceFact>()<Services>(
  { known: [], said: [] },
  {
    ServiceRequested: ({ known, said }, { service, group, kind = null, urgentStep = null, dueBy = null }, { at }) => ({
      known: [...known, { service, group, kind, steps: [{ at, status: "Requested" }], urgentStep, dueBy }],
      said: inserted(said, { at, group, wanted: true }),
    }),
    ServiceScheduled: (state, { service }, { at }) => became(state, service, "Scheduled", at),
    ServiceDelivered: (state, { service, group, kind = null }, { at }) => {
      const unasked: KnownService = { service, group, kind, steps: [], urgentStep: null, dueBy: null };
      const known = serviceIn(state, service) ? state.known : [...state.known, unasked];
      const told = known.map((each) => (each.service === service ? { ...each, kind: kind ?? each.kind } : each));
      return became({ ...state, known: told }, service, "Delivered", at);
    },
    ServiceMissed: (state, { service }, { at }) => became(state, service, "Missed", at),
    ServiceDeclined: (state, { group, service }, { at }) =>
      service === undefined
        ? { ...state, said: inserted(state.said, { at, group, wanted: false }) }
        : became(state, service, "Declined", at),
    ServiceOutcomeRecorded: (state) => state,
    ServiceSatisfactionRecorded: (state) => state,
  },
  {},
  {
    ServiceRequested: [],
    ServiceScheduled: ["ServiceMissed"],
    ServiceDelivered: ["ServiceOutcomeRecorded", "ServiceSatisfactionRecorded"],
    ServiceMissed: [],
    ServiceOutcomeRecorded: [],
    ServiceSatisfactionRecorded: [],
  },
);

const became = (state: Services, service: string, status: ServiceStatus, at: Instant): Services => ({
  ...state,
  known: state.known.map((each) => (each.service === service ? { ...each, steps: inserted(each.steps, { at, status }) } : each)),
});

// Asked by its rules, and by others

export const serviceIn = ({ known }: Services, service: string): KnownService | undefined => known.find((each) => each.service === service);

/** @throws Refusal, where there is none */
export function requireService(state: Services, service: string): KnownService {
  const found = serviceIn(state, service);
  require(found, "ServiceUnknown");
  return found;
}

/** How it stands, whenever that was told. */
export const lastStep = ({ steps }: KnownService): ServiceStep => steps.at(-1)!;

/** How it stood at a moment; undefined before it was asked for. */
export const statusAt = ({ steps }: KnownService, moment: Instant): ServiceStatus | undefined => standingAt(steps, moment)?.status;

/** Had she declined all of a group at a moment, and asked for nothing of it since? */
export const hasDeclined = ({ said }: Services, group: ServiceGroup, moment: Instant): boolean =>
  standingAt(
    said.filter((each) => each.group === group),
    moment,
  )?.wanted === false;

const open: readonly (ServiceStatus | undefined)[] = ["Requested", "Scheduled", "Missed"];

/** Was it asked for at a moment, and neither given nor declined? */
export const isWaitingAt = (service: KnownService, moment: Instant): boolean => open.includes(statusAt(service, moment));

/** Is there help that was asked for, and neither given nor declined yet? */
export const hasOpenService = ({ known }: Services): boolean => known.some((each) => open.includes(lastStep(each).status));

export interface ServiceNeeds {
  readonly consents: Consents;
  readonly intake: Intake;
}

/**
 * May help of this group be given at that moment? Shelter, food and safety are given to whoever wants them. What is a health service may be given where a
 * vital interest is on record, whether or not whoever authorises it has said so yet, unless a capable adult has said no herself; everything else by
 * her consent to help of its group.
 */
export function mayBeGiven({ consents, intake }: ServiceNeeds, group: ServiceGroup, times: Times, moment: Instant): boolean {
  if (needsNoConsent.includes(group)) return true;
  const { inEmergency: groups } = restsOn.ServiceDelivery;
  const inEmergency = Array.isArray(groups) && groups.includes(group) && consents.emergencies.some((each) => isOnRecord(each, moment));
  const herNo = herNoStands(consents, "ServiceDelivery", moment, group) && !isChildAt(intake, { ...times, at: moment });
  if (herNo) return false;
  if (inEmergency) return true;
  return standingConsents(consents, moment).some(
    ({ purpose, serviceGroups }) => purpose === "ServiceDelivery" && serviceGroups.includes(group),
  );
}
