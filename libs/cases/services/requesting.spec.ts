import { given } from "#kernel/given.js";
import { cases } from "../cases.js";
import type { ConsentFact } from "../consent/consents.js";
import { deliverService, missService } from "./delivering.js";
import { requestService, requestUrgentCare, scheduleService } from "./requesting.js";
import { type ServiceFact } from "./services.js";
import { now, until, opened, consent, requested, delivered, declined, ask } from "./examples.js";

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
