import { dayOf, earlier, inserted, isDuring, nextAfter, overlap, standingAt } from "./in-time.js";

const at = (day: number) => `2026-01-${String(day).padStart(2, "0")}T08:00:00.000Z`;
const told = (day: number, word: string) => ({ at: at(day), word });
const list = [told(2, "b"), told(4, "d"), told(6, "f")];
const words = (all: readonly { word: string }[]) => all.map(({ word }) => word).join("");

describe("a list in order of time", () => {
  test("takes what is told late in its place, and of two at one time the one told later stands later", () => {
    expect(words(inserted(list, told(1, "a")))).toBe("abdf");
    expect(words(inserted(list, told(3, "c")))).toBe("bcdf");
    expect(words(inserted(list, told(4, "e")))).toBe("bdef");
    expect(words(inserted(list, told(7, "g")))).toBe("bdfg");
    expect(words(inserted([], told(1, "a")))).toBe("a");
    expect(words(list)).toBe("bdf");
  });
  test("tells what stood at a moment, and what came next", () => {
    expect([1, 2, 3, 4, 9].map((day) => standingAt(list, at(day))?.word)).toEqual([undefined, "b", "b", "d", "f"]);
    expect([1, 2, 3, 5, 6].map((day) => nextAfter(list, at(day))?.word)).toEqual(["b", "d", "d", "f", undefined]);
  });
});

describe("a time from a moment until another", () => {
  const open = { from: at(2), until: null };
  const closed = { from: at(2), until: at(4) };

  test("holds its beginning and not its end", () => {
    expect([1, 2, 3, 4].map((day) => isDuring(closed, at(day)))).toEqual([false, true, true, false]);
    expect([1, 2, 9].map((day) => isDuring(open, at(day)))).toEqual([false, true, true]);
  });
  test("has a moment in common with another, or has none", () => {
    const of = (from: number, until: number | null) => ({ from: at(from), until: until === null ? null : at(until) });
    for (const [other, expected] of [
      [of(1, 2), false],
      [of(1, 3), true],
      [of(3, 4), true],
      [of(4, 5), false],
      [of(4, null), false],
      [of(3, null), true],
      [of(1, null), true],
      [of(2, 2), false],
    ] as const) {
      expect([other, overlap(closed, other)]).toEqual([other, expected]);
      expect([other, overlap(other, closed)]).toEqual([other, expected]);
    }
    expect(overlap(open, of(5, null))).toBe(true);
    expect(overlap(open, of(1, 2))).toBe(false);
    expect(overlap(of(5, null), open)).toBe(true);
  });
  test("ends at the earlier of two ends; none is later than any", () => {
    expect(earlier(at(2), at(3))).toBe(at(2));
    expect(earlier(at(3), at(2))).toBe(at(2));
    expect(earlier(null, at(2))).toBe(at(2));
    expect(earlier(at(2), null)).toBe(at(2));
    expect(earlier(at(2), undefined)).toBe(at(2));
    expect(earlier(null, undefined)).toBeNull();
    expect(earlier(null, null)).toBeNull();
    expect(earlier(at(2), at(2))).toBe(at(2));
  });
});

test("a day is a day of the place", () => {
  expect(dayOf("2026-01-09T20:59:59.999Z", "Africa/Dar_es_Salaam")).toBe("2026-01-09");
  expect(dayOf("2026-01-09T21:00:00.000Z", "Africa/Dar_es_Salaam")).toBe("2026-01-10");
  expect(dayOf("2026-01-09T21:00:00.000Z", "Africa/Dakar")).toBe("2026-01-09");
  expect(dayOf("2026-12-31T21:00:00.000Z", "Africa/Dar_es_Salaam")).toBe("2027-01-01");
});
