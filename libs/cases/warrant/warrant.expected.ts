import { eachOf, right, type Expectation } from "#access/expectation.js";

/** Who may do and see what, as the people concerned would say it. */
export const expected: Expectation = {
  operations: {
    ...eachOf(["issueWarrant", "revokeWarrant"], right("write", "warrant", "a case")),
    warrants: right("read", "warrant", "all"),
    caseWarrants: right("read", "warrant", "a case"),
  },
  answers: {
    Warrant: {
      ...eachOf(["id", "stale", "skipped", "intact"], "open"),
      ...eachOf(["caseId", "holder", "issuedBy", "areas", "reason", "issuedAt", "until", "revokedAt"], "warrant"),
    },
  },
  states: { case: { warrants: "warrant" } },
  facts: eachOf(["WarrantIssued", "WarrantRevoked"], "warrant"),
  cells: { warrant: { ...eachOf(["supervisor", "auditor"], "R" as const), "data-protection-officer": "W" } },
  story: async ({ resident, done, state }) => {
    const say = (verb: string, body: object) => done("data-protection-officer", `/v1/cases/${resident}/${verb}`, body);
    await say("issue-warrant", { holder: "nobody", areas: ["narrative"], reason: "Audit", days: 1 });
    const { warrants } = (await state(`/v1/cases/${resident}`, "data-protection-officer")) as { warrants: { warrant: string }[] };
    await say("revoke-warrant", { warrant: warrants[0]!.warrant });
  },
};
