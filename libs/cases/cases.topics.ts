import { may, related } from "#access/decide.js";
import { topicsOf } from "#topics/topic.js";
import { assessmentTopic } from "./assessment/assessment.topic.js";
import { breakGlassTopic } from "./break-glass/break-glass.topic.js";
import { cases } from "./cases.js";
import { closureTopicWith, type ClosureRequires } from "./closure/closure.topic.js";
import { correctionTopic } from "./corrections/corrections.topic.js";
import { consentTopic } from "./consent/consent.topic.js";
import { documentTopic } from "./documents/documents.topic.js";
import { identityTopic, intakeTopic } from "./intake/intake.topic.js";
import { noteTopic } from "./notes/notes.topic.js";
import { placementTopic, reservationTopic } from "./placement/placement.topic.js";
import { planTopic } from "./plan/plan.topic.js";
import { reflectionTopic } from "./reflection/reflection.topic.js";
import { relatedTopic } from "./related/related.topic.js";
import { safeContactTopic } from "./safe-contact/safe-contact.topic.js";
import { safetyTopic } from "./safety/safety.topic.js";
import { screeningTopic } from "./screening/screening.topic.js";
import { serviceTopic } from "./services/services.topic.js";
import { isFollowedUp, screenedOf, stageOf } from "./stage.js";
import { teamTopic, wallTopic } from "./team/team.topic.js";
import { warrantTopic } from "./warrant/warrant.topic.js";
import { workTopic } from "./work/work.topic.js";
import { workloadTopic } from "./workload/workload.topic.js";

/** What follows from the state of a case and is told beside it. */
export const derivedOf = ({ screening, closure }: Pick<typeof cases.initial, "screening" | "closure">) => ({
  stage: stageOf(screenedOf(screening), closure.status, isFollowedUp(closure)),
});

/**
 * Everything about a case. It is for those who stand in a relation to it, as far as their role's cell goes. Where she sleeps is for the staff of that house, in the
 * state and in whatever has happened alike. A slice of `cases` without its topic does not compile.
 */
export const caseTopicsWith = (needs: ClosureRequires) =>
  topicsOf(
    cases,
    {
      intake: intakeTopic,
      known: identityTopic,
      screening: screeningTopic,
      consents: consentTopic,
      closure: closureTopicWith(needs),
      placement: placementTopic,
      reservations: reservationTopic,
      team: teamTopic,
      walls: wallTopic,
      breakGlass: breakGlassTopic,
      warrants: warrantTopic,
      services: serviceTopic,
      plan: planTopic,
      safety: safetyTopic,
      safeContact: safeContactTopic,
      notes: noteTopic,
      corrections: correctionTopic,
      reflection: reflectionTopic,
      relatedCases: relatedTopic,
      assessments: assessmentTopic,
      documents: documentTopic,
      work: workTopic,
      workload: workloadTopic,
    },
    {
      belongsTo: () => related,
      subject: ({ intake }) => intake.subject,
      derived: { areas: { stage: "case" }, from: derivedOf },
      history: may("read", "history", "CaseManagement", "Oversight"),
      access: may("read", "access", "Oversight"),
    },
  );
