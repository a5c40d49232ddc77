import { validateSync } from "class-validator";
import fc from "fast-check";
import { IsDay, IsInstant, utc } from "./time.js";

class Told {
  @IsInstant() instant!: string;
  @IsDay() day!: string;
}
const told = (over: Partial<Told>) =>
  validateSync(Object.assign(new Told(), { instant: "2026-01-10T08:00:00.000Z", day: "2026-01-10", ...over })).map(
    ({ property }) => property,
  );

describe("an instant", () => {
  test.each(["2026-01-10T08:00Z", "2026-01-10T11:00:00+03:00", "2026-01-10T08:00:00.123456Z", "2024-02-29T00:00:00Z"])(
    "%s is one",
    (instant) => expect(told({ instant })).toEqual([]),
  );
  test.each(["2026-01-10T08:00:00", "2026-01-10", "2026-W02", "2026-W02-1T08:00Z", "2026-010", "2026-02-30T08:00:00Z", "20260110T080000Z"])(
    "%s is none",
    (instant) => expect(told({ instant })).toEqual(["instant"]),
  );
  test.each([
    "0000-01-01T00:00:00Z",
    "0999-12-31T00:00:00Z",
    "1900-01-01T00:00:00+03:00",
    "2199-12-31T23:30:00-01:00",
    "9999-12-31T23:59:59Z",
    "2026-01-10T24:30:00Z",
    "2026-01-10T08:00:00.0000000001Z",
  ])("%s is none that Postgres, JavaScript and a sorted text all hold", (instant) => expect(told({ instant })).toEqual(["instant"]));
  test.each(["1900-01-01T03:00:00+03:00", "2199-12-31T23:59:59.999Z"])("%s lies at the edge of what is held", (instant) =>
    expect(told({ instant })).toEqual([]),
  );
  test("is kept as UTC, whatever was accepted", () => {
    const part = (most: number, digits = 2) => fc.integer({ min: 0, max: most }).map((value) => String(value).padStart(digits, "0"));
    const text = fc
      .tuple(
        part(9999, 4),
        part(13),
        part(32),
        part(25),
        part(61),
        part(61),
        fc.constantFrom("", ".5", ",5"),
        fc.constantFrom("Z", "", "+03:00", "-25:99"),
      )
      .map(
        ([year, month, day, hour, minute, second, fraction, zone]) =>
          `${year}-${month}-${day}T${hour}:${minute}:${second}${fraction}${zone}`,
      );
    fc.assert(fc.property(text, (instant) => told({ instant }).length > 0 || /^[+-]?\d+-.*Z$/.test(utc(instant))));
  });
});

describe("a day", () => {
  test.each(["2026-01-10", "2024-02-29", "1900-01-01"])("%s is one", (day) => expect(told({ day })).toEqual([]));
  test.each([
    "2026-02-29",
    "2026-02-31",
    "2026-13-01",
    "2026-00-10",
    "1999-99-99",
    "10-01-2026",
    "2026-1-1",
    "",
    "2026-01-10T00:00:00Z",
    "0000-01-01",
    "1899-12-31",
    "2200-01-01",
  ])("%s is none", (day) => expect(told({ day })).toEqual(["day"]));
});
