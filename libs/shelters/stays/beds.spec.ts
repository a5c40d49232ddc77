import fc from "fast-check";
import { fold, exampleContext } from "#kernel/given.js";
import { Refusal } from "#kernel/kernel.js";
import type { CapacityFact } from "../capacity/capacity.js";
import { shelters } from "../shelters.js";
import type { BedCategory } from "../vocabulary.js";
import { admitResident, dischargeResident, moveResident, reserveBed } from "./admission.js";
import { chooseBed, isSuitable, type Resident, type Wish } from "./beds.js";
import { stayAt, usesDuring, type StayFact } from "./stays.js";

const { now } = exampleContext();
const beds: CapacityFact = {
  type: "CapacityChanged",
  data: {
    beds: [
      { bed: "W9", category: "Women", availability: "Overflow" },
      { bed: "M1", category: "Men", availability: "YearRound" },
      { bed: "W1", category: "Women", availability: "YearRound" },
      { bed: "W2", category: "Women", availability: "Seasonal" },
    ],
  },
};
const woman: Resident = { sex: "Female", isChild: false, served: true, openedAt: null, nextStayAt: null, isElsewhere: false };
const houseAfter = (...happened: (CapacityFact | StayFact)[]) =>
  fold(
    shelters,
    [beds, ...happened].map((fact) => ({ fact, at: now })),
  );
const asleepIn = (bed: string): StayFact => ({
  type: "ResidentAdmitted",
  data: { stay: `st-${bed}`, caseId: `c-${bed}`, bed, category: "Women", overflow: false },
});
const keptFor = (caseId: string, bed: string, until: string): StayFact => ({
  type: "BedReserved",
  data: { reservation: `r-${bed}`, caseId, bed, until },
});
const broken = (bed: string): CapacityFact => ({ type: "BedTakenOutOfService", data: { bed, reason: "Repair" } });

