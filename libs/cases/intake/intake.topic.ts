import { may } from "#access/decide.js";
import { change, creation, replacing } from "#api/changes/changes.js";
import { live } from "#api/live/live.js";
import { list, one } from "#api/reads/reads.js";
import { topic } from "#topics/topic.js";
import { cases } from "../cases.js";
import { caseView } from "./case.view.js";
import { caseFirstContactView } from "./first-contact.view.js";
import { caseIntakeView } from "./intake.view.js";
import * as notification from "./notification.js";
import { casePersonView } from "./person.view.js";
import { comingOfAge } from "./coming-of-age.policy.js";
import { known, RecordContact, recordContact, RecordIdentity, recordIdentity } from "./identity.js";
import { AssessAge, assessAge, intake, OpenCase, openCase } from "./intake.js";
import { intakeVocabularies } from "./labels.js";

type CaseState = typeof cases.initial;

export const intakeTopic = topic(cases, intake, {
  state: {
    subject: "identity",
    sex: "demographic",
    ageBand: "demographic",
    assessments: "demographic",
    region: "case",
    openedAt: "case",
    openedBy: "case",
    organisation: "case",
    district: "case",
    source: "case",
    referringOrganisation: "case",
    language: "demographic",
    urgencies: "case",
    notification: "case",
  },
  facts: {
    CaseOpened: {
      subject: "identity",
      source: "case",
      urgency: "case",
      region: "case",
      sex: "demographic",
      ageBand: "demographic",
      language: "demographic",
      referringOrganisation: "case",
      district: "case",
      knownFrom: "case",
      notification: "case",
    },
    NotificationAcknowledged: "case",
    FirstContactSupplemented: {
      sex: "demographic",
      ageBand: "demographic",
      language: "demographic",
      referringOrganisation: "case",
      district: "case",
      knownFrom: "case",
    },
    UrgencyChanged: "case",
    AgeQuestioned: "demographic",
    AgeAssessed: "demographic",
    CameOfAge: "demographic",
  },
  changes: {
    FirstContact: [
      creation(openCase, OpenCase, may("write", "case")),
      creation(notification.notifyCase, notification.NotifyCase, may("write", "case")),
      change(notification.acknowledgeNotification, notification.AcknowledgeNotification, may("write", "case")),
      change(notification.supplementFirstContact, notification.SupplementFirstContact, may("write", "case")),
      change(notification.changeUrgency, notification.ChangeUrgency, may("write", "case")),
    ],
    CaseManagement: [change(assessAge, AssessAge, may("write", "case"))],
  },
  views: [caseView],
  sections: { firstContact: caseFirstContactView, intake: caseIntakeView },
  lists: [
    list(caseView, {
      name: "cases",
      permission: may("read", "case", "CaseManagement", "Accommodation", "Oversight"),
      filters: [
        "id",
        "openedBy",
        "stage",
        "urgency",
        "region",
        "sex",
        "isChild",
        "ageQuestioned",
        "traffickingStatus",
        "exploitations",
        "shelter",
      ],
      days: { openedOn: "openedAt" },
      sorts: ["-openedAt", "openedAt"],
    }),
  ],
  reads: (about, sections) => [
    one(about, caseView, {
      name: "case",
      path: "cases",
      permission: may("read", "case", "CaseManagement", "Accommodation", "Oversight"),
      sections,
    }),
    live(about, caseView, {
      name: "caseLive",
      path: "cases",
      permission: may("read", "case", "CaseManagement", "Accommodation", "Oversight"),
      sections,
    }),
  ],
  due: [comingOfAge],
  vocabularies: intakeVocabularies,
});

/** Who she is, and how she can be reached without danger. */
export const identityTopic = topic(cases, known, {
  state: "case",
  facts: {
    IdentityRecorded: { citizenships: "demographic", languages: "demographic", removed: "case", knownFrom: "case" },
    ContactRecorded: { removed: "case", knownFrom: "case" },
  },
  sections: { person: casePersonView },
  changes: {
    CaseManagement: [
      replacing(change(recordIdentity, RecordIdentity, may("write", "identity")), (state: CaseState) => state.known.identity),
      replacing(change(recordContact, RecordContact, may("write", "contact")), (state: CaseState) => state.known.contact),
    ],
  },
});
