import { eachOf, right, type Expectation } from "#access/expectation.js";

/** Who may do and see what, as the people concerned would say it. */
export const expected: Expectation = {
  operations: { work: right("read", "work", "all") },
  answers: {
    CaseWork: {
      ...eachOf(["id", "stale", "skipped", "intact"], "open"),
      ...eachOf(["nextDueAt", "kinds"], "work"),
      ...eachOf(["items[].kind", "items[].about", "items[].dueAt", "items[].assignee"], "work"),
    },
  },
  cells: {
    work: eachOf(
      [
        ...["shelter-case-manager", "shelter-manager", "nurse", "psychologist", "lawyer"],
        ...["social-welfare-officer", "return-officer", "supervisor"],
      ],
      "R" as const,
    ),
  },
};
