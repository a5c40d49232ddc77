import type { Fact } from "#kernel/kernel.js";
import type { Located } from "#store/stored.js";
import { caseWorkView, type CaseWorkView } from "./work.view.js";

type Handler = (row: CaseWorkView | null, fact: Located<Fact>) => CaseWorkView | null;
const project = caseWorkView.project as unknown as Record<string, Handler>;

const by = { id: "amina", role: "shelter-case-manager" };

/** The line of a case after these facts, an hour apart. */
const lineAfter = (...facts: readonly [type: string, data: object][]) =>
  facts.reduce<CaseWorkView | null>((row, [type, data], hour) => {
    const at = `2026-01-10T${String(hour).padStart(2, "0")}:00:00.000Z`;
    return project[type]!(row, { type, data, at, id: `f-${hour}`, streamId: "case-1", metadata: { by } } as unknown as Located<Fact>);
  }, null);
/** What waits, soonest first. */
const waiting = (...facts: readonly [type: string, data: object][]) =>
  lineAfter(...facts)?.items.map(({ kind, dueAt }) => [kind, dueAt]) ?? [];
const [soon, later] = ["2026-02-01T08:00:00.000Z", "2026-03-01T08:00:00.000Z"];

test("a consent ends when it was said, or when it was narrowed to, and waits no more once it has", () => {
  const given: [string, object] = ["ConsentGiven", { consentId: "c-1", expiresAt: later }];
  expect(waiting(given, ["ConsentNarrowed", { consentId: "c-1", expiresAt: soon }])).toEqual([["ConsentEnding", soon]]);
  expect(waiting(given, ["ConsentNarrowed", { consentId: "c-1", expiresAt: later }])).toEqual([["ConsentEnding", later]]);
  for (const end of ["ConsentWithdrawn", "ConsentExpired"]) expect(waiting(given, [end, { consentId: "c-1" }])).toEqual([]);
});

describe("a notification", () => {
  const least = {
    subject: "s-1",
    source: "Police",
    urgency: "Immediate",
    region: "Other",
    sex: "Female",
    ageBand: "21-29",
    language: "sw",
  };
  const notified: [string, object] = [
    "CaseOpened",
    { ...least, referringOrganisation: "o-1", notification: { acknowledgeBy: soon, completeBy: later } },
  ];
  const due = [
    ["Acknowledgement", soon],
    ["NotificationCompletion", later],
  ];
  test("waits to be answered, and to be completed", () => {
    expect(waiting(notified)).toEqual(due);
    expect(waiting(notified, ["NotificationAcknowledged", { channel: "Phone" }])).toEqual([due[1]]);
    expect(waiting(["CaseOpened", least])).toEqual([]);
  });
  test("waits no more once nothing is missing", () => {
    const consented: [string, object] = ["ConsentGiven", { consentId: "c-1", purpose: "Interview", expiresAt: later }];
    const named: [string, object] = ["IdentityRecorded", { citizenships: ["TZ"], languages: [] }];
    const agreed: [string, object] = ["SafeContactAgreed", { channels: [], hours: [], agreedWith: "self" }];
    const consent = ["ConsentEnding", later];
    expect(waiting(notified, consented, named)).toEqual([due[0], consent, due[1]]);
    expect(waiting(notified, consented, named, agreed)).toEqual([due[0], consent]);
    expect(waiting(notified, consented, named, agreed, ["CaseClosed", { reason: "Other" }])).toEqual([due[0]]);
    const removed: [string, object] = ["IdentityRecorded", { citizenships: [], languages: [], removed: ["identity"] }];
    expect(waiting(notified, consented, named, agreed, removed)).toEqual([due[0], consent, due[1]]);
  });
});

test("help waits by when it is due or planned, until it is given or declined", () => {
  const asked: [string, object] = ["ServiceRequested", { service: "s-1", group: "Health", dueBy: soon }];
  expect(waiting(asked)).toEqual([["Service", soon]]);
  expect(waiting(["ServiceRequested", { service: "s-1", group: "Health", urgentStep: "Within72Hours", dueBy: soon }])).toEqual([
    ["UrgentCare", soon],
  ]);
  expect(waiting(asked, ["ServiceScheduled", { service: "s-1", plannedFor: later }])).toEqual([["Service", soon]]);
  expect(waiting(["ServiceRequested", { service: "s-1", group: "Legal" }])).toEqual([]);
  expect(
    waiting(["ServiceRequested", { service: "s-1", group: "Legal" }], ["ServiceScheduled", { service: "s-1", plannedFor: later }]),
  ).toEqual([["Service", later]]);
  for (const end of ["ServiceDelivered", "ServiceDeclined"]) expect(waiting(asked, [end, { service: "s-1", group: "Health" }])).toEqual([]);
});

