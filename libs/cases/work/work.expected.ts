import { eachOf, right, type Expectation } from "#access/expectation.js";

/** Who may do and see what, as the people concerned would say it. */
export const expected: Expectation = {
  operations: { work: right("read", "work", "all"), board: right("read", "board", "all") },
  answers: {
    Board: eachOf(["overdue", "highRisk", "consentsEnding", "emergencies"], "open"),
    BoardPart: eachOf(["count", "lines"], "open"),
    BoardLine: eachOf(["caseId", "kind", "about", "dueAt", "assignee"], "open"),
    CaseWork: {
      ...eachOf(["id", "stale", "skipped", "intact"], "open"),
      ...eachOf(["nextDueAt", "kinds"], "work"),
      ...eachOf(["items[].kind", "items[].about", "items[].dueAt", "items[].assignee"], "work"),
    },
  },
  cells: {
    board: { supervisor: "R" },
    work: eachOf(
      [
        ...["shelter-case-manager", "shelter-manager", "nurse", "psychologist", "lawyer"],
        ...["social-welfare-officer", "return-officer", "supervisor"],
      ],
      "R" as const,
    ),
  },
};
