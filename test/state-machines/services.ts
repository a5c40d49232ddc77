import type { Machine } from "./machine.js";
import { ofAWoman } from "./steps.js";
import { inDays, nothing, type Told } from "./told.js";

// Requested -> Scheduled -> Delivered | Missed | Declined (domain reference, 3.3). Her no counts at once, and nothing is given after it until she
// asks anew. Help of a group that needs no consent, so that the steps alone are played.

const first = (state: any) => state.services.known[0];
const named = (state: any, over: object = {}) => ({ service: first(state)?.service ?? nothing, ...over });
const basic = { group: "BasicNeeds" };

const requested = (told: Told) => told.did("request-service", basic);
/** Asked for, and then this. */
const after = (verb: string, over: () => object) => async (told: Told) => {
  await requested(told);
  await told.did(verb, named(await told.state(), over()));
};

export const services: Machine = {
  of: "help",
  begin: ofAWoman,
  seen: (state) => {
    if (state.services.said.at(-1)?.wanted === false) return "GroupDeclined";
    return first(state)?.steps.at(-1).status ?? "None";
  },
  states: {
    None: async () => {},
    Requested: requested,
    Scheduled: after("schedule-service", () => ({ plannedFor: inDays(2) })),
    Delivered: after("deliver-service", () => basic),
    Missed: after("miss-service", () => ({ missedBy: "Person" })),
    Declined: after("decline-service", () => basic),
    GroupDeclined: async (told) => {
      await requested(told);
      await told.did("decline-service", basic);
    },
  },
  changes: {
    "request-service": { body: basic },
    "schedule-service": { body: (state) => named(state, { plannedFor: inDays(2) }) },
    "deliver-service": { body: (state) => named(state, basic) },
    "deliver-service that was not asked for": { body: basic },
    "miss-service": { body: (state) => named(state, { missedBy: "Person" }) },
    "decline-service": { body: (state) => named(state, basic) },
    "decline-service of the whole group": { body: basic },
    "record-service-outcome": { body: (state) => named(state, { outcome: "NeedMet" }) },
    "record-service-satisfaction": { body: (state) => named(state, { score: 4 }) },
    "start-follow-up": { alone: true },
  },
  table: `
              | request-service | schedule-service     | deliver-service      | deliver-service that was not asked for | miss-service
None          | Requested       | ServiceUnknown       | ServiceUnknown       | Delivered                              | ServiceUnknown
Requested     | done            | Scheduled            | Delivered            | done                                   | Missed
Scheduled     | done            | done                 | Delivered            | done                                   | Missed
Delivered     | done            | Scheduled            | done                 | done                                   | Missed
Missed        | done            | Scheduled            | Delivered            | done                                   | done
Declined      | done            | ServiceDeclinedByHer | ServiceDeclinedByHer | done                                   | ServiceDeclinedByHer
GroupDeclined | Declined        | ServiceDeclinedByHer | ServiceDeclinedByHer | ServiceDeclinedByHer                   | ServiceDeclinedByHer

              | decline-service | decline-service of the whole group | record-service-outcome | record-service-satisfaction | start-follow-up
None          | ServiceUnknown  | GroupDeclined                      | ServiceUnknown         | ServiceUnknown              | done
Requested     | Declined        | GroupDeclined                      | ServiceNotDelivered    | ServiceNotDelivered         | ServicesNotFinished
Scheduled     | Declined        | GroupDeclined                      | ServiceNotDelivered    | ServiceNotDelivered         | ServicesNotFinished
Delivered     | Declined        | GroupDeclined                      | done                   | done                        | done
Missed        | Declined        | GroupDeclined                      | ServiceNotDelivered    | ServiceNotDelivered         | ServicesNotFinished
Declined      | already         | GroupDeclined                      | ServiceNotDelivered    | ServiceNotDelivered         | done
GroupDeclined | already         | already                            | ServiceNotDelivered    | ServiceNotDelivered         | done
`,
};

const hoursAgo = (hours: number) => ({ since: inDays(-hours / 24) });

/** After sexual violence some care is of use within 72 hours, and some within 120. */
export const urgentCare: Machine = {
  of: "urgent care",
  begin: ofAWoman,
  seen: (state) =>
    state.services.known
      .filter(({ urgentStep }: { urgentStep: string | null }) => urgentStep !== null)
      .map(({ urgentStep }: { urgentStep: string }) => urgentStep)
      .join("+") || "None",
  states: {
    None: async () => {},
    "Within72Hours+Within120Hours": async (told) => {
      told.kept["since"] = inDays(-1);
      await told.did("request-urgent-care", { since: told.kept["since"] });
    },
    Within120Hours: async (told) => {
      told.kept["since"] = inDays(-4);
      await told.did("request-urgent-care", { since: told.kept["since"] });
    },
  },
  changes: {
    "request-urgent-care told again": { body: (_, { kept }) => ({ since: kept["since"] ?? inDays(-1) }) },
    "request-urgent-care after 73 hours": { body: () => hoursAgo(73) },
    "request-urgent-care after 121 hours": { body: () => hoursAgo(121) },
  },
  table: `
                             | request-urgent-care told again | request-urgent-care after 73 hours             | request-urgent-care after 121 hours
None                         | Within72Hours+Within120Hours   | Within120Hours                                 | UrgentCareTooLate
Within72Hours+Within120Hours | already                        | to Within72Hours+Within120Hours+Within120Hours | UrgentCareTooLate
Within120Hours               | already                        | to Within120Hours+Within120Hours               | UrgentCareTooLate
`,
};
