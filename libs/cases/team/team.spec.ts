import * as fc from "fast-check";
import { fold, given, on } from "#kernel/given.js";
import { cases } from "../cases.js";
import type { IntakeFact } from "../intake/intake.js";
import { assignWorker, handOverCase, memberOf, removeWorker, type TeamFact } from "./team.js";
import { isBarred, lowerWall, raiseWall, type WallFact } from "./walls.js";

const now = "2026-01-10T08:00:00.000Z";
const later = "2026-02-10T08:00:00.000Z";
const amina = { id: "amina", role: "shelter-case-manager", organisation: "o-1" };
const imani = { id: "imani", role: "supervisor", organisation: "o-1" };
const opened = on<IntakeFact>(
  now,
  { type: "CaseOpened", data: { subject: "s-1", source: "Police", urgency: "Routine", region: "Kigoma", sex: "Female", ageBand: "21-29" } },
  amina,
);
const took = (worker: string, over: object = {}): TeamFact => ({ type: "WorkerAssigned", data: { worker, role: "Medical", ...over } });
const left = (worker: string): TeamFact => ({ type: "WorkerLeft", data: { worker, reason: "TaskDone" } });
const walled: WallFact = { type: "WallRaised", data: { wall: "w-1", barred: "khadija", kind: "Person", reason: "KnowsThePerson" } };

describe("somebody is taken into the team of a case", () => {
  const asked = { worker: "khadija", role: "Medical" } as const;
  test("with what she does in it", () => given(cases, opened).when(assignWorker, asked).then(took("khadija")));
  test("for a time", () =>
    given(cases, opened)
      .when(assignWorker, { ...asked, until: later })
      .then(took("khadija", { until: later })));
  test("not until a time that has passed", () =>
    given(cases, opened)
      .when(assignWorker, { ...asked, until: "2026-01-09T08:00:00Z" })
      .refused("AssignmentAlreadyOver"));
  test("not where a wall keeps her out", () => given(cases, opened, walled).when(assignWorker, asked).refused("WorkerIsBarred"));
  test("who is in it already, is so already", () => given(cases, opened, took("khadija")).when(assignWorker, asked).then());
  test("who is in it with another task, or for a time, is in it as was said last", () => {
    given(cases, opened, took("khadija"))
      .when(assignWorker, { ...asked, role: "Legal" })
      .then(took("khadija", { role: "Legal" }));
    given(cases, opened, took("khadija", { until: later }))
      .when(assignWorker, asked)
      .then(took("khadija"));
  });
});

describe("a case is handed over", () => {
  const handed = took("baraka", { role: "CaseLead", from: "amina" });
  const gone: TeamFact = { type: "WorkerLeft", data: { worker: "amina", reason: "HandedOver" } };
  test("by whoever has it, with a note for the next", () =>
    given(cases, opened)
      .when(handOverCase, { to: "baraka", note: "An invented note" }, { actor: amina })
      .then({ ...handed, personal: { "s-1": { narrative: { note: "An invented note" } } } } as TeamFact, gone));
  test("by a supervisor for somebody who is away", () =>
    given(cases, opened).when(handOverCase, { from: "amina", to: "baraka" }, { actor: imani }).then(handed, gone));
  test("not by somebody who is not in the team", () =>
    given(cases, opened).when(handOverCase, { to: "baraka" }, { actor: imani }).refused("NotInTheTeam"));
  test("not to oneself", () => given(cases, opened).when(handOverCase, { to: "amina" }, { actor: amina }).refused("HandedOverToOneself"));
  test("not to somebody whom a wall keeps out", () =>
    given(cases, opened, walled).when(handOverCase, { to: "khadija" }, { actor: amina }).refused("WorkerIsBarred"));
});

describe("somebody leaves the team", () => {
  const asked = { worker: "khadija", reason: "TaskDone" } as const;
  test("when her task is done", () => given(cases, opened, took("khadija")).when(removeWorker, asked).then(left("khadija")));
  test("who is not in it, is so already", () => given(cases, opened).when(removeWorker, asked).then());
  test("but not as the last: a case is nobody's at no time", () => {
    given(cases, opened)
      .when(removeWorker, { ...asked, worker: "amina" })
      .refused("LastOfTheTeam");
    given(cases, opened, took("khadija", { until: later }))
      .when(removeWorker, { ...asked, worker: "amina" })
      .refused("LastOfTheTeam");
  });
  test("whoever opened the case leaves it like anybody", () =>
    given(cases, opened, took("khadija"))
      .when(removeWorker, { ...asked, worker: "amina" })
      .then(left("amina")));
});

describe("a wall", () => {
  const asked = { barred: "khadija", kind: "Person", reason: "KnowsThePerson" } as const;
  const raised: WallFact = { ...walled, data: { ...walled.data, wall: "id-1" } } as WallFact;
  test("keeps somebody out", () => given(cases, opened).when(raiseWall, asked).then(raised));
  test("that stands, is so already", () => given(cases, opened, walled).when(raiseWall, asked).then());
  test("may be raised against oneself: who has a conflict of interest says so", () =>
    given(cases, opened)
      .when(raiseWall, { ...asked, barred: "amina" }, { actor: amina })
      .then({ ...raised, data: { ...raised.data, barred: "amina" } } as WallFact));
  test("against one's own organisation is refused: nobody would be left", () =>
    given(cases, opened)
      .when(raiseWall, { barred: "o-1", kind: "Organisation", reason: "SurvivorsWish" }, { actor: amina })
      .refused("OwnOrganisation"));
  test("is taken down by a supervisor", () =>
    given(cases, opened, walled)
      .when(lowerWall, { wall: "w-1", reason: "RaisedInError" }, { actor: imani })
      .then({ type: "WallLowered", data: { wall: "w-1", barred: "khadija", reason: "RaisedInError" } }));
  test("is taken down by nobody else", () =>
    given(cases, opened, walled)
      .when(lowerWall, { wall: "w-1", reason: "RaisedInError" }, { actor: amina })
      .refused("WallNeedsSupervisor"));
  test("that does not stand, is down already", () =>
    given(cases, opened).when(lowerWall, { wall: "w-1", reason: "RaisedInError" }, { actor: imani }).then());
});

const workers = ["amina", "baraka", "khadija"] as const;
const step = fc.oneof(
  fc
    .record({ worker: fc.constantFrom(...workers), until: fc.constantFrom(undefined, later) })
    .map(({ worker, until }) => took(worker, { until })),
  fc.constantFrom(...workers).map(left),
);

test("whatever is told of a team, whoever was told last to be in it is, until her time is over", () =>
  fc.assert(
    fc.property(fc.array(step, { maxLength: 12 }), fc.constantFrom(now, later), (steps, moment) => {
      const state = fold(cases, [opened, ...steps.map((fact) => on(now, fact))]);
      for (const worker of workers) {
        const last = steps.findLast(({ data }) => data.worker === worker);
        const isIn =
          last === undefined
            ? worker === "amina"
            : last.type === "WorkerAssigned" && (last.data.until === undefined || moment < last.data.until);
        expect(memberOf(state, worker, moment) !== null).toBe(isIn);
      }
      expect(isBarred(state.walls, workers)).toBe(false);
    }),
  ));
