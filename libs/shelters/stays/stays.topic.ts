import { may } from "#access/decide.js";
import { change, type AlsoOf } from "#api/changes/changes.js";
import { list } from "#api/reads/reads.js";
import type { View } from "#projection/declare/view.js";
import { topic } from "#topics/topic.js";
import { shelterView } from "../capacity/shelter.view.js";
import { shelters } from "../shelters.js";
import * as admission from "./admission.js";
import type { Resident } from "./beds.js";
import { leaveOverrun, reservationLapse } from "./due.policy.js";
import { stayVocabularies } from "./labels.js";
import { occupancyOf } from "./occupancy.api.js";
import { whereSheStays } from "./stay.relation.js";
import { stayView } from "./stay.view.js";
import { stays } from "./stays.js";

/** What shelters need to know of others: of whom they take in, by her case. */
export interface ShelterNeeds {
  readonly resident: AlsoOf<"caseId", Resident>;
  /** The views whose rows are a case each. */
  readonly caseRows: () => readonly View<any, any>[];
}

const stay = { bed: "stay", category: "stay", overflow: "stay" } as const;

/** Whoever stays in a shelter is named here by her case and by her stay, and either tells where she is: both are for the staff of the house alone. */
export const stayTopicWith = ({ resident, caseRows }: ShelterNeeds) =>
  topic(shelters, stays, {
    state: "location",
    facts: {
      BedReserved: { reservation: "location", caseId: "location", bed: "stay", until: "stay" },
      ReservationReleased: { reservation: "location", caseId: "location" },
      ReservationLapsed: { reservation: "location", caseId: "location" },
      ResidentAdmitted: { stay: "location", caseId: "location", ...stay },
      ResidentMoved: { stay: "location", ...stay },
      LeaveGranted: { stay: "location", until: "stay" },
      LeaveOverrun: { stay: "location", until: "stay" },
      ResidentReturned: { stay: "location" },
      ResidentDischarged: { stay: "location", caseId: "location", exitType: "stay" },
    },
    changes: {
      Accommodation: [
        change(admission.reserveBed, admission.ReserveBed, may("write", "stay"), { resident }),
        change(admission.releaseReservation, admission.ReleaseReservation, may("write", "stay")),
        change(admission.admitResident, admission.AdmitResident, may("write", "stay"), { resident }),
        change(admission.moveResident, admission.MoveResident, may("write", "stay"), { resident }),
        change(admission.grantLeave, admission.GrantLeave, may("write", "stay")),
        change(admission.recordReturn, admission.RecordReturn, may("write", "stay")),
        change(admission.dischargeResident, admission.DischargeResident, may("write", "stay")),
      ],
    },
    views: [stayView],
    lists: [
      list(stayView, {
        name: "stays",
        permission: may("read", "stay", "Accommodation", "Oversight"),
        filters: ["shelter", "caseId"],
        sorts: ["-admittedAt", "admittedAt"],
        below: { shelter: () => [shelterView], caseId: caseRows },
      }),
    ],
    reads: (about) => [occupancyOf(about)],
    due: [reservationLapse, leaveOverrun],
    relations: [whereSheStays],
    vocabularies: stayVocabularies,
  });
