import { eachOf, right, type Expectation } from "#access/expectation.js";

/** Who may do and see what, as the people concerned would say it. */
export const expected: Expectation = {
  operations: {
    openCase: right("write", "case", "begun"),
    assessAge: right("write", "case", "a case"),
    recordIdentity: right("write", "identity", "a case"),
    recordContact: right("write", "contact", "a case"),
    cases: right("read", "case", "all"),
    ...eachOf(["case", "caseLive"], right("read", "case", "a case")),
    ...eachOf(["caseHistory", "caseState"], right("read", "history", "a case")),
    caseAccess: right("read", "access", "a case"),
  },
  personal: {
    openCase: { immediateNeeds: "narrative" },
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
      identity: "identity",
      contact: "contact",
    },
    CaseFirstContact: { ...eachOf(["id", "stale", "skipped"], "open"), immediateNeeds: "narrative" },
  },
  states: {
    case: {
      stage: "case",
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
      ...eachOf(["source", "urgency", "region", "referringOrganisation", "district"], "case"),
      ...eachOf(["sex", "ageBand", "language"], "demographic"),
    },
    AgeQuestioned: "demographic",
    AgeAssessed: "demographic",
    CameOfAge: "demographic",
    IdentityRecorded: { citizenships: "demographic", languages: "demographic", removed: "case" },
    ContactRecorded: { removed: "case" },
  },
};
