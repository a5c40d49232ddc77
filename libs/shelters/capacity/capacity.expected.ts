import { eachOf, right, type Expectation } from "#access/expectation.js";

/** Who may do and see what, as the people concerned would say it. */
export const expected: Expectation = {
  operations: {
    registerShelter: right("write", "capacity", "begun"),
    vetShelter: right("write", "vetting", "a shelter"),
    ...eachOf(["changeCapacity", "takeBedOutOfService", "restoreBed"], right("write", "capacity", "a shelter")),
    shelters: right("read", "capacity", "narrowed"),
    ...eachOf(["shelter", "shelterLive"], right("read", "capacity", "a shelter")),
    ...eachOf(["shelterHistory", "shelterState"], right("read", "history", "a shelter")),
    shelterAccess: right("read", "access", "a shelter"),
  },
  cells: { vetting: { "social-welfare-officer": "W" } },
  personal: { registerShelter: eachOf(["address", "latitude", "longitude", "phone"], "location") },
  answers: {
    Shelter: {
      ...eachOf(["id", "stale", "skipped", "intact"], "open"),
      ...eachOf(["revision", "code", "region", "vettedUntil", "bedsInService", "occupied", "free", "overflow"], "capacity"),
      ...eachOf(["beds[].bed", "beds[].category", "beds[].availability", "beds[].inService"], "capacity"),
      ...eachOf(["beds[].stay", "location"], "location"),
    },
  },
  states: {
    shelter: {
      ...eachOf(["capacity.code", "capacity.registeredAt", "capacity.organisation", "capacity.beds", "capacity.vettings"], "capacity"),
      "capacity.subject": "location",
    },
  },
  facts: {
    ShelterRegistered: { code: "capacity", region: "capacity", shelter: "location" },
    ...eachOf(["ShelterVetted", "CapacityChanged", "BedTakenOutOfService", "BedRestored"], "capacity"),
  },
};
