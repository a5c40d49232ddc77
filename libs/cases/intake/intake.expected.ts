import { eachOf, right, type Expectation } from "#access/expectation.js";

/** Who may do and see what, as the people concerned would say it. */
export const expected: Expectation = {
  operations: {
    ...eachOf(["openCase", "notifyCase"], right("write", "case", "begun")),
    ...eachOf(["assessAge", "acknowledgeNotification", "supplementFirstContact", "changeUrgency"], right("write", "case", "a case")),
    recordIdentity: right("write", "identity", "a case"),
    recordContact: right("write", "contact", "a case"),
    cases: right("read", "case", "all"),
    ...eachOf(["case", "caseLive"], right("read", "case", "a case")),
    ...eachOf(["caseHistory", "caseState"], right("read", "history", "a case")),
    caseAccess: right("read", "access", "a case"),
  },
  personal: {
    openCase: { immediateNeeds: "narrative" },
    notifyCase: { immediateNeeds: "narrative", personInCharge: "notifier" },
    recordIdentity: eachOf(["givenName", "familyName", "otherNames", "birthDate", "identityNumber"], "identity"),
    recordContact: eachOf(["phone", "email", "safeWayToReach"], "contact"),
  },
  answers: {
    Case: {
      ...eachOf(["id", "stale", "skipped", "intact"], "open"),
      ...eachOf(
        ["stage", "openedAt", "openedBy", "source", "urgency", "region", "traffickingStatus", "episode", "closedAt", "revision"],
        "case",
      ),
      ...eachOf(["sex", "ageBand", "isChild", "ageQuestioned"], "demographic"),
      exploitations: "screening",
      closureReason: "closure",
      shelter: "location of itself",
    },
    CasePerson: {
      ...eachOf(["id", "stale", "skipped"], "open"),
      languages: "demographic",
      ...eachOf(["identityKnownFrom", "contactKnownFrom"], "case"),
      identity: "identity",
      contact: "contact",
    },
    CaseFirstContact: { ...eachOf(["id", "stale", "skipped"], "open"), knownFrom: "case", immediateNeeds: "narrative" },
    CaseIntake: {
      ...eachOf(["id", "stale", "skipped"], "open"),
      ...eachOf(["missing", "completeBy", "reason", "referringOrganisation", "acknowledgeBy", "acknowledgedAt", "acknowledgedBy"], "case"),
      ...eachOf(["knownFrom", "urgencyReason"], "case"),
      ageKnownFrom: "demographic",
      notifier: "notifier",
    },
  },
  states: {
    case: {
      stage: "case",
      ...eachOf(["intake.source", "intake.referringOrganisation", "intake.urgencies", "intake.notification"], "case"),
      "intake.language": "demographic",
      "intake.subject": "identity",
      "intake.region": "case",
      ...eachOf(["intake.openedAt", "intake.openedBy", "intake.organisation", "intake.district"], "case"),
      ...eachOf(["intake.sex", "intake.ageBand", "intake.assessments"], "demographic"),
      known: "case",
    },
  },
  // The years do not pass in a test.
  notInStories: ["CameOfAge"],
  facts: {
    CaseOpened: {
      subject: "identity",
      ...eachOf(["source", "urgency", "region", "referringOrganisation", "district", "knownFrom", "notification"], "case"),
      ...eachOf(["sex", "ageBand", "language"], "demographic"),
    },
    NotificationAcknowledged: "case",
    FirstContactSupplemented: {
      ...eachOf(["sex", "ageBand", "language"], "demographic"),
      ...eachOf(["referringOrganisation", "district", "knownFrom"], "case"),
    },
    UrgencyChanged: "case",
    AgeQuestioned: "demographic",
    AgeAssessed: "demographic",
    CameOfAge: "demographic",
    IdentityRecorded: { citizenships: "demographic", languages: "demographic", removed: "case", knownFrom: "case" },
    ContactRecorded: { removed: "case", knownFrom: "case" },
  },
  cells: { notifier: { "shelter-case-manager": "W", "social-welfare-officer": "W", supervisor: "R" } },
  told: { notifier: { personInCharge: "Invented officer" } },
  // Her case began with a notification.
  story: async ({ resident, done }) => {
    const say = (verb: string, body: object) => done("shelter-case-manager", `/v1/cases/${resident}/${verb}`, body);
    await say("acknowledge-notification", { channel: "Phone" });
    await say("supplement-first-contact", { language: "sw", knownFrom: "Self" });
    await say("change-urgency", { urgency: "Routine", reason: "NeedsMet" });
  },
};
