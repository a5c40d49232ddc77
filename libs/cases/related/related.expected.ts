import { eachOf, right, type Expectation } from "#access/expectation.js";

/** Who may do and see what, as the people concerned would say it. */
export const expected: Expectation = {
  operations: {
    ...eachOf(["linkRelatedCase", "confirmRelatedCase", "unlinkRelatedCase"], right("write", "related", "a case")),
    relatedCases: right("read", "related", "all"),
    caseRelatedCases: right("read", "related", "a case"),
  },
  answers: {
    RelatedCase: {
      ...eachOf(["id", "stale", "skipped", "intact"], "open"),
      ...eachOf(["caseId", "link", "relation", "linkedAt", "requestedBy", "confirmed", "confirmedAt"], "related"),
    },
  },
  states: {
    case: {
      ...eachOf(["relatedCases[].link", "relatedCases[].relation", "relatedCases[].at"], "related"),
      ...eachOf(["relatedCases[].requestedBy", "relatedCases[].confirmedAt", "relatedCases[].unlinkedAt"], "related"),
      "relatedCases[].related": "relatedId",
    },
  },
  facts: {
    RelatedCaseLinked: { link: "related", related: "relatedId", relation: "related", requestedBy: "related" },
    RelatedCaseConfirmed: { link: "related", related: "relatedId", confirmedBy: "related" },
    RelatedCaseUnlinked: { link: "related", related: "relatedId", reason: "related" },
  },
  cells: {
    related: {
      ...eachOf(["shelter-case-manager", "social-welfare-officer", "supervisor"], "W" as const),
      ...eachOf(["shelter-manager", "nurse", "psychologist", "lawyer", "return-officer", "auditor"], "R" as const),
    },
    relatedId: { auditor: "R" },
  },
  // The least that one can say names a case that there is none of.
  refusesTheLeast: ["linkRelatedCase", "confirmRelatedCase", "unlinkRelatedCase"],
  story: async ({ resident, newcomer, done, happened }) => {
    const say = (role: string, verb: string, body: object) =>
      done(role, `/v1/cases/${resident}/${verb}`, { relatedCase: newcomer, ...body });
    await say("shelter-case-manager", "link-related-case", { relation: "Household" });
    await say("supervisor", "confirm-related-case", {});
    await say("supervisor", "unlink-related-case", { reason: "WrongRelation" });
    await happened(`/v1/cases/${newcomer}`, "RelatedCaseUnlinked");
    await say("shelter-case-manager", "link-related-case", { relation: "Sibling" });
    await say("supervisor", "confirm-related-case", {});
    // What is told in one case is told in the other.
    await happened(`/v1/cases/${newcomer}`, "RelatedCaseConfirmed");
  },
};