test("a plan waits to be decided, and then to be reviewed", () => {
  const drafted: [string, object] = ["CasePlanDrafted", { plan: "p-1", version: 1, reviewBy: later }];
  const submitted: [string, object] = ["CasePlanSubmitted", { plan: "p-1" }];
  expect(waiting(drafted)).toEqual([["PlanReview", later]]);
  expect(waiting(drafted, submitted)).toEqual([["PlanDecision", "2026-01-10T01:00:00.000Z"]]);
  expect(waiting(drafted, submitted, ["CasePlanApproved", { plan: "p-1" }])).toEqual([["PlanReview", later]]);
  expect(waiting(drafted, submitted, ["CasePlanRejected", { plan: "p-1" }])).toEqual([]);
  expect(waiting(drafted, ["CasePlanReviewed", { plan: "p-1", nextReviewBy: soon }])).toEqual([["PlanReview", soon]]);
  expect(waiting(drafted, ["CasePlanSuperseded", { plan: "p-1" }])).toEqual([]);
});

test("goals and the steps towards them wait until they are done or given up", () => {
  const set: [string, object] = ["GoalSet", { goal: "g-1", plan: "p-1", domain: "Health", dueBy: soon }];
  const step: [string, object] = ["PlanActionSet", { action: "a-1", goal: "g-1", responsible: "amina", dueBy: soon }];
  expect(waiting(set)).toEqual([["Goal", soon]]);
  for (const end of ["GoalAchieved", "GoalAbandoned"]) expect(waiting(set, [end, { goal: "g-1" }])).toEqual([]);
  expect(waiting(step)).toEqual([["PlanAction", soon]]);
  expect(waiting(step, ["PlanActionDone", { action: "a-1", goal: "g-1" }])).toEqual([]);
});

test("what endangers her waits to be looked at again, as it was said last", () => {
  const risk = (reviewBy: string): [string, object] => ["RiskAssessed", { level: "High", reasons: ["Travel"], reviewBy }];
  expect(waiting(risk(soon), risk(later))).toEqual([["RiskReview", later]]);
  expect(waiting(["SafetyPlanAgreed", { version: 1, reviewBy: soon }], ["SafetyPlanAgreed", { version: 2, reviewBy: later }])).toEqual([
    ["SafetyPlanReview", later],
  ]);
  const incident: [string, object] = ["SecurityIncidentReported", { incident: "i-1", kind: "Threat", severity: "Serious" }];
  expect(waiting(incident)).toEqual([["Incident", "2026-01-10T00:00:00.000Z"]]);
  expect(waiting(incident, ["SecurityIncidentResolved", { incident: "i-1" }])).toEqual([]);
});

test("an assessment waits to be repeated, where it is to be, until a newer one stands", () => {
  const of = (assessment: string, reviewBy?: string): [string, object] => ["AssessmentCompleted", { assessment, reviewBy }];
  expect(waiting(of("a-1", soon))).toEqual([["AssessmentReview", soon]]);
  expect(waiting(of("a-1"))).toEqual([]);
  const superseded: [string, object] = ["AssessmentSuperseded", { assessment: "a-1", by: "a-2" }];
  expect(waiting(of("a-1", soon), of("a-2", later), superseded)).toEqual([["AssessmentReview", later]]);
  expect(waiting(of("a-1", soon), ["CaseClosed", { reason: "Other" }])).toEqual([]);
});

test("a closing waits to be decided", () => {
  const asked: [string, object] = ["CaseClosureRequested", { reason: "Other" }];
  expect(waiting(asked)).toEqual([["ClosureDecision", "2026-01-10T00:00:00.000Z"]]);
  for (const end of ["CaseClosureRejected", "CaseClosed"]) expect(waiting(asked, [end, { reason: "Other" }])).toEqual([]);
});

describe("whoever is taken in", () => {
  const placed: [string, object] = ["PlacedInShelter", { shelter: "s-1", stay: "st-1" }];
  const care = [
    ["InitialHealthCheck", "2026-01-11T00:00:00.000Z"],
    ["FirstPsychosocialContact", "2026-01-13T00:00:00.000Z"],
  ];
  const given = (group: string): [string, object] => ["ServiceDelivered", { service: "s-9", group }];
  test("is seen by a nurse within a day, and by whoever is there for her mind within three", () => {
    expect(waiting(placed)).toEqual(care);
    expect(waiting(placed, given("Health"))).toEqual([care[1]]);
    expect(waiting(placed, given("Psychosocial"))).toEqual([care[0]]);
    expect(waiting(placed, given("Legal"))).toEqual(care);
  });
  test("is not, where she wants none of it, or has left", () => {
    expect(waiting(placed, ["ServiceDeclined", { group: "Health" }])).toEqual([care[1]]);
    expect(waiting(placed, ["ServiceDeclined", { group: "Health", service: "s-9" }])).toEqual(care);
    expect(waiting(placed, ["ShelterPlacementEnded", { shelter: "s-1", stay: "st-1" }])).toEqual([]);
  });
});

