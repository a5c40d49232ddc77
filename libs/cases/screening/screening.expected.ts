import { eachOf, right, type Expectation } from "#access/expectation.js";

/** Who may do and see what, as the people concerned would say it. */
export const expected: Expectation = {
  operations: {
    ...eachOf(
      ["startScreening", "completeScreening", "determineTraffickingStatus", "recordTraffickingHistoryEvent", "recordTraffickingDetails"],
      right("write", "screening", "a case"),
    ),
    ...eachOf(["referOn", "declineReferralOn"], right("write", "case", "a case")),
  },
  personal: {
    completeScreening: { account: "narrative", perpetrator: "perpetrator" },
    recordTraffickingHistoryEvent: { place: "narrative", description: "narrative" },
    recordTraffickingDetails: {
      ...eachOf(["ageWhenTrafficked", "durationMonths", "sexualExploitation"], "narrative"),
      ...eachOf(["recruitmentWebsites", "exploitationWebsites", "profiles"], "narrative"),
    },
  },
  answers: {
    CaseScreening: {
      ...eachOf(["id", "stale", "skipped"], "open"),
      ...eachOf(["completedAt", "formVersion", "acts", "means", "exploitations"], "screening"),
      ...eachOf(["methodsOfControl", "relationshipToTrafficker"], "screening"),
      ...eachOf(["determinations[].at", "determinations[].status", "determinations[].supersedes"], "case"),
      ...eachOf(["determinations[].decidedBy", "determinations[].basis", "determinations[].document"], "screening"),
      ...eachOf(["possibleAt", "confirmedAt", "referrals[].at"], "case"),
      ...eachOf(["referrals[].organisation", "referrals[].group"], "service"),
      account: "narrative",
      perpetrator: "perpetrator",
    },
    CaseTraffickingHistory: {
      ...eachOf(["id", "stale", "skipped"], "open"),
      ...eachOf(["stations[].fact", "stations[].event", "stations[].country", "stations[].date"], "screening"),
      accounts: "narrative",
      ...eachOf(["toldAt", "recruitmentMethods", "industries", "landIndustries"], "screening"),
      ...eachOf(["ageBandWhenTrafficked", "duration"], "screening"),
      details: "narrative",
    },
  },
  states: {
    case: {
      ...eachOf(["screening.startedAt", "screening.status"], "case"),
      ...eachOf(["screening.findings", "screening.completed", "screening.events", "screening.detailed"], "screening"),
      "screening.determinations[].at": "case",
      "screening.determinations[].status": "case",
      ...eachOf(["screening.determinations[].decidedBy", "screening.determinations[].basis"], "screening"),
      "screening.referrals[].at": "case",
      ...eachOf(["screening.referrals[].organisation", "screening.referrals[].group"], "service"),
    },
  },
  facts: {
    ScreeningStarted: "case",
    ScreeningCompleted: "screening",
    TraffickingStatusDetermined: { status: "case", decidedBy: "screening", basis: "screening", document: "screening" },
    TraffickingStatusRevised: { status: "case", decidedBy: "screening", basis: "screening", document: "screening", supersedes: "case" },
    ReferralOnDeclined: "case",
    ReferredOn: "service",
    TraffickingHistoryEventRecorded: "screening",
    TraffickingDetailsRecorded: "screening",
  },
  told: {
    "CaseTraffickingHistory.details": {
      ...{ ageWhenTrafficked: 16, durationMonths: 14, sexualExploitation: [], recruitmentWebsites: ["TikTok"] },
      ...{ exploitationWebsites: ["Other"], profiles: "Invented profile" },
    },
  },
};
