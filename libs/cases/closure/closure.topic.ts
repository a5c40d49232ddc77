import { inTheShelter } from "#access/areas.js";
import { may } from "#access/decide.js";
import { change, type AlsoOf } from "#api/changes/changes.js";
import { topic } from "#topics/topic.js";
import { cases } from "../cases.js";
import {
  ApproveClosure,
  approveClosure,
  closure,
  type ClosureApprovers,
  RejectClosure,
  rejectClosure,
  ReopenCase,
  reopenCase,
  RequestClosure,
  requestClosure,
} from "./closure.js";
import { closureApprover } from "./closure.relation.js";
import { ResumeSupport, resumeSupport, StartFollowUp, startFollowUp } from "./follow-up.js";
import { closureVocabularies } from "./labels.js";

/** What of the organisation of whoever asks the topic needs. */
export interface ClosureRequires {
  readonly approvers: AlsoOf<never, ClosureApprovers>;
}

export const closureTopicWith = ({ approvers }: ClosureRequires) =>
  topic(cases, closure, {
    state: {
      status: "case",
      reason: "closure",
      requestedBy: "closure",
      askedOf: "closure",
      referralOffered: "closure",
      rejected: "closure",
      episode: "case",
      since: "case",
      closed: "case",
      followUp: "case",
    },
    facts: {
      CaseClosureRequested: "closure",
      CaseClosureApproved: "closure",
      CaseClosureRejected: "closure",
      CaseClosed: { reason: "closure", episode: "case", remainsIn: inTheShelter },
      CaseReopened: { reason: "closure", episode: "case" },
      FollowUpStarted: "case",
      SupportResumed: "case",
    },
    changes: {
      CaseManagement: [
        change(requestClosure, RequestClosure, may("write", "case"), { approvers }),
        change(approveClosure, ApproveClosure, may("write", "closure")),
        change(rejectClosure, RejectClosure, may("write", "closure")),
        change(reopenCase, ReopenCase, may("write", "closure")),
        change(startFollowUp, StartFollowUp, may("write", "case")),
        change(resumeSupport, ResumeSupport, may("write", "case")),
      ],
    },
    relations: [closureApprover],
    vocabularies: closureVocabularies,
  });
