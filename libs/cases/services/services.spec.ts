import { fold, given, on } from "#kernel/given.js";
import { cases } from "../cases.js";
import type { ConsentFact } from "../consent/consents.js";
import type { IntakeFact } from "../intake/intake.js";
import { catalogue } from "./catalogue.js";
import { deliverService, missService, recordServiceOutcome, recordServiceSatisfaction, type DeliverService } from "./delivering.js";
import { declineService, requestService, requestUrgentCare, scheduleService } from "./requesting.js";
import { hasOpenService, type ServiceFact } from "./services.js";
import { serviceGroups, type ServiceGroup } from "./vocabulary.js";

const now = "2026-01-10T08:00:00.000Z";
const until = "2027-01-10T08:00:00.000Z";

const opened = (ageBand: "21-29" | "9-17" = "21-29"): IntakeFact => ({
  type: "CaseOpened",
  data: { subject: "p-1", source: "Police", urgency: "Routine", region: "Kigoma", sex: "Female", ageBand },
});
const consent = (...serviceGroups: ServiceGroup[]): ConsentFact => ({
  type: "ConsentGiven",
  data: {
    ...{ consentId: "c-1", purpose: "ServiceDelivery", recipients: ["o-1"], dataClasses: ["health"], serviceGroups, expiresAt: until },
    ...{ givenBy: "self", evidence: "Signature" },
  },
});
const withdrawn: ConsentFact = { type: "ConsentWithdrawn", data: { consentId: "c-1" } };
const refused = (by: "self" | "guardian" = "self"): ConsentFact => ({
  type: "ConsentRefused",
  data: { purpose: "ServiceDelivery", refusedBy: by },
});
const emergency: ConsentFact = {
  type: "EmergencyProcessingInvoked",
  data: { emergency: "e-1", vitalInterest: "MedicalEmergency", authorisedBy: "salma", reviewBy: "2026-01-11T08:00:00.000Z" },
};
const requested = (group: ServiceGroup = "Health", service = "s-1"): ServiceFact => ({
  type: "ServiceRequested",
  data: { service, group },
});
const delivered = (group: ServiceGroup = "Health", service = "id-1"): ServiceFact => ({
  type: "ServiceDelivered",
  data: { service, group },
});
const declined = (group: ServiceGroup, service?: string): ServiceFact => ({
  type: "ServiceDeclined",
  data: service === undefined ? { group } : { group, service },
});
const ask = (group: ServiceGroup, over: Partial<DeliverService> = {}) => ({ group, ...over });

describe("what she is asked for", () => {
  test("stands in the open by its group; what it is, with its discipline", () =>
    given(cases, opened())
      .when(requestService, { group: "Psychosocial", psychosocialService: "PsychiatricCare", psychosocialNote: "Invented note" })
      .then({
        type: "ServiceRequested",
        data: { service: "id-1", group: "Psychosocial" },
        personal: { "p-1": { psychosocial: { service: "PsychiatricCare", note: "Invented note" } } },
      }));
  test("is of the group that is named", () => {
    given(cases, opened()).when(requestService, { group: "Legal", kind: "Transport" }).refused("ServiceOfAnotherGroup");
    given(cases, opened()).when(requestService, { group: "Legal", healthService: "HivPep" }).refused("ServiceOfAnotherGroup");
  });
  test("is not due before it is asked for", () =>
    given(cases, opened()).when(requestService, { group: "Legal", dueBy: now }).refused("ServiceDueAlready"));
  test("is asked for while her case is open", () =>
    given(cases, opened(), { type: "CaseClosed", data: { reason: "Other", episode: 1 } })
      .when(requestService, { group: "Legal" })
      .refused("CaseNotOpen"));
});

