import { eachOf, right, type Expectation } from "#access/expectation.js";

/** Who may do and see what, as the people concerned would say it. */
export const expected: Expectation = {
  operations: {
    ...eachOf(
      ["giveConsent", "refuseConsent", "narrowConsent", "withdrawConsent", "invokeEmergencyProcessing"],
      right("write", "consent", "a case"),
    ),
    ...eachOf(
      ["confirmEmergencyProcessing", "refuseEmergencyProcessing", "reviewEmergencyProcessing"],
      right("write", "emergencyProcessing", "a case"),
    ),
    emergencyProcessings: right("read", "emergencyProcessing", "all"),
    caseEmergencyProcessings: right("read", "emergencyProcessing", "a case"),
    consents: right("read", "consent", "all"),
    caseConsents: right("read", "consent", "a case"),
  },
  personal: { withdrawConsent: { reason: "narrative" } },
  answers: {
    CaseWithdrawals: { ...eachOf(["id", "stale", "skipped"], "open"), reasons: "narrative" },
    Consent: {
      ...eachOf(["id", "stale", "skipped", "intact"], "open"),
      ...eachOf(
        [
          "caseId",
          "purpose",
          "recipients",
          "dataClasses",
          "serviceGroups",
          "givenBy",
          "givenAt",
          "expiresAt",
          "status",
          "withdrawnAt",
          "before",
        ],
        "consent",
      ),
    },
    EmergencyProcessing: {
      ...eachOf(["id", "stale", "skipped", "intact"], "open"),
      ...eachOf(
        [
          ...["caseId", "emergency", "vitalInterest", "by", "authorisedBy", "invokedAt", "reviewBy", "overdueSince", "finding"],
          ...["confirmBy", "confirmedAt", "refusedAt", "refusedBecause", "lapsedAt"],
        ],
        "emergencyProcessing",
      ),
    },
  },
  states: { case: { consents: "consent" } },
  facts: {
    ...eachOf(
      ["ConsentGiven", "ConsentRefused", "ConsentNarrowed", "ConsentWithdrawn", "ConsentExpired", "EmergencyProcessingInvoked"],
      "consent",
    ),
    ...eachOf(
      [
        ...["EmergencyProcessingConfirmed", "EmergencyProcessingRefused", "EmergencyProcessingLapsed"],
        ...["EmergencyProcessingReviewed", "EmergencyProcessingReviewOverdue"],
      ],
      "emergencyProcessing",
    ),
  },
  cells: {
    emergencyProcessing: {
      ...eachOf(["shelter-case-manager", "social-welfare-officer", "auditor"], "R" as const),
      ...eachOf(["supervisor", "data-protection-officer"], "W" as const),
    },
  },
  // The hours until a confirmation and a review do not pass in a test.
  notInStories: [
    ...["EmergencyProcessingReviewOverdue", "EmergencyProcessing.overdueSince"],
    ...["EmergencyProcessingLapsed", "EmergencyProcessing.lapsedAt"],
  ],
  story: async ({ resident, done, happened, person, state }) => {
    const consent = { purpose: "FollowUpContact", recipients: ["4c5a1f60-0000-4000-8000-0000000000ff"], dataClasses: ["contact"] };
    const soon = new Date(Date.now() + 4_000).toISOString();
    await done("shelter-case-manager", `/v1/cases/${resident}/give-consent`, {
      ...consent,
      expiresAt: soon,
      givenBy: "self",
      evidence: "Signature",
    });
    await happened(`/v1/cases/${resident}`, "ConsentExpired");
    type State = { consents: { emergencies: { id: string }[] } };
    const last = async () => ((await state(`/v1/cases/${resident}`)) as State).consents.emergencies.at(-1)!.id;
    const review = async () =>
      done("supervisor", `/v1/cases/${resident}/review-emergency-processing`, { emergency: await last(), finding: "Justified" });
    await review();
    const answered = async (verb: string, body: object) => {
      await done("shelter-case-manager", `/v1/cases/${resident}/invoke-emergency-processing`, {
        ...{ vitalInterest: "MedicalEmergency", authorisedBy: person("supervisor") },
        reviewBy: new Date(Date.now() + 3_600_000).toISOString(),
      });
      await done("supervisor", `/v1/cases/${resident}/${verb}`, { emergency: await last(), ...body });
      await done("data-protection-officer", `/v1/cases/${resident}/review-emergency-processing`, {
        ...{ emergency: await last(), finding: "Justified" },
      });
    };
    await answered("confirm-emergency-processing", {});
    await answered("refuse-emergency-processing", { reason: "SheCanBeAsked" });
  },
};
