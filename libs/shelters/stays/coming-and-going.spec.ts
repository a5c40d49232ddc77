import { fold, given, on } from "#kernel/given.js";
import type { CapacityFact } from "../capacity/capacity.js";
import { shelters } from "../shelters.js";
import {
  dischargeResident,
  grantLeave,
  lapseReservation,
  overrunLeave,
  recordReturn,
  releaseReservation,
  reserveBed,
} from "./admission.js";
import type { Resident } from "./beds.js";
import type { StayFact } from "./stays.js";

const day = (number: number) => `2026-01-${String(number).padStart(2, "0")}T08:00:00.000Z`;
const offered = (overflow: readonly string[] = ["W4"], codes = ["W1", "W2", "W3", "W4"]): CapacityFact => ({
  type: "CapacityChanged",
  data: {
    beds: codes.map((bed) => ({ bed, category: "Women", availability: overflow.includes(bed) ? "Overflow" : "YearRound" })),
  },
});
const opened = on(day(1), offered());
const resident: Resident = { sex: "Female", isChild: false, served: true, openedAt: day(1), nextStayAt: null, isElsewhere: false };
/** Told on the 28th. */
const told = (at: number, over: Partial<Resident> = {}) => ({ at: day(at), now: day(28), also: { resident: { ...resident, ...over } } });
const came = (stay: string, caseId: string, bed: string): StayFact => ({
  type: "ResidentAdmitted",
  data: { stay, caseId, bed, category: "Women", overflow: false },
});
const moved = (stay: string, bed: string): StayFact => ({
  type: "ResidentMoved",
  data: { stay, bed, category: "Women", overflow: false },
});
const left = (stay: string, caseId: string): StayFact => ({ type: "ResidentDischarged", data: { stay, caseId, exitType: "Planned" } });
const out = (stay: string, until: number): StayFact => ({ type: "LeaveGranted", data: { stay, until: day(until) } });
const back = (stay: string): StayFact => ({ type: "ResidentReturned", data: { stay } });
const kept = (reservation: string, caseId: string, bed: string, until: number): StayFact => ({
  type: "BedReserved",
  data: { reservation, caseId, bed, until: day(until) },
});
const staysOf = (...facts: { fact: StayFact; at: string }[]) => fold(shelters, facts).stays;
/** One who came on the 3rd, moved on the 5th and left on the 9th, and came again on the 12th. */
const hers = [
  on(day(3), came("s-1", "c-1", "W1")),
  on(day(5), moved("s-1", "W2")),
  on(day(9), left("s-1", "c-1")),
  on(day(12), came("s-2", "c-1", "W3")),
];

describe("keeping a bed", () => {
  const ask = { caseId: "c-2", bed: "W2", until: day(29) };

  test("is so already only for her, in this bed, from before, until the same time", () => {
    const same = on(day(27), kept("r-1", "c-2", "W2", 29));
    const keeping = (...facts: { fact: StayFact; at: string }[]) => given(shelters, opened, ...facts).when(reserveBed, ask, told(28));
    const anew = kept("id-1", "c-2", "W2", 29);
    keeping(same).then();
    keeping(on(day(27), kept("r-1", "c-2", "W1", 29))).then(anew);
    keeping(on(day(27), kept("r-1", "c-2", "W2", 30))).then(anew);
    keeping(on(day(27), kept("r-1", "c-9", "W3", 29))).then(anew);
    given(shelters, opened, on(day(28), kept("r-1", "c-2", "W2", 29)))
      .when(reserveBed, ask, told(27))
      .then(anew);
    given(shelters, opened, on(day(10), came("s-1", "c-2", "W2")), on(day(27), left("s-1", "c-2")))
      .when(reserveBed, ask, told(28))
      .then(anew);
  });
  test("is given up from then on, not before it began, and only the one that is named", () => {
    const two = [opened, on(day(2), kept("r-1", "c-2", "W2", 20)), on(day(4), kept("r-2", "c-3", "W3", 20))] as const;
    given(shelters, ...two)
      .when(releaseReservation, { reservation: "r-2" }, { at: day(4), now: day(28) })
      .then({ type: "ReservationReleased", data: { reservation: "r-2", caseId: "c-3" } });
    given(shelters, ...two)
      .when(releaseReservation, { reservation: "r-2" }, { at: day(3), now: day(28) })
      .refused("BeforeItsBeginning");
    given(shelters, ...two)
      .when(releaseReservation, { reservation: "r-9" }, { at: day(5), now: day(28) })
      .refused("ReservationUnknown");
  });
});

describe("leave and return", () => {
  const house = [opened, on(day(2), came("s-0", "c-0", "W4")), ...hers] as const;
  const times = (at: number) => ({ at: day(at), now: day(28) });

  test("are of the stay that is named, while it lasts", () => {
    given(shelters, ...house)
      .when(grantLeave, { stay: "s-1", until: day(8) }, times(6))
      .then(out("s-1", 8));
    given(shelters, ...house)
      .when(grantLeave, { stay: "s-1", until: day(20) }, times(9))
      .refused("NotResident");
    given(shelters, ...house)
      .when(grantLeave, { stay: "s-1", until: day(20) }, times(2))
      .refused("BeforeItsBeginning");
  });
  test("come after one another, in whatever order they are told", () => {
    given(shelters, ...house, on(day(6), out("s-1", 8)))
      .when(recordReturn, { stay: "s-1" }, times(7))
      .then(back("s-1"));
    given(shelters, ...house, on(day(6), out("s-1", 8)))
      .when(recordReturn, { stay: "s-1" }, times(5))
      .refused("BeforeItsBeginning");
    given(shelters, ...house)
      .when(recordReturn, { stay: "s-1" }, times(5))
      .then();
  });
});