describe("urgent care after sexual violence", () => {
  const since = "2026-01-09T08:00:00.000Z";
  const step = (service: string, urgentStep: "Within72Hours" | "Within120Hours", dueBy: string): ServiceFact => ({
    type: "ServiceRequested",
    data: { service, group: "Health", urgentStep, dueBy },
  });
  const both = [
    step("id-1", "Within72Hours", "2026-01-12T08:00:00.000Z"),
    step("id-2", "Within120Hours", "2026-01-14T08:00:00.000Z"),
  ] as const;
  test("is asked for by the hours that are left, counted from what happened", () =>
    given(cases, opened())
      .when(requestUrgentCare, { since })
      .then(...both));
  test("is only what is still of use", () => {
    given(cases, opened())
      .when(requestUrgentCare, { since: "2026-01-06T08:00:00.000Z" })
      .then(step("id-1", "Within120Hours", "2026-01-11T08:00:00.000Z"));
    given(cases, opened()).when(requestUrgentCare, { since: "2026-01-05T08:00:00.000Z" }).refused("UrgentCareTooLate");
  });
  test("is asked for once, and again after she declined it", () => {
    given(cases, opened(), ...both)
      .when(requestUrgentCare, { since })
      .then();
    given(cases, opened(), ...both, declined("Health", "id-1"))
      .when(requestUrgentCare, { since })
      .then(step("id-1", "Within72Hours", "2026-01-12T08:00:00.000Z"));
  });
});

describe("a plan for it", () => {
  const plan = { service: "s-1", plannedFor: "2026-01-12T08:00:00.000Z", provider: "o-1" };
  test("is made for what was asked for", () =>
    given(cases, opened(), requested()).when(scheduleService, plan).then({ type: "ServiceScheduled", data: plan }));
  test("is made neither for what nobody asked for, nor for what she declined", () => {
    given(cases, opened()).when(scheduleService, plan).refused("ServiceUnknown");
    given(cases, opened(), requested(), declined("Health", "s-1")).when(scheduleService, plan).refused("ServiceDeclinedByHer");
  });
  test("may be missed, by her or by whoever was to give it", () => {
    given(cases, opened(), requested())
      .when(missService, { service: "s-1", missedBy: "Provider" })
      .then({ type: "ServiceMissed", data: { service: "s-1", missedBy: "Provider" } });
    given(cases, opened()).when(missService, { service: "s-1", missedBy: "Person" }).refused("ServiceUnknown");
    given(cases, opened(), requested(), declined("Health", "s-1"))
      .when(missService, { service: "s-1", missedBy: "Person" })
      .refused("ServiceDeclinedByHer");
  });
});

describe("help is given", () => {
  test("where she has agreed to help of that group", () => {
    given(cases, opened(), consent("Health")).when(deliverService, ask("Health")).then(delivered());
    given(cases, opened(), consent("Legal")).when(deliverService, ask("Health")).refused("ServiceNotConsented");
    given(cases, opened(), consent("Health"), withdrawn).when(deliverService, ask("Health")).refused("ServiceNotConsented");
  });
  test.each(["Shelter", "BasicNeeds", "Safety"] as const)("without any consent, where it is %s", (group) =>
    given(cases, opened(), refused()).when(deliverService, ask(group)).then(delivered(group)),
  );
  test.each(serviceGroups.filter((group) => !["Shelter", "BasicNeeds", "Safety"].includes(group)))("never %s without one", (group) =>
    given(cases, opened()).when(deliverService, ask(group)).refused("ServiceNotConsented"),
  );
  test("in an emergency, to whoever cannot be asked", () => {
    given(cases, opened(), emergency).when(deliverService, ask("Health")).then(delivered());
    given(cases, opened(), emergency).when(deliverService, ask("Psychosocial")).refused("ServiceNotConsented");
  });
  test("in an emergency not over a grown woman's own no, but over one that was said for a child", () => {
    given(cases, opened(), emergency, refused()).when(deliverService, ask("Health")).refused("ServiceNotConsented");
    given(cases, opened("9-17"), emergency, refused("guardian")).when(deliverService, ask("Health")).then(delivered());
    given(cases, opened("9-17"), emergency, refused()).when(deliverService, ask("Health")).then(delivered());
    given(cases, opened(), refused(), consent("Legal"), emergency).when(deliverService, ask("Health")).refused("ServiceNotConsented");
  });
  test("whatever was found of her", () =>
    given(cases, opened(), consent("Health"), {
      type: "TraffickingStatusDetermined",
      data: { status: "NotAVictimOfTrafficking", decidedBy: "NGO", basis: "Screening" },
    })
      .when(deliverService, ask("Health"))
      .then(delivered()));
  test("with how much of it, at what cost and who pays", () => {
    const much = {
      quantity: 2,
      unit: "Session",
      durationMinutes: 90,
      cost: 100,
      currency: "TZS",
      fundingSource: "G-1",
      inGroup: true,
    } as const;
    given(cases, opened())
      .when(deliverService, ask("BasicNeeds", { ...much, kind: "FoodNfi" }))
      .then({ type: "ServiceDelivered", data: { service: "id-1", group: "BasicNeeds", kind: "FoodNfi", ...much } });
    given(cases, opened())
      .when(deliverService, ask("Safety", { quantity: 1 }))
      .refused("QuantityWithoutUnit");
    given(cases, opened())
      .when(deliverService, ask("Safety", { cost: 1 }))
      .refused("CostWithoutCurrency");
  });
  test("to what was asked for, and is of its group", () => {
    const asked = [opened(), consent("Health", "Legal"), requested()] as const;
    given(cases, ...asked)
      .when(deliverService, ask("Health", { service: "s-1" }))
      .then(delivered("Health", "s-1"));
    given(cases, ...asked)
      .when(deliverService, ask("Legal", { service: "s-1" }))
      .refused("ServiceOfAnotherGroup");
    given(cases, ...asked)
      .when(deliverService, ask("Health", { service: "s-2" }))
      .refused("ServiceUnknown");
  });
});

