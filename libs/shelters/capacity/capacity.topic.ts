import { areaOf } from "#access/cells.js";
import { may } from "#access/decide.js";
import { change, creationOf } from "#api/changes/changes.js";
import { live } from "#api/live/live.js";
import { list, one } from "#api/reads/reads.js";
import { topic } from "#topics/topic.js";
import { shelters } from "../shelters.js";
import {
  capacity,
  ChangeCapacity,
  changeCapacity,
  RegisterShelter,
  registerShelter,
  RestoreBed,
  restoreBed,
  TakeBedOutOfService,
  takeBedOutOfService,
  VetShelter,
  vetShelter,
} from "./capacity.js";
import { capacityView } from "./capacity.view.js";
import { capacityVocabularies } from "./labels.js";
import { shelterView } from "./shelter.view.js";

/** Houses are vetted from outside: by the ministry's social welfare officers. */
const vettingArea = areaOf("vetting", { "social-welfare-officer": "write" });

export const capacityTopic = topic(shelters, capacity, {
  state: {
    subject: "location",
    code: "capacity",
    registeredAt: "capacity",
    organisation: "capacity",
    beds: "capacity",
    vettings: "capacity",
  },
  facts: {
    ShelterRegistered: { code: "capacity", region: "capacity", shelter: "location" },
    ShelterVetted: "capacity",
    CapacityChanged: "capacity",
    BedTakenOutOfService: "capacity",
    BedRestored: "capacity",
  },
  changes: {
    ShelterManagement: [
      change(vetShelter, VetShelter, may("write", vettingArea)),
      creationOf(({ code }) => code, registerShelter, RegisterShelter, may("write", "capacity")),
      change(changeCapacity, ChangeCapacity, may("write", "capacity")),
      change(takeBedOutOfService, TakeBedOutOfService, may("write", "capacity")),
      change(restoreBed, RestoreBed, may("write", "capacity")),
    ],
  },
  views: [shelterView, capacityView],
  lists: [
    list(shelterView, {
      name: "shelters",
      permission: may("read", "capacity", "ShelterManagement", "Accommodation", "CaseManagement", "Oversight"),
      filters: ["region", "code"],
      sorts: ["code"],
    }),
  ],
  reads: (about) => [
    one(about, shelterView, {
      name: "shelter",
      path: "shelters",
      permission: may("read", "capacity", "ShelterManagement", "Accommodation", "CaseManagement", "Oversight"),
    }),
    live(about, shelterView, {
      name: "shelterLive",
      path: "shelters",
      permission: may("read", "capacity", "ShelterManagement", "Accommodation", "CaseManagement", "Oversight"),
    }),
  ],
  vocabularies: capacityVocabularies,
});