describe("leaving", () => {
  const times = (at: number) => ({ at: day(at), now: day(28) });
  const house = [opened, on(day(2), came("s-0", "c-0", "W4")), ...hers] as const;
  const leaving = (exitType: "Planned" | "Transfer", stay = "s-1") => ({ stay, exitType });
  const gone = (exitType: "Planned" | "Transfer", stay = "s-1", caseId = "c-1"): StayFact => ({
    type: "ResidentDischarged",
    data: { stay, caseId, exitType },
  });

  test("the earlier of two times counts", () => {
    given(shelters, ...house)
      .when(dischargeResident, leaving("Planned"), times(8))
      .then(gone("Planned"));
    given(shelters, ...house)
      .when(dischargeResident, leaving("Planned"), times(9))
      .then();
    given(shelters, ...house)
      .when(dischargeResident, leaving("Planned", "s-2"), times(12))
      .then(gone("Planned", "s-2"));
    given(shelters, ...house)
      .when(dischargeResident, leaving("Planned", "s-7"), times(12))
      .refused("StayUnknown");
    const after = staysOf(on(day(3), came("s-1", "c-1", "W1")), on(day(9), left("s-1", "c-1")), on(day(8), left("s-1", "c-1")));
    expect(after.stays[0]!.until).toBe(day(8));
  });
  test("is not before what is known of the stay, but where she was taken in elsewhere", () => {
    given(shelters, ...house)
      .when(dischargeResident, leaving("Planned"), times(4))
      .refused("BeforeItsBeginning");
    given(shelters, ...house)
      .when(dischargeResident, leaving("Planned"), times(5))
      .then(gone("Planned"));
    given(shelters, ...house, on(day(7), out("s-1", 8)))
      .when(dischargeResident, leaving("Planned"), times(6))
      .refused("BeforeItsBeginning");
    given(shelters, ...house)
      .when(dischargeResident, leaving("Transfer"), times(4))
      .then(gone("Transfer"));
    given(shelters, ...house)
      .when(dischargeResident, leaving("Transfer"), times(2))
      .refused("BeforeItsBeginning");
  });
});

describe("a bed kept for somebody who does not come", () => {
  const reserved = on(day(3), kept("r-1", "c-2", "W2", 5));
  const lapsed: StayFact = { type: "ReservationLapsed", data: { reservation: "r-1", caseId: "c-2" } };
  const lapsing = (...facts: { fact: StayFact; at: string }[]) =>
    given(shelters, opened, ...facts).when(lapseReservation, { reservation: "r-1" }, told(5));

  test("lapses when its time has come", () => lapsing(reserved).then(lapsed));
  test("lapses once", () => lapsing(reserved, on(day(5), lapsed)).then());
  test("does not lapse where she came", () => lapsing(reserved, on(day(4), came("s-1", "c-2", "W2"))).then());
  test("does not lapse where it was given up before", () =>
    lapsing(reserved, on(day(4), { type: "ReservationReleased", data: { reservation: "r-1", caseId: "c-2" } })).then());
  test("is kept until then", () =>
    given(shelters, opened, reserved).when(lapseReservation, { reservation: "r-1" }, told(4)).refused("ReservationStands"));
  test("is none that was never kept", () =>
    given(shelters, opened).when(lapseReservation, { reservation: "r-1" }, told(5)).refused("ReservationUnknown"));
});

describe("somebody who is not back from leave", () => {
  const here = on(day(3), came("s-1", "c-1", "W1"));
  const leave = on(day(4), out("s-1", 6));
  const overrun: StayFact = { type: "LeaveOverrun", data: { stay: "s-1", until: day(6) } };
  const asking = (...facts: { fact: StayFact; at: string }[]) =>
    given(shelters, opened, ...facts).when(overrunLeave, { stay: "s-1", until: day(6) }, told(6));

  test("is missed when her leave is over", () => asking(here, leave).then(overrun));
  test("is missed once for each leave", () => {
    asking(here, leave, on(day(6), overrun)).then();
    given(shelters, opened, here, leave, on(day(6), overrun), on(day(7), out("s-1", 9)))
      .when(overrunLeave, { stay: "s-1", until: day(9) }, told(9))
      .then({ type: "LeaveOverrun", data: { stay: "s-1", until: day(9) } });
  });
  test("is not missed who is back", () => asking(here, leave, on(day(5), back("s-1"))).then());
  test("is not missed whose leave was made longer", () => asking(here, leave, on(day(5), out("s-1", 8))).then());
  test("is not missed who has left", () => asking(here, leave, on(day(5), left("s-1", "c-1"))).then());
  test("is on leave until then", () =>
    given(shelters, opened, here, leave)
      .when(overrunLeave, { stay: "s-1", until: day(6) }, told(5))
      .refused("LeaveNotOver"));
  test("has stayed here", () =>
    given(shelters, opened)
      .when(overrunLeave, { stay: "s-1", until: day(6) }, told(6))
      .refused("StayUnknown"));
});
