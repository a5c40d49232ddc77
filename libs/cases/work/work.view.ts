import { Code, Codes, Key, Inner, Moment, Text, ViewOf } from "#projection/declare/columns.js";
import { Shape, Structures } from "#projection/declare/shapes.js";
import { view, type FactsOf, type Project } from "#projection/declare/view.js";
import { earlier } from "#kernel/in-time.js";
import type { Located } from "#store/stored.js";
import { cases } from "../cases.js";
import type { TraffickingStatus } from "../vocabulary.js";
import { minimumAfter, missing, tellingOfMinimum, type Minimum } from "../intake/minimum.js";
import { workArea as area } from "./areas.js";
import { workKinds, type WorkKind } from "./vocabulary.js";
import { becomes, isClosed, isSettled, nothingWaits, waitingIn, waits, type Step, type Work } from "./waiting.js";

@Shape("WorkItem")
class WorkItem {
  @Code(workKinds, { area, description: "Why it stands here" }) kind!: WorkKind;
  @Text({ area, description: "What it is about, such as the id of a consent" }) about!: string;
  @Moment({ area, description: "By when; what is past is overdue" }) dueAt!: string;
  @Text({ area, optional: true, description: "Who does it, where that was said" }) assignee!: string | null;
}

/**
 * What waits in a case: derived from what was told and from nothing else, so that nobody keeps a second list. A case where nothing waits is in no
 * list of work.
 */
@ViewOf("CaseWork", {
  about: ["case", "id"],
  concerns: ["case", "id"],
  indexes: [
    ["nextDueAt", "id"],
    ["kinds", "nextDueAt", "id"],
  ],
})
export class CaseWorkView {
  @Key() id!: string;
  @Moment({ area, optional: true, description: "By when the first of it is due; what is past is overdue" }) nextDueAt!: string | null;
  @Codes(workKinds, { area }) kinds!: WorkKind[];
  @Structures(WorkItem, { description: "Soonest first" }) items!: WorkItem[];
  @Inner() work!: Work;
  /** Of a case that began with a notification, what is known of the least that is to be known. */
  @Inner("jsonb", { optional: true }) minimum!: Minimum | null;
}

type CaseFact = Located<FactsOf<typeof cases>>;

const after = (row: CaseWorkView | null, { streamId, at }: Pick<CaseFact, "streamId" | "at">, ...steps: readonly Step[]): CaseWorkView => {
  const work = steps.reduce((before, step) => step(before, at), row?.work ?? nothingWaits);
  const items = waitingIn(work).map(({ kind, about, dueAt, assignee }) => ({ kind, about, dueAt, assignee }));
  const kinds = [...new Set(items.map(({ kind }) => kind))];
  return { id: streamId, nextDueAt: items[0]?.dueAt ?? null, kinds, items, work, minimum: row?.minimum ?? null };
};

const hours = (at: string, count: number): string => new Date(Date.parse(at) + count * 3_600_000).toISOString();
/** Of whoever is taken in: seen by a nurse within a day, and by whoever is there for her mind within three (shelters' practice, 3.1 of the domain reference). */
const healthCheck = ["health check", "InitialHealthCheck"] as const;
const psychosocialContact = ["psychosocial contact", "FirstPsychosocialContact"] as const;
const [acknowledgement, completion] = ["acknowledgement", "notification"];
const [risk, safetyPlan, closing, referralOn] = ["risk", "safety plan", "closure", "referral on"];
/** It waits beside the review of the same emergency. */
const confirmationOf = (emergency: string): string => `confirmation ${emergency}`;
const firstCare: Readonly<Partial<Record<string, readonly [about: string, kind: WorkKind]>>> = {
  Health: healthCheck,
  Psychosocial: psychosocialContact,
};
/** Was given or is not wanted, whether or not she has been taken in by then: who is taken in later needs it again. */
const isCaredFor = (group: string): readonly Step[] => {
  const care = firstCare[group];
  return care ? [waits(...care, null)] : [];
};

/** Whoever is found not to be a victim is owed a referral, at once; whoever is found otherwise is owed none. */
const referral = ({ status }: { readonly status: TraffickingStatus }, at: string): Step =>
  waits(referralOn, "ReferralOn", status === "NotAVictimOfTrafficking" ? at : null);

const isLonger = (until: string, before: string | undefined): boolean => before !== undefined && until > before;

