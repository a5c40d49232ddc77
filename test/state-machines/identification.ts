import type { Machine } from "./machine.js";
import { actual, noVictim, ofAWomanAsked, possible, screened } from "./steps.js";
import { inDays, type Told } from "./told.js";

// None -> Possible -> Actual | Not a victim; what was decided is changed by a competent body alone, with its basis (domain reference, 3.4). In doubt
// she is a possible victim, and is served as one (3.1, stage 2). Whoever is no victim is offered a referral before anything is closed.

const names: Record<string, string> = {
  PossibleVictimOfTrafficking: "Possible",
  ActualVictimOfTrafficking: "Actual",
  NotAVictimOfTrafficking: "NoVictim",
};

const seen = ({ screening }: any): string => {
  const { status, findings, determinations, referrals } = screening;
  if (status === null) return findings ? "Undecided" : "Unscreened";
  if (status !== "NotAVictimOfTrafficking") return names[status]!;
  const answered = referrals.filter(({ at }: { at: string }) => at >= determinations.at(-1).at);
  if (answered.length === 0) return "NoVictim";
  return answered.some(({ organisation }: { organisation: string | null }) => organisation !== null) ? "ReferredOn" : "ReferralDeclined";
};

const decided = (body: object) => async (told: Told) => {
  await screened(told);
  await told.did("determine-trafficking-status", body);
};
const byGovernment = { decidedBy: "NonPoliceGovernmentalOrganization", basis: "Investigation" };
const byCourt = { decidedBy: "CourtOrProsecution", basis: "CourtDecision", document: "CC-7/2026" };

export const identification: Machine = {
  of: "an identification",
  begin: ofAWomanAsked,
  seen,
  states: {
    Unscreened: async () => {},
    Undecided: screened,
    Possible: decided(possible),
    Actual: decided(actual),
    NoVictim: decided(noVictim),
    ReferredOn: async (told) => {
      await decided(noVictim)(told);
      await told.did("refer-on", { organisation: "UNHCR", group: "Legal" });
    },
    ReferralDeclined: async (told) => {
      await decided(noVictim)(told);
      await told.did("decline-referral-on");
    },
  },
  changes: {
    "determine-trafficking-status possible": { body: possible },
    "determine-trafficking-status possible, on new information": { body: { ...possible, basis: "NewInformation" } },
    "determine-trafficking-status actual": { body: actual },
    "determine-trafficking-status no victim": { body: noVictim },
    "determine-trafficking-status possible, by government": { body: { ...possible, ...byGovernment } },
    "determine-trafficking-status actual, by government": { body: { ...actual, ...byGovernment } },
    "determine-trafficking-status no victim, by government": { body: { ...noVictim, ...byGovernment } },
    "determine-trafficking-status actual, by a court": { by: "imani", body: { ...actual, ...byCourt } },
    "determine-trafficking-status actual, by a court, not taken down by a supervisor": { body: { ...actual, ...byCourt } },
    "determine-trafficking-status actual, by a court, without its document": {
      by: "imani",
      body: { ...actual, ...byCourt, document: undefined },
    },
    "refer-on": { body: { organisation: "UNHCR", group: "Legal" } },
    "decline-referral-on": {},
    "grant-reflection-period": { body: () => ({ jurisdiction: "TanzaniaMainland", until: inDays(31) }) },
    "request-closure with no referral offered": { body: { reason: "GoalsAchieved" } },
    "request-closure with a referral offered": { body: { reason: "GoalsAchieved", referralOffered: true } },
  },
  table: `
                                                                                | Unscreened            | Undecided             | Possible              | Actual
determine-trafficking-status possible                                           | ScreeningNotCompleted | Possible              | already               | CompetentBodyRequired
determine-trafficking-status possible, on new information                       | ScreeningNotCompleted | Possible              | already               | CompetentBodyRequired
determine-trafficking-status actual                                             | ScreeningNotCompleted | Actual                | CompetentBodyRequired | already
determine-trafficking-status no victim                                          | ScreeningNotCompleted | NoVictim              | CompetentBodyRequired | CompetentBodyRequired
determine-trafficking-status possible, by government                            | ScreeningNotCompleted | Possible              | already               | Possible
determine-trafficking-status actual, by government                              | ScreeningNotCompleted | Actual                | Actual                | already
determine-trafficking-status no victim, by government                           | ScreeningNotCompleted | NoVictim              | NoVictim              | NoVictim
determine-trafficking-status actual, by a court                                 | ScreeningNotCompleted | Actual                | Actual                | already
determine-trafficking-status actual, by a court, not taken down by a supervisor | ScreeningNotCompleted | ApproverOfAnotherRole | ApproverOfAnotherRole | already
determine-trafficking-status actual, by a court, without its document           | ScreeningNotCompleted | DocumentMissing       | DocumentMissing       | already
refer-on                                                                        | done                  | done                  | done                  | done
decline-referral-on                                                             | NoReferralDue         | NoReferralDue         | NoReferralDue         | NoReferralDue
grant-reflection-period                                                         | NoReasonableGrounds   | NoReasonableGrounds   | done                  | done
request-closure with no referral offered                                        | done                  | done                  | done                  | done
request-closure with a referral offered                                         | done                  | done                  | done                  | done

                                                                                | NoVictim              | ReferredOn            | ReferralDeclined
determine-trafficking-status possible                                           | CompetentBodyRequired | CompetentBodyRequired | CompetentBodyRequired
determine-trafficking-status possible, on new information                       | Possible              | Possible              | Possible
determine-trafficking-status actual                                             | CompetentBodyRequired | CompetentBodyRequired | CompetentBodyRequired
determine-trafficking-status no victim                                          | already               | already               | already
determine-trafficking-status possible, by government                            | Possible              | Possible              | Possible
determine-trafficking-status actual, by government                              | Actual                | Actual                | Actual
determine-trafficking-status no victim, by government                           | already               | already               | already
determine-trafficking-status actual, by a court                                 | Actual                | Actual                | Actual
determine-trafficking-status actual, by a court, not taken down by a supervisor | ApproverOfAnotherRole | ApproverOfAnotherRole | ApproverOfAnotherRole
determine-trafficking-status actual, by a court, without its document           | DocumentMissing       | DocumentMissing       | DocumentMissing
refer-on                                                                        | ReferredOn            | already               | ReferredOn
decline-referral-on                                                             | ReferralDeclined      | done                  | already
grant-reflection-period                                                         | NoReasonableGrounds   | NoReasonableGrounds   | NoReasonableGrounds
request-closure with no referral offered                                        | ReferralNotOffered    | done                  | done
request-closure with a referral offered                                         | done                  | done                  | done
`,
};