describe("her no", () => {
  const asked = [opened(), consent("Psychosocial"), requested("Psychosocial")] as const;
  test("to one service ends it until it is asked for again", () => {
    given(cases, ...asked)
      .when(declineService, { group: "Psychosocial", service: "s-1" })
      .then(declined("Psychosocial", "s-1"));
    const no = [...asked, declined("Psychosocial", "s-1")] as const;
    given(cases, ...no)
      .when(deliverService, ask("Psychosocial", { service: "s-1" }))
      .refused("ServiceDeclinedByHer");
    given(cases, ...no)
      .when(declineService, { group: "Psychosocial", service: "s-1" })
      .then();
    given(cases, ...no, requested("Psychosocial", "s-2"))
      .when(deliverService, ask("Psychosocial", { service: "s-2" }))
      .then(delivered("Psychosocial", "s-2"));
  });
  test("to a group ends all that waits of it, and what nobody asked for as well", () => {
    const no = [declined("Psychosocial"), declined("Psychosocial", "s-1")] as const;
    given(cases, ...asked)
      .when(declineService, { group: "Psychosocial" })
      .then(...no);
    given(cases, ...asked, ...no)
      .when(declineService, { group: "Psychosocial" })
      .then();
    given(cases, ...asked, ...no)
      .when(deliverService, ask("Psychosocial"))
      .refused("ServiceDeclinedByHer");
    given(cases, ...asked, ...no, requested("Psychosocial", "s-2"))
      .when(deliverService, ask("Psychosocial"))
      .then(delivered("Psychosocial"));
  });
  test("is to a service that there is, of its group", () => {
    given(cases, ...asked)
      .when(declineService, { group: "Psychosocial", service: "s-9" })
      .refused("ServiceUnknown");
    given(cases, ...asked)
      .when(declineService, { group: "Legal", service: "s-1" })
      .refused("ServiceOfAnotherGroup");
  });
});

test("what became of it, and what she thinks of it, is told of what was given", () => {
  const done = [opened(), delivered("Health", "s-1")] as const;
  given(cases, ...done)
    .when(recordServiceOutcome, { service: "s-1", outcome: "NeedMet" })
    .then({ type: "ServiceOutcomeRecorded", data: { service: "s-1", outcome: "NeedMet" } });
  given(cases, ...done)
    .when(recordServiceSatisfaction, { service: "s-1", score: 5 })
    .then({ type: "ServiceSatisfactionRecorded", data: { service: "s-1", score: 5 } });
  for (const before of [[opened(), requested()], [opened()]] as const) {
    const refusal = before.length === 2 ? "ServiceNotDelivered" : "ServiceUnknown";
    given(cases, ...before)
      .when(recordServiceOutcome, { service: "s-1", outcome: "NeedMet" })
      .refused(refusal);
    given(cases, ...before)
      .when(recordServiceSatisfaction, { service: "s-1", score: 5 })
      .refused(refusal);
  }
});

