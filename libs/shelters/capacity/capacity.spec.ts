import { given, on } from "#kernel/given.js";
import { shelters } from "../shelters.js";
import type { StayFact } from "../stays/stays.js";
import {
  changeCapacity,
  registerShelter,
  restoreBed,
  takeBedOutOfService,
  vetShelter,
  type BedOffered,
  type CapacityFact,
  type RegisterShelter,
} from "./capacity.js";

const house: RegisterShelter = { code: "KG-1", region: "Kigoma", address: "Example Road 1", phone: "+255700000001" };
const registered: CapacityFact = {
  type: "ShelterRegistered",
  data: { code: "KG-1", region: "Kigoma", shelter: "id-1" },
  personal: { "id-1": { location: { address: "Example Road 1", phone: "+255700000001" } } },
};
const jabari = { actor: { id: "jabari", role: "social-welfare-officer", organisation: "government" } };
const w1: BedOffered = { bed: "W1", category: "Women", availability: "YearRound" };
const w2: BedOffered = { bed: "W2", category: "Women", availability: "Overflow" };
const beds = (...offered: BedOffered[]): CapacityFact => ({ type: "CapacityChanged", data: { beds: offered } });
const broken: CapacityFact = { type: "BedTakenOutOfService", data: { bed: "W1", reason: "Repair" } };
const asleep: StayFact = { type: "ResidentAdmitted", data: { stay: "st-1", caseId: "c-1", bed: "W1", category: "Women", overflow: false } };
const gone: StayFact = { type: "ResidentDischarged", data: { stay: "st-1", caseId: "c-1", exitType: "Planned" } };
const keptUntil = (until: string): StayFact => ({ type: "BedReserved", data: { reservation: "r-1", caseId: "c-1", bed: "W1", until } });
const kept = keptUntil("2026-01-11T00:00:00.000Z");
const keptBefore = keptUntil("2026-01-10T08:00:00.000Z");

describe("a shelter", () => {
  test("is known by a code; where it stands is kept as personal", () => given(shelters).when(registerShelter, house).then(registered));
  test("is registered once", () => given(shelters, registered).when(registerShelter, house).refused("ShelterAlreadyRegistered"));
});

describe("vetting a shelter", () => {
  const vetted: CapacityFact = { type: "ShelterVetted", data: { validUntil: "2027-01-01T00:00:00.000Z" } };

  test("holds until a day, kept as UTC", () =>
    given(shelters, registered).when(vetShelter, { validUntil: "2027-01-01T03:00:00+03:00" }, jabari).then(vetted));
  test("that ends now is none", () =>
    given(shelters, registered).when(vetShelter, { validUntil: "2026-01-10T08:00:00.000Z" }, jabari).refused("VettingAlreadyExpired"));
  test("until the same day is already so", () =>
    given(shelters, registered, vetted).when(vetShelter, { validUntil: "2027-01-01T00:00:00.000Z" }, jabari).then());
  test("by nobody of its own, and by no other than an officer", () => {
    const ofTheHouse = on("2026-01-01T08:00:00.000Z", registered, { id: "esther", role: "shelter-manager", organisation: "o" });
    const until = { validUntil: "2027-01-01T00:00:00.000Z" };
    given(shelters, ofTheHouse)
      .when(vetShelter, until, { actor: { ...jabari.actor, organisation: "o" } })
      .refused("ApproverOfOwnOrganisation");
    given(shelters, ofTheHouse).when(vetShelter, until).refused("ApproverOfAnotherRole");
  });
});

describe("the beds of a shelter", () => {
  test("are told as a whole", () =>
    given(shelters, registered)
      .when(changeCapacity, { beds: [w1, w2] })
      .then(beds(w1, w2)));
  test("are already so", () =>
    given(shelters, beds(w1, w2))
      .when(changeCapacity, { beds: [w1, w2] })
      .then());
  test("have a name each", () =>
    given(shelters)
      .when(changeCapacity, { beds: [w1, { ...w2, bed: "W1" }] })
      .refused("BedNamedTwice"));
  test("do not vanish from under someone who sleeps", () =>
    given(shelters, beds(w1, w2), asleep)
      .when(changeCapacity, { beds: [w2] })
      .refused("BedInUse"));
  test("do not become men's beds while a woman sleeps there", () =>
    given(shelters, beds(w1), asleep)
      .when(changeCapacity, { beds: [{ ...w1, category: "Men" }] })
      .refused("BedInUse"));
  test("do not vanish while they are kept for someone", () =>
    given(shelters, beds(w1, w2), kept)
      .when(changeCapacity, { beds: [w2] })
      .refused("BedInUse"));
  test("may be fewer when she has left, or was kept for until now", () => {
    given(shelters, beds(w1, w2), asleep, gone)
      .when(changeCapacity, { beds: [w2] })
      .then(beds(w2));
    given(shelters, beds(w1, w2), keptBefore)
      .when(changeCapacity, { beds: [w2] })
      .then(beds(w2));
  });
  test("may be more while she sleeps", () =>
    given(shelters, beds(w1), asleep)
      .when(changeCapacity, { beds: [w1, w2] })
      .then(beds(w1, w2)));
});

describe("a bed nobody can sleep in", () => {
  const repair = { bed: "W1", reason: "Repair" } as const;

  test("is taken out of service", () => given(shelters, beds(w1)).when(takeBedOutOfService, repair).then(broken));
  test("is out of service already", () => given(shelters, beds(w1), broken).when(takeBedOutOfService, repair).then());
  test("is a bed of this shelter", () => given(shelters).when(takeBedOutOfService, repair).refused("BedUnknown"));
  test("is not one somebody sleeps in", () => given(shelters, beds(w1), asleep).when(takeBedOutOfService, repair).refused("BedInUse"));
  test("is not one that is kept for someone", () => given(shelters, beds(w1), kept).when(takeBedOutOfService, repair).refused("BedInUse"));
  test("may be one that was kept until now", () => given(shelters, beds(w1), keptBefore).when(takeBedOutOfService, repair).then(broken));
});

describe("a bed that is mended", () => {
  const restored: CapacityFact = { type: "BedRestored", data: { bed: "W1" } };

  test("is in service again", () => given(shelters, beds(w1), broken).when(restoreBed, { bed: "W1" }).then(restored));
  test("is in service again, too, when it was taken away and set up anew", () =>
    given(shelters, beds(w1), broken, beds(w2), beds(w1, w2)).when(restoreBed, { bed: "W1" }).then());
  test("is in service already", () => given(shelters, beds(w1), broken, restored).when(restoreBed, { bed: "W1" }).then());
  test("is a bed of this shelter", () => given(shelters, beds(w1)).when(restoreBed, { bed: "W9" }).refused("BedUnknown"));
});
