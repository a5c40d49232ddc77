import { eachOf, right, type Expectation } from "#access/expectation.js";

const stay = eachOf(["bed", "category", "overflow"], "stay");

/** Who may do and see what, as the people concerned would say it. */
export const expected: Expectation = {
  operations: {
    ...eachOf(
      ["reserveBed", "releaseReservation", "admitResident", "moveResident", "grantLeave", "recordReturn", "dischargeResident"],
      right("write", "stay", "a shelter"),
    ),
    stays: right("read", "stay", "narrowed"),
    // In which house they stay is for those who know the house.
    shelterStays: { ...right("read", "stay", "a shelter"), knowing: "location" },
    caseStays: right("read", "stay", "a case"),
    shelterOccupancy: right("read", "capacity", "a shelter"),
  },
  answers: {
    Stay: {
      ...eachOf(["id", "stale", "skipped", "intact"], "open"),
      ...eachOf(
        ["caseId", "category", "overflow", "admittedAt", "leaveUntil", "overdueSince", "dischargedAt", "exitType", "moved"],
        "stay",
      ),
      ...eachOf(["shelter", "bed"], "location"),
    },
    Night: eachOf(["night", "beds", "occupied", "overflow", "rate"], "open"),
  },
  states: { shelter: { stays: "location" } },
  facts: {
    BedReserved: { reservation: "location", caseId: "location", bed: "stay", until: "stay" },
    ...eachOf(["ReservationReleased", "ReservationLapsed"], { reservation: "location", caseId: "location" }),
    ResidentAdmitted: { stay: "location", caseId: "location", ...stay },
    ResidentMoved: { stay: "location", ...stay },
    ...eachOf(["LeaveGranted", "LeaveOverrun"], { stay: "location", until: "stay" }),
    ResidentReturned: { stay: "location" },
    ResidentDischarged: { stay: "location", caseId: "location", exitType: "stay" },
  },
  story: async ({ shelter, stay, newcomer, done, happened }) => {
    const soon = () => new Date(Date.now() + 4_000).toISOString();
    await done("shelter-case-manager", `/v1/shelters/${shelter}/reserve-bed`, { caseId: newcomer, until: soon() });
    await done("shelter-case-manager", `/v1/shelters/${shelter}/grant-leave`, { stay, until: soon() });
    await happened(`/v1/shelters/${shelter}`, "ReservationLapsed");
    await happened(`/v1/shelters/${shelter}`, "LeaveOverrun");
  },
};
