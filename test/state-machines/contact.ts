import { consent, woman } from "../journeys/journey.js";
import type { Machine } from "./machine.js";
import { always, never, ofAWoman, ofAWomanAsked } from "./steps.js";
import { nothing, type Told } from "./told.js";

// First contact, and every contact after it: only by the safe way and at the hours that she named, and nothing is left with others (domain
// reference, 7, 22). A notification is acknowledged, and completed later (3.1, stage 0).

const agree = (channels: string[], hours: object[]) => ({ channels, hours, agreedWith: "self" });
const way = (channels: string[], hours: object[]) => (told: Told) => told.did("agree-safe-contact", agree(channels, hours));
const attempt = (over: object = {}) => ({ channel: "PhoneCall", reason: "Support", outcome: "Reached", left: "Nothing", ...over });

export const safeContact: Machine = {
  of: "a safe way",
  begin: ofAWoman,
  seen: ({ safeContact: { agreed } }) => {
    const last = agreed.at(-1);
    if (!last) return "NotAgreed";
    if (last.channels.length === 0) return "NotToBeContacted";
    return last.hours.length === 7 ? "Agreed" : "AgreedForOtherHours";
  },
  states: {
    NotAgreed: async () => {},
    Agreed: way(["PhoneCall"], always),
    AgreedForOtherHours: way(["PhoneCall"], never),
    NotToBeContacted: way([], []),
  },
  changes: {
    "agree-safe-contact": { body: agree(["PhoneCall"], always) },
    "agree-safe-contact with no hours": { body: agree(["PhoneCall"], []) },
    "agree-safe-contact named by another": { body: { ...agree(["Visit"], always), agreedWith: "guardian" } },
    "agree-safe-contact that she is not to be contacted": { body: agree([], []) },
    "record-contact-attempt": { body: attempt() },
    "record-contact-attempt by another way": { body: attempt({ channel: "Letter" }) },
    "record-contact-attempt with a message left": { body: attempt({ outcome: "NotReached", left: "Message" }) },
    "record-contact-attempt to follow up, without consent": { body: attempt({ reason: "FollowUp" }) },
  },
  table: `
                    | agree-safe-contact | agree-safe-contact with no hours | agree-safe-contact named by another | agree-safe-contact that she is not to be contacted
NotAgreed           | Agreed             | HoursMissing                     | SafeWayIsHers                       | NotToBeContacted
Agreed              | already            | HoursMissing                     | SafeWayIsHers                       | NotToBeContacted
AgreedForOtherHours | Agreed             | HoursMissing                     | SafeWayIsHers                       | NotToBeContacted
NotToBeContacted    | Agreed             | HoursMissing                     | SafeWayIsHers                       | already

                    | record-contact-attempt | record-contact-attempt by another way | record-contact-attempt with a message left | record-contact-attempt to follow up, without consent
NotAgreed           | NoSafeWayKnown         | NoSafeWayKnown                        | NoSafeWayKnown                             | NoSafeWayKnown
Agreed              | done                   | NotByThisChannel                      | LeftWithOthers                             | FollowUpNotConsented
AgreedForOtherHours | NotAtThisHour          | NotByThisChannel                      | NotAtThisHour                              | NotAtThisHour
NotToBeContacted    | NoSafeWayKnown         | NoSafeWayKnown                        | NoSafeWayKnown                             | NoSafeWayKnown
`,
};

const { language, ...unspoken } = woman;
const notified = (told: Told): Promise<string> => told.begun("/v1/cases/notify-case", { ...unspoken, knownFrom: "Police" });
const acknowledged = (told: Told) => told.did("acknowledge-notification", { channel: "Phone" });

