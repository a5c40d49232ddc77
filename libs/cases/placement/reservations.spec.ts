import { given, on } from "#kernel/given.js";
import { cases } from "../cases.js";
import { approveClosure, type ClosureFact } from "../closure/closure.js";
import { recordPlacement, type PlacementFact } from "./placement.js";
import { endReservation, recordReservation, type ReservationFact } from "./reservations.js";

const day = (of: number) => `2026-01-${String(of).padStart(2, "0")}T08:00:00.000Z`;
const asked = { shelter: "sh-1", reservation: "r-1", until: day(9) };
const kept: ReservationFact = { type: "BedKeptInShelter", data: asked };
const givenUp: ReservationFact = { type: "KeptBedGivenUp", data: { shelter: "sh-1", reservation: "r-1" } };
const placed = (shelter: string): PlacementFact => ({ type: "PlacedInShelter", data: { shelter, stay: "st-1" } });
const times = (at: number) => ({ at: day(at), now: day(at) });

describe("a bed that is kept for her", () => {
  test("is told by the shelter that keeps it, once", () => {
    given(cases).when(recordReservation, asked, times(2)).then(kept);
    given(cases, on(day(2), kept))
      .when(recordReservation, asked, times(3))
      .then();
  });
  test("is given up where she is taken in elsewhere", () =>
    given(cases, on(day(2), kept))
      .when(recordPlacement, { shelter: "sh-2", stay: "st-1" }, times(3))
      .then(placed("sh-2"), givenUp));
  test("is not given up by coming to the shelter that keeps it, nor when the time is over", () => {
    given(cases, on(day(2), kept))
      .when(recordPlacement, { shelter: "sh-1", stay: "st-1" }, times(3))
      .then(placed("sh-1"));
    given(cases, on(day(2), kept))
      .when(recordPlacement, { shelter: "sh-2", stay: "st-1" }, times(9))
      .then(placed("sh-2"));
  });
  test("is given up at once when it is heard of after she was taken in elsewhere", () =>
    given(cases, on(day(3), placed("sh-2")))
      .when(recordReservation, asked, { at: day(2), now: day(4) })
      .then(kept, givenUp));
  test("may be kept while she stays elsewhere, until she comes", () =>
    given(cases, on(day(1), placed("sh-2")))
      .when(recordReservation, asked, times(2))
      .then(kept));
  test("is no longer kept when the shelter says so, and that is already so afterwards", () => {
    given(cases, on(day(2), kept))
      .when(endReservation, asked, times(3))
      .then(givenUp);
    given(cases, on(day(2), kept), on(day(3), givenUp))
      .when(endReservation, asked, times(4))
      .then();
    given(cases).when(endReservation, asked, times(4)).then();
  });
});

describe("when her case is closed", () => {
  const requested: ClosureFact = { type: "CaseClosureRequested", data: { reason: "Deceased", requestedBy: "amina" } };
  const approved: ClosureFact = { type: "CaseClosureApproved", data: { approvedBy: "neema" } };
  const closed: ClosureFact = { type: "CaseClosed", data: { reason: "Deceased", episode: 1 } };
  const asNeema = { ...times(4), actor: { id: "neema", role: "supervisor" } };

  test("every bed that is kept for her is given up", () =>
    given(cases, on(day(2), kept), on(day(3), requested))
      .when(approveClosure, {}, asNeema)
      .then(approved, closed, givenUp));
  test("one that is heard of afterwards is given up at once", () =>
    given(cases, on(day(3), requested), on(day(4), approved), on(day(4), closed))
      .when(recordReservation, asked, { at: day(2), now: day(5) })
      .then(kept, givenUp));
});
