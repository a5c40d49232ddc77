import { eachOf, right, type Expectation } from "#access/expectation.js";

const days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/** Who may do and see what, as the people concerned would say it. */
export const expected: Expectation = {
  operations: {
    ...eachOf(["agreeSafeContact", "recordContactAttempt"], right("write", "safeContact", "a case")),
    contactAttempts: right("read", "safeContact", "all"),
    caseContactAttempts: right("read", "safeContact", "a case"),
  },
  personal: { recordContactAttempt: { account: "contact" } },
  answers: {
    CaseSafeContact: {
      ...eachOf(["id", "stale", "skipped"], "open"),
      ...eachOf(["channels", "agreedWith", "agreedAt"], "safeContact"),
      ...eachOf(["hours[].day", "hours[].from", "hours[].until"], "safeContact"),
      accounts: "contact",
    },
    ContactAttempt: {
      ...eachOf(["id", "stale", "skipped", "intact"], "open"),
      ...eachOf(["caseId", "fact", "channel", "reason", "outcome", "attemptedAt", "attemptedBy"], "safeContact"),
    },
  },
  states: { case: { safeContact: "safeContact" } },
  facts: eachOf(["SafeContactAgreed", "ContactAttempted"], "safeContact"),
  cells: {
    safeContact: {
      ...eachOf(["shelter-case-manager", "nurse", "psychologist", "lawyer", "social-welfare-officer", "return-officer"], "W" as const),
      ...eachOf(["shelter-manager", "supervisor", "auditor"], "R" as const),
    },
  },
  told: { ContactAttempted: { account: "Invented account of a contact" } },
  story: async ({ resident, done }) => {
    const say = (verb: string, body: object) => done("shelter-case-manager", `/v1/cases/${resident}/${verb}`, body);
    const hours = days.map((day) => ({ day, from: 0, until: 24 }));
    await say("agree-safe-contact", { channels: ["PhoneCall"], hours, agreedWith: "self" });
    const attempt = {
      channel: "PhoneCall",
      reason: "Support",
      outcome: "Reached",
      left: "Nothing",
      account: "Invented account of a contact",
    };
    await say("record-contact-attempt", attempt);
  },
};