export const notification: Machine = {
  of: "a first contact",
  begin: notified,
  seen: ({ intake }) => {
    if (intake.notification === null) return "NotNotified";
    if (intake.language !== null) return "Supplemented";
    return intake.notification.acknowledgedAt === null ? "Notified" : "Acknowledged";
  },
  states: {
    NotNotified: async (told) => {
      told.at = await told.begun("/v1/cases/open-case", unspoken);
    },
    Notified: async () => {},
    Acknowledged: acknowledged,
    Supplemented: async (told) => {
      await acknowledged(told);
      await told.did("supplement-first-contact", { language: "sw", knownFrom: "Police" });
    },
  },
  changes: {
    "acknowledge-notification": { body: { channel: "Phone" } },
    "supplement-first-contact": { body: { language, knownFrom: "Police" } },
    "supplement-first-contact otherwise than it was told": { body: { sex: "Male", knownFrom: "Police" } },
    "change-urgency": { body: { urgency: "Routine", reason: "NeedsMet" } },
    "change-urgency to what it is": { body: { urgency: "Immediate", reason: "NeedsGrew" } },
  },
  table: `
             | acknowledge-notification | supplement-first-contact | supplement-first-contact otherwise than it was told | change-urgency | change-urgency to what it is
NotNotified  | 409 NotNotified          | done                     | AlreadyKnown                                        | done           | already
Notified     | Acknowledged             | Supplemented             | AlreadyKnown                                        | done           | already
Acknowledged | already                  | Supplemented             | AlreadyKnown                                        | done           | already
Supplemented | already                  | already                  | AlreadyKnown                                        | done           | already
`,
};

const year = new Date().getFullYear();

/** In doubt she is a child until it has been assessed, and a disputed age makes no adult. */
export const age: Machine = {
  of: "an age",
  begin: ofAWomanAsked,
  seen: ({ intake: { assessments, ageBand } }) => {
    const last = assessments.at(-1);
    if (!last) return ageBand === "9-17" ? "SaidToBeAChild" : "SaidToBeAnAdult";
    return last.method === "Questioned" ? "Questioned" : last.isChild ? "Child" : "Adult";
  },
  states: {
    SaidToBeAnAdult: async () => {},
    SaidToBeAChild: async (told) => {
      told.at = await told.begun("/v1/cases/open-case", { ...woman, ageBand: "9-17" });
      await told.did("give-consent", { ...consent, givenBy: "guardian", childAssents: true });
    },
    Questioned: (told) => told.did("record-identity", { birthDate: `${year - 16}-01-01`, citizenships: ["TZ"], languages: ["sw"] }),
    Adult: (told) => told.did("assess-age", { method: "Document", isChild: false, birthYear: 2000 }),
    Child: (told) => told.did("assess-age", { method: "MedicalOpinion", isChild: true, birthYear: year - 15 }),
  },
  changes: {
    "assess-age an adult": { body: { method: "Document", isChild: false, birthYear: 2000 } },
    "assess-age an adult, though it is disputed": { body: { method: "Disputed", isChild: false } },
    "assess-age an adult, by a child's year of birth": { body: { method: "Document", isChild: false, birthYear: year - 12 } },
    "assess-age a child": { body: { method: "MedicalOpinion", isChild: true, birthYear: year - 15 } },
    "assess-age a child, by an adult's year of birth": { body: { method: "Document", isChild: true, birthYear: 1990 } },
    "give-consent for herself": { body: { ...consent, purpose: "FamilyTracing" } },
    "give-consent by a guardian, with her assent": {
      body: { ...consent, purpose: "FamilyTracing", givenBy: "guardian", childAssents: true },
    },
    "give-consent by a guardian, without it": { body: { ...consent, purpose: "FamilyTracing", givenBy: "guardian" } },
  },
  table: `
                | assess-age an adult | assess-age a child | assess-age an adult, though it is disputed | assess-age an adult, by a child's year of birth | assess-age a child, by an adult's year of birth
SaidToBeAnAdult | Adult               | Child              | DisputedAgeIsAChild                        | BirthYearIsAChilds                              | BirthYearIsAnAdults
SaidToBeAChild  | Adult               | Child              | DisputedAgeIsAChild                        | BirthYearIsAChilds                              | BirthYearIsAnAdults
Questioned      | Adult               | Child              | DisputedAgeIsAChild                        | BirthYearIsAChilds                              | BirthYearIsAnAdults
Adult           | already             | Child              | DisputedAgeIsAChild                        | BirthYearIsAChilds                              | BirthYearIsAnAdults
Child           | Adult               | already            | DisputedAgeIsAChild                        | BirthYearIsAChilds                              | BirthYearIsAnAdults

                | give-consent for herself | give-consent by a guardian, with her assent | give-consent by a guardian, without it
SaidToBeAnAdult | done                     | AdultConsentsHerself                        | AdultConsentsHerself
SaidToBeAChild  | ChildCannotConsentAlone  | done                                        | ChildHasNotAssented
Questioned      | ChildCannotConsentAlone  | done                                        | ChildHasNotAssented
Adult           | done                     | AdultConsentsHerself                        | AdultConsentsHerself
Child           | ChildCannotConsentAlone  | done                                        | ChildHasNotAssented
`,
};