test("help is open from when it is asked for until it is given or declined", () => {
  const state = (...facts: ServiceFact[]) =>
    facts.reduce((before, fact) => cases.apply(before, fact, { at: now, by: { id: "amina", role: "nurse" } }), cases.initial).services;
  expect(hasOpenService(state())).toBe(false);
  expect(hasOpenService(state(requested()))).toBe(true);
  expect(hasOpenService(state(requested(), delivered("Health", "s-1")))).toBe(false);
  expect(hasOpenService(state(requested(), declined("Health", "s-1")))).toBe(false);
});

test("every service is in a group, of a pillar, and has its code elsewhere", () => {
  expect(Object.keys(catalogue)).toHaveLength(29);
  expect(new Set(Object.values(catalogue).map(({ group }) => group))).toEqual(new Set(serviceGroups));
});

describe("through time", () => {
  const day = (number: number) => `2026-01-${String(number).padStart(2, "0")}T08:00:00.000Z`;
  const state = (...facts: readonly [number, ServiceFact][]) =>
    fold(
      cases,
      facts.map(([number, fact]) => on(day(number), fact)),
    ).services;
  const of = (service: string, group: ServiceGroup, over: object = {}) => ({
    ...{ service, group, kind: null, status: "Requested", at: day(1), deliveries: 0, urgentStep: null, dueBy: null },
    ...over,
  });

  test("nothing is known before anybody asks", () => expect(cases.initial.services).toEqual({ known: [], declined: [] }));
  test("each service stands where its last step left it, and the others where they were", () => {
    const asked = [1, requested("Health", "s-1")] as const;
    const other: [number, ServiceFact] = [
      1,
      { type: "ServiceRequested", data: { service: "s-2", group: "Legal", kind: "LegalInformation" } },
    ];
    const left = of("s-2", "Legal", { kind: "LegalInformation" });
    const planned: ServiceFact = { type: "ServiceScheduled", data: { service: "s-1", plannedFor: day(9) } };
    const missed: ServiceFact = { type: "ServiceMissed", data: { service: "s-1", missedBy: "Person" } };
    const told: ServiceFact[] = [
      { type: "ServiceOutcomeRecorded", data: { service: "s-1", outcome: "NeedMet" } },
      { type: "ServiceSatisfactionRecorded", data: { service: "s-1", score: 1 } },
    ];
    expect(state([...asked], other, [2, planned]).known).toEqual([of("s-1", "Health", { status: "Scheduled", at: day(2) }), left]);
    expect(state([...asked], other, [2, missed]).known).toEqual([of("s-1", "Health", { status: "Missed", at: day(2) }), left]);
    const given1 = of("s-1", "Health", { status: "Delivered", at: day(3), deliveries: 1 });
    expect(state([...asked], other, [2, planned], [3, delivered("Health", "s-1")]).known).toEqual([left, given1]);
    const after = told.map((fact): [number, ServiceFact] => [4, fact]);
    expect(state([...asked], other, [3, delivered("Health", "s-1")], ...after).known).toEqual([left, given1]);
    expect(state([...asked], [3, delivered("Health", "s-1")], [5, delivered("Health", "s-1")]).known).toEqual([
      { ...given1, at: day(5), deliveries: 2 },
    ]);
    expect(state(other, [3, delivered("Legal", "s-2")]).known).toEqual([{ ...left, status: "Delivered", at: day(3), deliveries: 1 }]);
  });
  test("what is told late of a step does not undo a later one", () =>
    expect(state([1, requested("Health", "s-1")], [5, delivered("Health", "s-1")], [3, declined("Health", "s-1")]).known).toEqual([
      of("s-1", "Health", { status: "Delivered", at: day(5), deliveries: 1 }),
    ]));
  test("a no to a group stands until one of it is asked for after it, and to no other group", () => {
    const noes = [
      [2, declined("Health")],
      [2, declined("Legal")],
    ] as [number, ServiceFact][];
    const both = [
      { group: "Health", at: day(2) },
      { group: "Legal", at: day(2) },
    ];
    expect(state(...noes).declined).toEqual(both);
    expect(state(...noes, [3, requested("Health", "s-1")]).declined).toEqual([both[1]]);
    expect(state(...noes, [1, requested("Health", "s-1")]).declined).toEqual(both);
    expect(state(...noes, [4, declined("Health")]).declined).toEqual([both[1], { group: "Health", at: day(4) }]);
  });
  test.each(["Scheduled", "Missed"] as const)("help that was %s still waits", (status) => {
    const step: ServiceFact =
      status === "Scheduled"
        ? { type: "ServiceScheduled", data: { service: "s-1", plannedFor: day(9) } }
        : { type: "ServiceMissed", data: { service: "s-1", missedBy: "Person" } };
    expect(hasOpenService(state([1, requested("Health", "s-1")], [2, step]))).toBe(true);
  });

  const at = (number: number) => ({ at: day(number), now: day(10) });
  test("what she declined later stops nothing that was given before, and no other help", () => {
    const happened = [on(day(1), opened()), on(day(1), consent("Health", "Legal")), on(day(5), declined("Health"))] as const;
    given(cases, ...happened)
      .when(deliverService, ask("Health"), at(4))
      .then(delivered());
    given(cases, ...happened)
      .when(deliverService, ask("Health"), at(6))
      .refused("ServiceDeclinedByHer");
    given(cases, ...happened)
      .when(deliverService, ask("Legal"), at(6))
      .then(delivered("Legal"));
  });
  test("her consent stands when it was given and when it is written down", () => {
    const asked = [on(day(1), opened()), on(day(3), consent("Health"))] as const;
    given(cases, ...asked)
      .when(deliverService, ask("Health"), at(2))
      .refused("ServiceNotConsented");
    given(cases, ...asked)
      .when(deliverService, ask("Health"), at(4))
      .then(delivered());
    given(cases, ...asked, on(day(6), withdrawn))
      .when(deliverService, ask("Health"), at(4))
      .refused("ServiceNotConsented");
  });
  test("a no to a group ends what waited of it then, of no other group, and is said once", () => {
    const waiting = [on(day(1), opened()), on(day(2), requested("Health", "s-1")), on(day(2), requested("Legal", "s-2"))] as const;
    given(cases, ...waiting)
      .when(declineService, { group: "Health" }, at(3))
      .then(declined("Health"), declined("Health", "s-1"));
    given(cases, ...waiting)
      .when(declineService, { group: "Health" }, at(1))
      .then(declined("Health"));
    given(cases, ...waiting, on(day(3), declined("Legal")))
      .when(declineService, { group: "Health" }, at(4))
      .then(declined("Health"), declined("Health", "s-1"));
    given(cases, on(day(1), opened()), on(day(5), declined("Health")))
      .when(declineService, { group: "Health" }, at(4))
      .then(declined("Health"));
    // A request that was told late still waits, although the group was declined after it.
    const late = [on(day(5), declined("Health")), on(day(4), requested("Health", "s-1"))] as const;
    given(cases, ...late)
      .when(declineService, { group: "Health" }, at(6))
      .then(declined("Health"), declined("Health", "s-1"));
  });
  test("a child's no in an emergency is weighed by how old she was then", () => {
    const grown: IntakeFact = { type: "AgeAssessed", data: { method: "Document", isChild: false, birthYear: 1999 } };
    const happened = [on(day(1), opened("9-17")), on(day(2), refused()), on(day(9), emergency)] as const;
    given(cases, ...happened)
      .when(deliverService, ask("Health"), at(10))
      .then(delivered());
    given(cases, ...happened, on(day(3), grown))
      .when(deliverService, ask("Health"), at(10))
      .refused("ServiceNotConsented");
  });
});

