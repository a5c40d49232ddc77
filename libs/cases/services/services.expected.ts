import { eachOf, right, type Expectation } from "#access/expectation.js";

const details = {
  ...eachOf(["healthService", "healthNote"], "health"),
  ...eachOf(["psychosocialService", "psychosocialNote"], "psychosocial"),
  ...{ legalNote: "legal", note: "narrative" },
};

/** Who may do and see what, as the people concerned would say it. */
export const expected: Expectation = {
  operations: {
    ...eachOf(
      [
        ...["requestService", "requestUrgentCare", "scheduleService", "deliverService", "missService", "declineService"],
        ...["recordServiceOutcome", "recordServiceSatisfaction"],
      ],
      right("write", "service", "a case"),
    ),
    services: right("read", "service", "all"),
    caseServices: right("read", "service", "a case"),
  },
  personal: { requestService: details, deliverService: details },
  answers: {
    Service: {
      ...eachOf(["id", "stale", "skipped", "intact"], "open"),
      ...eachOf(
        [
          ...["caseId", "group", "kind", "status", "urgentStep", "askedAt", "dueBy", "plannedFor", "provider", "deliveredAt"],
          ...["deliveries", "quantity", "unit", "durationMinutes", "cost", "currency", "fundingSource", "inGroup", "missedBy"],
          ...["outcome", "satisfaction"],
        ],
        "service",
      ),
    },
    CaseServiceRecords: {
      ...eachOf(["id", "stale", "skipped"], "open"),
      ...eachOf(["records[].fact", "records[].service"], "service"),
      ...{ health: "health", psychosocial: "psychosocial", legal: "legal", notes: "narrative" },
    },
  },
  states: { case: { services: "service" } },
  facts: eachOf(
    [
      ...["ServiceRequested", "ServiceScheduled", "ServiceDelivered", "ServiceMissed", "ServiceDeclined"],
      ...["ServiceOutcomeRecorded", "ServiceSatisfactionRecorded"],
    ],
    "service",
  ),
  cells: {
    service: {
      ...eachOf(["shelter-case-manager", "nurse", "psychologist", "lawyer", "social-welfare-officer"], "W" as const),
      ...eachOf(["shelter-manager", "return-officer", "supervisor", "auditor"], "R" as const),
    },
  },
  told: {
    "CaseServiceRecords.health": { service: "MedicalCare", note: "Invented note", fundingSource: "GRANT-2" },
    "CaseServiceRecords.psychosocial": { service: "IndividualCounselling", note: "Invented note", fundingSource: "GRANT-3" },
    "CaseServiceRecords.legal": { note: "Invented note" },
    "CaseServiceRecords.notes": { note: "Invented note" },
  },
  story: async ({ resident, done, state }) => {
    const say = (verb: string, body: object, role = "shelter-case-manager") => done(role, `/v1/cases/${resident}/${verb}`, body);
    const soon = new Date(Date.now() + 86_400_000).toISOString();
    await say("give-consent", {
      ...{ purpose: "ServiceDelivery", recipients: ["4c5a1f60-0000-4000-8000-0000000000ff"], dataClasses: ["health"], expiresAt: soon },
      ...{ serviceGroups: ["Health", "Psychosocial", "Legal"], givenBy: "self", evidence: "Signature" },
    });
    await say("request-urgent-care", { since: new Date(Date.now() - 3_600_000).toISOString() });
    await say("request-service", { group: "Legal", kind: "LegalInformation", legalNote: "Invented note", note: "Invented note" });
    const known = async () =>
      ((await state(`/v1/cases/${resident}`)) as { services: { known: { service: string; group: string }[] } }).services.known;
    const { service } = (await known()).find(({ group }) => group === "Legal")!;
    await say("schedule-service", { service, plannedFor: soon, provider: "4c5a1f60-0000-4000-8000-0000000000ff" });
    await say("miss-service", { service, missedBy: "Provider" });
    await say("deliver-service", {
      ...{ service, group: "Legal", kind: "LegalInformation", quantity: 1, unit: "Session", durationMinutes: 60 },
      ...{ cost: 500_000, currency: "TZS", fundingSource: "GRANT-1", inGroup: false },
    });
    await say("record-service-outcome", { service, outcome: "NeedMet" });
    await say("record-service-satisfaction", { service, score: 4 });
    await say(
      "deliver-service",
      { group: "Health", healthService: "MedicalCare", healthNote: "Invented note", fundingSource: "GRANT-2" },
      "nurse",
    );
    const counselling = {
      group: "Psychosocial",
      psychosocialService: "IndividualCounselling",
      psychosocialNote: "Invented note",
      fundingSource: "GRANT-3",
    };
    await say("deliver-service", counselling, "psychologist");
    await say("decline-service", { group: "Education" });
  },
};
