import { fold, given, on } from "#kernel/given.js";
import { cases } from "../cases.js";
import type { IntakeFact } from "../intake/intake.js";
import { deliverService } from "./delivering.js";
import { declineService, scheduleService } from "./requesting.js";
import { hasDeclined, hasOpenService, lastStep, type ServiceFact } from "./services.js";
import type { ServiceGroup, ServiceStatus } from "./vocabulary.js";
import { opened, consent, withdrawn, refused, emergency, requested, delivered, declined, ask } from "./examples.js";

describe("through time", () => {
  const day = (number: number) => `2026-01-${String(number).padStart(2, "0")}T08:00:00.000Z`;
  const state = (...facts: readonly [number, ServiceFact][]) =>
    fold(
      cases,
      facts.map(([number, fact]) => on(day(number), fact)),
    ).services;
  const of = (service: string, group: ServiceGroup, ...steps: readonly (readonly [number, ServiceStatus])[]) => ({
    ...{ service, group, kind: null, urgentStep: null, dueBy: null },
    steps: steps.map(([number, status]) => ({ at: day(number), status })),
  });
  const planned: ServiceFact = { type: "ServiceScheduled", data: { service: "s-1", plannedFor: day(9) } };
  const missed: ServiceFact = { type: "ServiceMissed", data: { service: "s-1", missedBy: "Person" } };

  test("nothing is known before anybody asks", () => expect(cases.initial.services).toEqual({ known: [], said: [] }));
  test("each service stands where its last step left it, and the others where they were", () => {
    const asked = [1, requested("Health", "s-1")] as const;
    const other: [number, ServiceFact] = [
      1,
      { type: "ServiceRequested", data: { service: "s-2", group: "Legal", kind: "LegalInformation" } },
    ];
    const left = { ...of("s-2", "Legal", [1, "Requested"]), kind: "LegalInformation" };
    const told: ServiceFact[] = [
      { type: "ServiceOutcomeRecorded", data: { service: "s-1", outcome: "NeedMet" } },
      { type: "ServiceSatisfactionRecorded", data: { service: "s-1", score: 1 } },
    ];
    const of1 = (...steps: [number, ServiceStatus][]) => of("s-1", "Health", [1, "Requested"], ...steps);
    expect(state([...asked], other, [2, planned]).known).toEqual([of1([2, "Scheduled"]), left]);
    expect(state([...asked], other, [2, missed]).known).toEqual([of1([2, "Missed"]), left]);
    const given1 = of1([2, "Scheduled"], [3, "Delivered"]);
    expect(state([...asked], other, [2, planned], [3, delivered("Health", "s-1")]).known).toEqual([given1, left]);
    const after = told.map((fact): [number, ServiceFact] => [4, fact]);
    expect(state([...asked], other, [2, planned], [3, delivered("Health", "s-1")], ...after).known).toEqual([given1, left]);
    expect(state([5, delivered("Legal", "s-9")]).known).toEqual([of("s-9", "Legal", [5, "Delivered"])]);
    expect(state(other, [3, delivered("Legal", "s-2")]).known).toEqual([
      { ...left, steps: [...left.steps, { at: day(3), status: "Delivered" }] },
    ]);
  });
  test("what is told late of a step does not undo a later one", () => {
    const asked = [1, requested("Health", "s-1")] as const;
    expect(state([...asked], [5, delivered("Health", "s-1")], [3, declined("Health", "s-1")]).known.map(lastStep)).toEqual([
      { at: day(5), status: "Delivered" },
    ]);
    // She had come to the one before; the appointment that was made after it still stands.
    const again = state([...asked], [5, planned], [3, delivered("Health", "s-1")]);
    expect(again.known.map(lastStep)).toEqual([{ at: day(5), status: "Scheduled" }]);
    expect(hasOpenService(again)).toBe(true);
  });
  test("a no to a group stands until one of it is asked for after it, whichever was told first, and to no other group", () => {
    const noes: readonly [number, ServiceFact][] = [
      [2, declined("Health")],
      [2, declined("Legal")],
    ];
    const asked = (number: number): [number, ServiceFact] => [number, requested("Health", "s-1")];
    const says = (moment: number, ...facts: readonly [number, ServiceFact][]) =>
      (["Health", "Legal", "Education"] as const).filter((group) => hasDeclined(state(...facts), group, day(moment)));
    expect(says(1, ...noes)).toEqual([]);
    expect(says(2, ...noes)).toEqual(["Health", "Legal"]);
    expect(says(3, ...noes, asked(3))).toEqual(["Legal"]);
    expect(says(3, asked(3), ...noes)).toEqual(["Legal"]);
    expect(says(3, ...noes, asked(1))).toEqual(["Health", "Legal"]);
    // Of two noes the earlier is told last: the later one stands as well.
    const [early, late]: [number, ServiceFact][] = [
      [2, declined("Health")],
      [6, declined("Health")],
    ];
    expect(says(7, late!, asked(4), early!)).toEqual(["Health"]);
    expect(says(5, late!, asked(4), early!)).toEqual([]);
    expect(says(3, late!, asked(4), early!)).toEqual(["Health"]);
  });
  test.each(["Scheduled", "Missed"] as const)("help that was %s still waits", (status) => {
    const step = status === "Scheduled" ? planned : missed;
    expect(hasOpenService(state([1, requested("Health", "s-1")], [2, step]))).toBe(true);
  });

  const at = (number: number) => ({ at: day(number), now: day(10) });
  test("what was given before she declined it may be written down after it", () => {
    const asked = [on(day(1), opened()), on(day(1), consent("Health")), on(day(2), requested("Health", "s-1"))] as const;
    const no = on(day(5), declined("Health", "s-1"));
    given(cases, ...asked, no)
      .when(deliverService, ask("Health", { service: "s-1" }), at(4))
      .then(delivered("Health", "s-1"));
    given(cases, ...asked, no)
      .when(deliverService, ask("Health", { service: "s-1" }), at(6))
      .refused("ServiceDeclinedByHer");
  });
  test("nothing is given in the time between her no and her asking for it again", () => {
    const between = [on(day(1), opened()), on(day(1), consent("Health")), on(day(6), requested("Health", "s-1"))] as const;
    given(cases, ...between, on(day(3), declined("Health")))
      .when(deliverService, ask("Health"), at(4))
      .refused("ServiceDeclinedByHer");
    given(cases, ...between, on(day(3), declined("Health")))
      .when(deliverService, ask("Health"), at(7))
      .then(delivered());
  });
  test("no appointment is made after a no to all of the group", () =>
    given(cases, on(day(1), opened()), on(day(2), delivered("Legal", "s-1")), on(day(3), declined("Legal")))
      .when(scheduleService, { service: "s-1", plannedFor: day(9) }, at(4))
      .refused("ServiceDeclinedByHer"));
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