/** The bed she gets, or why she gets none. */
const bedFor = (wish: Partial<Wish>, ...happened: (CapacityFact | StayFact)[]): string => {
  try {
    return chooseBed({ ...houseAfter(...happened), resident: woman }, { caseId: "c-1", ...wish }, { from: now, until: null }).bed;
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
};
const tomorrow = "2026-01-11T08:00:00.000Z";

describe("who sleeps where", () => {
  const known = { served: true, openedAt: null, nextStayAt: null, isElsewhere: false } as const;
  const grown = { isChild: false, ...known } as const;
  const young = { isChild: true, ...known } as const;
  const alone: [string, Resident, BedCategory[]][] = [
    ["a woman", { sex: "Female", ...grown }, ["Women"]],
    ["a man", { sex: "Male", ...grown }, ["Men"]],
    ["a girl", { sex: "Female", ...young }, ["Girls"]],
    ["a boy", { sex: "Male", ...young }, ["Boys"]],
    ["an adult of another sex", { sex: "Other", ...grown }, ["Women", "Men"]],
    ["a child of unknown sex", { sex: "Unknown", ...young }, ["Girls", "Boys"]],
  ];
  const categories: BedCategory[] = ["Women", "Men", "Girls", "Boys", "Family"];

  test.each(alone)("%s alone", (_, resident, suitable) =>
    expect(categories.filter((category) => isSuitable(resident, category, false))).toEqual(suitable),
  );
  test.each(alone)("%s with family may also sleep in a family's room", (_, resident, suitable) =>
    expect(categories.filter((category) => isSuitable(resident, category, true))).toEqual([...suitable, "Family"]),
  );
});

describe("the bed she asks for", () => {
  test("is hers when it is free", () => expect(bedFor({ bed: "W2" })).toBe("W2"));
  test("is a bed of this shelter", () => expect(bedFor({ bed: "W7" })).toBe("BedUnknown"));
  test("is in service", () => expect(bedFor({ bed: "W1" }, broken("W1"))).toBe("BedOutOfService"));
  test("is not one somebody sleeps in", () => expect(bedFor({ bed: "W1" }, asleepIn("W1"))).toBe("BedOccupied"));
  test("is not one kept for someone else", () =>
    expect(bedFor({ bed: "W1" }, keptFor("c-2", "W1", tomorrow))).toBe("BedReservedForAnother"));
  test("may be one kept for herself, or for someone who did not come", () => {
    expect(bedFor({ bed: "W1" }, keptFor("c-1", "W1", tomorrow))).toBe("W1");
    expect(bedFor({ bed: "W1" }, keptFor("c-2", "W1", now))).toBe("W1");
  });
  test("is not among men", () => expect(bedFor({ bed: "M1" })).toBe("BedCategoryNotSuitable"));
  test("is an overflow bed only where that is accepted", () => {
    expect(bedFor({ bed: "W9" })).toBe("OverflowNotAccepted");
    expect(bedFor({ bed: "W9", acceptOverflow: true })).toBe("W9");
  });
});

describe("any bed", () => {
  test("is the one kept for her", () => expect(bedFor({}, keptFor("c-1", "W2", tomorrow))).toBe("W2"));
  test("is the first that suits her, overflow last", () => {
    expect(bedFor({ acceptOverflow: true })).toBe("W1");
    expect(bedFor({ acceptOverflow: true }, asleepIn("W1"))).toBe("W2");
    expect(bedFor({ acceptOverflow: true }, asleepIn("W1"), broken("W2"))).toBe("W9");
  });
  test("is none where all are taken, kept for others or broken, and overflow is not accepted", () => {
    expect(bedFor({}, asleepIn("W1"), keptFor("c-2", "W2", tomorrow))).toBe("NoBedAvailable");
    expect(bedFor({ acceptOverflow: true }, asleepIn("W1"), broken("W2"), asleepIn("W9"))).toBe("NoBedAvailable");
  });
});

describe("whatever is asked in whatever order", () => {
  const people = ["c-1", "c-2", "c-3", "c-4", "c-5"];
  const bed = fc.constantFrom("W1", "W2", "W9", "M1");
  const asked = fc.record({
    act: fc.constantFrom("admit", "admit", "move", "discharge", "reserve"),
    caseId: fc.constantFrom(...people),
    bed,
    anyBed: fc.boolean(),
    acceptOverflow: fc.boolean(),
    sex: fc.constantFrom("Female" as const, "Male" as const, "Unknown" as const),
  });
  type Asked = typeof asked extends fc.Arbitrary<infer A> ? A : never;
  type House = ReturnType<typeof houseAfter>;

  let count = 0;
  const decide = (house: House, { act, caseId, bed, anyBed, acceptOverflow, sex }: Asked): readonly StayFact[] => {
    const context = exampleContext({ newId: () => `id-${++count}` });
    const state = { ...house, resident: { ...woman, sex } };
    const wish = { caseId, acceptOverflow, ...(!anyBed && { bed }) };
    if (act === "admit") return admitResident(state, { ...wish, voluntary: true, houseRulesExplained: true }, context);
    if (act === "move") return moveResident(state, { ...wish, bed }, context);
    if (act === "reserve") return reserveBed(state, { ...wish, until: tomorrow }, context);
    const stay = stayAt(house.stays, caseId, now)?.stay ?? "none";
    return dischargeResident(state, { stay, exitType: "Planned" }, context);
  };
  const after = (house: House, each: Asked): House => {
    try {
      return fold(
        shelters,
        decide(house, each).map((fact) => ({ fact, at: now })),
        house,
      );
    } catch (error) {
      if (error instanceof Refusal) return house;
      throw error;
    }
  };
  const distinct = (values: readonly string[]) => expect(new Set(values).size).toBe(values.length);

  test("no bed holds two people, nobody has two beds, and no bed is kept for two", () =>
    fc.assert(
      fc.property(fc.array(asked, { maxLength: 40 }), (sequence) => {
        let house = houseAfter();
        for (const each of sequence) {
          house = after(house, each);
          const uses = usesDuring(house.stays, { from: now, until: null });
          distinct(uses.map(({ bed }) => bed));
          distinct(uses.filter(({ kept }) => !kept).map(({ caseId }) => caseId));
        }
      }),
    ));
});
