import { eachOf, right, type Expectation } from "#access/expectation.js";

/** Who may do and see what, as the people concerned would say it. */
export const expected: Expectation = {
  operations: {
    ...eachOf(
      ["giveConsent", "refuseConsent", "narrowConsent", "withdrawConsent", "invokeEmergencyProcessing"],
      right("write", "consent", "a case"),
    ),
    consents: right("read", "consent", "all"),
  },
  personal: { withdrawConsent: { reason: "narrative" } },
  answers: {
    ConsentView: {
      ...eachOf(["id", "stale", "skipped", "intact"], "open"),
      ...eachOf(
        ["caseId", "purpose", "recipients", "dataClasses", "givenBy", "givenAt", "expiresAt", "status", "withdrawnAt", "before"],
        "consent",
      ),
    },
  },
  states: { case: { consents: "consent" } },
  facts: eachOf(["ConsentGiven", "ConsentRefused", "ConsentNarrowed", "ConsentWithdrawn", "EmergencyProcessingInvoked"], "consent"),
};