test("with a goal the steps towards it are over, and with a case what is owed no more", () => {
  const step: [string, object] = ["PlanActionSet", { action: "a-1", goal: "g-1", responsible: "amina", dueBy: soon }];
  const goal: [string, object] = ["GoalSet", { goal: "g-1", plan: "p-1", domain: "Health", dueBy: later }];
  expect(waiting(goal, step).map(([kind]) => kind)).toEqual(["PlanAction", "Goal"]);
  expect(waiting(goal, step, ["GoalAbandoned", { goal: "g-1" }])).toEqual([]);
  const emergency: [string, object] = ["EmergencyProcessingInvoked", { emergency: "e-1", reviewBy: soon, confirmBy: null }];
  expect(waiting(step, emergency, ["CaseClosed", { reason: "Other" }])).toEqual([["EmergencyReview", soon]]);
});

test("a line says when the first of it is due, and each reason once; with her case all of it is over", () => {
  const goals: [string, object][] = ["g-1", "g-2"].map((goal, index) => ["GoalSet", { goal, dueBy: [later, soon][index] }]);
  const given: [string, object] = ["ConsentGiven", { consentId: "c-1", expiresAt: later }];
  const { id, nextDueAt, kinds } = lineAfter(...goals, given)!;
  expect([id, nextDueAt, kinds]).toEqual(["case-1", soon, ["Goal", "ConsentEnding"]]);
  const closed = lineAfter(...goals, given, ["CaseClosed", { reason: "Other" }])!;
  expect([closed.nextDueAt, closed.kinds, closed.items]).toEqual([null, [], []]);
});

test("what waited is there again when her case is reopened, unless it has ended meanwhile", () => {
  const goal: [string, object] = ["GoalSet", { goal: "g-1", dueBy: later }];
  const consents: [string, object][] = ["c-1", "c-2"].map((consentId) => ["ConsentGiven", { consentId, expiresAt: soon }]);
  const [closed, reopened]: [string, object][] = [
    ["CaseClosed", { reason: "Other" }],
    ["CaseReopened", { reason: "NewNeeds" }],
  ];
  expect(waiting(goal, ...consents, closed!, ["ConsentWithdrawn", { consentId: "c-1" }], reopened!)).toEqual([
    ["ConsentEnding", soon],
    ["Goal", later],
  ]);
});

test("help that was missed waits to be arranged anew, and by when she needs it in any case", () => {
  const asked: [string, object] = ["ServiceRequested", { service: "s-1", group: "Legal", dueBy: later }];
  const planned = (plannedFor: string): [string, object] => ["ServiceScheduled", { service: "s-1", plannedFor }];
  const missed: [string, object] = ["ServiceMissed", { service: "s-1", missedBy: "Person" }];
  expect(waiting(asked, planned(soon))).toEqual([["Service", soon]]);
  expect(waiting(asked, planned(soon), missed)).toEqual([["Service", "2026-01-10T02:00:00.000Z"]]);
  expect(waiting(asked, planned(soon), missed, planned("2026-04-01T08:00:00.000Z"))).toEqual([["Service", later]]);
  const given: [string, object] = ["ServiceDelivered", { service: "s-1", group: "Legal" }];
  expect(waiting(given)).toEqual([]);
  expect(waiting(given, planned(soon))).toEqual([["Service", soon]]);
});

