import { given } from "#kernel/given.js";
import type { CapacityFact } from "../capacity/capacity.js";
import { shelters } from "../shelters.js";
import {
  admitResident,
  dischargeResident,
  grantLeave,
  moveResident,
  recordReturn,
  releaseReservation,
  reserveBed,
  type AdmitResident,
} from "./admission.js";
import type { Resident } from "./beds.js";
import type { StayFact } from "./stays.js";

const beds: CapacityFact = {
  type: "CapacityChanged",
  data: {
    beds: [
      { bed: "M1", category: "Men", availability: "YearRound" },
      { bed: "W1", category: "Women", availability: "YearRound" },
      { bed: "W2", category: "Women", availability: "Seasonal" },
      { bed: "W3", category: "Women", availability: "Overflow" },
    ],
  },
};
const woman: Resident = { sex: "Female", isChild: false, served: true, openedAt: null, nextStayAt: null, isElsewhere: false };
const asWoman = { also: { resident: woman } };
const notServed = { also: { resident: { ...woman, served: false } } };
const admitted = (bed: string, overflow = false): StayFact => ({
  type: "ResidentAdmitted",
  data: { stay: "id-1", caseId: "c-1", bed, category: "Women", overflow },
});
const another = (bed: string): StayFact => ({
  type: "ResidentAdmitted",
  data: { stay: `st-${bed}`, caseId: `c-${bed}`, bed, category: "Women", overflow: false },
});
const reserved = (bed: string, until = "2026-01-11T08:00:00.000Z", caseId = "c-1"): StayFact => ({
  type: "BedReserved",
  data: { reservation: "id-1", caseId, bed, until },
});

describe("keeping a bed", () => {
  const ask = { caseId: "c-1", bed: "W1", until: "2026-01-11T11:00:00+03:00" };

  test("a bed is kept for her until she comes", () => given(shelters, beds).when(reserveBed, ask, asWoman).then(reserved("W1")));
  test("it is kept already", () => given(shelters, beds, reserved("W1")).when(reserveBed, ask, asWoman).then());
  test("it may be kept for longer", () =>
    given(shelters, beds, reserved("W1"))
      .when(reserveBed, { ...ask, until: "2026-01-12T08:00:00.000Z" }, asWoman)
      .then(reserved("W1", "2026-01-12T08:00:00.000Z")));
  test("it is kept 72 hours at most", () => {
    const last = { ...ask, until: "2026-01-13T08:00:00.000Z" };
    given(shelters, beds).when(reserveBed, last, asWoman).then(reserved("W1", last.until));
    given(shelters, beds)
      .when(reserveBed, { ...ask, until: "2026-01-13T08:00:00.001Z" }, asWoman)
      .refused("ReservationTooLong");
  });
  test("it is not kept until now", () =>
    given(shelters, beds)
      .when(reserveBed, { ...ask, until: "2026-01-10T08:00:00.000Z" }, asWoman)
      .refused("ReservationAlreadyExpired"));
  test("it is not kept for someone who is not served", () =>
    given(shelters, beds).when(reserveBed, ask, notServed).refused("CaseNotServed"));
  test("it is not kept for someone who sleeps here", () =>
    given(shelters, beds, admitted("W2")).when(reserveBed, ask, asWoman).refused("AlreadyResident"));
});

describe("keeping a bed no longer", () => {
  const released: StayFact = { type: "ReservationReleased", data: { reservation: "id-1", caseId: "c-1" } };

  test("it is free for others", () =>
    given(shelters, beds, reserved("W1")).when(releaseReservation, { reservation: "id-1" }).then(released));
  test("it is free already", () =>
    given(shelters, beds, reserved("W1"), released).when(releaseReservation, { reservation: "id-1" }).then());
});

