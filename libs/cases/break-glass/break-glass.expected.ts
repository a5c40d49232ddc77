import { eachOf, right, type Expectation } from "#access/expectation.js";

const invokers = ["shelter-case-manager", "shelter-manager", "nurse", "psychologist", "social-welfare-officer"];

/** Who may do and see what, as the people concerned would say it. */
export const expected: Expectation = {
  operations: {
    invokeBreakGlass: { ...right("write", "emergencyAccess", "a case"), opening: true },
    ...eachOf(["reviewBreakGlass", "closeToBreakGlass", "openToBreakGlass"], right("write", "emergencyReview", "a case")),
    emergencyAccesses: right("read", "emergencyReview", "all"),
    caseEmergencyAccesses: right("read", "emergencyReview", "a case"),
  },
  personal: { invokeBreakGlass: { explanation: "emergencyExplanation" } },
  answers: {
    CaseEmergencies: { ...eachOf(["id", "stale", "skipped"], "open"), explanations: "emergencyExplanation" },
    EmergencyAccess: {
      ...eachOf(["id", "stale", "skipped", "intact"], "open"),
      ...eachOf(["caseId", "by", "informed", "reason", "invokedAt", "until", "reviewBy", "overdueSince", "finding"], "emergencyReview"),
    },
  },
  states: { case: { breakGlass: "emergencyReview" }, emergency: { unreviewed: "emergencyReview" } },
  facts: eachOf(
    [
      ...["BreakGlassInvoked", "BreakGlassReviewed", "BreakGlassReviewOverdue", "CaseClosedToBreakGlass", "CaseOpenedToBreakGlass"],
      ...["EmergencyRightSuspended", "EmergencyRightRestored"],
    ],
    "emergencyReview",
  ),
  cells: {
    emergencyAccess: eachOf(invokers, "W" as const),
    emergencyReview: { supervisor: "W", auditor: "R", "data-protection-officer": "W" },
    emergencyExplanation: { ...eachOf(invokers, "W" as const), ...eachOf(["supervisor", "data-protection-officer"], "R" as const) },
  },
  told: { BreakGlassInvoked: { explanation: "Invented explanation" } },
  // Three days do not pass in a test.
  notInStories: ["BreakGlassReviewOverdue", "EmergencyAccess.overdueSince"],
  story: async ({ resident, done, state }) => {
    const say = (verb: string, body: object, role = "supervisor") => done(role, `/v1/cases/${resident}/${verb}`, body);
    const invoked = { reason: "TeamUnreachable", explanation: "Invented explanation", informed: "nobody", hours: 1 };
    await say("invoke-break-glass", invoked, "nurse");
    const { breakGlass } = (await state(`/v1/cases/${resident}`, "supervisor")) as { breakGlass: { accesses: { access: string }[] } };
    await say("review-break-glass", { access: breakGlass.accesses[0]!.access, finding: "Justified" });
    await say("close-to-break-glass", { reason: "StaffConflict" });
    await say("open-to-break-glass", {});
  },
};