describe("what is told late", () => {
  /** The line of a case after facts of these hours, in the order in which they are told. */
  const told = (...facts: readonly [hour: number, type: string, data: object][]) =>
    facts
      .reduce<CaseWorkView | null>((row, [hour, type, data], index) => {
        const at = `2026-01-10T${String(hour).padStart(2, "0")}:00:00.000Z`;
        return project[type]!(row, { type, data, at, id: `f-${index}`, streamId: "case-1" } as unknown as Located<Fact>);
      }, null)!
      .items.map(({ kind, dueAt }) => [kind, dueAt]);
  const placed = { shelter: "s-1", stay: "st-1" };
  const health = { service: "s-9", group: "Health" };
  const psychosocial = ["FirstPsychosocialContact", "2026-01-13T02:00:00.000Z"];
  test("a health check that was done after she was taken in is not asked for, whichever was told first", () => {
    expect(told([4, "ServiceDelivered", health], [2, "PlacedInShelter", placed])).toEqual([psychosocial]);
    expect(told([2, "PlacedInShelter", placed], [4, "ServiceDelivered", health])).toEqual([psychosocial]);
  });
  test("what was done before she was taken in does not stand for the first check in the house", () => {
    const both = [["InitialHealthCheck", "2026-01-11T02:00:00.000Z"], psychosocial];
    expect(told([1, "ServiceDelivered", health], [2, "PlacedInShelter", placed])).toEqual(both);
    expect(told([2, "PlacedInShelter", placed], [1, "ServiceDelivered", health])).toEqual(both);
  });
  test("help that was given before the appointment does not settle it", () => {
    const asked = [1, "ServiceRequested", { service: "s-1", group: "Legal" }] as [number, string, object];
    expect(
      told(
        asked,
        [5, "ServiceScheduled", { service: "s-1", plannedFor: soon }],
        [3, "ServiceDelivered", { service: "s-1", group: "Legal" }],
      ),
    ).toEqual([["Service", soon]]);
  });
  test("a review of the plan takes no later one's place", () =>
    expect(
      told(
        [1, "CasePlanDrafted", { plan: "p-1", version: 1, reviewBy: soon }],
        [5, "CasePlanReviewed", { plan: "p-1", nextReviewBy: later }],
        [3, "CasePlanReviewed", { plan: "p-1", nextReviewBy: soon }],
      ),
    ).toEqual([["PlanReview", later]]));
  test("of two ends of a consent the earlier counts", () =>
    expect(
      told(
        [1, "ConsentGiven", { consentId: "c-1", expiresAt: "2026-05-01T08:00:00.000Z" }],
        [5, "ConsentNarrowed", { consentId: "c-1", expiresAt: soon }],
        [3, "ConsentNarrowed", { consentId: "c-1", expiresAt: later }],
      ),
    ).toEqual([["ConsentEnding", soon]]));
  test("a closing that came before the reopening closes nothing anew", () =>
    expect(
      told(
        [1, "GoalSet", { goal: "g-1", dueBy: soon }],
        [5, "CaseReopened", { reason: "NewNeeds" }],
        [3, "CaseClosed", { reason: "Other" }],
      ),
    ).toEqual([["Goal", soon]]));
});

test("whoever is found not to be a victim is referred on, unless she declines or is found otherwise", () => {
  const found: [string, object] = ["TraffickingStatusDetermined", { status: "NotAVictimOfTrafficking" }];
  const again: [string, object] = ["TraffickingStatusRevised", { status: "PossibleVictimOfTrafficking" }];
  const referred: [string, object] = ["ReferredOn", { organisation: "UNHCR", group: "Legal" }];
  expect(waiting(found)).toEqual([["ReferralOn", "2026-01-10T00:00:00.000Z"]]);
  expect(waiting(found, referred)).toEqual([]);
  expect(waiting(found, ["ReferralOnDeclined", {}])).toEqual([]);
  expect(waiting(found, again)).toEqual([]);
  // What was before she was found not to be one is no answer to it.
  expect(waiting(referred, found)).toEqual([["ReferralOn", "2026-01-10T01:00:00.000Z"]]);
  const late = { type: "ReferredOn", data: referred[1], at: "2026-01-09T00:00:00.000Z", streamId: "case-1" } as unknown as Located<Fact>;
  expect(project["ReferredOn"]!(lineAfter(found), late)?.kinds).toEqual(["ReferralOn"]);
});

test("time to reflect ends when it was extended to, and waits no more once it has ended", () => {
  const granted: [string, object] = ["ReflectionPeriodGranted", { period: "r-1", jurisdiction: "Other", until: soon }];
  const extended: [string, object] = ["ReflectionPeriodExtended", { period: "r-1", until: later }];
  expect(waiting(granted)).toEqual([["ReflectionPeriodEnding", soon]]);
  expect(waiting(granted, extended)).toEqual([["ReflectionPeriodEnding", later]]);
  const ended = (reason: string): [string, object] => ["ReflectionPeriodEnded", { period: "r-1", reason }];
  expect(waiting(granted, extended, ended("HerOwnDecision"))).toEqual([]);
  expect(waiting(granted, ended("Elapsed"))).toEqual([]);
  expect(waiting(granted, ended("Elapsed"), extended)).toEqual([["ReflectionPeriodEnding", later]]);
  expect(waiting(granted, ended("HerOwnDecision"), extended)).toEqual([]);
});

test("a link to another case waits to be checked", () => {
  const linked: [string, object] = ["RelatedCaseLinked", { link: "l-1", related: "case-2", relation: "Sibling", requestedBy: "amina" }];
  expect(waiting(linked)).toEqual([["RelatedCaseCheck", "2026-01-10T00:00:00.000Z"]]);
  for (const end of ["RelatedCaseConfirmed", "RelatedCaseUnlinked"]) expect(waiting(linked, [end, { link: "l-1" }])).toEqual([]);
});
