import { eachOf, right, type Expectation } from "#access/expectation.js";

/** Who may do and see what, as the people concerned would say it. */
export const expected: Expectation = {
  operations: {
    ...eachOf(
      ["giveConsent", "refuseConsent", "narrowConsent", "withdrawConsent", "invokeEmergencyProcessing"],
      right("write", "consent", "a case"),
    ),
    consents: right("read", "consent", "all"),
    caseConsents: right("read", "consent", "a case"),
  },
  personal: { withdrawConsent: { reason: "narrative" } },
  answers: {
    CaseWithdrawals: { ...eachOf(["id", "stale", "skipped"], "open"), reasons: "narrative" },
    Consent: {
      ...eachOf(["id", "stale", "skipped", "intact"], "open"),
      ...eachOf(
        ["caseId", "purpose", "recipients", "dataClasses", "givenBy", "givenAt", "expiresAt", "status", "withdrawnAt", "before"],
        "consent",
      ),
    },
  },
  states: { case: { consents: "consent" } },
  facts: eachOf(
    ["ConsentGiven", "ConsentRefused", "ConsentNarrowed", "ConsentWithdrawn", "ConsentExpired", "EmergencyProcessingInvoked"],
    "consent",
  ),
  story: async ({ resident, done, happened }) => {
    const consent = { purpose: "FollowUpContact", recipients: ["4c5a1f60-0000-4000-8000-0000000000ff"], dataClasses: ["contact"] };
    const soon = new Date(Date.now() + 1_000).toISOString();
    await done("shelter-case-manager", `/v1/cases/${resident}/give-consent`, {
      ...consent,
      expiresAt: soon,
      givenBy: "self",
      evidence: "Signature",
    });
    await happened(`/v1/cases/${resident}`, "ConsentExpired");
  },
};
