import { woman } from "../journeys/journey.js";
import type { Machine } from "./machine.js";
import { emergency, help, ofAWomanAsked } from "./steps.js";
import { idOf, inDays, inSeconds, nothing, type Told } from "./told.js";

// Given | Refused; Given -> Narrowed | Withdrawn | Expired, which is only ever renewed by a new one; never edited (domain reference, 3.4). A no
// stays until she says yes anew (7, 23), and what rests on a consent is asked when it is done (6, 4).

interface Given {
  readonly id: string;
  readonly purpose: string;
  readonly givenAt: string;
  readonly withdrawnAt: string | null;
  readonly expired: boolean;
  readonly said: readonly object[];
}
const toHelp = (state: any): Given | undefined => state.consents.given.findLast(({ purpose }: Given) => purpose === "ServiceDelivery");
const idIn = (state: any): string => toHelp(state)?.id ?? nothing;

const seen = (state: any): string => {
  const given = toHelp(state);
  const no = state.consents.refused.findLast(({ purpose }: { purpose: string }) => purpose === "ServiceDelivery");
  if (no && (!given || no.at > given.givenAt)) return "Refused";
  if (!given) return "NotAsked";
  if (given.withdrawnAt !== null) return "Withdrawn";
  if (given.expired) return "Expired";
  return given.said.length > 1 ? "Narrowed" : "Given";
};

const given = (told: Told) => told.did("give-consent", help("Legal", "Livelihood"));
const less = (state: any, over: object = {}) => {
  const { recipients, dataClasses, expiresAt } = help("Livelihood");
  return { consentId: idIn(state), recipients, dataClasses, serviceGroups: ["Livelihood"], expiresAt, ...over };
};

export const consents: Machine = {
  of: "a consent to be helped",
  begin: ofAWomanAsked,
  seen,
  states: {
    NotAsked: async () => {},
    Given: given,
    Narrowed: async (told) => {
      await given(told);
      await told.did("narrow-consent", less(await told.state()));
    },
    Withdrawn: async (told) => {
      await given(told);
      await told.did("withdraw-consent", { consentId: idIn(await told.state()) });
    },
    Expired: async (told) => {
      await told.did("give-consent", { ...help("Legal", "Livelihood"), expiresAt: inSeconds(2) });
      await told.until((state) => toHelp(state)!.expired);
    },
    Refused: (told) => told.did("refuse-consent", { purpose: "ServiceDelivery", refusedBy: "self" }),
  },
  changes: {
    "give-consent": { body: help("Legal", "Livelihood") },
    "give-consent that has expired already": { body: () => ({ ...help("Legal"), expiresAt: inSeconds(-1) }) },
    "give-consent by a guardian for an adult": { body: { ...help("Legal"), givenBy: "guardian" } },
    "refuse-consent": { body: { purpose: "ServiceDelivery", refusedBy: "self" } },
    "narrow-consent": {
      body: (state) => less(state, toHelp(state)?.expired ? { expiresAt: (toHelp(state) as any).said[0].expiresAt } : {}),
    },
    "narrow-consent to more": { body: (state) => less(state, { serviceGroups: ["Livelihood", "Education"] }) },
    "withdraw-consent": { body: (state) => ({ consentId: idIn(state) }) },
    "deliver-service of what it is narrowed to": { body: { group: "Livelihood" } },
    "deliver-service of what it is narrowed from": { body: { group: "Legal" } },
    "deliver-service that needs none": { body: { group: "BasicNeeds" } },
  },
  table: `
          | give-consent | give-consent that has expired already | give-consent by a guardian for an adult | refuse-consent
NotAsked  | Given        | ConsentAlreadyExpired                 | AdultConsentsHerself                    | Refused
Given     | done         | ConsentAlreadyExpired                 | AdultConsentsHerself                    | Refused
Narrowed  | Given        | ConsentAlreadyExpired                 | AdultConsentsHerself                    | Refused
Withdrawn | Given        | ConsentAlreadyExpired                 | AdultConsentsHerself                    | Refused
Expired   | Given        | ConsentAlreadyExpired                 | AdultConsentsHerself                    | Refused
Refused   | Given        | ConsentAlreadyExpired                 | AdultConsentsHerself                    | done

          | narrow-consent     | narrow-consent to more | withdraw-consent
NotAsked  | ConsentUnknown     | ConsentUnknown         | ConsentUnknown
Given     | Narrowed           | NotNarrower            | Withdrawn
Narrowed  | already            | NotNarrower            | Withdrawn
Withdrawn | ConsentNotStanding | ConsentNotStanding     | already
Expired   | ConsentNotStanding | ConsentNotStanding     | Withdrawn
Refused   | ConsentUnknown     | ConsentUnknown         | ConsentUnknown

          | deliver-service of what it is narrowed to | deliver-service of what it is narrowed from | deliver-service that needs none
NotAsked  | ServiceNotConsented                       | ServiceNotConsented                         | done
Given     | done                                      | done                                        | done
Narrowed  | done                                      | ServiceNotConsented                         | done
Withdrawn | ServiceNotConsented                       | ServiceNotConsented                         | done
Expired   | ServiceNotConsented                       | ServiceNotConsented                         | done
Refused   | ServiceNotConsented                       | ServiceNotConsented                         | done
`,
};

