import { Code, Codes, Key, Inner, Moment, Text, ViewOf } from "#projection/declare/columns.js";
import { Shape, Structures } from "#projection/declare/shapes.js";
import { view, type FactsOf, type Project } from "#projection/declare/view.js";
import type { Located } from "#store/stored.js";
import { cases } from "../cases.js";
import { workArea as area } from "./areas.js";
import { workKinds, type WorkKind } from "./vocabulary.js";
import { isSettled, waitingFor, waits, type Work } from "./waiting.js";

@Shape("WorkItem")
class WorkItem {
  @Code(workKinds, { area, description: "Why it stands here" }) kind!: WorkKind;
  @Text({ area, description: "What it is about, such as the id of a consent" }) about!: string;
  @Moment({ area, description: "By when; what is past is overdue" }) dueAt!: string;
  @Text({ area, optional: true, description: "Who does it, where that was said" }) assignee!: string | null;
}

/**
 * What waits in a case: derived from what was told and from nothing else, so that nobody keeps a second list. What is settled is gone from it, and
 * with its closing what is owed no more.
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
  @Moment({ area, description: "By when the first of it is due; what is past is overdue" }) nextDueAt!: string;
  @Codes(workKinds, { area }) kinds!: WorkKind[];
  @Structures(WorkItem, { description: "Soonest first" }) items!: WorkItem[];
  @Inner() waiting!: Work;
}

type CaseFact = Located<FactsOf<typeof cases>>;
type Step = (work: Work) => Work;

/** The row after these steps; none where nothing waits. */
const after = (row: CaseWorkView | null, { streamId }: Pick<CaseFact, "streamId">, ...steps: readonly Step[]): CaseWorkView | null => {
  const waiting = steps.reduce<Work>((work, step) => step(work), row?.waiting ?? []);
  const [first] = waiting;
  if (!first) return null;
  const items = waiting.map(({ kind, about, dueAt, assignee }) => ({ kind, about, dueAt, assignee }));
  return { id: streamId, nextDueAt: first.dueAt, kinds: [...new Set(items.map(({ kind }) => kind))], items, waiting };
};

const hours = (at: string, count: number): string => new Date(Date.parse(at) + count * 3_600_000).toISOString();
/** Of whoever is taken in: seen by a nurse within a day, and by whoever is there for her mind within three (shelters' practice, 3.1 of the domain reference). */
const [healthCheck, psychosocialContact, risk, safetyPlan, closing] = [
  "health check",
  "psychosocial contact",
  "risk",
  "safety plan",
  "closure",
];
const firstCare: Readonly<Partial<Record<string, string>>> = { Health: healthCheck, Psychosocial: psychosocialContact };

const project: Project<CaseWorkView, FactsOf<typeof cases>> = {
  PlacedInShelter: (row, fact) =>
    after(
      row,
      fact,
      waits(healthCheck, "InitialHealthCheck", hours(fact.at, 24)),
      waits(psychosocialContact, "FirstPsychosocialContact", hours(fact.at, 72)),
    ),
  ShelterPlacementEnded: (row, fact) => after(row, fact, isSettled(healthCheck, psychosocialContact)),
  ConsentGiven: (row, fact) => after(row, fact, waits(fact.data.consentId, "ConsentEnding", fact.data.expiresAt)),
  ConsentNarrowed: (row, fact) => {
    const { consentId, expiresAt } = fact.data;
    const before = row && waitingFor(row.waiting, consentId);
    return before && before.dueAt > expiresAt ? after(row, fact, waits(consentId, "ConsentEnding", expiresAt)) : row;
  },
  ConsentWithdrawn: (row, fact) => after(row, fact, isSettled(fact.data.consentId)),
  ConsentExpired: (row, fact) => after(row, fact, isSettled(fact.data.consentId)),
  EmergencyProcessingInvoked: (row, fact) => after(row, fact, waits(fact.data.emergency, "EmergencyReview", fact.data.reviewBy)),
  EmergencyProcessingReviewed: (row, fact) => after(row, fact, isSettled(fact.data.emergency)),
  ServiceRequested: (row, fact) => {
    const { service, urgentStep, dueBy } = fact.data;
    return dueBy === undefined ? row : after(row, fact, waits(service, urgentStep ? "UrgentCare" : "Service", dueBy));
  },
  ServiceScheduled: (row, fact) => {
    const { service, plannedFor } = fact.data;
    return row && waitingFor(row.waiting, service) ? row : after(row, fact, waits(service, "Service", plannedFor));
  },
  ServiceDelivered: (row, fact) => after(row, fact, isSettled(fact.data.service, firstCare[fact.data.group] ?? "")),
  ServiceDeclined: (row, fact) => after(row, fact, isSettled(fact.data.service ?? firstCare[fact.data.group] ?? "")),
  CasePlanDrafted: (row, fact) => {
    const { plan, reviewBy } = fact.data;
    return after(row, fact, waits(plan, "PlanReview", reviewBy, { told: reviewBy }));
  },
  CasePlanSubmitted: (row, fact) => {
    const { plan } = fact.data;
    const told = (row && waitingFor(row.waiting, plan)?.told) ?? fact.at;
    return after(row, fact, waits(plan, "PlanDecision", fact.at, { told }));
  },
  CasePlanApproved: (row, fact) => {
    const { plan } = fact.data;
    const told = (row && waitingFor(row.waiting, plan)?.told) ?? fact.at;
    return after(row, fact, waits(plan, "PlanReview", told));
  },
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
  RiskAssessed: (row, fact) => {
    const before = row && waitingFor(row.waiting, risk);
    // What is told late does not take the place of what was said since.
    if (before && before.told > fact.at) return row;
    return after(row, fact, waits(risk, "RiskReview", fact.data.reviewBy, { told: fact.at }));
  },
  SafetyPlanAgreed: (row, fact) => {
    const before = row && waitingFor(row.waiting, safetyPlan);
    if (before && before.told > fact.at) return row;
    return after(row, fact, waits(safetyPlan, "SafetyPlanReview", fact.data.reviewBy, { told: fact.at }));
  },
  SecurityIncidentReported: (row, fact) => after(row, fact, waits(fact.data.incident, "Incident", fact.at)),
  SecurityIncidentResolved: (row, fact) => after(row, fact, isSettled(fact.data.incident)),
  CaseClosureRequested: (row, fact) => after(row, fact, waits(closing, "ClosureDecision", fact.at)),
  CaseClosureRejected: (row, fact) => after(row, fact, isSettled(closing)),
  // What is still owed of a case that is closed: a review of what was done without consent, and an incident that is not settled.
  CaseClosed: (row, fact) => after(row, fact, (work) => work.filter(({ kind }) => kind === "EmergencyReview" || kind === "Incident")),
};

export const caseWorkView = view(cases)(CaseWorkView, { version: 1, key: ({ streamId }) => streamId, project });
