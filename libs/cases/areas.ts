import { inTheShelter } from "#access/areas.js";
import { whoever } from "#access/decide.js";
import { protect } from "#access/record.js";
import { cases } from "./cases.js";
import { screenedOf, stageOf } from "./stage.js";

/**
 * A case as access sees it. It belongs to no shelter: whoever's cell says so may. Where she sleeps is for the staff of that house, in the
 * state and in whatever has happened alike.
 */
export const caseRecord = protect(
  cases,
  {
    belongsTo: () => whoever,
    subject: ({ intake }) => intake.subject,
    state: {
      stage: "case",
      intake: {
        subject: "identity",
        sex: "demographic",
        ageBand: "demographic",
        assessments: "demographic",
        region: "case",
        openedAt: "case",
      },
      known: "case",
      screening: {
        startedAt: "case",
        findings: "screening",
        completed: "screening",
        status: "case",
        events: "screening",
        determinations: { at: "case", status: "case", decidedBy: "screening" },
      },
      consents: "consent",
      closure: {
        status: "case",
        reason: "closure",
        requestedBy: "closure",
        referralOffered: "closure",
        rejected: "closure",
        episode: "case",
        since: "case",
        closed: "case",
      },
      placement: { current: inTheShelter, stays: inTheShelter },
      reservations: inTheShelter,
    },
    facts: {
      CaseOpened: {
        subject: "identity",
        source: "case",
        urgency: "case",
        region: "case",
        sex: "demographic",
        ageBand: "demographic",
        language: "demographic",
        referringOrganisation: "case",
      },
      AgeQuestioned: "demographic",
      AgeAssessed: "demographic",
      IdentityRecorded: { citizenships: "demographic", languages: "demographic", removed: "case" },
      ContactRecorded: { removed: "case" },
      ScreeningStarted: "case",
      ScreeningCompleted: "screening",
      TraffickingStatusDetermined: { status: "case", decidedBy: "screening", basis: "screening" },
      TraffickingStatusRevised: { status: "case", decidedBy: "screening", basis: "screening", supersedes: "case" },
      TraffickingHistoryEventRecorded: "screening",
      ConsentGiven: "consent",
      ConsentRefused: "consent",
      ConsentNarrowed: "consent",
      ConsentWithdrawn: "consent",
      EmergencyProcessingInvoked: "consent",
      CaseClosureRequested: "closure",
      CaseClosureApproved: "closure",
      CaseClosureRejected: "closure",
      CaseClosed: { reason: "closure", episode: "case", remainsIn: inTheShelter },
      CaseReopened: { reason: "closure", episode: "case" },
      PlacedInShelter: inTheShelter,
      ShelterPlacementEnded: inTheShelter,
      BedKeptInShelter: inTheShelter,
      KeptBedGivenUp: inTheShelter,
    },
  },
  ({ screening, closure }) => ({ stage: stageOf(screenedOf(screening), closure.status) }),
);