test("what each discipline writes down is sealed in its class", () =>
  given(cases, opened(), consent("Health"))
    .when(deliverService, { group: "Health", healthService: "MedicalCare", healthNote: "One", legalNote: "Two", note: "Three" })
    .then({
      ...delivered(),
      personal: {
        "p-1": { health: { service: "MedicalCare", note: "One" }, legal: { note: "Two" }, narrative: { note: "Three" } },
      },
    } as ServiceFact));

test("another consent is none to be helped", () => {
  const other = { ...consent("Health"), data: { ...consent("Health").data, purpose: "CaseManagement" } } as ConsentFact;
  given(cases, opened(), other).when(deliverService, ask("Health")).refused("ServiceNotConsented");
});

test("urgent care is asked for anew after another event, and never for what has not happened", () => {
  const step: ServiceFact = {
    type: "ServiceRequested",
    data: { service: "s-1", group: "Health", urgentStep: "Within72Hours", dueBy: "2026-01-11T08:00:00.000Z" },
  };
  const since = "2026-01-10T08:00:00.000Z";
  given(cases, opened(), step)
    .when(requestUrgentCare, { since })
    .then(
      {
        type: "ServiceRequested",
        data: { service: "id-1", group: "Health", urgentStep: "Within72Hours", dueBy: "2026-01-13T08:00:00.000Z" },
      },
      {
        type: "ServiceRequested",
        data: { service: "id-2", group: "Health", urgentStep: "Within120Hours", dueBy: "2026-01-15T08:00:00.000Z" },
      },
    );
  given(cases, opened()).when(requestUrgentCare, { since: "2026-01-10T08:00:00.001Z" }).refused("UrgentCareTooLate");
});

