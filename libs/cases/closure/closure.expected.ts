import { eachOf, right, type Expectation } from "#access/expectation.js";

/** Who may do and see what, as the people concerned would say it. */
export const expected: Expectation = {
  operations: {
    ...eachOf(["requestClosure", "startFollowUp", "resumeSupport"], right("write", "case", "a case")),
    ...eachOf(["approveClosure", "rejectClosure", "reopenCase"], right("write", "closure", "a case")),
  },
  states: {
    case: {
      ...eachOf(["closure.status", "closure.episode", "closure.since", "closure.closed", "closure.followUp"], "case"),
      ...eachOf(["closure.reason", "closure.requestedBy", "closure.askedOf", "closure.referralOffered", "closure.rejected"], "closure"),
    },
  },
  facts: {
    ...eachOf(["CaseClosureRequested", "CaseClosureApproved", "CaseClosureRejected"], "closure"),
    CaseClosed: { reason: "closure", episode: "case", remainsIn: "location of its shelter" },
    CaseReopened: { reason: "closure", episode: "case" },
    ...eachOf(["FollowUpStarted", "SupportResumed"], "case"),
  },
  // Whoever sleeps in the house is not in follow-up.
  notInStories: ["FollowUpStarted", "SupportResumed"],
};
