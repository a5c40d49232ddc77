import { given } from "#kernel/given.js";
import { cases } from "../cases.js";
import { deliverService, recordServiceOutcome, recordServiceSatisfaction } from "./delivering.js";
import { declineService } from "./requesting.js";
import { hasOpenService, type ServiceFact } from "./services.js";
import { serviceGroups } from "./vocabulary.js";
import { now, opened, consent, withdrawn, refused, emergency, requested, delivered, declined, ask } from "./examples.js";

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
  test.each([
    ["Health", "health"],
    ["Psychosocial", "psychosocial"],
  ] as const)("of %s help, who pays and that others were there stands in no open data", (group, dataClass) =>
    given(cases, opened(), consent(group))
      .when(deliverService, ask(group, { fundingSource: "G-1", inGroup: true, cost: 1, currency: "TZS" }))
      .then({
        type: "ServiceDelivered",
        data: { service: "id-1", group, cost: 1, currency: "TZS" },
        personal: { "p-1": { [dataClass]: { fundingSource: "G-1" } } },
      }),
  );
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
