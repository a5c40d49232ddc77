import { eachOf, right, type Expectation } from "#access/expectation.js";

const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString();

/** Who may do and see what, as the people concerned would say it. */
export const expected: Expectation = {
  operations: eachOf(["grantReflectionPeriod", "extendReflectionPeriod", "endReflectionPeriod"], right("write", "reflection", "a case")),
  answers: {
    CaseReflection: {
      ...eachOf(["id", "stale", "skipped"], "open"),
      ...eachOf(["periods[].period", "periods[].jurisdiction", "periods[].at"], "reflection"),
      ...eachOf(["periods[].until", "periods[].endedAt", "periods[].reason"], "reflection"),
    },
  },
  states: { case: { reflection: "reflection" } },
  facts: eachOf(["ReflectionPeriodGranted", "ReflectionPeriodExtended", "ReflectionPeriodEnded"], "reflection"),
  cells: {
    reflection: {
      ...eachOf(["shelter-case-manager", "social-welfare-officer", "supervisor"], "W" as const),
      ...eachOf(["shelter-manager", "nurse", "psychologist", "lawyer", "return-officer", "auditor"], "R" as const),
    },
  },
  story: async ({ resident, done }) => {
    const say = (verb: string, body: object) => done("shelter-case-manager", `/v1/cases/${resident}/${verb}`, body);
    await say("grant-reflection-period", { jurisdiction: "TanzaniaMainland", until: inDays(31) });
    await say("extend-reflection-period", { until: inDays(60) });
    await say("end-reflection-period", { reason: "HerOwnDecision" });
  },
};