/** At least thirty days, on reasonable grounds, only ever made longer; nobody asks her about the police meanwhile (domain reference, 7, 5). */
const granted = async (told: Told): Promise<void> => {
  await decided(possible)(told);
  await told.did("grant-reflection-period", { jurisdiction: "TanzaniaMainland", until: inDays(31) });
};

const police = { purpose: "ShareWithLawEnforcement", recipients: ["4c5a1f60-0000-4000-8000-0000000000ff"], dataClasses: ["narrative"] };

export const reflection: Machine = {
  of: "a period to reflect",
  begin: ofAWomanAsked,
  seen: ({ reflection: periods }) => {
    const last = periods.at(-1);
    if (!last) return "None";
    if (last.endedAt !== null) return "Ended";
    return Date.parse(last.until) > Date.now() + 40 * 86_400_000 ? "Extended" : "Granted";
  },
  states: {
    None: decided(possible),
    Granted: granted,
    Extended: async (told) => {
      await granted(told);
      await told.did("extend-reflection-period", { until: inDays(60) });
    },
    Ended: async (told) => {
      await granted(told);
      await told.did("end-reflection-period", { reason: "HerOwnDecision" });
    },
  },
  changes: {
    "grant-reflection-period": { body: () => ({ jurisdiction: "TanzaniaMainland", until: inDays(32) }) },
    "grant-reflection-period for too few days": { body: () => ({ jurisdiction: "TanzaniaMainland", until: inDays(29) }) },
    "extend-reflection-period": { body: () => ({ until: inDays(70) }) },
    "extend-reflection-period to less": { body: () => ({ until: inDays(30) }) },
    "end-reflection-period": { body: { reason: "HerOwnDecision" } },
    "give-consent to tell the police": { body: () => ({ ...police, expiresAt: inDays(90), givenBy: "self", evidence: "Signature" }) },
    "give-consent to what is not about the police": {
      body: () => ({ ...police, purpose: "FamilyTracing", expiresAt: inDays(90), givenBy: "self", evidence: "Signature" }),
    },
  },
  table: `
         | grant-reflection-period        | grant-reflection-period for too few days | extend-reflection-period | extend-reflection-period to less
None     | Granted                        | ReflectionPeriodTooShort                 | NoReflectionPeriod       | NoReflectionPeriod
Granted  | ReflectionPeriodAlreadyGranted | ReflectionPeriodAlreadyGranted           | Extended                 | ReflectionPeriodTooShort
Extended | ReflectionPeriodAlreadyGranted | ReflectionPeriodAlreadyGranted           | done                     | ReflectionPeriodTooShort
Ended    | Granted                        | ReflectionPeriodTooShort                 | NoReflectionPeriod       | NoReflectionPeriod

         | end-reflection-period | give-consent to tell the police | give-consent to what is not about the police
None     | NoReflectionPeriod    | done                            | done
Granted  | Ended                 | ReflectionPeriodRuns            | done
Extended | Ended                 | ReflectionPeriodRuns            | done
Ended    | already               | done                            | done
`,
};