const emergencyOf = (state: any) => state.consents.emergencies.at(-1);
const named =
  (over: object = {}) =>
  (state: any) => ({ emergency: emergencyOf(state)?.id ?? nothing, ...over });
const invoked = (told: Told) => told.did("invoke-emergency-processing", emergency());
const confirmed = async (told: Told): Promise<void> => {
  await invoked(told);
  await told.did("confirm-emergency-processing", named()(await told.state()), "imani");
};
const reviewed = (finding: string) => async (told: Told) => {
  await confirmed(told);
  await told.did("review-emergency-processing", named({ finding })(await told.state()), "salim");
};

/**
 * No override: two people, each by her own word, a reviewer and a deadline, and no second one before the first was found justified (domain reference,
 * 6, 4; 7, 20). Where a life is at stake, and for emergency care, nobody waits.
 */
export const emergencies: Machine = {
  of: "a processing in an emergency",
  begin: async (told) => {
    told.at = await told.begun("/v1/cases/open-case", woman);
    await told.did("assign-worker", { worker: idOf("khadija"), role: "Medical" });
    return told.at;
  },
  seen: (state) => {
    const last = emergencyOf(state);
    if (!last) return "None";
    return last.finding ?? (last.overdue ? "Overdue" : (last.confirmation ?? (last.holdsFrom === null ? "Invoked" : "ForHerLife")));
  },
  states: {
    None: async () => {},
    Invoked: invoked,
    ForHerLife: (told) => told.did("invoke-emergency-processing", { ...emergency(), vitalInterest: "ImmediateThreatToLife" }),
    Confirmed: confirmed,
    Refused: async (told) => {
      await invoked(told);
      await told.did("refuse-emergency-processing", named({ reason: "NoVitalInterest" })(await told.state()), "imani");
    },
    Overdue: async (told) => {
      await told.did("invoke-emergency-processing", { ...emergency(), reviewBy: inSeconds(2) });
      await told.until((state) => emergencyOf(state).overdue && emergencyOf(state).confirmation === "Lapsed");
    },
    Justified: reviewed("Justified"),
    NotJustified: reviewed("NotJustified"),
  },
  changes: {
    "invoke-emergency-processing": { body: emergency },
    "invoke-emergency-processing authorised by oneself": { body: () => ({ ...emergency(), authorisedBy: idOf("amina") }) },
    "invoke-emergency-processing to be reviewed in four days": { body: () => ({ ...emergency(), reviewBy: inDays(4) }) },
    "confirm-emergency-processing": { by: "imani", body: named() },
    "confirm-emergency-processing by who was not named": { by: "salim", body: named() },
    "refuse-emergency-processing": { by: "imani", body: named({ reason: "NoVitalInterest" }) },
    "review-emergency-processing justified": { by: "salim", body: named({ finding: "Justified" }) },
    "review-emergency-processing not justified": { by: "salim", body: named({ finding: "NotJustified" }) },
    "review-emergency-processing by who authorised it": { by: "imani", body: named({ finding: "Justified" }) },
    "deliver-service of health": { by: "khadija", body: { group: "Health" } },
    "deliver-service of another group": { body: { group: "Legal" } },
    "start-screening": { body: { formVersion: 1 } },
  },
  table: `
             | invoke-emergency-processing | invoke-emergency-processing authorised by oneself | invoke-emergency-processing to be reviewed in four days
None         | Invoked                     | AuthorisedByOneself                               | ReviewTooLate
Invoked      | EmergencyNotJustified       | AuthorisedByOneself                               | EmergencyNotJustified
ForHerLife   | EmergencyNotJustified       | AuthorisedByOneself                               | EmergencyNotJustified
Confirmed    | EmergencyNotJustified       | AuthorisedByOneself                               | EmergencyNotJustified
Refused      | EmergencyNotJustified       | AuthorisedByOneself                               | EmergencyNotJustified
Overdue      | EmergencyNotJustified       | AuthorisedByOneself                               | EmergencyNotJustified
Justified    | Invoked                     | AuthorisedByOneself                               | ReviewTooLate
NotJustified | EmergencyNotJustified       | AuthorisedByOneself                               | EmergencyNotJustified

             | confirm-emergency-processing | confirm-emergency-processing by who was not named | refuse-emergency-processing
None         | EmergencyUnknown             | EmergencyUnknown                                  | EmergencyUnknown
Invoked      | Confirmed                    | ApproverOfAnotherRole                             | Refused
ForHerLife   | Confirmed                    | ApproverOfAnotherRole                             | Refused
Confirmed    | already                      | ApproverOfAnotherRole                             | AlreadyConfirmed
Refused      | AlreadyRefused               | ApproverOfAnotherRole                             | already
Overdue      | ConfirmationTooLate          | ApproverOfAnotherRole                             | ConfirmationTooLate
Justified    | already                      | ApproverOfAnotherRole                             | AlreadyConfirmed
NotJustified | already                      | ApproverOfAnotherRole                             | AlreadyConfirmed

             | review-emergency-processing justified | review-emergency-processing not justified | review-emergency-processing by who authorised it
None         | EmergencyUnknown                      | EmergencyUnknown                          | EmergencyUnknown
Invoked      | Justified                             | NotJustified                              | OwnEmergency
ForHerLife   | Justified                             | NotJustified                              | OwnEmergency
Confirmed    | Justified                             | NotJustified                              | OwnEmergency
Refused      | Justified                             | NotJustified                              | OwnEmergency
Overdue      | Justified                             | NotJustified                              | OwnEmergency
Justified    | already                               | AlreadyReviewed                           | OwnEmergency
NotJustified | AlreadyReviewed                       | already                                   | OwnEmergency

             | deliver-service of health | deliver-service of another group | start-screening
None         | ServiceNotConsented       | ServiceNotConsented              | InterviewNotPermitted
Invoked      | done                      | ServiceNotConsented              | InterviewNotPermitted
ForHerLife   | done                      | ServiceNotConsented              | done
Confirmed    | done                      | ServiceNotConsented              | done
Refused      | ServiceNotConsented       | ServiceNotConsented              | InterviewNotPermitted
Overdue      | ServiceNotConsented       | ServiceNotConsented              | InterviewNotPermitted
Justified    | done                      | ServiceNotConsented              | done
NotJustified | ServiceNotConsented       | ServiceNotConsented              | InterviewNotPermitted
`,
};
