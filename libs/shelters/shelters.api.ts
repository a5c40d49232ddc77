import { may } from "#access/decide.js";
import { change, changes, creation, type AlsoOf } from "#api/changes/changes.js";
import { accessTo, historyOf } from "#api/history/history.js";
import type { Operation } from "#api/operations/operation.js";
import { live } from "#api/live/live.js";
import { list, one } from "#api/reads/reads.js";
import * as capacity from "./capacity/capacity.js";
import { shelterView } from "./capacity/shelter.view.js";
import { shelterRecord } from "./areas.js";
import * as stays from "./stays/admission.js";
import type { Resident } from "./stays/beds.js";
import { occupancy } from "./stays/occupancy.api.js";
import { stayView } from "./stays/stay.view.js";

/** What shelters need to know of others: of whom they take in, by her case. */
export interface ShelterNeeds {
  readonly resident: AlsoOf<"caseId", Resident>;
}

/** Everything that can be asked of shelters. */
export const shelterOperationsWith = ({ resident }: ShelterNeeds): readonly Operation[] => [
  ...changes(shelterRecord, "ShelterManagement", [
    creation(capacity.registerShelter, capacity.RegisterShelter, may("write", "capacity")),
    change(capacity.vetShelter, capacity.VetShelter, may("write", "capacity")),
    change(capacity.changeCapacity, capacity.ChangeCapacity, may("write", "capacity")),
    change(capacity.takeBedOutOfService, capacity.TakeBedOutOfService, may("write", "capacity")),
    change(capacity.restoreBed, capacity.RestoreBed, may("write", "capacity")),
  ]),
  ...changes(shelterRecord, "Accommodation", [
    change(stays.reserveBed, stays.ReserveBed, may("write", "stay"), { resident }),
    change(stays.releaseReservation, stays.ReleaseReservation, may("write", "stay")),
    change(stays.admitResident, stays.AdmitResident, may("write", "stay"), { resident }),
    change(stays.moveResident, stays.MoveResident, may("write", "stay"), { resident }),
    change(stays.grantLeave, stays.GrantLeave, may("write", "stay")),
    change(stays.recordReturn, stays.RecordReturn, may("write", "stay")),
    change(stays.dischargeResident, stays.DischargeResident, may("write", "stay")),
  ]),
  list(shelterView, {
    name: "shelters",
    permission: may("read", "capacity"),
    filters: ["region", "code"],
    sorts: ["code"],
    shelterIn: "id",
  }),
  one(shelterRecord, shelterView, {
    name: "shelter",
    path: "shelters",
    permission: may("read", "capacity"),
    purpose: "ShelterManagement",
  }),
  live(shelterRecord, shelterView, { name: "shelterLive", path: "shelters", permission: may("read", "capacity") }),
  list(stayView, {
    name: "stays",
    permission: may("read", "stay"),
    filters: ["shelter", "caseId"],
    sorts: ["-admittedAt", "admittedAt"],
    shelterIn: "shelter",
  }),
  occupancy,
  ...historyOf(shelterRecord, may("read", "history")),
  accessTo(shelterRecord, may("read", "access")),
];
