import { findings, woman } from "../journeys/journey.js";
import { ofEveryTopic } from "./case-changes.js";
import type { Machine } from "./machine.js";
import { consentTo } from "./steps.js";
import type { Told } from "./told.js";

// Draft -> Screening -> Open -> FollowUp -> ClosureRequested -> Closed; Closed -> Reopened, in the next episode (domain reference, 3.4). What begins
// support anew is no part of follow-up. In a case that is closed nothing new is done for her; what she says no to, what endangers her, who works
// with it and who looks into it, and what was written down wrongly, is told of it at any time.

const asked = { reason: "GoalsAchieved", referralOffered: true };
const opened = async (told: Told): Promise<void> => {
  await told.did("start-screening", { formVersion: 1 });
  await told.did("complete-screening", findings);
  await told.provide();
};
const closed = async (told: Told): Promise<void> => {
  await opened(told);
  await told.did("request-closure", asked);
  await told.did("approve-closure", {}, "imani");
};
const { language: _, ...unspoken } = woman;

const ofStatus: Machine["changes"] = {
  "start-screening": { body: { formVersion: 1 } },
  "complete-screening": { body: findings, replaces: true },
  "request-closure": { body: asked },
  "request-closure for another reason": { body: { ...asked, reason: "Relocated" } },
  "approve-closure": { by: "imani" },
  "approve-closure by who requested it": {},
  "reject-closure": { by: "imani", body: { reason: "NeedsRemain" } },
  "reopen-case": { by: "imani", body: { reason: "NewNeeds" } },
  "start-follow-up": {},
  "resume-support": { body: { reason: "AskedForHelp" } },
};
export const caseStatus: Machine = {
  of: "a case",
  begin: async (told) => {
    told.at = await told.begun("/v1/cases/notify-case", unspoken);
    await told.did("give-consent", consentTo("Interview"));
    return told.at;
  },
  seen: ({ stage, closure }) => (stage === "Open" && closure.episode > 1 ? "Reopened" : stage),
  states: {
    Draft: (told) => told.provide(),
    Screening: async (told) => {
      await told.did("start-screening", { formVersion: 1 });
      await told.provide();
    },
    Open: opened,
    FollowUp: async (told) => {
      await opened(told);
      await told.did("start-follow-up");
    },
    ClosureRequested: async (told) => {
      await opened(told);
      await told.did("request-closure", asked);
    },
    Closed: closed,
    Reopened: async (told) => {
      await closed(told);
      await told.did("reopen-case", { reason: "NewNeeds" }, "imani");
    },
  },
  changes: { ...ofStatus, ...ofEveryTopic },
  table: `
                                    | Draft               | Screening           | Open                | FollowUp            | ClosureRequested        | Closed              | Reopened
start-screening                     | Screening           | already             | already             | CaseInFollowUp      | already                 | CaseNotOpen         | already
complete-screening                  | ScreeningNotStarted | Open                | done                | CaseInFollowUp      | done                    | CaseNotOpen         | done
request-closure                     | ClosureRequested    | ClosureRequested    | ClosureRequested    | ClosureRequested    | already                 | CaseNotOpen         | ClosureRequested
request-closure for another reason  | ClosureRequested    | ClosureRequested    | ClosureRequested    | ClosureRequested    | ClosureAlreadyRequested | CaseNotOpen         | ClosureRequested
approve-closure                     | ClosureNotRequested | ClosureNotRequested | ClosureNotRequested | ClosureNotRequested | Closed                  | already             | ClosureNotRequested
approve-closure by who requested it | 404 NotFound        | 404 NotFound        | 404 NotFound        | 404 NotFound        | 404 NotFound            | 404 NotFound        | 404 NotFound
reject-closure                      | ClosureNotRequested | ClosureNotRequested | ClosureNotRequested | ClosureNotRequested | Open                    | ClosureNotRequested | ClosureNotRequested
reopen-case                         | CaseNotClosed       | CaseNotClosed       | CaseNotClosed       | CaseNotClosed       | CaseNotClosed           | Reopened            | already
start-follow-up                     | FollowUp            | FollowUp            | FollowUp            | already             | ClosureAlreadyRequested | CaseNotOpen         | FollowUp
resume-support                      | already             | already             | already             | Open                | already                 | CaseNotOpen         | already

                                 | Draft                 | Screening             | Open | FollowUp | ClosureRequested | Closed      | Reopened
acknowledge-notification         | done                  | done                  | done | done     | done             | done        | done
supplement-first-contact         | done                  | done                  | done | done     | done             | CaseNotOpen | done
change-urgency                   | done                  | done                  | done | done     | done             | CaseNotOpen | done
assess-age                       | done                  | done                  | done | done     | done             | CaseNotOpen | done
record-identity                  | done                  | done                  | done | done     | done             | CaseNotOpen | done
record-contact                   | done                  | done                  | done | done     | done             | CaseNotOpen | done
record-trafficking-history-event | done                  | done                  | done | done     | done             | CaseNotOpen | done
record-trafficking-details       | done                  | done                  | done | done     | done             | CaseNotOpen | done
refer-on                         | done                  | done                  | done | done     | done             | CaseNotOpen | done
determine-trafficking-status     | ScreeningNotCompleted | ScreeningNotCompleted | done | done     | done             | CaseNotOpen | done
decline-referral-on              | NoReferralDue         | NoReferralDue         | done | done     | done             | CaseNotOpen | done
grant-reflection-period          | NoReasonableGrounds   | NoReasonableGrounds   | done | done     | done             | CaseNotOpen | done
extend-reflection-period         | NoReflectionPeriod    | NoReflectionPeriod    | done | done     | done             | CaseNotOpen | done
end-reflection-period            | NoReflectionPeriod    | NoReflectionPeriod    | done | done     | done             | done        | done

                             | Draft | Screening | Open | FollowUp | ClosureRequested | Closed      | Reopened
give-consent                 | done  | done      | done | done     | done             | CaseNotOpen | done
refuse-consent               | done  | done      | done | done     | done             | CaseNotOpen | done
narrow-consent               | done  | done      | done | done     | done             | done        | done
withdraw-consent             | done  | done      | done | done     | done             | done        | done
invoke-emergency-processing  | done  | done      | done | done     | done             | CaseNotOpen | done
confirm-emergency-processing | done  | done      | done | done     | done             | done        | done
refuse-emergency-processing  | done  | done      | done | done     | done             | done        | done
review-emergency-processing  | done  | done      | done | done     | done             | done        | done

                            | Draft | Screening | Open | FollowUp       | ClosureRequested | Closed      | Reopened
request-service             | done  | done      | done | CaseInFollowUp | done             | CaseNotOpen | done
request-urgent-care         | done  | done      | done | CaseInFollowUp | done             | CaseNotOpen | done
deliver-service             | done  | done      | done | CaseInFollowUp | done             | CaseNotOpen | done
schedule-service            | done  | done      | done | CaseInFollowUp | done             | CaseNotOpen | done
miss-service                | done  | done      | done | CaseInFollowUp | done             | CaseNotOpen | done
record-service-outcome      | done  | done      | done | done           | done             | done        | done
record-service-satisfaction | done  | done      | done | done           | done             | done        | done
decline-service             | done  | done      | done | done           | done             | done        | done

                     | Draft | Screening | Open | FollowUp       | ClosureRequested | Closed      | Reopened
draft-case-plan      | done  | done      | done | CaseInFollowUp | done             | CaseNotOpen | done
set-goal             | done  | done      | done | CaseInFollowUp | done             | CaseNotOpen | done
set-plan-action      | done  | done      | done | CaseInFollowUp | done             | CaseNotOpen | done
agree-to-case-plan   | done  | done      | done | done           | done             | CaseNotOpen | done
submit-case-plan     | done  | done      | done | CaseInFollowUp | done             | CaseNotOpen | done
approve-case-plan    | done  | done      | done | done           | done             | CaseNotOpen | done
reject-case-plan     | done  | done      | done | done           | done             | CaseNotOpen | done
review-case-plan     | done  | done      | done | done           | done             | CaseNotOpen | done
complete-plan-action | done  | done      | done | done           | done             | CaseNotOpen | done
record-goal-progress | done  | done      | done | done           | done             | CaseNotOpen | done
achieve-goal         | done  | done      | done | done           | done             | CaseNotOpen | done
abandon-goal         | done  | done      | done | done           | done             | CaseNotOpen | done

                          | Draft | Screening | Open | FollowUp             | ClosureRequested | Closed      | Reopened
assess-risk               | done  | done      | done | done                 | done             | CaseNotOpen | done
agree-safety-plan         | done  | done      | done | done                 | done             | CaseNotOpen | done
report-security-incident  | done  | done      | done | done                 | done             | done        | done
resolve-security-incident | done  | done      | done | done                 | done             | done        | done
raise-flag                | done  | done      | done | done                 | done             | done        | done
lower-flag                | done  | done      | done | done                 | done             | done        | done
agree-safe-contact        | done  | done      | done | done                 | done             | CaseNotOpen | done
record-contact-attempt    | done  | done      | done | FollowUpNotConsented | done             | CaseNotOpen | done

                      | Draft | Screening | Open | FollowUp | ClosureRequested | Closed      | Reopened
add-note              | done  | done      | done | done     | done             | CaseNotOpen | done
retract-note          | done  | done      | done | done     | done             | done        | done
add-document          | done  | done      | done | done     | done             | CaseNotOpen | done
withdraw-document     | done  | done      | done | done     | done             | done        | done
mark-entry-erroneous  | done  | done      | done | done     | done             | done        | done
complete-assessment   | done  | done      | done | done     | done             | CaseNotOpen | done
supplement-assessment | done  | done      | done | done     | done             | CaseNotOpen | done
link-related-case     | done  | done      | done | done     | done             | CaseNotOpen | done
confirm-related-case  | done  | done      | done | done     | done             | done        | done
unlink-related-case   | done  | done      | done | done     | done             | done        | done

                     | Draft | Screening | Open | FollowUp | ClosureRequested | Closed | Reopened
assign-worker        | done  | done      | done | done     | done             | done   | done
remove-worker        | done  | done      | done | done     | done             | done   | done
hand-over-case       | done  | done      | done | done     | done             | done   | done
raise-wall           | done  | done      | done | done     | done             | done   | done
lower-wall           | done  | done      | done | done     | done             | done   | done
invoke-break-glass   | done  | done      | done | done     | done             | done   | done
review-break-glass   | done  | done      | done | done     | done             | done   | done
close-to-break-glass | done  | done      | done | done     | done             | done   | done
open-to-break-glass  | done  | done      | done | done     | done             | done   | done
issue-warrant        | done  | done      | done | done     | done             | done   | done
revoke-warrant       | done  | done      | done | done     | done             | done   | done
`,
};