const project: Project<CaseWorkView, FactsOf<typeof cases>> = {
  CaseOpened: (row, fact) => {
    const { notification } = fact.data;
    if (!notification) return row;
    const { acknowledgeBy } = notification;
    const answer = acknowledgeBy === undefined ? [] : [waits(acknowledgement, "Acknowledgement", acknowledgeBy)];
    return { ...after(row, fact, ...answer), minimum: cases.initial };
  },
  NotificationAcknowledged: (row, fact) => after(row, fact, isSettled(acknowledgement)),
  PlacedInShelter: (row, fact) =>
    after(row, fact, waits(...healthCheck, hours(fact.at, 24)), waits(...psychosocialContact, hours(fact.at, 72))),
  ShelterPlacementEnded: (row, fact) => after(row, fact, isSettled(healthCheck[0]), isSettled(psychosocialContact[0])),
  ConsentGiven: (row, fact) => after(row, fact, waits(fact.data.consentId, "ConsentEnding", fact.data.expiresAt)),
  // Of two ends that she has named the earlier counts, whichever was told later.
  ConsentNarrowed: (row, fact) =>
    after(
      row,
      fact,
      becomes(fact.data.consentId, ({ at, dueAt }) => ({ at, dueAt: dueAt && earlier(dueAt, fact.data.expiresAt) })),
    ),
  ConsentWithdrawn: (row, fact) => after(row, fact, isSettled(fact.data.consentId)),
  ConsentExpired: (row, fact) => after(row, fact, isSettled(fact.data.consentId)),
  EmergencyProcessingInvoked: (row, fact) => {
    const { emergency, authorisedBy, confirmBy, reviewBy } = fact.data;
    const confirming =
      confirmBy === null ? [] : [waits(confirmationOf(emergency), "EmergencyConfirmation", confirmBy, { assignee: authorisedBy })];
    return after(row, fact, waits(emergency, "EmergencyReview", reviewBy), ...confirming);
  },
  EmergencyProcessingConfirmed: (row, fact) => after(row, fact, isSettled(confirmationOf(fact.data.emergency))),
  EmergencyProcessingRefused: (row, fact) => after(row, fact, isSettled(confirmationOf(fact.data.emergency))),
  EmergencyProcessingLapsed: (row, fact) => after(row, fact, isSettled(confirmationOf(fact.data.emergency))),
  EmergencyProcessingReviewed: (row, fact) => {
    const { emergency, finding } = fact.data;
    // What was not justified, nobody authorises any more.
    const confirming = finding === "NotJustified" ? [isSettled(confirmationOf(emergency))] : [];
    return after(row, fact, isSettled(emergency), ...confirming);
  },
  ServiceRequested: (row, fact) => {
    const { service, urgentStep, dueBy } = fact.data;
    return after(row, fact, waits(service, urgentStep ? "UrgentCare" : "Service", dueBy ?? null, { by: dueBy }));
  },
  ServiceScheduled: (row, fact) => {
    const { service, plannedFor } = fact.data;
    return after(
      row,
      fact,
      becomes(service, ({ by }) => ({ dueAt: by === undefined ? plannedFor : earlier(by, plannedFor) })),
    );
  },
  // It is to be arranged anew, from then on.
  ServiceMissed: (row, fact) =>
    after(
      row,
      fact,
      becomes(fact.data.service, (_, at) => ({ dueAt: at })),
    ),
  ServiceDelivered: (row, fact) => {
    const { service, group } = fact.data;
    // It may be planned again, whether or not it was asked for before.
    const begun: Step = (work, at) => (work.said.some(({ about }) => about === service) ? work : waits(service, "Service", null)(work, at));
    return after(row, fact, begun, isSettled(service), ...isCaredFor(group));
  },
  ServiceDeclined: (row, fact) => {
    const { service, group } = fact.data;
    return after(row, fact, ...(service === undefined ? isCaredFor(group) : [isSettled(service)]));
  },
  CasePlanDrafted: (row, fact) => {
    const { plan, reviewBy } = fact.data;
    return after(row, fact, waits(plan, "PlanReview", reviewBy, { by: reviewBy }));
  },
  CasePlanSubmitted: (row, fact) =>
    after(
      row,
      fact,
      becomes(fact.data.plan, (_, at) => ({ kind: "PlanDecision", dueAt: at })),
    ),
  CasePlanApproved: (row, fact) =>
    after(
      row,
      fact,
      becomes(fact.data.plan, ({ by }, at) => ({ kind: "PlanReview", dueAt: by ?? at })),
    ),
  CasePlanReviewed: (row, fact) => after(row, fact, waits(fact.data.plan, "PlanReview", fact.data.nextReviewBy)),
  CasePlanRejected: (row, fact) => after(row, fact, isSettled(fact.data.plan)),
  CasePlanSuperseded: (row, fact) => after(row, fact, isSettled(fact.data.plan)),
  GoalSet: (row, fact) => after(row, fact, waits(fact.data.goal, "Goal", fact.data.dueBy)),
  GoalAchieved: (row, fact) => after(row, fact, isSettled(fact.data.goal)),
  GoalAbandoned: (row, fact) => after(row, fact, isSettled(fact.data.goal)),
  PlanActionSet: (row, fact) => {
    const { action, goal, dueBy, responsible } = fact.data;
    return after(row, fact, waits(action, "PlanAction", dueBy, { assignee: responsible, goal }));
  },
  PlanActionDone: (row, fact) => after(row, fact, isSettled(fact.data.action)),
  RiskAssessed: (row, fact) => after(row, fact, waits(risk, "RiskReview", fact.data.reviewBy)),
  SafetyPlanAgreed: (row, fact) => after(row, fact, waits(safetyPlan, "SafetyPlanReview", fact.data.reviewBy)),
  TraffickingStatusDetermined: (row, fact) => after(row, fact, referral(fact.data, fact.at)),
  TraffickingStatusRevised: (row, fact) => after(row, fact, referral(fact.data, fact.at)),
  ReferredOn: (row, fact) => after(row, fact, isSettled(referralOn)),
  ReferralOnDeclined: (row, fact) => after(row, fact, isSettled(referralOn)),
  ReflectionPeriodGranted: (row, fact) => after(row, fact, waits(fact.data.period, "ReflectionPeriodEnding", fact.data.until)),
  ReflectionPeriodExtended: (row, fact) =>
    after(
      row,
      fact,
      becomes(fact.data.period, ({ at, dueAt, by }) => ({ at, dueAt: isLonger(fact.data.until, dueAt ?? by) ? fact.data.until : dueAt })),
    ),
  // That its time is over may turn out to have been too soon, by an extension that is told late. Her own decision stands.
  ReflectionPeriodEnded: (row, fact) =>
    after(
      row,
      fact,
      becomes(fact.data.period, ({ at, dueAt }) => ({
        at,
        dueAt: null,
        by: fact.data.reason === "Elapsed" ? (dueAt ?? undefined) : undefined,
      })),
    ),
  RelatedCaseLinked: (row, fact) => after(row, fact, waits(fact.data.link, "RelatedCaseCheck", fact.at)),
  RelatedCaseConfirmed: (row, fact) => after(row, fact, isSettled(fact.data.link)),
  RelatedCaseUnlinked: (row, fact) => after(row, fact, isSettled(fact.data.link)),
  AssessmentCompleted: (row, fact) => {
    const { assessment, reviewBy } = fact.data;
    return reviewBy === undefined ? row : after(row, fact, waits(assessment, "AssessmentReview", reviewBy));
  },
  AssessmentSuperseded: (row, fact) => after(row, fact, isSettled(fact.data.assessment)),
  SecurityIncidentReported: (row, fact) => after(row, fact, waits(fact.data.incident, "Incident", fact.at)),
  SecurityIncidentResolved: (row, fact) => after(row, fact, isSettled(fact.data.incident)),
  CaseClosureRequested: (row, fact) => after(row, fact, waits(closing, "ClosureDecision", fact.at)),
  CaseClosureRejected: (row, fact) => after(row, fact, isSettled(closing)),
  CaseClosed: (row, fact) => after(row, fact, isSettled(closing), isClosed(true)),
  CaseReopened: (row, fact) => after(row, fact, isClosed(false)),
};

/** The row after a fact, in which completion waits as long as something is missing, whenever that was told. */
const completed = (row: CaseWorkView | null, fact: CaseFact): CaseWorkView | null => {
  if (!row?.minimum) return row;
  const minimum = minimumAfter(row.minimum, fact, { at: fact.at, by: fact.metadata.by });
  const { notification, openedAt } = minimum.intake;
  const dueAt = missing(minimum).length > 0 ? (notification?.completeBy ?? null) : null;
  const since = { streamId: fact.streamId, at: openedAt ?? fact.at };
  return { ...after(row, since, waits(completion, "NotificationCompletion", dueAt)), minimum };
};
type Handler = (row: CaseWorkView | null, fact: CaseFact) => CaseWorkView | null;
/** What each of these tells may complete a notification, or leave something missing again. */
const completing = Object.fromEntries(
  tellingOfMinimum.map((type) => {
    const handler = (project as Readonly<Record<string, Handler | undefined>>)[type];
    return [type, ((row, fact) => completed(handler ? handler(row, fact) : row, fact)) satisfies Handler];
  }),
);

export const caseWorkView = view(cases)(CaseWorkView, {
  version: 6,
  key: ({ streamId }) => streamId,
  project: { ...project, ...completing },
});
