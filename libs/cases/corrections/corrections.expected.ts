import { eachOf, right, type Expectation } from "#access/expectation.js";

/** Who may do and see what, as the people concerned would say it. */
export const expected: Expectation = {
  operations: { markEntryErroneous: right("write", "correction", "a case") },
  states: { case: { corrections: "correction" } },
  facts: { EntryMarkedErroneous: "correction" },
  cells: {
    correction: {
      ...eachOf(
        [...["shelter-case-manager", "nurse", "psychologist", "lawyer", "social-welfare-officer"], ...["return-officer", "supervisor"]],
        "W" as const,
      ),
      ...eachOf(["shelter-manager", "auditor"], "R" as const),
    },
  },
  story: async ({ newcomer, resident, done, entry }) => {
    const say = (caseId: string, verb: string, body: object) => done("shelter-case-manager", `/v1/cases/${caseId}/${verb}`, body);
    for (const caseId of [newcomer, resident]) {
      const { revision } = await say(caseId, "raise-flag", { kind: "InterpreterNeeded" });
      await say(caseId, "mark-entry-erroneous", { entry: await entry(`/v1/cases/${caseId}`, revision), reason: "WrongPerson" });
    }
  },
};
