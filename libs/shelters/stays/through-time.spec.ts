import { fold, given, on } from "#kernel/given.js";
import type { CapacityFact } from "../capacity/capacity.js";
import { shelters } from "../shelters.js";
import { admitResident, moveResident, reserveBed, type AdmitResident } from "./admission.js";
import type { Resident } from "./beds.js";
import { bedOf, endOf, nextStayAt, stayAt, usesDuring, type StayFact } from "./stays.js";

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
const kept = (reservation: string, caseId: string, bed: string, until: number): StayFact => ({
  type: "BedReserved",
  data: { reservation, caseId, bed, until: day(until) },
});
const coming = (caseId: string, bed?: string): AdmitResident => ({
  caseId,
  voluntary: true,
  houseRulesExplained: true,
  ...(bed && { bed }),
});
const staysOf = (...facts: { fact: StayFact; at: string }[]) => fold(shelters, facts).stays;
/** One who came on the 3rd, moved on the 5th and left on the 9th, and came again on the 12th. */
const hers = [
  on(day(3), came("s-1", "c-1", "W1")),
  on(day(5), moved("s-1", "W2")),
  on(day(9), left("s-1", "c-1")),
  on(day(12), came("s-2", "c-1", "W3")),
];

describe("where she slept", () => {
  test("is told of every time, of each stay in its bed of then", () => {
    const stays = staysOf(...hers);
    const bedAt = (number: number) => {
      const stay = stayAt(stays, "c-1", day(number));
      return stay ? bedOf(stay, day(number)) : null;
    };
    expect([2, 3, 4, 5, 8, 9, 11, 12, 20].map(bedAt)).toEqual([null, "W1", "W1", "W2", "W2", null, null, "W3", "W3"]);
    expect([2, 3, 12].map((number) => nextStayAt(stays, "c-1", day(number)))).toEqual([day(3), day(12), null]);
    expect(nextStayAt(stays, "c-2", day(1))).toBeNull();
    expect(stays.stays.map((stay) => endOf(stays, stay))).toEqual([day(9), null]);
    expect(shelters.initial.stays).toEqual({ stays: [], reservations: [] });
  });
  test("is the same in whatever order it is told", () => {
    const [first, move, leave, second] = hers;
    expect(staysOf(second!, first!, leave!, move!)).toEqual(staysOf(...hers));
    // Of two at one time, the one told later stands later.
    expect(staysOf(on(day(3), came("a", "c-1", "W1")), on(day(3), came("b", "c-2", "W2"))).stays.map(({ stay }) => stay)).toEqual([
      "a",
      "b",
    ]);
    expect(
      staysOf(on(day(3), came("a", "c-1", "W1")), on(day(1), came("b", "c-2", "W2")), on(day(2), came("c", "c-3", "W3"))).stays.map(
        ({ stay }) => stay,
      ),
    ).toEqual(["b", "c", "a"]);
  });
  test("ends where she came anew, when her earlier coming is told late and its end is not known", () => {
    const stays = staysOf(on(day(12), came("s-2", "c-1", "W3")), on(day(3), came("s-1", "c-1", "W1")));
    expect(stays.stays.map((stay) => endOf(stays, stay))).toEqual([day(12), null]);
  });
  test("before the first night of a stay, the bed is the one in which she was admitted", () => {
    const [stay] = staysOf(...hers).stays;
    expect(bedOf(stay!, day(1))).toBe("W1");
  });
  test("what is said of a stay that nobody knows changes nothing, and of one leaves the others alone", () => {
    expect(staysOf(on(day(3), moved("s-9", "W1")))).toEqual({ stays: [], reservations: [] });
    const two = staysOf(on(day(3), came("a", "c-1", "W1")), on(day(4), came("b", "c-2", "W2")), on(day(5), moved("a", "W3")));
    expect(two.stays.map(({ stay, caseId, beds }) => [stay, caseId, beds.map(({ bed }) => bed)])).toEqual([
      ["a", "c-1", ["W1", "W3"]],
      ["b", "c-2", ["W2"]],
    ]);
    expect(staysOf(...hers).stays[0]).toMatchObject({ stay: "s-1", caseId: "c-1", from: day(3), until: day(9) });
  });
});