test("help may be due later than it is asked for", () =>
  given(cases, opened())
    .when(requestService, { group: "Legal", dueBy: until })
    .then({ type: "ServiceRequested", data: { service: "id-1", group: "Legal", dueBy: until } }));

/** Each service: its group, the pillar of the project, its type in HTCDS 2.0 and its code in Primero, as section 3.2 of the domain reference has them. */
const counted = `
Shelter Shelter 1 SocialCare safehouse_service
FoodNfi BasicNeeds 1 SocialCare food_service
HygieneKit BasicNeeds 1 SocialCare nfi_clothes_shoes_service
SafetyEscort Safety 2 SocialCare police_other_service
MedicalCare Health 2 Health health_medical_service
ReproductiveHealth Health 2 Health health_medical_service
HivPep Health 2 Health health_medical_service
PsychologicalFirstAid Psychosocial 2 Health psychosocial_service
IndividualCounselling Psychosocial 2 Health psychosocial_service
GroupCounselling Psychosocial 2 Health psychosocial_service
PsychiatricCare Psychosocial 2 Health psychosocial_service
LegalInformation Legal 2 Legal legal_assistance_service
LegalRepresentation Legal 2 Legal legal_assistance_service
CourtAccompaniment Legal 2 Legal legal_assistance_service
DocumentationSupport Documents 2 Legal registration_service
Interpretation PracticalHelp 2 SocialCare other_service
Transport PracticalHelp 2 SocialCare other_service
ChildCare PracticalHelp 2 SocialCare child_protection_service
Education Education 2 Education education_service
LifeSkills Education 2 Education education_service
VocationalTraining Education 3 Livelihood livelihoods_service
Livelihood Livelihood 3 Livelihood livelihoods_service
CashOrInKind Livelihood 3 Financial livelihoods_service
FamilyMediation Family 3 SocialCare family_mediation_service
FamilyTracing Family 3 SocialCare family_mediation_service
FamilyReunification Family 3 SocialCare family_seunification_service
ReturnAssistance Return 3 SocialCare other_service
ReintegrationAssistance Reintegration 3 SocialCare other_service
Other Other 2 SocialCare other_service
`;
test("every service is counted as its group, its pillar, and as others count it", () =>
  expect(
    Object.entries(catalogue).map(([name, { group, pillar, htcds, primero }]) => [name, group, pillar, htcds, primero].join(" ")),
  ).toEqual(counted.trim().split("\n")));