const call = (callBackIsSafe: boolean, callBackHours?: object[]) => ({
  ...{ channel: "PhoneCall", topics: ["Trafficking"], caller: "Herself", language: "sw", callBackIsSafe },
  ...(callBackHours && { callBackHours }),
});
const called = (told: Told, of: object) => told.begun("/v1/hotline-contacts/record-hotline-contact", of);

/** Advice needs no case and no name; once it has become a case, she is contacted from there alone (domain reference, 7, 11). */
export const hotline: Machine = {
  of: "a hotline contact",
  reader: "imani",
  begin: async (told) => {
    for (const name of ["case", "other"]) told.kept[name] = (await told.begun("/v1/cases/open-case", woman)).split("/").at(-1)!;
    return called(told, call(true));
  },
  seen: ({ contact }) => {
    if (contact.caseId !== null) return "Linked";
    if (!contact.callBackIsSafe) return "NotSafeToCallBack";
    if (contact.callBackHours.length > 0) return "SafeAtOtherHours";
    return contact.advice.length > 0 ? "Advised" : contact.referredTo.length > 0 ? "Referred" : "Recorded";
  },
  states: {
    Recorded: async () => {},
    SafeAtOtherHours: async (told) => {
      told.at = await called(told, call(true, never));
    },
    NotSafeToCallBack: async (told) => {
      told.at = await called(told, call(false));
    },
    Advised: (told) => told.did("give-hotline-advice", { advice: ["HowToStaySafe"] }),
    Referred: (told) => told.did("refer-hotline-caller", { organisation: nothing }),
    Linked: (told) => told.did("link-hotline-contact-to-case", { caseId: told.kept["case"] }),
  },
  changes: {
    "give-hotline-advice": { body: { advice: ["HowToStaySafe"] } },
    "refer-hotline-caller": { body: { organisation: nothing } },
    "call-back-hotline-caller": { body: { outcome: "Reached", left: "Nothing" } },
    "call-back-hotline-caller with a message left": { body: { outcome: "NotReached", left: "Message" } },
    "link-hotline-contact-to-case": { body: (_, { kept }) => ({ caseId: kept["case"] }) },
    "link-hotline-contact-to-case another": { body: (_, { kept }) => ({ caseId: kept["other"] }) },
  },
  table: `
                  | give-hotline-advice | refer-hotline-caller | call-back-hotline-caller | call-back-hotline-caller with a message left | link-hotline-contact-to-case | link-hotline-contact-to-case another
Recorded          | Advised             | Referred             | done                     | LeftWithOthers                               | Linked                       | Linked
SafeAtOtherHours  | done                | done                 | NotAtThisHour            | NotAtThisHour                                | Linked                       | Linked
NotSafeToCallBack | done                | done                 | NoSafeWayKnown           | NoSafeWayKnown                               | Linked                       | Linked
Advised           | already             | done                 | done                     | LeftWithOthers                               | Linked                       | Linked
Referred          | Advised             | already              | done                     | LeftWithOthers                               | Linked                       | Linked
Linked            | done                | done                 | ContactBelongsToCase     | ContactBelongsToCase                         | already                      | LinkedToAnotherCase
`,
};