describe("what beds were used for", () => {
  const uses = (from: number, until: number | null, ...facts: { fact: StayFact; at: string }[]) =>
    usesDuring(staysOf(...facts), { from: day(from), until: until === null ? null : day(until) }).map(
      (use) => `${use.bed} ${use.kept ? "kept for" : "by"} ${use.caseId} ${use.from.slice(8, 10)}-${use.until?.slice(8, 10) ?? ""}`,
    );

  test("is each bed from when she slept in it until she moved, left, or goes on", () => {
    expect(uses(1, null, ...hers)).toEqual(["W1 by c-1 03-05", "W2 by c-1 05-09", "W3 by c-1 12-"]);
    expect(uses(5, 9, ...hers)).toEqual(["W2 by c-1 05-09"]);
    expect(uses(9, 12, ...hers)).toEqual([]);
  });
  test("is a bed kept until its end, until she comes, another is kept for her, or it is given up", () => {
    const one = on(day(2), kept("r-1", "c-1", "W1", 9));
    expect(uses(2, null, one)).toEqual(["W1 kept for c-1 02-09"]);
    expect(uses(9, null, one)).toEqual([]);
    expect(uses(2, null, one, on(day(4), came("s-1", "c-1", "W2")))).toEqual(["W2 by c-1 04-", "W1 kept for c-1 02-04"]);
    expect(uses(2, null, one, on(day(4), came("s-1", "c-2", "W2")))).toEqual(["W2 by c-2 04-", "W1 kept for c-1 02-09"]);
    expect(uses(2, null, on(day(1), came("s-1", "c-1", "W2")), on(day(1), left("s-1", "c-1")), one)).toEqual(["W1 kept for c-1 02-09"]);
    expect(uses(2, null, one, on(day(5), kept("r-2", "c-1", "W3", 8)))).toEqual(["W1 kept for c-1 02-05", "W3 kept for c-1 05-08"]);
    expect(uses(2, null, one, on(day(5), kept("r-2", "c-2", "W3", 8)))).toEqual(["W1 kept for c-1 02-09", "W3 kept for c-2 05-08"]);
    const given = { type: "ReservationReleased", data: { reservation: "r-1" } } as const;
    expect(uses(2, null, one, on(day(5), kept("r-2", "c-2", "W3", 8)), on(day(6), given))).toEqual([
      ...["W1 kept for c-1 02-06", "W3 kept for c-2 05-08"],
    ]);
  });
});

describe("a bed holds one person, in past nights too", () => {
  const house = [opened, ...hers] as const;

  test("nobody is taken in then where somebody slept, or came to sleep before she has left", () => {
    given(shelters, ...house)
      .when(admitResident, coming("c-2", "W2"), told(6))
      .refused("BedOccupied");
    given(shelters, ...house)
      .when(admitResident, coming("c-2", "W3"), told(6))
      .refused("BedOccupied");
    given(shelters, ...house)
      .when(admitResident, coming("c-2", "W1"), told(6))
      .then(came("id-1", "c-2", "W1"));
  });
  test("one who came again later is taken in before it, until then", () => {
    given(shelters, opened, on(day(12), came("s-2", "c-1", "W3")), on(day(12), came("s-3", "c-2", "W1")))
      .when(admitResident, coming("c-2", "W3"), told(6))
      .then(came("id-1", "c-2", "W3"));
    given(shelters, opened, on(day(12), came("s-2", "c-1", "W3")))
      .when(admitResident, coming("c-2", "W3"), told(6, { nextStayAt: day(11) }))
      .then(came("id-1", "c-2", "W3"));
  });
  test("nobody is taken in before her case was opened, or where a later moment says that she was elsewhere", () => {
    given(shelters, opened)
      .when(admitResident, coming("c-2", "W1"), told(3, { openedAt: day(4) }))
      .refused("BeforeItsBeginning");
    given(shelters, opened)
      .when(admitResident, coming("c-2", "W1"), told(3, { isElsewhere: true }))
      .refused("StayOverlaps");
    given(shelters, opened)
      .when(reserveBed, { caseId: "c-2", bed: "W1", until: day(29) }, told(3, { openedAt: day(4) }))
      .refused("BeforeItsBeginning");
  });
  test("a move told late is until she moved again, and of the stay of then", () => {
    given(shelters, ...house)
      .when(moveResident, { caseId: "c-1", bed: "W4", acceptOverflow: true }, told(4))
      .then({ type: "ResidentMoved", data: { stay: "s-1", bed: "W4", category: "Women", overflow: true } });
    given(shelters, ...house, on(day(5), came("s-9", "c-9", "W4")))
      .when(moveResident, { caseId: "c-1", bed: "W4", acceptOverflow: true }, told(4))
      .then({ type: "ResidentMoved", data: { stay: "s-1", bed: "W4", category: "Women", overflow: true } });
    given(shelters, ...house)
      .when(moveResident, { caseId: "c-1", bed: "W1" }, told(10))
      .refused("NotResident");
  });
  test("a bed that the house did not have for the whole time, or only for a part, is not one of it", () => {
    const fewer = on(day(8), offered(["W4"], ["W1", "W2"]));
    given(shelters, opened, fewer).when(admitResident, coming("c-2", "W3"), told(4)).refused("BedUnknown");
    given(shelters, opened, fewer)
      .when(admitResident, coming("c-2"), told(4))
      .then(came("id-1", "c-2", "W1"));
    given(shelters, opened, fewer, on(day(2), came("s-1", "c-1", "W1")), on(day(2), came("s-2", "c-3", "W2")))
      .when(admitResident, coming("c-2"), told(4))
      .refused("NoBedAvailable");
  });
  test("the bed that is hers is the one kept for her then, not for another, nor at another time", () => {
    const two = [opened, on(day(2), kept("r-1", "c-9", "W2", 20)), on(day(2), kept("r-2", "c-2", "W3", 5))] as const;
    given(shelters, ...two)
      .when(admitResident, coming("c-2"), told(4))
      .then(came("id-1", "c-2", "W3"));
    given(shelters, ...two)
      .when(admitResident, coming("c-2"), told(6))
      .then(came("id-1", "c-2", "W1"));
    given(shelters, ...two)
      .when(admitResident, coming("c-8"), told(4))
      .then(came("id-1", "c-8", "W1"));
  });
});
