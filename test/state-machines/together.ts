import { woman } from "../journeys/journey.js";
import type { Machine } from "./machine.js";
import { ofAWoman } from "./steps.js";
import { idOf, nothing, type Told } from "./told.js";

// What several cases share: people who belong together, and an event that concerned several (domain reference, 7, 1 and 2). A relation is claimed by
// one and checked by another before anything follows from it (7, 21).

const anotherCase = (told: Told) => told.begun("/v1/cases/open-case", woman);
const last = (path: string): string => path.split("/").at(-1)!;
const related = (told: Told, over: object = {}) => ({ relatedCase: told.kept["other"], ...over });
const claimed = (told: Told) => told.did("link-related-case", related(told, { relation: "Sibling" }));

export const relatedCases: Machine = {
  of: "a relation between cases",
  begin: async (told) => {
    told.kept["other"] = last(await anotherCase(told));
    return ofAWoman(told);
  },
  seen: ({ relatedCases: all }) => {
    const link = all.at(-1);
    if (!link) return "None";
    return link.unlinkedAt !== null ? "TakenBack" : link.confirmedAt !== null ? "Checked" : "Claimed";
  },
  states: {
    None: async () => {},
    Claimed: claimed,
    Checked: async (told) => {
      await claimed(told);
      await told.did("confirm-related-case", related(told), "imani");
    },
    TakenBack: async (told) => {
      await claimed(told);
      await told.did("unlink-related-case", related(told, { reason: "WrongRelation" }));
    },
  },
  changes: {
    "link-related-case": { body: (_, told) => related(told, { relation: "Sibling" }) },
    "link-related-case as another": { body: (_, told) => related(told, { relation: "Spouse" }) },
    "link-related-case to itself": { body: (_, told) => ({ relatedCase: told.id, relation: "Sibling" }) },
    "confirm-related-case": { by: "imani", body: (_, told) => related(told) },
    "confirm-related-case by who claimed it": { body: (_, told) => related(told) },
    "unlink-related-case": { body: (_, told) => related(told, { reason: "WrongRelation" }) },
    "unlink-related-case by a supervisor": { by: "imani", body: (_, told) => related(told, { reason: "NotRelated" }) },
  },
  table: `
          | link-related-case | link-related-case as another | link-related-case to itself | confirm-related-case
None      | Claimed           | Claimed                      | RelatedToItself             | RelatedCaseUnknown
Claimed   | already           | AlreadyRelated               | RelatedToItself             | Checked
Checked   | already           | AlreadyRelated               | RelatedToItself             | already
TakenBack | Claimed           | Claimed                      | RelatedToItself             | RelatedCaseUnknown

          | confirm-related-case by who claimed it | unlink-related-case   | unlink-related-case by a supervisor
None      | RelatedCaseUnknown                     | RelatedCaseUnknown    | RelatedCaseUnknown
Claimed   | ApproverIsRequester                    | TakenBack             | TakenBack
Checked   | already                                | ApproverOfAnotherRole | TakenBack
TakenBack | RelatedCaseUnknown                     | already               | already
`,
};

const raid = { kind: "Raid", country: "TZ", region: "Kigoma", date: "2026-01", reportingEntity: "Police", account: "Invented account" };
const raided = async (told: Told): Promise<string> => {
  told.kept["other"] = last(await anotherCase(told));
  return told.begun("/v1/trafficking-events/record-trafficking-event", raid);
};
const withBaraka = { worker: idOf("baraka") };
const shared = (told: Told) => told.did("share-trafficking-event", withBaraka);

export const sharing: Machine = {
  of: "a trafficking event",
  begin: raided,
  seen: ({ traffickingEvent: { workers } }, { kept }) =>
    workers.includes(idOf("baraka")) ? "Shared" : kept["shared"] ? "NoLongerShared" : "NotShared",
  states: {
    NotShared: async () => {},
    Shared: async (told) => {
      told.kept["shared"] = "once";
      await shared(told);
    },
    NoLongerShared: async (told) => {
      told.kept["shared"] = "once";
      await shared(told);
      await told.did("unshare-trafficking-event", withBaraka);
    },
  },
  changes: {
    "share-trafficking-event": { body: withBaraka },
    "share-trafficking-event by a supervisor": { by: "imani", body: withBaraka },
    "share-trafficking-event by who did not record it": { by: "baraka", body: { worker: idOf("chausiku") } },
    "unshare-trafficking-event": { body: withBaraka },
    "unshare-trafficking-event by who leaves it": { by: "baraka", body: withBaraka },
  },
  table: `
               | share-trafficking-event | share-trafficking-event by a supervisor | share-trafficking-event by who did not record it | unshare-trafficking-event | unshare-trafficking-event by who leaves it
NotShared      | Shared                  | Shared                                  | 404 NotFound                                     | already                   | 404 NotFound
Shared         | already                 | already                                 | NotTheRecorder                                   | NoLongerShared            | NoLongerShared
NoLongerShared | Shared                  | Shared                                  | 404 NotFound                                     | already                   | 404 NotFound
`,
};

const ofOther = (told: Told, over: object = {}) => ({ caseId: told.kept["other"], ...over });

export const casesOfEvents: Machine = {
  of: "a case in a trafficking event",
  begin: raided,
  seen: ({ traffickingEvent: { cases } }, { kept }) => (cases.length > 0 ? "Linked" : kept["linked"] ? "Unlinked" : "NotLinked"),
  states: {
    NotLinked: async () => {},
    Linked: async (told) => {
      told.kept["linked"] = "once";
      await told.did("link-case-to-event", ofOther(told));
    },
    Unlinked: async (told) => {
      told.kept["linked"] = "once";
      await told.did("link-case-to-event", ofOther(told));
      await told.did("unlink-case-from-event", ofOther(told, { reason: "NotPartOfIt" }));
    },
  },
  changes: {
    "link-case-to-event": { body: (_, told) => ofOther(told) },
    "link-case-to-event of which there is none": { body: { caseId: nothing } },
    "unlink-case-from-event": { body: (_, told) => ofOther(told, { reason: "NotPartOfIt" }) },
  },
  table: `
          | link-case-to-event | link-case-to-event of which there is none | unlink-case-from-event
NotLinked | Linked             | ReferenceUnknown                          | CaseNotLinked
Linked    | already            | ReferenceUnknown                          | Unlinked
Unlinked  | Linked             | ReferenceUnknown                          | CaseNotLinked
`,
};

const allegationIn = ({ traffickingEvent }: any): string => traffickingEvent.allegations[0]?.allegation ?? nothing;
const alleged = (told: Told) => told.did("allege-perpetrator", { description: "Invented allegation" });

export const allegations: Machine = {
  of: "an allegation",
  begin: raided,
  seen: ({
    traffickingEvent: {
      allegations: [first],
    },
  }) => (!first ? "None" : first.withdrawn ? "Withdrawn" : "Alleged"),
  states: {
    None: async () => {},
    Alleged: alleged,
    Withdrawn: async (told) => {
      await alleged(told);
      await told.did("withdraw-allegation", { allegation: allegationIn(await told.state()), reason: "NotTrue" });
    },
  },
  changes: {
    "allege-perpetrator": { body: { description: "Invented allegation" } },
    "withdraw-allegation": { body: (state) => ({ allegation: allegationIn(state), reason: "NotTrue" }) },
  },
  table: `
          | allege-perpetrator | withdraw-allegation
None      | Alleged            | AllegationUnknown
Alleged   | done               | Withdrawn
Withdrawn | done               | already
`,
};
