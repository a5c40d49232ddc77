import { fold, given, on } from "#kernel/given.js";
import { cases } from "../cases.js";
import type { IntakeFact } from "../intake/intake.js";
import { deliverService } from "./delivering.js";
import { declineService } from "./requesting.js";
import { hasOpenService, type ServiceFact } from "./services.js";
import { type ServiceGroup } from "./vocabulary.js";
import { opened, consent, withdrawn, refused, emergency, requested, delivered, declined, ask } from "./examples.js";

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
  test("her no stands, in an emergency as well, until she says yes to help of that very group", () => {
    const no = [on(day(1), opened()), on(day(2), refused()), on(day(9), emergency)] as const;
    const back = [on(day(3), consent("Health")), on(day(4), withdrawn)] as const;
    const legal = on(day(3), consent("Legal"));
    given(cases, ...no, legal)
      .when(deliverService, ask("Health"), at(10))
      .refused("ServiceNotConsented");
    given(cases, ...no, legal)
      .when(deliverService, ask("Legal"), at(10))
      .then(delivered("Legal"));
    given(cases, ...no, on(day(3), consent("Health")))
      .when(deliverService, ask("Health"), at(10))
      .then(delivered());
    given(cases, ...no, ...back)
      .when(deliverService, ask("Health"), at(10))
      .refused("ServiceNotConsented");
  });
  test("her no ends what she had agreed to before it", () =>
    given(cases, on(day(1), opened()), on(day(2), consent("Health")), on(day(3), refused()))
      .when(deliverService, ask("Health"), at(4))
      .refused("ServiceNotConsented"));
  test("what was given once is given no more after a no to its group", () =>
    given(
      cases,
      on(day(1), opened()),
      on(day(1), consent("Health")),
      on(day(2), delivered("Health", "s-1")),
      on(day(3), declined("Health")),
    )
      .when(deliverService, ask("Health", { service: "s-1" }), at(4))
      .refused("ServiceDeclinedByHer"));
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
