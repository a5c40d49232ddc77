import type { ServiceGroup } from "../services/vocabulary.js";
import type { Purpose } from "../vocabulary.js";

/** What rests on a consent to one purpose. What rests on none, such as a bed, food and safety, stands in no line. */
export interface RestsOnConsent {
  /** The changes that are refused without it, by their names. */
  readonly changes: readonly string[];
  /** The reads that are refused without it, at the moment of reading. */
  readonly reads?: readonly string[];
  /** With which code; null: no change rests on it alone. */
  readonly refusedWith: string | null;
  /** What a recorded vital interest may do in its place, over no capable adult's own no: all of it, help of these groups, or nothing. */
  readonly inEmergency: boolean | readonly ServiceGroup[];
  /** What ends with its withdrawal, at that moment, because the rules ask for it when something is done and when it is written down. */
  readonly stops: string;
}

/**
 * What each purpose of consent is asked for (sections 3.1 and 6 of the field's reference). The rules take what an emergency may do from here; a test
 * holds the changes against what they refuse, both ways.
 */
export const restsOn: Readonly<Record<Purpose, RestsOnConsent>> = {
  Interview: {
    changes: [
      ...["startScreening", "completeScreening", "recordTraffickingDetails", "recordTraffickingHistoryEvent"],
      ...["recordIdentity", "recordContact"],
    ],
    refusedWith: "InterviewNotPermitted",
    inEmergency: true,
    stops: "being asked, and what she said being written down",
  },
  CaseManagement: {
    changes: ["completeAssessment", "supplementAssessment"],
    refusedWith: "AskingNotPermitted",
    inEmergency: true,
    stops: "assessments for planning",
  },
  ServiceDelivery: {
    changes: ["deliverService"],
    refusedWith: "ServiceNotConsented",
    inEmergency: ["Health"],
    stops: "help of its groups; shelter, food and safety go on",
  },
  FollowUpContact: {
    changes: ["recordContactAttempt"],
    refusedWith: "FollowUpNotConsented",
    inEmergency: false,
    stops: "being asked after once support is over",
  },
  ShareWithProvider: { changes: [], refusedWith: null, inEmergency: false, stops: "what a provider is told, at the moment of reading" },
  ShareWithLawEnforcement: { changes: [], refusedWith: null, inEmergency: false, stops: "what police and prosecution are told" },
  ShareWithGovernmentNrm: { changes: [], refusedWith: null, inEmergency: false, stops: "what the national referral mechanism is told" },
  FamilyTracing: { changes: [], refusedWith: null, inEmergency: false, stops: "questions that serve the search for her family" },
  ReturnArrangement: { changes: [], refusedWith: null, inEmergency: false, stops: "questions that serve her return" },
  PhotoMedia: {
    changes: ["addDocument"],
    reads: ["downloadDocument"],
    refusedWith: "PhotographNotConsented",
    inEmergency: false,
    stops: "photographs of her being added, and those that there are being handed out",
  },
  AnonymisedReporting: { changes: [], refusedWith: null, inEmergency: false, stops: "being counted in releases to come" },
  AnonymisedResearch: { changes: [], refusedWith: null, inEmergency: false, stops: "being counted in research to come" },
  CrossBorderTransfer: { changes: [], refusedWith: null, inEmergency: false, stops: "her data leaving the country" },
};
