import { may } from "#access/decide.js";
import { change, replacing } from "#api/changes/changes.js";
import { topic } from "#topics/topic.js";
import { cases } from "../cases.js";
import { serviceArea } from "../services/areas.js";
import { DetermineTraffickingStatus, determineTraffickingStatus } from "./determination.js";
import { DeclineReferralOn, declineReferralOn, ReferOn, referOn } from "./referral-on.js";
import { historyVocabularies } from "./history-labels.js";
import { screeningVocabularies } from "./labels.js";
import { CompleteScreening, completeScreening, screening, StartScreening, startScreening } from "./screening.js";
import { caseScreeningView } from "./screening.view.js";
import { RecordTraffickingDetails, recordTraffickingDetails } from "./trafficking-details.js";
import { RecordTraffickingHistoryEvent, recordTraffickingHistoryEvent } from "./trafficking-history.js";
import { caseTraffickingHistoryView } from "./trafficking-history.view.js";

export const screeningTopic = topic(cases, screening, {
  state: {
    startedAt: "case",
    findings: "screening",
    completed: "screening",
    status: "case",
    events: "screening",
    detailed: "screening",
    determinations: { at: "case", status: "case", decidedBy: "screening", basis: "screening" },
    referrals: { at: "case", organisation: serviceArea, group: serviceArea },
  },
  facts: {
    ScreeningStarted: "case",
    ScreeningCompleted: "screening",
    TraffickingStatusDetermined: { status: "case", decidedBy: "screening", basis: "screening", document: "screening" },
    TraffickingStatusRevised: { status: "case", decidedBy: "screening", basis: "screening", document: "screening", supersedes: "case" },
    ReferredOn: serviceArea,
    ReferralOnDeclined: "case",
    TraffickingHistoryEventRecorded: "screening",
    TraffickingDetailsRecorded: "screening",
  },
  changes: {
    Identification: [
      change(startScreening, StartScreening, may("write", "screening")),
      replacing(
        change(completeScreening, CompleteScreening, may("write", "screening")),
        (state: typeof cases.initial) => state.screening.findings !== null,
      ),
      change(determineTraffickingStatus, DetermineTraffickingStatus, may("write", "screening")),
      change(recordTraffickingHistoryEvent, RecordTraffickingHistoryEvent, may("write", "screening")),
      replacing(
        change(recordTraffickingDetails, RecordTraffickingDetails, may("write", "screening")),
        (state: typeof cases.initial) => state.screening.detailed,
      ),
      change(referOn, ReferOn, may("write", "case")),
      change(declineReferralOn, DeclineReferralOn, may("write", "case")),
    ],
  },
  sections: { screening: caseScreeningView, traffickingHistory: caseTraffickingHistoryView },
  vocabularies: { ...screeningVocabularies, ...historyVocabularies },
});