describe("taking someone in", () => {
  const coming: AdmitResident = { caseId: "c-1", bed: "W1", voluntary: true, houseRulesExplained: true };

  test("she comes of her own will and is told the rules", () =>
    given(shelters, beds).when(admitResident, coming, asWoman).then(admitted("W1")));
  test("she is here already, whatever bed is asked for", () => {
    given(shelters, beds, admitted("W1")).when(admitResident, coming, asWoman).then();
    given(shelters, beds, admitted("W1"))
      .when(admitResident, { ...coming, bed: "W2" }, asWoman)
      .then();
  });
  test("nobody is taken in against her will", () =>
    given(shelters, beds)
      .when(admitResident, { ...coming, voluntary: false }, asWoman)
      .refused("AdmissionNotVoluntary"));
  test("nobody is taken in without knowing the rules", () =>
    given(shelters, beds)
      .when(admitResident, { ...coming, houseRulesExplained: false }, asWoman)
      .refused("HouseRulesNotExplained"));
  test("whoever is not served is not taken in", () =>
    given(shelters, beds).when(admitResident, coming, notServed).refused("CaseNotServed"));
  test("an overflow bed is recorded as such", () =>
    given(shelters, beds)
      .when(admitResident, { ...coming, bed: "W3", acceptOverflow: true }, asWoman)
      .then(admitted("W3", true)));
  test("when she comes, no bed is kept for her any more", () =>
    given(shelters, beds, reserved("W2"), admitted("W1"))
      .when(admitResident, { ...coming, caseId: "c-2", bed: "W2" }, asWoman)
      .then({ ...admitted("W2"), data: { stay: "id-1", caseId: "c-2", bed: "W2", category: "Women", overflow: false } } as StayFact));
});

describe("moving to another bed", () => {
  const moved = (bed: string, overflow: boolean): StayFact => ({
    type: "ResidentMoved",
    data: { stay: "id-1", bed, category: "Women", overflow },
  });

  test("she sleeps in the other one", () =>
    given(shelters, beds, admitted("W1")).when(moveResident, { caseId: "c-1", bed: "W2" }, asWoman).then(moved("W2", false)));
  test("she sleeps there already", () =>
    given(shelters, beds, admitted("W1")).when(moveResident, { caseId: "c-1", bed: "W1" }, asWoman).then());
  test("whoever does not sleep here does not move", () =>
    given(shelters, beds).when(moveResident, { caseId: "c-1", bed: "W1" }, asWoman).refused("NotResident"));
  test("she does not move into a bed somebody sleeps in", () =>
    given(shelters, beds, admitted("W1"), another("W2")).when(moveResident, { caseId: "c-1", bed: "W2" }, asWoman).refused("BedOccupied"));
  test("an overflow bed is recorded as such", () =>
    given(shelters, beds, admitted("W1"))
      .when(moveResident, { caseId: "c-1", bed: "W3", acceptOverflow: true }, asWoman)
      .then(moved("W3", true)));
});

describe("going out", () => {
  const leave: StayFact = { type: "LeaveGranted", data: { stay: "id-1", until: "2026-01-11T08:00:00.000Z" } };
  const back: StayFact = { type: "ResidentReturned", data: { stay: "id-1" } };
  const ask = { stay: "id-1", until: "2026-01-11T11:00:00+03:00" };

  test("she may go and come back", () => {
    given(shelters, beds, admitted("W1")).when(grantLeave, ask).then(leave);
    given(shelters, beds, admitted("W1"), leave).when(recordReturn, { stay: "id-1" }).then(back);
  });
  test("she may already go, and is already back", () => {
    given(shelters, beds, admitted("W1"), leave).when(grantLeave, ask).then();
    given(shelters, beds, admitted("W1"), leave, back).when(recordReturn, { stay: "id-1" }).then();
  });
  test("her bed is kept meanwhile", () =>
    given(shelters, beds, admitted("W1"), leave)
      .when(admitResident, { caseId: "c-2", bed: "W1", voluntary: true, houseRulesExplained: true }, asWoman)
      .refused("BedOccupied"));
  test("leave does not end now", () =>
    given(shelters, beds, admitted("W1"))
      .when(grantLeave, { ...ask, until: "2026-01-10T08:00:00.000Z" })
      .refused("LeaveAlreadyOver"));
  test("whoever does not sleep here needs no leave, and does not return", () => {
    given(shelters, beds).when(grantLeave, ask).refused("NotResident");
    given(shelters, beds).when(recordReturn, { stay: "id-1" }).refused("NotResident");
  });
});

describe("leaving", () => {
  const gone: StayFact = { type: "ResidentDischarged", data: { stay: "id-1", caseId: "c-1", exitType: "SelfDischarge" } };
  const leaving = { stay: "id-1", exitType: "SelfDischarge" } as const;

  test("she may leave whenever she wants", () => given(shelters, beds, admitted("W1")).when(dischargeResident, leaving).then(gone));
  test("she has left already", () => given(shelters, beds, admitted("W1"), gone).when(dischargeResident, leaving).then());
  test("her bed is free for someone else, and for her", () =>
    given(shelters, beds, admitted("W1"), gone)
      .when(admitResident, { caseId: "c-1", bed: "W1", voluntary: true, houseRulesExplained: true }, asWoman)
      .then(admitted("W1")));
});
